"""汇总的平算: what rules take over a household's items, in plain Python, for the checker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import repeat

from yixian.domain.policy import OverItems, Pack
from yixian.domain.policy.pack import COUNT, LEAST, SUM
from yixian.engines.entitlements.plain_facts import Facts

Taken = dict[OverItems, dict[str, int]]
"""By what is taken: household → number; who is not there has zero."""


def taken_over_items(pack: Pack, facts: Facts, wanted: Iterable[OverItems]) -> Taken:
    """Everything that is wanted, of every household. Items that are not sound are left out: their household is withheld."""
    found: Taken = {}
    for over in set(wanted):
        values: dict[str, list[int]] = defaultdict(list)
        codes = {item.code for item in pack.items.values() if over.takes(item)}
        counted = repeat(1, len(facts.codes)) if over.take == COUNT else facts.of_items[over.fact]
        for household, code, value in zip(facts.households, facts.codes, counted, strict=True):
            if code in codes and value is not None:
                values[household].append(value)
        found[over] = {household: _one(over.take, numbers) for household, numbers in values.items()}
    return found


def _one(take: str, numbers: Sequence[int]) -> int:
    if take in {COUNT, SUM}:
        return sum(numbers)
    return min(numbers) if take == LEAST else max(numbers)
