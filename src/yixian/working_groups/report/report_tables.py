"""报告的各表: the facts as tables in words, the same for paper and workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yixian.domain.money import in_yuan
from yixian.working_groups.report.report_facts import Facts

Cell = str | int | Decimal


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table: its name, its columns and its rows; sums are decimals of yuan, counts integers."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def tables_of(facts: Facts) -> list[ReportTable]:
    """All tables, in the report's order."""
    return [
        _summary(facts),
        _similar_matters(facts),
        _prices(facts),
        _sample(facts),
        _estimates(facts),
        _effects(facts),
        _heads(facts),
    ]


def _summary(facts: Facts) -> ReportTable:
    rows: list[list[Cell]] = [
        [_("Working group"), facts["title"]],
        [_("Area"), facts["area"]],
        [_("What it is to find out"), facts["question"]],
        [_("Clause"), f"{facts['clause']['title']} · {facts['clause']['id']}"],
        [_("What the clause says"), facts["clause"]["words"]],
        [_("Policy pack"), f"{facts['pack']['title']} {facts['pack']['version']}"],
        [_("Report"), _("version %(number)s of %(at)s") % {"number": facts["number"], "at": facts["at"]}],
        [_("Options"), facts["options"]],
        [_("Hash of the policy pack"), facts["pack"]["sha256"]],
        [_("Hash of the facts"), facts["effects"]["facts_sha256"]],
        [_("Checksums of both calculations"), facts["effects"]["checksums"]],
        [_("Hash of the frame"), facts["sample"]["frame_sha256"]],
    ]
    return ReportTable(_("Summary"), [_("Point"), _("What stands there")], rows)


def _similar_matters(facts: Facts) -> ReportTable:
    rows: list[list[Cell]] = [list(row) for row in facts["similar_matters"]["count_periods"]]
    return ReportTable(_("Who asked when"), [_("From"), _("Until"), _("Households")], rows)


def _prices(facts: Facts) -> ReportTable:
    rows: list[list[Cell]] = [
        [one["title"], one["zone"], one["unit"], _money(one["current"]), _money(one["new"])]
        for one in facts["prices"]
    ]
    titles = [_("Item"), _("Price zone"), _("Per"), _("Now, yuan"), _("Drafted, yuan")]
    return ReportTable(_("Prices"), titles, rows)


def _sample(facts: Facts) -> ReportTable:
    one = facts["sample"]
    rows: list[list[Cell]] = [
        [_("Who could be drawn"), one["basis"]],
        [_("Households in the frame"), one["size"]],
        [_("A share is to be known to within so many points"), one["margin"]],
        [_("Drawn"), one["drawn"]],
        [_("Checked"), one["checked"]],
        *([label, count] for label, count in one["dropped"]),
        [_("Seed of the draw"), one["seed"]],
        [_("Announced"), one["announced"]],
        [_("Drawn at"), one["drawn_at"]],
        [
            _("How it was drawn"),
            _("the numbers 1 to N of the frame in the order of SHA-256 of the seed followed by the number"),
        ],
        [
            _("Who checked"),
            _("%(count)s people, none of whom surveyed the household or stands beside it")
            % {"count": one["checkers"]},
        ],
    ]
    return ReportTable(_("Sample"), [_("Point"), _("What stands there")], rows)


def _estimates(facts: Facts) -> ReportTable:
    one = facts["sample"]
    rows: list[list[Cell]] = []
    if one["different"]:
        asked, share, low, high = one["different"]
        title = _("Households with something that measures more than a twentieth more or less, per cent")
        rows.append([title, int(asked), Decimal(share), Decimal(low), Decimal(high)])
    means = (
        ("rebuild", _("What a square metre of the same house costs to build, yuan")),
        ("timber", _("Timber, yuan a cubic metre")),
        ("wage", _("A builder's day, yuan")),
    )
    for name, title in means:
        if one[name]:
            asked, mean, low, high = one[name]
            rows.append([title, int(asked), Decimal(mean), Decimal(low), Decimal(high)])
    titles = [
        _("What was found"),
        _("Asked"),
        _("Estimate"),
        _("at least (95 of 100)"),
        _("at most (95 of 100)"),
    ]
    return ReportTable(_("What the sample says"), titles, rows)


def _effects(facts: Facts) -> ReportTable:
    one = facts["effects"]
    rows: list[list[Cell]] = [
        [_("Draft"), one["draft"]],
        [_("In force from"), facts["in_force_from"]],
        [_("Households"), one["households"]],
        [_("gain"), one["gaining"]],
        [_("lose"), one["losing"]],
        [_("could no longer be calculated"), one["newly_withheld"]],
        [_("Total now, yuan"), in_yuan(one["old_fen"])],
        [_("Total after, yuan"), in_yuan(one["new_fen"])],
        [_("Difference, yuan"), in_yuan(one["new_fen"] - one["old_fen"])],
    ]
    return ReportTable(_("What the draft would do"), [_("Point"), _("What stands there")], rows)


def _heads(facts: Facts) -> ReportTable:
    rows: list[list[Cell]] = [
        [title, in_yuan(held), in_yuan(then), in_yuan(left)]
        for title, held, then, left in facts["effects"]["heads"]
    ]
    titles = [_("Budget head"), _("Approved, yuan"), _("All accounts then, yuan"), _("Left, yuan")]
    return ReportTable(_("Budget"), titles, rows)


def shown(value: Any) -> str:
    """A cell as it is printed."""
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return f"{value:,}" if isinstance(value, int) else str(value) or "—"


def _money(text: str) -> Cell:
    return Decimal(text) if text else ""
