"""规则的检验: what a rule names exists, its formulas stay within bounds, its sentence uses only what its lines keep."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Mapping

from yixian.domain.policy import Pack, Rule
from yixian.domain.policy.pack import ALL, HOUSEHOLDS, ITEMS, MONTHLY, ONCE, YEARLY, ZONE
from yixian.engines.entitlements.citation_check import check_citation
from yixian.engines.entitlements.located import Faults, Place, Placed
from yixian.engines.entitlements.over_items_check import check_over_items
from yixian.engines.entitlements.pack_parts import RESERVED, Parts
from yixian.engines.entitlements.rules_typing import (
    FIRST_DAY,
    LAST_DAY,
    StepError,
    factor_keys,
    may_be_declared,
    takes_input,
    typed,
)

_ALWAYS_IN_WORDS = frozenset({"title", "unit", "amount"})


def check_rule(
    pack: Pack, row: Placed[Rule], keys: Mapping[str, set[str]], parts: Parts, faults: Faults
) -> bool:
    """Note every fault of one rule; whether its formulas could be typed. ``keys`` are each factor's, “none” rows included."""
    rule = row.value
    if rule.applies_to not in {ITEMS, HOUSEHOLDS}:
        faults.add(row.at("applies_to"), "rule.applies_to")
        return False
    if rule.period.is_empty:
        faults.add(row.at("until"), "dates.order")
    if rule.id in {*RESERVED, *pack.items}:
        faults.add(row.at("id"), "rule.id_taken", id=rule.id)
    if rule.applies_to == HOUSEHOLDS or rule.document or rule.clause or rule.measure:
        check_citation(pack, rule, row, faults)
    if (rule.first or rule.last) and rule.paid == ONCE:
        faults.add(row.at("first" if rule.first else "last"), "rule.first_paid")
    if rule.paid not in {ONCE, MONTHLY, YEARLY}:
        faults.add(row.at("paid"), "rule.paid")
    _check_places(rule, row, faults)
    _check_names(pack, row, faults)
    _check_factors(pack, row, keys, faults)
    _check_measures(pack, row, faults)
    check_over_items(pack, row, faults)
    return _check_formulas(pack, row, parts, faults)


def _check_places(rule: Rule, row: Placed[Rule], faults: Faults) -> None:
    """What only a rule for items, or only one for households, may have."""
    for key, needless in (
        ("prices", rule.prices),
        ("totals", rule.totals),
        ("sums", rule.sums),
        ("lines", rule.lines),
    ):
        if needless and rule.applies_to == ITEMS:
            faults.add(row.at(key), "rule.of_households", name=key)
    if "keep_zero" in row.parts and rule.applies_to == ITEMS:
        faults.add(row.at("keep_zero"), "rule.of_households", name="keep_zero")
    if rule.categories and rule.applies_to == HOUSEHOLDS:
        faults.add(row.at("categories"), "rule.of_items", name="categories")


def _check_names(pack: Pack, row: Placed[Rule], faults: Faults) -> None:
    rule = row.value
    categories = {item.category for item in pack.items.values()}
    named = [("categories", category, category) for category in rule.categories]
    named += [("totals", name, category) for name, category in rule.totals.items() if category != ALL]
    for key, member, category in named:
        if category not in categories:
            faults.add(row.within(key, member), "rule.category", category=category)
    for name, code in rule.prices.items():
        if code not in pack.items:
            faults.add(row.within("prices", name), "rule.price", code=code)
    own = [("prices", name) for name in rule.prices] + [("totals", name) for name in rule.totals]
    own += [("sums", name) for name in rule.sums] + [("factors", name) for name in rule.factors]
    own += [("lines", name) for name in rule.lines]
    own += [("over_items", name) for name in rule.over_items]
    if rule.measure is not None:
        own.append(("measures", rule.measure.name))
    households = {other.id for other in pack.rules if other.applies_to == HOUSEHOLDS}
    for name, other in rule.lines.items():
        if other not in households:
            faults.add(row.within("lines", name), "rule.line", id=other)
    if rule.share and (rule.applies_to != ITEMS or rule.measure):
        faults.add(row.at("share"), "rule.share_of_money")
    inputs = pack.household_inputs.keys() | pack.item_inputs.keys() | pack.definitions.keys()
    counts = Counter(name for _key, name in own)
    for key, name in own:
        if not may_be_declared(name) or name in inputs or counts[name] > 1:
            faults.add(row.within(key, name), "rule.name", name=name)


