"""导入与导出: a workbook comes in checked before anything is entered, and the register goes out as the same workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yixian.kernel.choices import JobState
from yixian.kernel.errors import Invalid, NotFound, YixianError
from yixian.kernel.jobs import ask
from yixian.kernel.queries import get_job, jobs
from yixian.web.asking import actor_of
from yixian.web.staff.jobs import job_context
from yixian.web.staff.paging import page_of
from yixian.web.words import told
from yixian.workbook.actions.discard import discard
from yixian.workbook.actions.stage import stage
from yixian.workbook.queries import batches, export_of, faults_of, get_batch, notes_of, template_file

WAITING = ("checked", "faulty")
"""States of a batch that somebody has to decide about."""

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """Past workbooks, and the place to hand in a new one."""
    actor = actor_of(request)
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            return _stage(request)
        except YixianError as error:
            context["fault"] = told(error)
    context |= {
        "page": page_of(batches(actor), request.GET.get("page")),
        "exports": jobs(actor).filter(kind="workbook.export")[:3],
    }
    return render(request, "staff/imports/list.html", context, status=422 if "fault" in context else 200)


@require_GET
def import_page(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One workbook: how far the work on it is, what the check found, and what can be done."""
    actor = actor_of(request)
    batch = get_batch(actor, batch_id)
    job = jobs(actor).filter(kind__startswith="workbook.", arguments__batch_id=batch.pk).first()
    context: dict[str, Any] = {
        "batch": batch,
        "summary": batch.summary,
        "notes": notes_of(batch),
        "page": page_of(faults_of(batch), request.GET.get("page"), size=50),
    }
    if job is not None and (job.is_open or job.state == JobState.FAILED):
        context |= job_context(job) | {"onward": ""}
    return render(request, "staff/imports/page.html", context)


@require_GET
def import_report(request: HttpRequest, batch_id: int) -> FileResponse:
    """The same workbook back, with a column that says what is wrong."""
    batch = get_batch(actor_of(request), batch_id)
    if not batch.report:
        raise NotFound("import.no_report", _("There is no report for this workbook."))
    return _file(batch.report.open("rb"), f"errors-{batch.pk}.xlsx")


@require_POST
def import_commit(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Enter what was checked. With ``partial`` the rows with errors are left out, as the page has said."""
    actor = actor_of(request)
    batch = get_batch(actor, batch_id)
    partial = request.POST.get("partial") == "1"
    with transaction.atomic():
        ask("workbook.commit", {"batch_id": batch.pk, "partial": partial}, actor=actor, at=timezone.now())
    return redirect("staff:import", batch.pk)


@require_POST
def import_discard(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Lay a workbook aside without entering anything."""
    actor = actor_of(request)
    discard(get_batch(actor, batch_id).pk, actor=actor, at=timezone.now())
    messages.success(request, _("The workbook is laid aside. Nothing of it was entered."))
    return redirect("staff:imports")


@require_GET
def import_template(request: HttpRequest) -> FileResponse:  # noqa: ARG001 - the same for everybody
    """An empty workbook with headings, drop-downs and instructions."""
    return _file(template_file(), "yixian-template.xlsx")


@require_POST
def export_start(request: HttpRequest) -> HttpResponse:
    """Ask for the register in the actor's reach as a workbook."""
    job = ask("workbook.export", {}, actor=actor_of(request), at=timezone.now())
    return redirect("staff:job", job.pk)


@require_GET
def export_file(request: HttpRequest, job_id: int) -> FileResponse:
    """The workbook that the actor's own finished job wrote."""
    job = get_job(actor_of(request), job_id)
    return _file(export_of(job), f"yixian-{job.created_at:%Y-%m-%d}.xlsx")


def _stage(request: HttpRequest) -> HttpResponse:
    """Keep the file and ask for its check."""
    actor, now = actor_of(request), timezone.now()
    uploaded = request.FILES.get("workbook")
    if uploaded is None:
        raise Invalid("import.file", _("Choose a workbook first."), field="workbook")
    with transaction.atomic():
        batch = stage(uploaded, file_name=uploaded.name or "workbook.xlsx", actor=actor, at=now)
        ask("workbook.check", {"batch_id": batch.pk}, actor=actor, at=now)
    return redirect("staff:import", batch.pk)


def _file(content: Any, name: str) -> FileResponse:
    return FileResponse(content, as_attachment=True, filename=name, content_type=_EXCEL)
