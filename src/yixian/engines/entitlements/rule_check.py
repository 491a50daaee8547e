"""规则的检验: what a rule names exists, its formulas stay within bounds, its sentence uses only what its lines keep."""

from __future__ import annotations

import string

from yixian.domain.policy import Pack, Rule
from yixian.domain.policy.pack import HOUSEHOLDS, ITEMS
from yixian.engines.entitlements.citation_check import check_citation
from yixian.engines.entitlements.located import Faults, Place, Placed
from yixian.engines.entitlements.rules_typing import StepError, may_be_declared, typed

_ALWAYS_IN_WORDS = frozenset({"title", "unit", "amount"})


def check_rule(pack: Pack, row: Placed[Rule], faults: Faults) -> None:
    """Note every fault of one rule."""
    rule = row.value
    if rule.applies_to not in {ITEMS, HOUSEHOLDS}:
        faults.add(row.at("applies_to"), "rule.applies_to", "“applies_to” is items or households.")
        return
    if rule.period.is_empty:
        faults.add(row.at("until"), "dates.order", "It ends before it begins.")
    if rule.applies_to == HOUSEHOLDS or rule.document or rule.clause:
        check_citation(pack, rule, row, faults)
    _check_names(pack, row, faults)
    _check_formulas(pack, row, faults)


def _check_names(pack: Pack, row: Placed[Rule], faults: Faults) -> None:
    rule = row.value
    categories = {item.category for item in pack.items.values()}
    for key, named in (("categories", rule.categories), ("totals", tuple(rule.totals.values()))):
        for category in named:
            if category not in categories:
                faults.add(row.at(key), "rule.category", f"No item has the category {category}.")
    for code in rule.prices.values():
        if code not in pack.items:
            faults.add(row.at("prices"), "rule.price", f"There is no item {code} in items.csv.")
    for key, needless in (("prices", rule.prices), ("totals", rule.totals)):
        if needless and rule.applies_to == ITEMS:
            faults.add(row.at(key), "rule.of_households", f"Only a rule for households has “{key}”.")
    if rule.categories and rule.applies_to == HOUSEHOLDS:
        faults.add(row.at("categories"), "rule.of_items", "Only a rule for items has “categories”.")
    for name in (*rule.prices, *rule.totals):
        if (
            not may_be_declared(name)
            or name in pack.household_inputs
            or name in rule.prices.keys() & rule.totals.keys()
        ):
            faults.add(
                row.at("formula"), "rule.name", f"“{name}” cannot be used as a name, or is used already."
            )


def _check_formulas(pack: Pack, row: Placed[Rule], faults: Faults) -> None:
    rule = row.value
    try:
        typed(pack, rule)
    except StepError as error:
        source = row.parts["steps"].entries[error.step].place if error.step else row.at("formula")
        faults.add(Place(source.file, source.line, source.column + error.column - 1), error.key, str(error))
        return
    kept = typed(pack, rule).trace.keys()
    sayable = _ALWAYS_IN_WORDS | kept | ({"units"} if "quantity" in kept else set())
    for words in (rule.words_zh, rule.words_en):
        try:
            fields = list(string.Formatter().parse(words))
        except ValueError:
            faults.add(row.at("words"), "rule.words", f"The braces in “{words}” do not match.")
            continue
        for _text, name, form, conversion in fields:
            if name is not None and (name not in sayable or form or conversion):
                message = f"The sentence uses {{{name}}}, which the rule's lines do not keep."
                faults.add(row.at("words"), "rule.words", message)
