"""影响表: the evidence as a workbook — sums, prices, places, items, heads and households; sums as exact numbers of yuan."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.domain.areas import AreaLevel
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.revisions.budgeting import head_gaps
from yixian.revisions.queries import (
    compared_groups,
    compared_households,
    compared_places,
    draft_pack,
    get_revision,
    price_changes,
    revision_view,
)
from yixian.web.asking import actor_of
from yixian.web.revisions.effects import head_name, item_name

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def evidence(request: HttpRequest, revision_id: int) -> HttpResponse:
    """The whole comparison for those who were not there."""
    actor = actor_of(request)
    revision = get_revision(actor, revision_id)
    view = revision_view(revision)
    comparison = view.comparison
    if comparison is None:
        raise NotFound("revision.not_compared", "First see what this draft would change, for everybody.")
    pack, told = draft_pack(comparison.draft), comparison.manifest
    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(written, options) as book:
        sheets = _Sheets(book)
        sheets.add(
            _("Summary"),
            [_("What"), _("Value")],
            [
                [_("Revision"), revision.title],
                [_("In force from"), revision.valid_from.isoformat()],
                [_("Why"), revision.reason],
                [_("Draft"), view.draft.number],
                [_("Compared on"), comparison.at.isoformat(timespec="minutes")],
                [_("Households"), told["households"]],
                [_("gain"), told["gaining"]],
                [_("lose"), told["losing"]],
                [_("stay as they are"), told["unchanged"]],
                [_("could no longer be reckoned"), told["newly_withheld"]],
                [_("Sum now, yuan"), _yuan(told["old_fen"])],
                [_("Sum then, yuan"), _yuan(told["new_fen"])],
                [_("Difference, yuan"), _yuan(told["new_fen"] - told["old_fen"])],
                [_("Hash of the facts"), comparison.facts_sha256],
                [_("Checksums of both reckonings"), comparison.evidence],
            ],
        )
        prices = price_changes(revision, view.draft, language())
        sheets.add(
            _("Prices"),
            [_("Item"), _("Code"), _("Price zone"), _("Per"), _("Now"), _("Then")],
            [[one.title, one.item_code, one.zone, one.unit, one.old, one.new] for one in prices],
        )
        for level, name in ((AreaLevel.TOWNSHIP, _("By township")), (AreaLevel.VILLAGE, _("By village"))):
            rows = [[area.label, *_sums(row)] for area, row in compared_places(comparison, level)]
            sheets.add(name, [_("Place"), *_sum_titles()], rows)
        items = [[item_name(pack, row), row.key, *_sums(row)] for row in compared_groups(comparison, "items")]
        sheets.add(_("By item"), [_("Item"), _("Code"), *_sum_titles()], items)
        heads = [[head_name(pack, row.key), *_sums(row)] for row in compared_groups(comparison, "heads")]
        sheets.add(_("By budget head"), [_("Budget head"), *_sum_titles()], heads)
        gaps = head_gaps(comparison, on=timezone.localdate())
        titles = [
            _("Budget head"),
            _("Approved, yuan"),
            _("All accounts then, yuan"),
            _("Left, yuan"),
        ]
        sums = [
            [head_name(pack, one.head), *map(_yuan, (one.held_fen, one.then_fen, one.left_fen))]
            for one in gaps
        ]
        sheets.add(_("Budget"), titles, sums)
        homes = [
            [
                one.household_no,
                one.area.label,
                one.head.name if one.head else "",
                *(_yuan(row[name]) for name in ("old_fen", "new_fen", "difference_fen")),
            ]
            for one, row in compared_households(actor, comparison)
        ]
        titles = [
            _("Household"),
            _("Place"),
            _("Head"),
            _("Now, yuan"),
            _("Then, yuan"),
            _("Difference, yuan"),
        ]
        sheets.add(_("Households"), titles, homes)
    response = HttpResponse(written.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = (
        f'attachment; filename="revision-{revision.pk}-draft-{view.draft.number}.xlsx"'
    )
    return response


class _Sheets:
    """Sheets of a workbook, each a table with a head that stays in view."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True})
        self._money = book.add_format({"num_format": "#,##0.00"})

    def add(self, name: str, titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.write_row(0, 0, titles, self._bold)
        sheet.freeze_panes(1, 0)
        widths = [len(title) for title in titles]
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, Decimal):
                    sheet.write_number(number, column, value, self._money)
                else:
                    sheet.write(number, column, value)
                widths[column] = max(widths[column], len(str(value)))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(60, 4 + 2 * width))


def _sum_titles() -> list[str]:
    return [_("Households"), _("gain"), _("lose"), _("Now, yuan"), _("Then, yuan"), _("Difference, yuan")]


def _sums(row: Any) -> list[Any]:
    return [
        row.households,
        row.gaining,
        row.losing,
        *map(_yuan, (row.old_fen, row.new_fen, row.difference_fen)),
    ]


def _yuan(fen: int | None) -> Decimal | str:
    """Exact yuan; a spreadsheet's own numbers hold amounts up to ninety million million exactly."""
    return "" if fen is None else Decimal(fen).scaleb(-2)
