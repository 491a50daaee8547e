"""汇总的检验: what a rule takes over a household's items exists, and all of these items have the fact that is summed up."""

from __future__ import annotations

from yixian.domain.policy import OverItems, Pack, Rule
from yixian.domain.policy.pack import COUNT, LEAST, MOST, SUM
from yixian.engines.entitlements.located import Faults, Placed

TAKES = (COUNT, SUM, LEAST, MOST)


def check_over_items(pack: Pack, row: Placed[Rule], faults: Faults) -> None:
    """Note every fault of a rule's ``over_items``."""
    categories = {item.category for item in pack.items.values()}
    for name, over in row.value.over_items.items():
        place = row.within("over_items", name)
        if over.take not in TAKES:
            faults.add(place, "over.take", known=", ".join(TAKES))
        for category in over.categories:
            if category not in categories:
                faults.add(place, "rule.category", category=category)
        for code in over.items:
            if code not in pack.items:
                faults.add(place, "rule.price", code=code)
        if over.take == COUNT and over.fact:
            faults.add(place, "over.count")
        elif over.take != COUNT and not has_fact(pack, over):
            faults.add(place, "over.fact", name=over.fact)


def has_fact(pack: Pack, over: OverItems) -> bool:
    """Whether all the items have the fact, and it is a number."""
    declared = pack.item_inputs.get(over.fact)
    return (
        declared is not None
        and declared.is_number
        and all(declared.is_of(item.category) for item in pack.items.values() if over.takes(item))
    )
