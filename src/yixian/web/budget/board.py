"""概算总览: every head with what is approved, agreed and expected; the history; and the same as a table to take along."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.budget.access import APPROVERS, PROPOSERS
from yixian.budget.choices import BudgetKind, Standing
from yixian.budget.limits import title_of
from yixian.budget.queries import (
    amounts_of,
    before,
    budget_versions,
    get_budget_version,
    heads_for,
    room_at,
    standing_of,
)
from yixian.budget.rows import Room
from yixian.compensation.queries import commitment_by_head, forecast_by_head, unreckoned
from yixian.domain.cells import plain
from yixian.domain.money import format_fen
from yixian.kernel.languages import language
from yixian.web.asking import actor_of
from yixian.web.staff.accounts import work_places
from yixian.web.ui.paging import page_of

_WHOLE = 1000
"""Bars are drawn in thousandths of their width."""


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One head, in fen. ``total_fen`` is None where no budget is in force."""

    title: str
    approved_fen: int | None
    added_fen: int
    committed_fen: int
    forecast_fen: int

    @property
    def total_fen(self) -> int | None:
        """What may be promised: as approved, and what decisions added."""
        return None if self.approved_fen is None else self.approved_fen + self.added_fen

    @property
    def left_fen(self) -> int | None:
        """What the forecast leaves; less than nothing where it does not suffice."""
        return None if self.total_fen is None else self.total_fen - self.forecast_fen

    @property
    def is_short(self) -> bool:
        """Whether the forecast goes beyond what may be promised."""
        return self.left_fen is not None and self.left_fen < 0

    @property
    def committed_width(self) -> int:
        """The bar of what is agreed, in thousandths."""
        return self._width(self.committed_fen)

    @property
    def forecast_width(self) -> int:
        """The bar of what is expected, in thousandths."""
        return self._width(self.forecast_fen)

    @property
    def room_mark(self) -> int:
        """Where the bar's end of what may be promised stands, in thousandths."""
        return self._width(self.total_fen or 0)

    def _width(self, fen: int) -> int:
        longest = max(self.total_fen or 0, self.forecast_fen, self.committed_fen, 1)
        return max(0, fen) * _WHOLE // longest


@dataclass(frozen=True, slots=True)
class Board:
    """A place's heads with their sum, the budget in force, and how many households have no sum yet."""

    area: Any
    room: Room | None
    rows: list[HeadRow]
    total: HeadRow
    unreckoned: int


def board_of(area: Any, on: date) -> Board:
    """The board of the area whose budget holds at a place; of the place itself where none is in force."""
    room = room_at(area.path, on)
    place = room.area if room else area
    committed = commitment_by_head(place.path)
    forecast = forecast_by_head(place.path, on=on)
    titles = {head.code: head.title(language()) for head in heads_for(place.path, on)}
    if room:
        titles = {code: title_of(room, code, language()) for code in room.heads} | titles
    for code in sorted({*committed, *forecast} - set(titles)):
        titles[code] = code or _("Under no head")
    rows = [
        HeadRow(
            title=title,
            approved_fen=None
            if room is None
            else (room.heads[code].approved_fen if code in room.heads else 0),
            added_fen=room.heads[code].added_fen if room and code in room.heads else 0,
            committed_fen=committed.get(code, 0),
            forecast_fen=forecast.get(code, 0),
        )
        for code, title in titles.items()
    ]
    return Board(place, room, rows, _sum(rows), unreckoned(place.path, on=on))


def _sum(rows: list[HeadRow]) -> HeadRow:
    approved = [row.approved_fen for row in rows if row.approved_fen is not None]
    return HeadRow(
        title=_("All heads"),
        approved_fen=sum(approved) if approved else None,
        added_fen=sum(row.added_fen for row in rows),
        committed_fen=sum(row.committed_fen for row in rows),
        forecast_fen=sum(row.forecast_fen for row in rows),
    )


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The heads of one place, and everything that was entered for it."""
    actor, today = actor_of(request), timezone.localdate()
    places = work_places(actor)
    area = _chosen(request, places)
    shown = board_of(area, today) if area else None
    page = page_of(budget_versions(actor), request.GET.get("page"))
    context = {
        "places": places,
        "area": area,
        "board": shown,
        "page": page,
        "entries": [(row, standing_of(row, today)) for row in page.rows],
        "may_enter": actor.has_any(PROPOSERS),
    }
    return render(request, "budget/board.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The board as a text table, in yuan."""
    area = _chosen(request, work_places(actor_of(request)))
    text = io.StringIO()
    writer = csv.writer(text)
    titles = (
        _("Budget head"),
        _("Approved, yuan"),
        _("Added by decision, yuan"),
        _("Agreed, yuan"),
        _("Expected, yuan"),
        _("Left, yuan"),
    )
    writer.writerow(titles)
    if area:
        shown = board_of(area, timezone.localdate())
        for row in [*shown.rows, shown.total]:
            sums = (row.approved_fen, row.added_fen, row.committed_fen, row.forecast_fen, row.left_fen)
            writer.writerow(
                [plain(row.title), *("" if fen is None else format_fen(fen).replace(",", "") for fen in sums)]
            )
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="budget-{timezone.localdate()}.csv"'
    return response


@require_GET
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """One entry: its sums beside those before it, who entered it, and what can be done with it."""
    actor, today = actor_of(request), timezone.localdate()
    entry = get_budget_version(actor, version_id)
    standing = standing_of(entry, today)
    earlier = before(entry) if entry.kind == BudgetKind.WHOLE else None
    earlier_fen = {head.code: fen for head, fen in amounts_of(earlier)} if earlier else {}
    rows = [
        (head.title(language()), fen, earlier_fen.get(head.code) if earlier else None)
        for head, fen in amounts_of(entry)
    ]
    waiting = standing == Standing.WAITING
    context = {
        "entry": entry,
        "standing": standing,
        "earlier": earlier,
        "rows": [(title, fen, old, None if old is None else fen - old) for title, fen, old in rows],
        "total": sum(fen for _title, fen, _old in rows),
        "may_confirm": waiting and actor.has_any(APPROVERS) and entry.proposed_by_id != actor.user_id,
        "may_take_back": waiting and actor.has_any(PROPOSERS),
    }
    return render(request, "budget/version.html", context)


def _chosen(request: HttpRequest, places: list[Any]) -> Any:
    wanted = request.GET.get("area", "")
    return next((one for one in places if str(one.pk) == wanted), places[0] if places else None)
