"""规则版本的检验: the dated versions of one rule follow each other, and are versions of the same."""

from __future__ import annotations

from collections import defaultdict

from yixian.domain.policy import Rule
from yixian.domain.policy.periods import after_a_gap, overlapping
from yixian.engines.entitlements.located import Faults, Placed


def check_versions(rows: list[Placed[Rule]], faults: Faults) -> None:
    """Note the versions of a rule that hold on the same day, leave days out, or are not of the same kind.

    A time in which a rule pays nothing is a version of its own, decided by a clause like every other.
    """
    series: dict[str, list[Placed[Rule]]] = defaultdict(list)
    for row in rows:
        series[row.value.id].append(row)
    for id_, same in series.items():
        periods = [row.value.period for row in same]
        for position in overlapping(periods):
            day = periods[position].begin
            faults.add(same[position].at("from"), "rule.overlap", id=id_, day=day.isoformat())
        for position in after_a_gap(periods):
            day = periods[position].begin
            faults.add(same[position].at("from"), "rule.gap", id=id_, day=day.isoformat())
        for row in same[1:]:
            if _kind(row.value) != _kind(same[0].value):
                faults.add(row.at("id"), "rule.other_kind", id=id_)


def _kind(rule: Rule) -> tuple[object, ...]:
    """What the versions of a rule have in common: by it their lines are found, compared and added up."""
    return rule.title_zh, rule.title_en, rule.applies_to, rule.paid, rule.measure
