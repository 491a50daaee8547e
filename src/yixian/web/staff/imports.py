"""导入与导出: a workbook comes in checked before anything is entered, and the register goes out as the same workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yixian.kernel.choices import JobState
from yixian.kernel.errors import NotFound, Refused
from yixian.kernel.jobs import ask
from yixian.kernel.queries import get_job, jobs_of_kind, latest_job_about
from yixian.registry.queries.proposed_changes import waiting_change
from yixian.registry.second_person import Document
from yixian.web.request_actor import actor_of
from yixian.web.staff.document_form import PROPOSED, DocumentForm
from yixian.web.staff.jobs import job_context
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, CODED, MOMENT, Badge
from yixian.web.ui.file_names import file_name, own_place
from yixian.web.ui.filters import ListQuery
from yixian.web.ui.forms import FormPage, Submission, status_of_form, submit
from yixian.web.ui.lists import Action, ListPage
from yixian.web.ui.tables import Column, Empty, Table
from yixian.workbook.actions.commit import needs_second_person
from yixian.workbook.actions.discard import discard
from yixian.workbook.actions.propose import propose_batch
from yixian.workbook.actions.stage import stage
from yixian.workbook.import_faults import ImportFault
from yixian.workbook.queries import batch_list, export_of, fault_list, get_batch, notes_of, template_file

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(forms.Form):
    """A workbook to be checked."""

    workbook = forms.FileField(error_messages={"required": _("Choose a workbook first.")})


_TONES = {"committed": "good", "faulty": "bad", "checked": "river"}

IMPORTS = ListPage(
    url="staff:imports",
    title=_("Import and export"),
    lead=_(
        "One workbook for the whole register. It is checked first; nothing is entered before you have seen what would change."
    ),
    table=Table[Any](
        _("Workbooks handed in"),
        (
            Column(
                "file",
                _("File"),
                lambda batch: batch.file_name,
                link=lambda batch: address_of("staff:import", batch.pk),
                place="lead",
            ),
            Column(
                "state",
                _("State"),
                lambda batch: Badge(batch.get_state_display(), _TONES.get(batch.state, "")),
                BADGE,
            ),
            Column("by", _("Uploaded by"), lambda batch: batch.uploaded_by and str(batch.uploaded_by)),
            Column("at", _("When"), lambda batch: batch.uploaded_at, MOMENT),
        ),
        Empty(
            _("No workbook has been handed in yet"),
            _(
                "Take the empty template, fill its sheets, and hand it in here. Every error is named by sheet, row and column."
            ),
        ),
        css="",
    ),
    rows=lambda query: batch_list(query.actor),
    counted=lambda n: (
        ngettext("%(number)s workbook uploaded", "%(number)s workbooks uploaded", n) % {"number": f"{n:,}"}
    ),
    actions=(Action("staff:import_template", _("Blank template"), icon="download"),),
    template="staff/imports/list.html",
    context=lambda query: {"exports": jobs_of_kind(query.actor, "workbook.export", limit=3)},
)


@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """Past workbooks, and the place to hand in a new one."""
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    onward = submit(request, form, lambda given: _stage(request, given["workbook"]), to=_page_of)
    return onward or IMPORTS.answer(request, {}, {"form": form}, status_of_form(form))


def _batch(query: ListQuery) -> Mapping[str, Any]:
    """How far the work on a workbook is, what the check found besides, and what can be done."""
    batch = query.subject
    job = latest_job_about(query.actor, "workbook.", batch_id=batch.pk)
    context: dict[str, Any] = {"batch": batch, "summary": batch.summary, "notes": notes_of(batch)}
    if batch.money and not batch.is_over:
        context["waiting"] = waiting_change(query.actor, "workbook", batch.pk)
    if job is not None and (job.is_open or (job.state == JobState.FAILED and not batch.is_over)):
        context |= job_context(job) | {"onward": ""}
    return context


FAULTS = ListPage(
    url="staff:import",
    title=_("Errors"),
    table=Table[ImportFault](
        _("Errors"),
        (
            Column("place", _("Where"), lambda fault: fault.place, place="lead"),
            Column("value", _("What is there"), lambda fault: fault.value or None, CODED),
            Column("wrong", _("What is wrong"), lambda fault: fault.message),
            Column("advice", _("What to do"), lambda fault: fault.advice, unsorted="goes with what is wrong"),
        ),
        Empty(_("No error is kept")),
        css="",
    ),
    subject=lambda query: get_batch(query.actor, query.kwargs["batch_id"]),
    rows=lambda query: fault_list(query.subject),
    counted=lambda n: ngettext("%(number)s error", "%(number)s errors", n) % {"number": f"{n:,}"},
    page_size=50,
    template="staff/imports/page.html",
    context=_batch,
)


@require_GET
def import_report(request: HttpRequest, batch_id: int) -> FileResponse:
    """The same workbook back, with a column that says what is wrong."""
    batch = get_batch(actor_of(request), batch_id)
    if not batch.report:
        raise NotFound("import.no_report", _("There is no report for this workbook."))
    return _file(
        batch.report.open("rb"),
        f"{file_name(_('Errors in the workbook'), PurePath(batch.file_name).stem)}.xlsx",
    )


@require_POST
def import_commit(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Enter what was checked. With ``partial`` the rows with errors are left out, as the page has said.

    Asked for a second time, by a second click or in another window, it is what is under way already.
    """
    actor = actor_of(request)
    batch = get_batch(actor, batch_id)
    job = latest_job_about(actor, "workbook.", batch_id=batch.pk)
    if batch.is_over or (job is not None and job.is_open):
        return redirect("staff:import", batch.pk)
    if batch.money:
        raise needs_second_person()
    partial = request.POST.get("partial") == "1"
    with transaction.atomic():
        ask("workbook.commit", {"batch_id": batch.pk, "partial": partial}, actor=actor, at=timezone.now())
    return redirect("staff:import", batch.pk)


