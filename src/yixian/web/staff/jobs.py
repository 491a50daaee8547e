"""后台任务页: how far a piece of work is, what came of it, and the way to stop it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from yixian.kernel.choices import JobState
from yixian.kernel.jobs import cancel, is_stale, progress_of
from yixian.kernel.queries import get_job, job_list
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, MOMENT, Badge
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

KINDS = {
    "workbook.check": _("Checking a workbook"),
    "workbook.commit": _("Entering a workbook"),
    "workbook.export": _("Writing the export"),
    "compensation.calculate": _("Calculating the accounts"),
    "compensation.resume": _("Going on with the accounts"),
    "revisions.compare": _("Comparing a revision"),
    "revisions.adopt": _("Calculating every account under a revision"),
    "matters.list": _("Registering the hotline list"),
    "working_groups.answer": _("Answering everybody who asked"),
    "duty.pair": _("Pairing the households"),
    "duty.backups": _("Finding backups"),
    "duty.try": _("Trying out what would be"),
    "paper.statements": _("Printing accounts"),
    "paper.cards": _("Printing cards"),
}
"""What each kind of job is called."""


_TONES = {JobState.DONE: "good", JobState.FAILED: "bad", JobState.RUNNING: "river"}

JOB_TABLE = Table[Any](
    _("Work"),
    (
        Column(
            "what",
            _("What"),
            lambda job: KINDS.get(job.kind, job.kind),
            link=lambda job: address_of("staff:job", job.pk),
            place="lead",
        ),
        Column(
            "state",
            _("State"),
            lambda job: Badge(job.get_state_display(), _TONES.get(job.state, "")),
            BADGE,
        ),
        Column("by", _("Asked by"), lambda job: job.owner and str(job.owner)),
        Column("at", _("When"), lambda job: job.created_at, MOMENT),
    ),
    Empty(_("No jobs yet.")),
    css="",
)


def jobs_counted(number: int) -> str:
    """How many pieces of work there are."""
    return ngettext("%(number)s job", "%(number)s jobs", number) % {"number": f"{number:,}"}


JOBS = ListPage(
    url="staff:jobs",
    title=_("My jobs"),
    table=JOB_TABLE,
    rows=lambda query: job_list(query.actor),
    counted=jobs_counted,
)


@require_GET
def job_page(request: HttpRequest, job_id: int) -> HttpResponse:
    """The state of a job; htmx asks again for the inner part until it has ended."""
    job = get_job(actor_of(request), job_id)
    context = job_context(job)
    if context["onward"] and not request.may(resolve(context["onward"]).view_name):  # type: ignore[attr-defined]
        context["onward"] = ""  # somebody else's work, seen by whoever looks after the machine
    if getattr(request, "htmx", False):
        if not job.is_open:
            response = HttpResponse(status=204)
            response["HX-Refresh"] = "true"
            return response
        return render(request, "staff/jobs/progress.html", context)
    return render(request, "staff/jobs/page.html", context)


@require_POST
def job_cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Ask the job to stop."""
    job = get_job(actor_of(request), job_id)
    cancel(job, at=timezone.now())
    return redirect("staff:job", job.pk)


def job_context(job: Any) -> dict[str, Any]:
    """What the templates need to show a job."""
    progress = progress_of(job)
    return {
        "job": job,
        "title": KINDS.get(job.kind, job.kind),
        "progress": progress,
        "step": gettext(progress.step) if progress.step else "",
        "stale": is_stale(job, at=timezone.now()),
        "fault": gettext(job.error) if job.error else "",
        "onward": _onward(job),
    }


def _onward(job: Any) -> str:
    """Where the result of a finished job is to be seen."""
    if job.kind in {"workbook.check", "workbook.commit"}:
        return reverse("staff:import", args=[job.arguments["batch_id"]])
    if job.kind in {"paper.statements", "paper.cards"}:
        return reverse("paper:file", args=[job.pk]) if job.state == JobState.DONE else ""
    if job.kind == "workbook.export" and job.state == JobState.DONE:
        return reverse("staff:export_file", args=[job.pk])
    if job.kind.startswith("revisions."):
        return reverse("staff:revision", args=[job.arguments["revision_id"]])
    if job.kind == "working_groups.answer":
        return reverse("staff:group", args=[job.arguments["group_id"]])
    if job.kind == "duty.try":
        return reverse("staff:duty_what_if_result", args=[job.pk]) if job.state == JobState.DONE else ""
    pages = {
        "matters.list": "staff:matter_list",
        "compensation.calculate": "staff:accounts",
        "compensation.resume": "staff:accounts",
        "duty.pair": "staff:pairing",
        "duty.backups": "staff:pairing",
    }
    return reverse(pages[job.kind]) if job.kind in pages else ""
