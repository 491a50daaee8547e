"""公示页: one posting: where it stands, what may be done, its lines, its proofs, and objections with their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.domain.areas import AreaLevel
from yixian.domain.policy import Pack
from yixian.domain.procedure.posting import (
    ANSWERED,
    CLOSED,
    CONFIRMED,
    OBJECTED,
    POSTED,
    PROVEN,
    RECHECKED,
    TAKEN_DOWN,
)
from yixian.kernel.languages import language
from yixian.policies.queries import read_pack
from yixian.posting.paper.wall_list import wall_list_pdf
from yixian.posting.public_lists import item_and_unit
from yixian.posting.queries import get_posting, happened, objections, posting_view, proof_of
from yixian.posting.register_lines import ListLine, lines_of
from yixian.posting.steps import ANSWER
from yixian.registry.paper.addresses import areas_above, place_of
from yixian.registry.queries.public_offices import offices_for_everybody
from yixian.web.paper.single import pdf
from yixian.web.posting.posting_list import state_badge
from yixian.web.posting.posting_steps import STEPS
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import BADGE, CODE, DECIMAL, MOMENT, Badge, soft
from yixian.web.ui.exports import FORMATS, Sheet, table_file
from yixian.web.ui.file_names import file_name
from yixian.web.ui.tables import Column, Empty, Table

if TYPE_CHECKING:
    from yixian.posting.models import Objection, Posting

EVENT_WORDS = {
    POSTED: _("Put up"),
    PROVEN: _("Photographed where it hangs"),
    TAKEN_DOWN: _("Taken down"),
    OBJECTED: _("An objection came"),
    RECHECKED: _("Measured again by others"),
    ANSWERED: _("An objection was answered"),
    CLOSED: _("Round closed"),
    CONFIRMED: _("List locked"),
}


@dataclass(frozen=True, slots=True)
class LineRow:
    """A posted line with its item's name and unit."""

    line: ListLine
    item: str
    unit: str


LINES = Table[LineRow](
    _("What stands on the list"),
    (
        Column(
            "household", _("Number of the household"), lambda row: row.line.household_no, CODE, place="lead"
        ),
        Column("head", _("Head of household"), lambda row: row.line.head_name),
        Column("line", _("Number of the line"), lambda row: row.line.line_no, CODE),
        Column("item", _("Item"), lambda row: row.item),
        Column("quantity", _("Quantity"), lambda row: row.line.quantity, DECIMAL),
        Column("unit", _("Unit"), lambda row: row.unit),
        Column("detail", _("Names"), lambda row: row.line.detail),
        Column(
            "gone",
            _("Remark"),
            lambda row: Badge(_("No longer"), "warn") if row.line.is_gone else None,
            BADGE,
        ),
    ),
    Empty(_("Nothing has changed"), _("No line changed since the round before.")),
)


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """An objection with the address at which it is answered, "" where it is answered or not by this reader."""

    objection: Objection
    answer_at: str

    @property
    def answer(self) -> Any:
        """What became of it; None while it waits."""
        return getattr(self.objection, "answer", None)


OBJECTIONS = Table[ObjectionRow](
    _("Objections"),
    (
        Column(
            "household",
            _("Objection to"),
            lambda row: row.objection.line_no or row.objection.household_no,
            CODE,
            place="lead",
            under=lambda row: soft(row.objection.text),
        ),
        Column(
            "state",
            _("State"),
            lambda row: (
                Badge(row.answer.get_outcome_display(), "good")
                if row.answer
                else Badge(_("Waits for an answer"), "warn")
            ),
            BADGE,
            place="corner",
        ),
        Column("at", _("Came"), lambda row: row.objection.event.at, MOMENT),
        Column("channel", _("How it came"), lambda row: row.objection.get_channel_display()),
        Column("before", _("Before"), lambda row: row.answer.before if row.answer else None, DECIMAL),
        Column("after", _("Measured again"), lambda row: row.answer.after if row.answer else None, DECIMAL),
        Column("reason", _("Why"), lambda row: row.answer.reason if row.answer else ""),
        Column(
            "answer",
            _("To do"),
            lambda row: _("Answer") if row.answer_at else "",
            link=lambda row: row.answer_at,
        ),
    ),
    Empty(_("No objection"), _("Nobody has objected to this round.")),
)


@require_GET
def posting_page(request: HttpRequest, posting_id: int) -> HttpResponse:
    """One posting."""
    actor, at = actor_of(request), timezone.now()
    posting = get_posting(actor, posting_id)
    view = posting_view(posting, at=at)
    is_answerer = actor.has_any(ANSWER.roles)
    own = reverse("posting:posting", args=[posting.pk])
    context = {
        "posting": posting,
        "view": view,
        "badge": state_badge(view),
        "last_day": view.last_date,
        "steps": [one for one in STEPS.offered(request, posting, view) if one.page.step is not ANSWER],
        "lines": LINES,
        "rows": _rows(read_pack(posting.pack_version_id), posting.list, lines_of(posting)),
        "objections": OBJECTIONS,
        "objection_rows": [
            ObjectionRow(
                row,
                f"{own}objections/{row.pk}/answer/" if is_answerer and not hasattr(row, "answer") else "",
            )
            for row in objections(actor, posting)
        ],
        "events": [(event, EVENT_WORDS[event.kind]) for event in happened(actor, posting)],
        "formats": list(FORMATS),
    }
    return render(request, "posting/posting.html", context)


@require_GET
def posting_lines(request: HttpRequest, posting_id: int, file_format: str) -> HttpResponseBase:
    """The lines as they hang, as a file."""
    posting = get_posting(actor_of(request), posting_id)
    rows = _rows(read_pack(posting.pack_version_id), posting.list, lines_of(posting))
    return table_file([Sheet(LINES, [rows])], _name(posting), file_format)


@require_GET
def posting_paper(request: HttpRequest, posting_id: int) -> HttpResponse:
    """The sheets for the wall, A3."""
    posting = get_posting(actor_of(request), posting_id)
    address = request.build_absolute_uri(reverse("portal:posted_list", args=[posting.pk]))
    area, lang = posting.area, language()
    place = place_of(
        area.path, areas_above([area.path]), lang, levels=(AreaLevel.TOWNSHIP, AreaLevel.VILLAGE)
    )
    content = wall_list_pdf(posting, address, offices_for_everybody(), lang=lang, place=place)
    return pdf(content, f"{_name(posting)}.pdf")


@require_GET
def posting_proof(request: HttpRequest, posting_id: int, seq: int) -> HttpResponseBase:
    """The photograph of one proof."""
    return FileResponse(proof_of(actor_of(request), posting_id, seq), content_type="image/jpeg")


def _name(posting: Posting) -> str:
    """What its files are called."""
    what = f"{_('Postings')} {posting.get_list_display()} {posting.round}"
    return file_name(what, posting.area.label, on=posting.as_of)


def _rows(pack: Pack, posted: str, lines: list[ListLine]) -> list[LineRow]:
    return [LineRow(line, *item_and_unit(pack, posted, line)) for line in lines]
