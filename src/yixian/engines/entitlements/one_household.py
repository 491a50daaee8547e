"""一户的账: one household reckoned in plain Python, as the checker does, with every fault named at its own fact.

For a page where somebody enters what they have: no tables, no database, milliseconds. Lines and problems are those that
`compute` gives for the same facts, and a test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal
from typing import Any

from yixian.domain.policy import FactorUse, Input, Pack
from yixian.domain.policy.day_numbers import day_number, day_text
from yixian.domain.policy.pack import MONTHLY, ONCE, YEARLY, ZONE
from yixian.engines.entitlements.formula import Name
from yixian.engines.entitlements.line_queries import needs_price
from yixian.engines.entitlements.plain_calculation import PlainCalculation
from yixian.engines.entitlements.plain_facts import Facts, Given, read_value
from yixian.engines.entitlements.plain_shares import Trace
from yixian.engines.entitlements.result_tables import COUNTED
from yixian.engines.entitlements.rules_typing import TypedRule, typed

MISSING, NOT_A_NUMBER, NOT_A_DAY, TOO_FINE, OUTSIDE, NO_CHOICE = (
    "missing",
    "not_a_number",
    "not_a_day",
    "too_fine",
    "outside",
    "no_choice",
)
"""What may be wrong with a fact as it was entered."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{0,12})?")
_EXACT = Context(prec=80)
_HERE = "here"


@dataclass(frozen=True, slots=True)
class EnteredItem:
    """One thing as it was entered: its line's number, the item's code, and each fact as text."""

    line_id: str
    item_code: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OneLine:
    """A line of the account. ``amount`` is in minor units; where ``paid`` is ``counted`` it is 0, and ``counted`` counts."""

    line_id: str
    rule: str
    item_code: str
    paid: str
    amount: int
    head: str
    document: str
    clause: str
    values: Mapping[str, str]
    counted: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class OneProblem:
    """Why the account is withheld.

    ``line_id`` is the item's ("" for the household, a rule's id for a household rule), ``code`` as in `problems`,
    ``faults`` the facts concerned with what is wrong with each, ``about`` the item's or factor's name that is not decided.
    """

    line_id: str
    code: str
    faults: Mapping[str, str] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True, slots=True)
class OneAccount:
    """The account of one household: lines in the pack's order and the sums, or problems and neither."""

    lines: Sequence[OneLine]
    problems: Sequence[OneProblem]

    @property
    def is_withheld(self) -> bool:
        """Whether something could not be reckoned, so that there is no sum."""
        return bool(self.problems)

    def total(self, paid: str = ONCE) -> int:
        """What is paid once, monthly or yearly, in minor units."""
        return sum(line.amount for line in self.lines if line.paid == paid)

    @property
    def totals(self) -> dict[str, int]:
        """The three sums, by how often they are paid."""
        return {paid: self.total(paid) for paid in (ONCE, MONTHLY, YEARLY)}


def rules_typed_on(pack: Pack, on: date) -> list[TypedRule]:
    """The rules decided for a day with their typed trees, to be handed to `calculate_one`; they may be kept."""
    return [typed(pack, rule) for rule in pack.rules_on(on)]


def calculate_one(
    pack: Pack,
    rules: Sequence[TypedRule],
    on: date,
    zone: str,
    facts: Mapping[str, str],
    items: Sequence[EnteredItem],
) -> OneAccount:
    """Reckon one household on a day from what was entered. ``rules`` are `rules_typed_on` of the same pack and day."""
    home = _given(facts, pack.household_inputs)
    own = [(item, _given(item.facts, pack.item_inputs)) for item in items]
    problems = [*_of_household(pack, rules, on, zone, facts, home)]
    for item, given in own:
        problems += _of_item(pack, rules, on, zone, home, item, given)
    if problems:
        return OneAccount([], problems)
    calculation = PlainCalculation(pack, rules, on)
    found = calculation.lines(
        Facts(
            numbers=[_HERE],
            zones=[zone],
            of_households={name: [value] for name, value in home.items()},
            households=[_HERE] * len(own),
            lines=[item.line_id for item, _given in own],
            codes=[item.item_code for item, _given in own],
            of_items={name: [given[name] for _item, given in own] for name in pack.item_inputs},
        )
    )
    if calculation.held:
        raise RuntimeError("The reckoning withholds an account in which nothing is wrong.")
    codes = {item.line_id: item.item_code for item in items}
    lines = [
        _line(rule, line_id, codes.get(line_id, "") if rule.for_items else "", told)
        for rule in rules
        for _household, line_id, told in found[rule.rule.id]
    ]
    return OneAccount(_in_pack_order(pack, lines), [])


