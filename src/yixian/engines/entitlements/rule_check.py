"""规则的检验: what a rule names exists, its formulas stay within bounds, its sentence uses only what its lines keep."""

from __future__ import annotations

import string
from collections.abc import Mapping

from yixian.domain.policy import Pack, Rule
from yixian.domain.policy.pack import HOUSEHOLDS, ITEMS, MONTHLY, ONCE, YEARLY
from yixian.engines.entitlements.citation_check import check_citation
from yixian.engines.entitlements.located import Faults, Place, Placed
from yixian.engines.entitlements.rules_typing import StepError, may_be_declared, takes_input, typed
from yixian.engines.entitlements.units import UNITS

_ALWAYS_IN_WORDS = frozenset({"title", "unit", "amount"})


def check_rule(pack: Pack, row: Placed[Rule], keys: Mapping[str, set[str]], faults: Faults) -> bool:
    """Note every fault of one rule; whether its formulas could be typed. ``keys`` are each factor's, “none” rows included."""
    rule = row.value
    if rule.applies_to not in {ITEMS, HOUSEHOLDS}:
        faults.add(row.at("applies_to"), "rule.applies_to", "“applies_to” is items or households.")
        return False
    if rule.period.is_empty:
        faults.add(row.at("until"), "dates.order", "It ends before it begins.")
    if rule.applies_to == HOUSEHOLDS or rule.document or rule.clause or rule.measure:
        check_citation(pack, rule, row, faults)
    if rule.paid not in {ONCE, MONTHLY, YEARLY}:
        faults.add(row.at("paid"), "rule.paid", "“paid” is once, monthly or yearly.")
    _check_places(rule, row, faults)
    _check_names(pack, row, faults)
    _check_factors(pack, row, keys, faults)
    _check_measures(pack, row, faults)
    return _check_formulas(pack, row, faults)


def _check_places(rule: Rule, row: Placed[Rule], faults: Faults) -> None:
    """What only a rule for items, or only one for households, may have."""
    for key, needless in (("prices", rule.prices), ("totals", rule.totals), ("sums", rule.sums)):
        if needless and rule.applies_to == ITEMS:
            faults.add(row.at(key), "rule.of_households", f"Only a rule for households has “{key}”.")
    if rule.categories and rule.applies_to == HOUSEHOLDS:
        faults.add(row.at("categories"), "rule.of_items", "Only a rule for items has “categories”.")


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
    own = [*rule.prices, *rule.totals, *rule.sums, *rule.factors]
    if rule.measure is not None:
        own.append(rule.measure.name)
    inputs = pack.household_inputs.keys() | pack.item_inputs.keys()
    for name in own:
        if not may_be_declared(name) or name in inputs or own.count(name) > 1:
            message = f"“{name}” cannot be used as a name, or is used already."
            faults.add(row.at("formula"), "rule.name", message)


def _check_factors(pack: Pack, row: Placed[Rule], said: Mapping[str, set[str]], faults: Faults) -> None:
    rule = row.value
    for use in rule.factors.values():
        keys = said.get(use.factor, set())
        if not keys:
            faults.add(row.at("factors"), "rule.factor", f"There is no factor {use.factor} in factors.csv.")
            continue
        declared = pack.household_inputs.get(use.by)
        if declared is None and rule.applies_to == ITEMS:
            declared = pack.item_inputs.get(use.by)
        if use.by and (declared is None or not declared.choices or not takes_input(rule, declared)):
            message = f"“{use.by}” is no choice that everything this rule applies to has."
            faults.add(row.at("factors"), "rule.factor_by", message)
            continue
        wanted = set(declared.choices) if use.by and declared is not None else {""}
        for key in sorted(wanted - keys):
            faults.add(row.at("factors"), "rule.factor_key", f"{use.factor} has no value for “{key}”.")
        for key in sorted(keys - wanted):
            faults.add(
                row.at("factors"), "rule.factor_key", f"{use.factor} has a key “{key}” that is no choice."
            )


def _check_measures(pack: Pack, row: Placed[Rule], faults: Faults) -> None:
    rule = row.value
    decimals = {
        other.measure.name: other.measure.decimals
        for other in pack.rules
        if other.measure is not None and other.applies_to == ITEMS
    }
    for name in rule.sums.values():
        if name not in decimals:
            faults.add(row.at("sums"), "rule.sum", f"No rule for items measures {name}.")
    if rule.measure is None:
        return
    if rule.measure.unit not in UNITS:
        faults.add(row.at("measures"), "rule.measure", f"“{rule.measure.unit}” is no unit.")
    if rule.applies_to == ITEMS and decimals.get(rule.measure.name) != rule.measure.decimals:
        message = f"Another rule measures {rule.measure.name} with other decimals."
        faults.add(row.at("measures"), "rule.measure", message)
    if rule.paid != ONCE:
        faults.add(row.at("paid"), "rule.paid", "A rule that measures pays nothing.")


def _check_formulas(pack: Pack, row: Placed[Rule], faults: Faults) -> bool:
    rule = row.value
    try:
        ready = typed(pack, rule)
    except StepError as error:
        source = row.parts["steps"].entries[error.step].place if error.step else row.at("formula")
        faults.add(Place(source.file, source.line, source.column + error.column - 1), error.key, str(error))
        return False
    kept = ready.trace.keys() | set(ready.keys)
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
    return True
