"""包保规则: the duties of those beside households, read and checked — decided by a clause, one rule for every day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yixian.domain.policy import DutyRules, Pack
from yixian.domain.policy.periods import after_a_gap, overlapping
from yixian.engines.entitlements.citation_check import check_citation
from yixian.engines.entitlements.form import Form
from yixian.engines.entitlements.located import Faults, Located, Placed

RANGES = {
    "visit_every_days": (1, 366),
    "sudden_absence_hours": (1, 720),
    "another_helper_days": (1, 3660),
    "announce_days": (0, 366),
}
"""The lowest and the highest number that each may be; beyond them something was mistyped."""


def read_duty(source: Located, faults: Faults) -> list[Placed[DutyRules]]:
    """The dated rules of duty.yaml."""
    if source.kind != "list":
        faults.add(source.place, "duty.list")
    return [_read(entry, faults) for entry in source.items]


def _read(entry: Located, faults: Faults) -> Placed[DutyRules]:
    form = Form(entry, faults)
    numbers = {name: form.whole(name, *RANGES[name]) for name in RANGES}
    rules = DutyRules(
        **numbers,
        valid_from=form.day("from") or date.max,
        valid_until=form.day("until", required=False),
        document=form.text("document"),
        clause=form.text("clause"),
    )
    form.done()
    return form.placed(rules)


def check_duty(pack: Pack, rows: Iterable[Placed[DutyRules]], faults: Faults) -> None:
    """Note every fault of the rules that were read: their clauses, and days that have two rules or none between two."""
    rows = list(rows)
    for row in rows:
        if row.value.period.is_empty:
            faults.add(row.at("until"), "dates.order")
        check_citation(pack, row.value, row, faults)
    periods = [row.value.period for row in rows]
    for position in overlapping(periods):
        faults.add(rows[position].at("from"), "duty.overlap", day=rows[position].value.valid_from)
    for position in after_a_gap(periods):
        faults.add(rows[position].at("from"), "duty.gap", day=rows[position].value.valid_from)