def _check_factors(pack: Pack, row: Placed[Rule], said: Mapping[str, set[str]], faults: Faults) -> None:
    rule = row.value
    for name, use in rule.factors.items():
        place = row.within("factors", name)
        keys = said.get(use.factor, set())
        if not keys:
            faults.add(place, "rule.factor", factor=use.factor)
            continue
        unfit = [by for by in use.by if not _finds_key(pack, rule, by)]
        for by in unfit:
            faults.add(place, "rule.factor_by", choice=by)
        if unfit:
            continue
        wanted = set(factor_keys(pack, use))
        for key in sorted(wanted - keys):
            faults.add(place, "rule.factor_key", factor=use.factor, value=key)
        for key in sorted(keys - wanted):
            faults.add(place, "rule.factor_key_unknown", factor=use.factor, value=key)


def _finds_key(pack: Pack, rule: Rule, by: str) -> bool:
    """Whether a factor's key can be found by it: a choice that everything has which the rule takes, or the zone."""
    if by == ZONE:
        return bool(pack.zones)
    declared = pack.household_inputs.get(by)
    if declared is None and rule.applies_to == ITEMS:
        declared = pack.item_inputs.get(by)
    return declared is not None and bool(declared.choices) and takes_input(rule, declared)


def _check_measures(pack: Pack, row: Placed[Rule], faults: Faults) -> None:
    rule = row.value
    decimals = {
        other.measure.name: other.measure.decimals
        for other in pack.rules
        if other.measure is not None and other.applies_to == ITEMS
    }
    for name, measure in rule.sums.items():
        if measure not in decimals:
            faults.add(row.within("sums", name), "rule.sum", measure=measure)
    if rule.measure is None:
        return
    if rule.measure.unit not in pack.units:
        place, known = row.within("measures", "unit"), ", ".join(sorted(pack.units))
        faults.add(place, "rule.measure_unit", unit=rule.measure.unit, known=known)
    if rule.applies_to == ITEMS and decimals.get(rule.measure.name) != rule.measure.decimals:
        faults.add(row.within("measures", "decimals"), "rule.measure_decimals", measure=rule.measure.name)
    if rule.paid != ONCE:
        faults.add(row.at("paid"), "rule.measure_paid")


def _place_of(row: Placed[Rule], parts: Parts, step: str) -> Place:
    """Where a step's formula stands; of "" it is the rule's own."""
    if step in row.value.steps:
        return row.parts["steps"].entries[step].place
    if step in parts.definitions:
        return parts.definitions[step].place
    return row.at({FIRST_DAY: "first", LAST_DAY: "last"}.get(step, "formula"))


def _check_formulas(pack: Pack, row: Placed[Rule], parts: Parts, faults: Faults) -> bool:
    rule = row.value
    try:
        ready = typed(pack, rule)
    except StepError as error:
        source = _place_of(row, parts, error.step)
        place = Place(source.file, source.line, source.column + error.column - 1)
        faults.add(place, error.key, **error.values)
        return False
    kept = ready.trace.keys() | set(ready.keys)
    sayable = _ALWAYS_IN_WORDS | kept | ({"units"} if "quantity" in kept else set())
    for lang, words in (("zh", rule.words_zh), ("en", rule.words_en)):
        place = row.within("words", lang)
        try:
            fields = list(string.Formatter().parse(words))
        except ValueError:
            faults.add(place, "rule.braces", words=words)
            continue
        for _text, name, form, conversion in fields:
            if name is not None and (name not in sayable or form or conversion):
                faults.add(place, "rule.words", name=f"{{{name}}}")
    return True
