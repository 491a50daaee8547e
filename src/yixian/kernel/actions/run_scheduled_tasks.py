"""运行定时工作: runs every scheduled task that is due, each by itself under a lease, and records how it went."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from yixian.kernel import leases
from yixian.kernel.models import Heartbeat
from yixian.kernel.scheduled_tasks import ScheduledTask, scheduled_tasks

RETRY_AFTER = timedelta(minutes=1)
"""A tick that failed is tried again after this, or at its next turn if that is sooner."""

_MAX_SLACK = timedelta(minutes=1)
"""A timer of the machine never rings twice at the same second: a tick may start this much too early rather than be skipped
until the timer's next round. Ticks that are due more often get a tenth of their time."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TaskRun:
    """How one run ended: what it did in counts, or the class of its error; the milliseconds it took."""

    name: str
    took_ms: int
    counts: dict[str, int] = field(default_factory=dict)
    error: str = ""


def run_due(*, at: datetime, stopping: Callable[[], bool] = lambda: False) -> list[TaskRun]:
    """Run every tick that is due and that nobody else is running; what was run, by name.

    ``stopping`` is asked before each tick. A tick that fails stops no other. Call it outside a transaction.
    """
    return _run(lambda task, moment: _is_due(task, at=moment), at, stopping)


def is_any_due(*, at: datetime) -> bool:
    """Whether some tick is due and in nobody's hands: asked, in one statement, before a process is begun for it."""
    tasks = scheduled_tasks()
    _make_rows(tasks)
    due = Q(pk__in=())
    for task in tasks:
        due |= Q(name=task.name) & _is_due(task, at=at)
    return Heartbeat.objects.filter(due, leases.free(at)).exists()


def run_all(*, at: datetime) -> list[TaskRun]:
    """Run every tick now, due or not; those that somebody else is running are left out."""
    return _run(lambda _tick, _moment: Q(), at, lambda: False)


def _run(
    when: Callable[[ScheduledTask, datetime], Q], at: datetime, stopping: Callable[[], bool]
) -> list[TaskRun]:
    tasks = scheduled_tasks()
    _make_rows(tasks)
    began = time.monotonic()
    runs = []
    for task in tasks:
        if stopping():
            break
        moment = at + timedelta(seconds=int(time.monotonic() - began))
        row = Heartbeat.objects.filter(name=task.name)
        holder = leases.take(
            row.filter(when(task, moment)), at=moment, lease=task.lease, last_started_at=moment
        )
        if holder is not None:
            runs.append(_run_one(task, row, holder, moment))
    return runs


def _make_rows(tasks: list[ScheduledTask]) -> None:
    """A row for every tick that has none yet; another process may be making the same."""
    known = set(Heartbeat.objects.values_list("name", flat=True))
    missing = [Heartbeat(name=task.name) for task in tasks if task.name not in known]
    if missing:
        Heartbeat.objects.bulk_create(missing, ignore_conflicts=True)


def _is_due(task: ScheduledTask, *, at: datetime) -> Q:
    """Heartbeats of a tick that is due: it never ran, it was cut off, or its time has come again."""
    cut_off = Q(last_ended_at=None) | Q(last_ended_at__lt=F("last_started_at"))
    well, failed = task.every, min(task.every, RETRY_AFTER)
    clock_put_back = Q(last_started_at__gt=at + task.every)
    return (
        cut_off
        | clock_put_back
        | Q(failures=0, last_started_at__lte=at - well + _slack(well))
        | Q(failures__gt=0, last_started_at__lte=at - failed + _slack(failed))
    )


def _slack(wait: timedelta) -> timedelta:
    return min(wait / 10, _MAX_SLACK)


def _run_one(task: ScheduledTask, row: QuerySet[Heartbeat], holder: UUID, at: datetime) -> TaskRun:
    began = time.monotonic()
    counts, error = _attempt(task, at)
    took = timedelta(seconds=time.monotonic() - began)
    run = TaskRun(task.name, took // timedelta(milliseconds=1), counts, error)
    _write_down(run, row, holder, ended_at=at + took)
    return run


def _attempt(task: ScheduledTask, at: datetime) -> tuple[dict[str, int], str]:
    """The counts, or the class of the error: its words may name people, the places in the code that are logged cannot."""
    try:
        return _whole_numbers(task.load()(at=at)), ""
    except Exception as error:  # noqa: BLE001 - whatever happened, the other ticks are still due
        kind, places = type(error).__name__, traceback.format_tb(error.__traceback__)
    _logger.error("The tick %s failed: %s\n%s", task.name, kind, "".join(places))
    return {}, kind


def _whole_numbers(counts: dict[str, int]) -> dict[str, int]:
    """The counts as they can be kept; a tick that says anything else has failed."""
    return {str(name): int(number) for name, number in counts.items()}


def _write_down(run: TaskRun, row: QuerySet[Heartbeat], holder: UUID, *, ended_at: datetime) -> None:
    """How it went, unless the lease ran out and the tick has passed to another process, which will say how it went there."""
    if run.error:
        leases.give_back(
            row,
            holder,
            last_ended_at=ended_at,
            took_ms=run.took_ms,
            failures=F("failures") + 1,
            last_error=run.error[:100],
        )
        return
    leases.give_back(
        row,
        holder,
        last_ended_at=ended_at,
        last_well_at=ended_at,
        took_ms=run.took_ms,
        counts=run.counts,
        failures=0,
        last_error="",
    )
