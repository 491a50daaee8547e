"""证据: a comparison as tables — the revision itself, prices, places, items, heads, the budget and every household.

Sums are exact numbers of yuan; Excel and paper show the same tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.domain.areas import AreaLevel
from yixian.domain.money import in_yuan
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.revisions.budgeting import budget_head_gaps
from yixian.revisions.queries import (
    compared_groups,
    compared_households,
    compared_places,
    draft_pack,
    price_changes,
)
from yixian.revisions.revision_read_models import RevisionView
from yixian.web.revisions.effects import head_name, item_name


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """One table of the evidence: its name, its columns and its rows; sums are decimals, counts integers."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The tables of one comparison. ``losing`` are the households that would get less, as far as the actor sees them."""

    summary: EvidenceTable
    tables: list[EvidenceTable]
    households: EvidenceTable
    losing: EvidenceTable


def evidence_of(actor: Actor, view: RevisionView) -> Evidence:
    """All of it, for an actor who may see it household by household. Raises `NotFound` before the first comparison."""
    comparison = view.comparison
    if comparison is None:
        raise NotFound(
            "revision.not_compared", gettext_lazy("First see what this draft would change, for everybody.")
        )
    pack = draft_pack(comparison.draft)
    tables = [_prices(view), *_places(comparison)]
    items = [[item_name(pack, row), row.key, *_sums(row)] for row in compared_groups(comparison, "items")]
    tables.append(EvidenceTable(_("By item"), [_("Item"), _("Code"), *_sum_titles()], items))
    heads = [[head_name(pack, row.key), *_sums(row)] for row in compared_groups(comparison, "heads")]
    tables.append(EvidenceTable(_("By budget head"), [_("Budget head"), *_sum_titles()], heads))
    gaps = [
        [head_name(pack, one.budget_head), *map(_yuan, (one.held_fen, one.then_fen, one.left_fen))]
        for one in budget_head_gaps(comparison, on=timezone.localdate())
    ]
    titles = [_("Budget head"), _("Approved, yuan"), _("All accounts then, yuan"), _("Left, yuan")]
    tables.append(EvidenceTable(_("Budget"), titles, gaps))
    homes = _households(actor, comparison)
    losing = [row for row in homes.rows if isinstance(row[-1], Decimal) and row[-1] < 0]
    return Evidence(
        _summary(view, comparison),
        tables,
        homes,
        EvidenceTable(_("Households that would lose"), homes.titles, losing),
    )


def _summary(view: RevisionView, comparison: Any) -> EvidenceTable:
    revision, told = view.revision, comparison.sums
    rows: Sequence[Sequence[Any]] = [
        [_("Revision"), revision.title],
        [_("Area"), revision.area.label],
        [_("In force from"), revision.valid_from.isoformat()],
        [_("Why"), revision.reason],
        [_("Draft"), view.draft.number],
        [_("Compared on"), timezone.localtime(comparison.at).isoformat(" ", timespec="minutes")],
        [_("Households"), told["households"]],
        [_("gain"), told["gaining"]],
        [_("lose"), told["losing"]],
        [_("stay as they are"), told["unchanged"]],
        [_("could no longer be calculated"), told["newly_withheld"]],
        [_("could be recalculated"), told["no_longer_withheld"]],
        [_("withheld under both"), told["withheld_in_both"]],
        [_("Total now, yuan"), _yuan(told["old_fen"])],
        [_("Total after, yuan"), _yuan(told["new_fen"])],
        [_("Difference, yuan"), _yuan(told["new_fen"] - told["old_fen"])],
        [_("Hash of the facts"), comparison.facts_sha256],
        [_("Checksums of both calculations"), comparison.evidence],
    ]
    return EvidenceTable(_("Summary"), [_("What"), _("Value")], rows)


def _prices(view: RevisionView) -> EvidenceTable:
    rows = [
        [one.title, one.item_code, one.zone, one.unit, one.old, one.new]
        for one in price_changes(view.revision, view.draft, language())
    ]
    titles = [_("Item"), _("Code"), _("Price zone"), _("Per"), _("Now, yuan"), _("After, yuan")]
    return EvidenceTable(_("Prices"), titles, list(rows))


def _places(comparison: Any) -> list[EvidenceTable]:
    levels = ((AreaLevel.TOWNSHIP, _("By township")), (AreaLevel.VILLAGE, _("By village")))
    return [
        EvidenceTable(
            name,
            [_("Area"), *_sum_titles()],
            [[area.label, *_sums(row)] for area, row in compared_places(comparison, level)],
        )
        for level, name in levels
    ]


def _households(actor: Actor, comparison: Any) -> EvidenceTable:
    rows: Sequence[Sequence[Any]] = [
        [
            one.household_no,
            one.place,
            one.head_name,
            *map(_yuan, (one.old_fen, one.new_fen, one.difference_fen)),
        ]
        for batch in compared_households(actor, comparison).batches()
        for one in batch
    ]
    titles = [
        _("Household"),
        _("Area"),
        _("Head"),
        _("Now, yuan"),
        _("After, yuan"),
        _("Difference, yuan"),
    ]
    return EvidenceTable(_("Households"), titles, rows)


def _sum_titles() -> list[str]:
    return [_("Households"), _("gain"), _("lose"), _("Now, yuan"), _("After, yuan"), _("Difference, yuan")]


def _sums(row: Any) -> list[Any]:
    return [
        row.households,
        row.gaining,
        row.losing,
        *map(_yuan, (row.old_fen, row.new_fen, row.difference_fen)),
    ]


def _yuan(fen: int | None) -> Decimal | str:
    """Exact yuan; a spreadsheet's own numbers hold amounts up to ninety million million exactly."""
    return "" if fen is None else in_yuan(fen)