class ProposalForm(DocumentForm):
    """The document, and whether rows with errors stay out."""

    partial = forms.BooleanField(required=False, widget=forms.HiddenInput)


def _proposable(asked: Submission) -> Any:
    batch = get_batch(asked.actor, asked.kwargs["batch_id"])
    if batch.is_over or not batch.money:
        raise Refused("import.one_person", _("Nothing in it needs a second person: enter it."))
    return batch


IMPORT_PROPOSE = FormPage(
    title=_("Propose it to a second person"),
    lead=_(
        "Some of this workbook decides what is paid, or to whom. Name the document on which it rests; "
        "nothing is entered before a second person has agreed."
    ),
    subject=_proposable,
    form=lambda asked: ProposalForm(asked.data, initial={"partial": asked.subject.state == "faulty"}),
    action=lambda asked: propose_batch(
        asked.subject.pk,
        Document(*(asked.given[name] for name in ("document_no", "document_date", "reason"))),
        partial=asked.given["partial"],
        actor=asked.actor,
        at=asked.at,
    ),
    to=lambda _asked, change: reverse("staff:change", args=[change.pk]),
    done=PROPOSED,
    button=_("Put it before them"),
    back=lambda asked: (reverse("staff:import", args=[asked.subject.pk]), asked.subject.file_name),
    crumbs=lambda _asked: ((reverse("staff:imports"), _("Import and export")),),
)


@require_POST
def import_discard(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Lay a workbook aside without entering anything."""
    actor = actor_of(request)
    discard(get_batch(actor, batch_id).pk, actor=actor, at=timezone.now())
    messages.success(request, _("The workbook is discarded. Nothing in it was entered."))
    return redirect("staff:imports")


@require_GET
def import_template(request: HttpRequest) -> FileResponse:  # noqa: ARG001 - the same for everybody
    """An empty workbook with headings, drop-downs and instructions."""
    return _file(template_file(), f"{file_name(_('Workbook of the register, empty'))}.xlsx")


@require_POST
def export_start(request: HttpRequest) -> HttpResponse:
    """Ask for the register in the actor's reach as a workbook."""
    job = ask("workbook.export", {}, actor=actor_of(request), at=timezone.now())
    return redirect("staff:job", job.pk)


@require_GET
def export_file(request: HttpRequest, job_id: int) -> FileResponse:
    """The workbook that the actor's own finished job wrote."""
    actor = actor_of(request)
    job = get_job(actor, job_id)
    day = timezone.localdate(job.created_at)
    return _file(export_of(job), f"{file_name(_('The register'), own_place(actor), on=day)}.xlsx")


def _stage(request: HttpRequest, uploaded: UploadedFile[bytes]) -> Any:
    """Keep the file and ask for its check."""
    actor, now = actor_of(request), timezone.now()
    with transaction.atomic():
        batch = stage(uploaded, file_name=uploaded.name or "workbook.xlsx", actor=actor, at=now)
        ask("workbook.check", {"batch_id": batch.pk}, actor=actor, at=now)
    return batch


def _page_of(batch: Any) -> str:
    return reverse("staff:import", args=[batch.pk])


def _file(content: Any, name: str) -> FileResponse:
    return FileResponse(content, as_attachment=True, filename=name, content_type=_EXCEL)
