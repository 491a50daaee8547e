"""调查表的页面: the sheets of a campaign in a list, one as it was measured, and two of one household side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.kernel.errors import NotFound
from yixian.registry.actions.note_reading import note_reading, note_reading_many
from yixian.survey.access import CHOOSERS
from yixian.survey.actions.choose_sheet import choose_sheet
from yixian.survey.choices import SheetStatus
from yixian.survey.queries import get_campaign
from yixian.survey.sheet_lists import sheet_list
from yixian.survey.sheet_view import compared, household_of_sheet, open_attachment, role_title, sheet_view
from yixian.survey.survey_read_models import ComparedLine, SheetItem, SheetProblem, SheetRow, SheetView
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import BADGE, CODE, MOMENT, Badge, soft
from yixian.web.ui.filters import Choice, ListQuery, Place, Search
from yixian.web.ui.forms import FormPage, reason_field
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

_TONES = {
    SheetStatus.TAKEN: "good",
    SheetStatus.WAITING: "warn",
    SheetStatus.SET_ASIDE: "bad",
    SheetStatus.TO_CHOOSE: "warn",
}


def sheet_badge(status: SheetStatus) -> Badge:
    """Where a sheet stands, with its colour."""
    return Badge(status.label, _TONES.get(status, ""))


def _address(row: SheetRow) -> str:
    return reverse("survey:sheet", args=[row.pk])


def _form_of(query: ListQuery) -> dict[str, Any]:
    return {"campaign": query.subject}


def _noted(query: ListQuery, rows: Sequence[SheetRow]) -> None:
    ids = sorted({row.household_id for row in rows if row.household_id})
    note_reading_many(query.actor, ids, gettext_noop("list of survey sheets"), at=query.at)


SHEETS = ListPage(
    url="survey:sheets",
    export="survey:sheets_export",
    title=_("Sheets of the survey"),
    lead=_("As they came from the yards, each with where it stands. None is ever lost or overwritten."),
    table=Table[SheetRow](
        _("Sheets of the survey"),
        (
            Column(
                "household",
                _("Household"),
                lambda row: row.head or row.key.household_no or gettext("(no number)"),
                link=_address,
                place="lead",
            ),
            Column(
                "number",
                _("Household number"),
                lambda row: row.key.household_no,
                CODE,
                unsorted="sorted by household",
            ),
            Column(
                "status",
                _("State"),
                lambda row: sheet_badge(row.key.status),
                BADGE,
                place="corner",
                under=lambda row: soft(_problems(row.problems)) if row.problems else "",
            ),
            Column("form", _("Form"), lambda row: row.form),
            Column("place", _("Location"), lambda row: row.place),
            Column(
                "team",
                _("Team"),
                lambda row: row.team,
                under=lambda row: soft(row.device),
                unsorted="read for the page shown",
            ),
            Column("received", _("Received"), lambda row: row.key.received_at, MOMENT),
        ),
        Empty(
            _("No sheet came yet"),
            _("As soon as a team's device sends one, it stands here."),
            filtered=_("Try another state, or take a limit away."),
        ),
    ),
    subject=lambda query: get_campaign(query.actor, query.kwargs["campaign_id"]),
    rows=lambda query: sheet_list(
        query.subject, search=query["q"], status=query["state"], area_path=query["area"]
    ),
    counted=lambda n: ngettext("%(number)s sheet", "%(number)s sheets", n) % {"number": f"{n:,}"},
    search=Search(_("Number of a household")),
    filters=(Choice("state", _("State"), SheetStatus.choices), Place()),
    noted=_noted,
    template="survey/sheets.html",
    context=_form_of,
)


def _problems(count: int) -> str:
    return ngettext("%(number)s problem", "%(number)s problems", count) % {"number": count}


PROBLEMS = Table[SheetProblem](
    _("What is wrong"),
    (
        Column("question", _("Question"), lambda row: row.question, place="lead", unsorted="as on the sheet"),
        Column("why", _("Why"), lambda row: row.sentence, unsorted="as on the sheet"),
    ),
    Empty(_("Nothing is wrong with it")),
)

COMPARED = Table[ComparedLine](
    _("Line by line"),
    (
        Column("item", _("Item"), lambda row: row.item, place="lead", unsorted="as on the sheets"),
        Column("asked", _("Measured"), lambda row: row.asked, unsorted="as on the sheets"),
        Column("here", _("This sheet"), lambda row: row.here, place="labelled", unsorted="as on the sheets"),
        Column("there", _("The other one"), lambda row: row.there, place="labelled", unsorted="as above"),
        Column(
            "differs",
            _("Compared"),
            lambda row: Badge(_("differs"), "warn") if row.differs else Badge(_("same")),
            BADGE,
            place="corner",
            unsorted="as above",
        ),
    ),
    Empty(_("Neither has an item")),
)


class ChoiceForm(forms.Form):
    """Why this sheet holds."""

    reason = reason_field()


CHOOSE = FormPage(
    title=_("Choose this sheet"),
    lead=lambda asked: f"{asked.subject.form} · {asked.subject.submission.household_no}",
    note=_("The others are kept, and say that another was chosen."),
    subject=lambda asked: sheet_view(asked.actor.acting_as(CHOOSERS), asked.kwargs["sheet_id"]),
    form=lambda asked: ChoiceForm(asked.data),
    action=lambda asked: choose_sheet(
        asked.kwargs["sheet_id"], asked.given["reason"], actor=asked.actor, at=asked.at
    ),
    to=lambda asked, _choice: reverse("survey:sheet", args=[asked.kwargs["sheet_id"]]),
    done=_("Chosen. The others are kept beside it."),
    button=_("This one holds"),
    back=lambda asked: (reverse("survey:sheet", args=[asked.kwargs["sheet_id"]]), _("Sheet")),
)


@require_GET
def sheet_page(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """One sheet: its items with their photographs, who signed, what is wrong, its versions and rivals."""
    actor = actor_of(request)
    view = sheet_view(actor, sheet_id)
    if view.household:
        note_reading(actor, view.household, gettext_noop("survey sheet"), at=timezone.now())
    context = {
        "view": view,
        "badge": sheet_badge(view.status).__html__(),
        "problems": PROBLEMS,
        "items": [(item, _pictures(view, item)) for item in view.items],
        "present": [(role_title(one.role), one, view.files.get(one.signature)) for one in view.present],
        "linked": [(one, sheet_badge(one.status).__html__()) for one in view.linked]
        if len(view.linked) > 1
        else [],
        "may_choose": bool(view.rivals) and actor.has_any(CHOOSERS),
    }
    return render(request, "survey/sheet.html", context)


@require_GET
def compare_page(request: HttpRequest, sheet_id: int, other_id: int) -> HttpResponse:
    """Two sheets that are linked, line by line."""
    actor = actor_of(request)
    here = sheet_view(actor, sheet_id)
    if other_id not in {one.pk for one in here.linked}:
        raise NotFound("survey.no_sheet", _("There is no such sheet."))
    there = sheet_view(actor, other_id)
    for household in {view.household for view in (here, there) if view.household}:
        note_reading(actor, household, gettext_noop("survey sheet"), at=timezone.now())
    lines = compared(here, there)
    context = {
        "here": here,
        "there": there,
        "compared": COMPARED,
        "lines": lines,
        "differing": sum(line.differs for line in lines),
        "may_choose": bool(here.rivals) and actor.has_any(CHOOSERS),
    }
    return render(request, "survey/compare.html", context)


@require_GET
def picture(request: HttpRequest, picture_id: int) -> HttpResponse:
    """A photograph or signature of a sheet, unsealed and kept by no cache. Looking at it is noted."""
    actor = actor_of(request)
    found, file = open_attachment(actor, picture_id)
    if household := household_of_sheet(found.submission):
        note_reading(actor, household, gettext_noop("picture of a survey sheet"), at=timezone.now())
    with file:
        content = file.read()
    response = HttpResponse(content, content_type=_content_type(content))
    response["Content-Disposition"] = f'inline; filename="sheet-{found.pk}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _content_type(content: bytes) -> str:
    """Of one of the three kinds of pictures that are taken."""
    if content.startswith(b"\x89PNG"):
        return "image/png"
    return "image/webp" if content.startswith(b"RIFF") else "image/jpeg"


def _pictures(view: SheetView, item: SheetItem) -> list[tuple[str, int | None]]:
    """An item's photographs by name, with the number of each that came and is a picture."""
    return [(name, view.files.get(name)) for name in item.photographs if name]
