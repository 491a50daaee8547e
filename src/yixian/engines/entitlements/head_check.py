"""科目的检验: where a pack has budget heads, every kind of money falls under exactly one of them."""

from __future__ import annotations

from collections import Counter

from yixian.domain.policy import Pack
from yixian.domain.policy.pack import HOUSEHOLDS
from yixian.engines.entitlements.located import Faults, Place
from yixian.engines.entitlements.pack_parts import Parts


def check_heads(pack: Pack, parts: Parts, faults: Faults) -> None:
    """Note every fault of the heads; a pack without heads has none."""
    if not parts.heads:
        return
    categories = {item.category for item in pack.items.values()}
    rules = {rule.id for rule in pack.rules if rule.measure is None}
    placed = Counter(name for row in parts.heads for name in row.value.categories)
    placed_rules = Counter(name for row in parts.heads for name in row.value.rules)
    for row in parts.heads:
        named = [("categories", name, categories, placed) for name in row.value.categories]
        named += [("rules", name, rules, placed_rules) for name in row.value.rules]
        for key, name, known, counts in named:
            if name not in known:
                message = f"“{name}” is no item category, or no rule that gives money."
                faults.add(row.at(key), "head.unknown", message)
            elif counts[name] > 1:
                faults.add(row.at(key), "head.twice", f"{name} stands under two heads.")
    for item in parts.items:
        if not placed[item.value.category]:
            _missing(f"The category {item.value.category}", item.at("category"), faults)
    for rule in parts.rules:
        if rule.value.applies_to == HOUSEHOLDS and rule.value.id in rules and not placed_rules[rule.value.id]:
            _missing(f"The rule {rule.value.id}", rule.place, faults)


def _missing(what: str, place: Place, faults: Faults) -> None:
    faults.add(place, "head.missing", f"{what} stands under no budget head (“heads” in pack.yaml).")
