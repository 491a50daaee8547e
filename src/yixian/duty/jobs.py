"""Duty's background work."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from yixian.duty.access import owner_of
from yixian.duty.actions.give_backups import give_backups
from yixian.duty.actions.pair_households import pair_households
from yixian.duty.what_if import what_if_double, what_if_leaving
from yixian.kernel.job_reports import Reporter
from yixian.kernel.models import Job


def pair(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Pair all households below ``area_path`` that lack somebody as of today, on behalf of the job's owner."""
    today = timezone.localdate(at)
    run = pair_households(
        job.arguments["area_path"],
        seed=int(job.arguments["seed"]),
        on=today,
        actor=owner_of(job, at=at),
        at=at,
        report=report,
    )
    return {"run_id": run.pk, "proof": run.proof}


def give_backups_to_all(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Give the households below ``area_path`` a backup where places are left, on behalf of the job's owner."""
    today = timezone.localdate(at)
    path, actor = job.arguments["area_path"], owner_of(job, at=at)
    return {"given": give_backups(path, on=today, actor=actor, at=at, report=report)}


def calculate_what_if(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Work out what would be (`yixian.duty.what_if`), on behalf of the job's owner; nothing is written but the answer."""
    asked, actor = job.arguments, owner_of(job, at=at)
    if asked["what"] == "leaving":
        return what_if_leaving(
            asked["helper_ids"],
            asked["area_path"],
            on=date.fromisoformat(asked["day"]),
            actor=actor,
            report=report,
        )
    return what_if_double(asked["area_path"], on=timezone.localdate(at), actor=actor, report=report)
