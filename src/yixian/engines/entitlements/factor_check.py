"""系数的检验: a factor is decided by a clause, once for every day, under keys that some choice has."""

from __future__ import annotations

from collections import defaultdict

from yixian.domain.policy import Pack
from yixian.domain.policy.periods import after_a_gap, overlapping
from yixian.engines.entitlements.citation_check import check_citation
from yixian.engines.entitlements.formula import is_name
from yixian.engines.entitlements.located import Faults, Placed
from yixian.engines.entitlements.pack_parts import FactorRow, Parts


def check_factors(pack: Pack, parts: Parts, faults: Faults) -> None:
    """Note every fault of factors.csv."""
    used = {use.factor for rule in pack.rules for use in rule.factors.values()}
    series: dict[tuple[str, str], list[Placed[FactorRow]]] = defaultdict(list)
    for row in parts.factors:
        factor = row.value.factor
        series[factor.name, factor.key].append(row)
        if not is_name(factor.name):
            faults.add(row.at("factor"), "factor.name", factor=factor.name)
        elif factor.name not in used:
            faults.add(row.at("factor"), "factor.unused", factor=factor.name)
        if factor.period.is_empty:
            faults.add(row.at("until"), "dates.order")
        if row.value.is_decided:
            check_citation(pack, factor, row, faults)
    for same in series.values():
        _check_dates(same, faults)


def _check_dates(same: list[Placed[FactorRow]], faults: Faults) -> None:
    periods = [row.value.factor.period for row in same]
    for position in overlapping(periods):
        factor = same[position].value.factor
        faults.add(same[position].at("from"), "factor.overlap", factor=factor.name, day=factor.valid_from)
    for position in after_a_gap(periods):
        factor = same[position].value.factor
        faults.add(same[position].at("from"), "factor.gap", factor=factor.name, day=factor.valid_from)