def fault(text: str, declared: Input) -> str:
    """What is wrong with a fact as it was entered; "" where nothing is."""
    text = text.strip()
    if not text and not declared.default:
        return NO_CHOICE if declared.choices else MISSING
    if read_value(text, declared) is not None:
        return ""
    if declared.choices:
        return NO_CHOICE
    if declared.is_day:
        return NOT_A_DAY if day_number(text) is None else OUTSIDE
    if not _NUMBER.fullmatch(text):
        return NOT_A_NUMBER
    return TOO_FINE if declared.low <= Decimal(text) <= declared.high else OUTSIDE


def _given(facts: Mapping[str, str], inputs: Mapping[str, Input]) -> Given:
    return {name: read_value(facts.get(name, ""), declared) for name, declared in inputs.items()}


def _faults(facts: Mapping[str, str], inputs: Mapping[str, Input]) -> dict[str, str]:
    found = {name: fault(facts.get(name, ""), declared) for name, declared in inputs.items()}
    return {name: wrong for name, wrong in found.items() if wrong}


def _of_household(
    pack: Pack, rules: Sequence[TypedRule], on: date, zone: str, facts: Mapping[str, str], home: Given
) -> Iterator[OneProblem]:
    """The same reasons as `problems.of_households`."""
    faults = _faults(facts, pack.household_inputs)
    if faults:
        yield OneProblem("", "missing_fact", faults)
    if pack.zones and zone not in pack.zones:
        yield OneProblem("", "unknown_zone")
    known_zone = zone if zone in pack.zones else None
    for rule in rules:
        if rule.for_items:
            continue
        for code in sorted(set(rule.rule.prices.values())):
            if _lacks_price(pack, code, zone, on):
                yield OneProblem(rule.rule.id, "no_price", about=code)
        for use in rule.rule.factors.values():
            if _lacks_factor(pack, use, {**home, ZONE: known_zone}, on):
                yield OneProblem(rule.rule.id, "no_factor", about=use.factor)


def _of_item(
    pack: Pack,
    rules: Sequence[TypedRule],
    on: date,
    zone: str,
    home: Given,
    item: EnteredItem,
    given: Given,
) -> Iterator[OneProblem]:
    """The same reasons as `problems.of_items`."""
    known = pack.items.get(item.item_code)
    if known is None:
        yield OneProblem(item.line_id, "unknown_item", about=item.item_code)
        return
    taking = [rule for rule in rules if rule.for_items and _takes(rule, known.category)]
    if _lacks_price(pack, known.code, zone, on) and (not taking or any(needs_price(rule) for rule in taking)):
        yield OneProblem(item.line_id, "no_price", about=known.code)
    if not taking:
        yield OneProblem(item.line_id, "no_rule", about=known.code)
    declared = {name: one for name, one in pack.item_inputs.items() if one.is_of(known.category)}
    faults = _faults(item.facts, declared)
    if faults:
        yield OneProblem(item.line_id, "out_of_range", faults)
    values = {**home, **given, ZONE: zone if zone in pack.zones else None}
    for rule in taking:
        lacking = [use.factor for use in rule.rule.factors.values() if _lacks_factor(pack, use, values, on)]
        if lacking:
            yield OneProblem(item.line_id, "no_factor", about=lacking[0])


def _takes(rule: TypedRule, category: str) -> bool:
    return not rule.rule.categories or category in rule.rule.categories


def _lacks_price(pack: Pack, code: str, zone: str, on: date) -> bool:
    """Whether no price is decided; in an unknown zone the zone is the reason."""
    if pack.zones and zone not in pack.zones:
        return False
    return pack.price_on(code, zone, on) is None


def _lacks_factor(pack: Pack, use: FactorUse, given: Mapping[str, Any], on: date) -> bool:
    """Whether the factor is not decided; not where what chooses it is missing, which is a fault of its own."""
    known = all(given[by] is not None for by in use.by)
    return known and pack.factor_on(use.factor, use.key(given), on) is None


def _line(rule: TypedRule, line_id: str, item_code: str, told: Trace) -> OneLine:
    amount, head, document, clause, *kept = told
    values: dict[str, str] = {}
    for name, value in zip((*rule.trace, *rule.keys), kept, strict=True):
        known = rule.trace.get(name)
        values[name] = value if known is None else _text(value, known)
    measure = rule.rule.measure
    return OneLine(
        line_id=line_id,
        rule=rule.rule.id,
        item_code=item_code,
        paid=COUNTED if measure else rule.rule.paid,
        amount=amount,
        head=head or "",
        document=document,
        clause=clause,
        values=values,
        counted=values[measure.name] if measure else "",
        unit=measure.unit if measure else "",
    )


def _text(value: int, known: Name) -> str:
    return day_text(value) if known.is_day else f"{Decimal(value).scaleb(-known.scale, _EXACT):f}"


def _in_pack_order(pack: Pack, lines: Sequence[OneLine]) -> list[OneLine]:
    rules = {rule: position for position, rule in enumerate(pack.rule_ids)}
    codes = {code: position for position, code in enumerate(pack.items)}
    return sorted(
        lines, key=lambda line: (rules[line.rule], codes.get(line.item_code, len(codes)), line.line_id)
    )
