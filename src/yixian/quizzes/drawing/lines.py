"""算账题: compute a household's line, from facts that belong to nobody.

The case is a line without its household: an item with the quantity that the accounts of at least five households hold
(`Case`), or else an item of the pack with a quantity drawn by lot from what its fact may be; the other facts are always
drawn by lot. There is no number, no name and no place in it. The right answer and every wrong one come from the engine: a
wrong one is the right sum of a wrong fact, and says which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from yixian.domain.policy import Pack, Rule
from yixian.engines.entitlements import (
    EnteredItem,
    OneLine,
    calculate_one,
    rules_typed_on,
    sentence,
    unit_after,
    unit_word,
)
from yixian.engines.entitlements.rules_typing import TypedRule
from yixian.quizzes.drawing.lots import Lots
from yixian.quizzes.drawing.question import TYPED, Case, Cited, Kind, Option, Question, Shown, Words, cite
from yixian.quizzes.drawing.random_facts import changed_by_one, drawn_facts, fact_text
from yixian.quizzes.drawing.wording import ZONE, day, money, price_a_unit, zone_name

_TRIES = 12
_WRONG = 3
_LINE = "1"


@dataclass(frozen=True, slots=True)
class Entered:
    """One household's facts as a question tells them; ``item_code`` is "" for a line of the household as a whole."""

    zone: str
    home: Mapping[str, str]
    item_code: str
    facts: Mapping[str, str]
    rule: str


def line_question(
    pack: Pack, rules: Sequence[TypedRule], cases: Sequence[Case], on: date, lots: Lots
) -> Question | None:
    """A line to be computed, typed to the smallest coin or chosen among what typical mistakes give."""
    for _try in range(_TRIES):
        entered = _case(pack, rules, cases, lots)
        line = None if entered is None else line_of(pack, rules, on, entered)
        if entered is not None and line is not None and line.amount > 0:
            return _asked(pack, rules, on, entered, line, lots)
    return None


def line_of(pack: Pack, rules: Sequence[TypedRule], on: date, entered: Entered) -> OneLine | None:
    """The line that the facts make; None where they make none, or where it is no money."""
    items = [EnteredItem(_LINE, entered.item_code, entered.facts)] if entered.item_code else []
    account = calculate_one(pack, rules, on, entered.zone, entered.home, items)
    return next(
        (
            line
            for line in account.lines
            if line.item_code == entered.item_code
            and (line.rule == entered.rule or not entered.rule)
            and not line.counted
        ),
        None,
    )


def _case(pack: Pack, rules: Sequence[TypedRule], cases: Sequence[Case], lots: Lots) -> Entered | None:
    """Facts by lot: of a household rule that rests on facts alone, of a real case, or of an item of the pack."""
    home = drawn_facts(pack.household_inputs.values(), lots)
    zone = lots.pick(list(pack.zones)) if pack.zones else ""
    plain = [one.rule for one in rules if not one.for_items and _rests_on_facts(one.rule)]
    if plain and not lots.below(3):
        return Entered(zone, home, "", {}, lots.pick(plain).id)
    known = [case for case in cases if case.item_code in pack.items and case.quantity > 0]
    if known and lots.below(4):
        case = lots.pick(known)
        item, zone = pack.items[case.item_code], case.zone if pack.zones else ""
        own = drawn_facts(pack.item_inputs.values(), lots, item)
        return Entered(zone, home, item.code, {**own, "quantity": f"{case.quantity.normalize():f}"}, "")
    if not pack.items:
        return None
    item = lots.pick(list(pack.items.values()))
    return Entered(zone, home, item.code, drawn_facts(pack.item_inputs.values(), lots, item), "")


def _rests_on_facts(rule: Rule) -> bool:
    return not (rule.totals or rule.sums or rule.measure or rule.over_items or rule.lines or rule.share)


def _asked(
    pack: Pack, rules: Sequence[TypedRule], on: date, entered: Entered, line: OneLine, lots: Lots
) -> Question:
    rule = pack.rule_on(line.rule, on)
    today = day(on)
    what = _title(pack, rule, entered)
    reading = _reading(pack, rule, line, on)
    wrong = _wrong_options(pack, rules, on, entered, line, lots)
    typed = len(wrong) < _WRONG or not lots.below(2)
    told = [Option(money(line.amount, pack.currency)), *wrong]
    options = [] if typed else lots.shuffled(told)
    how = {
        lang: sentence(pack, on, line.rule, line.item_code, line.values, line.amount, lang)
        for lang in ("zh", "en")
    }
    return Question(
        kind=Kind.LINE,
        asked=Words(
            f"{today.zh}，按下面的条件和条文，这户“{what.zh}”这一行该算多少？",
            f"On {today.en}, by the facts and the clause below: how much is this household's line “{what.en}”?",
        ),
        shown=tuple(_shown(pack, entered, line, on)),
        reading=reading,
        options=tuple(options),
        right=TYPED if typed else options.index(told[0]),
        because=Words(how["zh"], how["en"]),
        cited=(cite(pack, line.document, line.clause),),
        minor=line.amount,
        digits=pack.currency.digits,
    )


def _title(pack: Pack, rule: Rule, entered: Entered) -> Words:
    item = pack.items.get(entered.item_code)
    return Words(item.name_zh, item.name_en) if item else Words(rule.title_zh, rule.title_en)


