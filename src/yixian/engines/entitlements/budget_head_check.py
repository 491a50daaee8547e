"""科目的检验: where a pack has budget heads, every kind of money falls under exactly one of them."""

from __future__ import annotations

from collections import Counter

from yixian.domain.policy import Pack
from yixian.domain.policy.pack import HOUSEHOLDS
from yixian.engines.entitlements.located import Faults
from yixian.engines.entitlements.pack_parts import Parts


def check_heads(pack: Pack, parts: Parts, faults: Faults) -> None:
    """Note every fault of the heads; a pack without heads has none."""
    if not parts.budget_heads:
        return
    categories = {item.category for item in pack.items.values()}
    rules = {rule.id for rule in pack.rules if rule.measure is None}
    placed = Counter(name for row in parts.budget_heads for name in row.value.categories)
    placed_rules = Counter(name for row in parts.budget_heads for name in row.value.rules)
    for row in parts.budget_heads:
        named = [("categories", name, categories, placed) for name in row.value.categories]
        named += [("rules", name, rules, placed_rules) for name in row.value.rules]
        for key, name, known, counts in named:
            if name not in known:
                faults.add(row.within(key, name), "head.unknown", name=name)
            elif counts[name] > 1:
                faults.add(row.within(key, name), "head.twice", name=name)
    for item in parts.items:
        if not placed[item.value.category]:
            faults.add(item.at("category"), "head.missing_category", name=item.value.category)
    for rule in parts.rules:
        if rule.value.applies_to == HOUSEHOLDS and rule.value.id in rules and not placed_rules[rule.value.id]:
            faults.add(rule.at("id"), "head.missing_rule", name=rule.value.id)
