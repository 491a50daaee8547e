"""概算总览: every head with what is approved, agreed and expected; the history; and the same as a table to take along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.budget.access import APPROVERS, PROPOSERS
from yixian.budget.budget_read_models import BudgetEntry
from yixian.budget.choices import BudgetKind, BudgetStatus
from yixian.budget.queries import amounts_of, before, budget_entries, get_budget_version, status_of
from yixian.compensation.queries import budget_head_board
from yixian.kernel.languages import language
from yixian.registry.queries.areas import work_places
from yixian.web.budget_head_table import HEADS, HEADS_CHART, budget_in_words
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, DATE, MONEY, Badge
from yixian.web.ui.exports import FORMATS, Sheet, table_file
from yixian.web.ui.file_names import file_name
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

ENTRIES = ListPage(
    url="staff:budget",
    title=_("Budget"),
    lead=_(
        "What was approved under each head, what is agreed, and what all accounts come to. "
        "Nothing is agreed beyond a head without a decision entered here and confirmed by a second person."
    ),
    table=Table[BudgetEntry](
        _("Entered so far"),
        (
            Column(
                "document",
                _("Document"),
                lambda row: row.document,
                link=lambda row: address_of("staff:budget_version", row.pk),
                place="lead",
            ),
            Column(
                "state",
                _("State"),
                lambda row: status_badge(row.status),
                BADGE,
                place="corner",
                unsorted="worked out for the day",
            ),
            Column("kind", _("Kind"), lambda row: row.kind_label),
            Column("place", _("Area"), lambda row: row.place),
            Column("from", _("In force from"), lambda row: row.valid_from, DATE),
            Column("by", _("Entered by"), lambda row: row.proposed_by),
        ),
        Empty(
            _("Nothing entered yet"),
            _("Begin with the budget as the document approved it, head by head."),
        ),
    ),
    rows=lambda query: budget_entries(query.actor, on=query.on),
    counted=lambda n: gettext("Entered so far: %(number)s") % {"number": f"{n:,}"},
    template="budget/board.html",
)

_TONES = {BudgetStatus.IN_FORCE: "good", BudgetStatus.WAITING: "warn"}


def status_badge(status: BudgetStatus) -> Badge:
    """Where an entry stands, with its colour."""
    return Badge(status.label, _TONES.get(status, ""))


@require_GET
def budget_board(request: HttpRequest) -> HttpResponse:
    """The heads of one place, and everything that was entered for it."""
    actor, today = actor_of(request), timezone.localdate()
    places = work_places(actor)
    area = _chosen(request, places)
    board = budget_head_board(area, today) if area else None
    context = {
        "places": places,
        "area": area,
        "board": board,
        "heads_chart": HEADS_CHART,
        "in_words": budget_in_words(board.total) if board else "",
        "budget_heads": HEADS,
        "formats": list(FORMATS),
        "may_enter": actor.has_any(PROPOSERS),
    }
    return ENTRIES.answer(request, {}, context)


@require_GET
def budget_export(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The heads as a file, in yuan, with the row of all of them."""
    area, today = _chosen(request, work_places(actor_of(request))), timezone.localdate()
    shown = budget_head_board(area, today) if area else None
    rows = [*shown.rows, shown.total] if shown else []
    return table_file(
        [Sheet(HEADS, [rows])], file_name(_("Budget"), area.label if area else "", on=today), file_format
    )


@dataclass(frozen=True, slots=True)
class SumRow:
    """One head of an entry in fen, beside what held before (None: nothing to compare with)."""

    title: str
    fen: int
    earlier_fen: int | None = None

    @property
    def difference_fen(self) -> int | None:
        """By how much it differs."""
        return None if self.earlier_fen is None else self.fen - self.earlier_fen


_TITLE: Column[SumRow] = Column("budget_head", _("Budget head"), lambda row: row.title, place="lead")
_SUM: Column[SumRow] = Column("sum", _("Sum, yuan"), lambda row: row.fen, MONEY)
_NO_SUM = Empty(_("No sum under any head"))
SUMS = Table(_("Sums by head"), (_TITLE, _SUM), _NO_SUM, css="")
COMPARED_SUMS = Table(
    _("Sums by head"),
    (
        _TITLE,
        Column("before", _("Before, yuan"), lambda row: row.earlier_fen, MONEY),
        _SUM,
        Column("difference", _("Difference, yuan"), lambda row: row.difference_fen, MONEY),
    ),
    _NO_SUM,
    css="",
)


@require_GET
def budget_version(request: HttpRequest, version_id: int) -> HttpResponse:
    """One entry: its sums beside those before it, who entered it, and what can be done with it."""
    actor, today = actor_of(request), timezone.localdate()
    entry = get_budget_version(actor, version_id)
    status = status_of(entry, today)
    earlier = before(entry) if entry.kind == BudgetKind.WHOLE else None
    earlier_fen = {budget_head.code: fen for budget_head, fen in amounts_of(earlier)} if earlier else {}
    rows = [
        SumRow(budget_head.title(language()), fen, earlier_fen.get(budget_head.code))
        for budget_head, fen in amounts_of(entry)
    ]
    waiting = status == BudgetStatus.WAITING
    context = {
        "entry": entry,
        "badge": status_badge(status),
        "earlier": earlier,
        "sums": COMPARED_SUMS if earlier else SUMS,
        "rows": rows,
        "total": SumRow(gettext("All heads"), sum(row.fen for row in rows)),
        "is_waiting": waiting,
        "may_confirm": waiting and actor.has_any(APPROVERS) and entry.proposed_by_id != actor.user_id,
        "may_take_back": waiting and actor.has_any(PROPOSERS),
    }
    return render(request, "budget/version.html", context)


def _chosen(request: HttpRequest, places: list[Any]) -> Any:
    wanted = request.GET.get("area", "")
    return next((one for one in places if str(one.pk) == wanted), places[0] if places else None)