def _shown(pack: Pack, entered: Entered, line: OneLine, on: date) -> Iterator[Shown]:
    """The facts that the line used, and for an item its price in every zone."""
    if pack.zones and entered.item_code:
        yield Shown(ZONE, zone_name(pack, entered.zone))
    item = pack.items.get(entered.item_code)
    if item is not None:
        value = entered.facts["quantity"]
        yield Shown(
            Words("数量", "Quantity"),
            Words(*(f"{value} {unit_after(pack, value, item.unit, lang)}" for lang in ("zh", "en"))),
        )
    used = {**pack.household_inputs, **pack.item_inputs}
    for name in line.values:
        if name in used and name != "quantity":
            value = entered.facts.get(name) or entered.home.get(name) or used[name].default
            yield fact_text(used[name], value)
    if item is not None and "price" in line.values:
        unit = Words(unit_word(pack, item.unit, "zh"), unit_word(pack, item.unit, "en"))
        for zone in pack.zones or ("",):
            price = pack.price_on(item.code, zone, on)
            if price is not None:
                place = zone_name(pack, zone)
                label = Words(
                    f"单价（{place.zh}）" if place.zh else "单价",
                    f"Price, {place.en}" if place.en else "Price",
                )
                yield Shown(label, price_a_unit(price.amount, pack.currency, unit))


def _reading(pack: Pack, rule: Rule, line: OneLine, on: date) -> tuple[Cited, ...]:
    """The line's clause, and the clauses of every decided number it may have used, whichever choice was made."""
    found = {(line.document, line.clause): None}
    names = {use.factor for use in rule.factors.values()}
    for factor in pack.factors:
        if factor.name in names and factor.document and pack.factor_on(factor.name, factor.key, on) is factor:
            found[factor.document, factor.clause] = None
    return tuple(cite(pack, *place) for place in found)


def _wrong_options(
    pack: Pack, rules: Sequence[TypedRule], on: date, entered: Entered, line: OneLine, lots: Lots
) -> list[Option]:
    """Up to three amounts that typical mistakes give, each another than the right one and than each other."""
    amounts = {line.amount}
    found = []
    for amount, why in _mistakes(pack, rules, on, entered, line, lots):
        if amount > 0 and amount not in amounts:
            amounts.add(amount)
            found.append(Option(money(amount, pack.currency), why))
        if len(found) == _WRONG:
            break
    return found


def _mistakes(
    pack: Pack, rules: Sequence[TypedRule], on: date, entered: Entered, line: OneLine, lots: Lots
) -> Iterator[tuple[int, Words]]:
    """The likeliest first: another zone, the price before, a quantity cut, a similar thing, another fact, one more or less."""
    if entered.item_code:
        for zone in lots.shuffled([zone for zone in pack.zones if zone != entered.zone]):
            name = zone_name(pack, zone)
            why = Words(f"用成了{name.zh}的单价。", f"This uses the price for {name.en}.")
            yield from _calculated(pack, rules, on, replace(entered, zone=zone), why)
        yield from _by_the_price_before(pack, on, entered)
        whole = Decimal(entered.facts["quantity"]).to_integral_value(rounding="ROUND_DOWN")
        cut = {**entered.facts, "quantity": f"{whole:f}"}
        why = Words("数量的零头丢掉了。", "The quantity's decimals are dropped.")
        yield from _calculated(pack, rules, on, replace(entered, facts=cut), why)
        yield from _without_the_factor(pack, entered, line)
        category = pack.items[entered.item_code].category
        alike = [
            one for one in pack.items.values() if one.category == category and one.code != entered.item_code
        ]
        for one in lots.shuffled(alike)[:2]:
            why = Words(f"看成了“{one.name_zh}”。", f"This takes it for “{one.name_en}”.")
            yield from _calculated(pack, rules, on, replace(entered, item_code=one.code), why)
    used = [one for name, one in {**pack.household_inputs, **pack.item_inputs}.items() if name in line.values]
    for declared in lots.shuffled(used):
        mine = entered.facts if declared.name in entered.facts else entered.home
        for value in lots.shuffled(changed_by_one(declared, mine.get(declared.name, declared.default))):
            told = fact_text(declared, value)
            why = Words(
                f"{told.label.zh}算成了 {told.value.zh}。",
                f"This reckons with {told.value.en} for: {told.label.en}.",
            )
            other = {**mine, declared.name: value}
            is_own = mine is entered.facts
            yield from _calculated(
                pack,
                rules,
                on,
                replace(entered, facts=other) if is_own else replace(entered, home=other),
                why,
            )


def _calculated(
    pack: Pack, rules: Sequence[TypedRule], on: date, entered: Entered, why: Words
) -> Iterator[tuple[int, Words]]:
    line = line_of(pack, rules, on, entered)
    if line is not None:
        yield line.amount, why


def _by_the_price_before(pack: Pack, on: date, entered: Entered) -> Iterator[tuple[int, Words]]:
    price = pack.price_on(entered.item_code, entered.zone, on)
    if price is None:
        return
    earlier = price.valid_from - timedelta(days=1)
    if pack.price_on(entered.item_code, entered.zone, earlier) is not None:
        why = Words("用了已经不再施行的旧单价。", "This uses the earlier price, no longer in force.")
        yield from _calculated(pack, rules_typed_on(pack, earlier), earlier, entered, why)


def _without_the_factor(pack: Pack, entered: Entered, line: OneLine) -> Iterator[tuple[int, Words]]:
    """Quantity times price alone, where the rule does more than that."""
    if "price" not in line.values:
        return
    plain = Decimal(entered.facts["quantity"]) * Decimal(line.values["price"])
    minor = plain.scaleb(pack.currency.digits).to_integral_value(rounding="ROUND_HALF_UP")
    yield int(minor), Words("少乘了规则里的系数。", "The rule's factor is left out.")
