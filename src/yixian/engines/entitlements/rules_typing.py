"""规则的类型: which names each rule's formulas may use, and its typed trees."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.domain.policy import Input, Pack, Rule
from yixian.domain.policy.pack import ITEMS
from yixian.engines.entitlements.formula import FormulaError, Name, Node, is_name, names_in, parse

PRICE_SCALE = 4
"""Prices are kept with four decimals."""

MOST_LINES = 4_000
"""No household has more items than this."""

MOST_OF_AN_ITEM = 10**15
"""No line of an item may come to more minor units than this; so a household's sums keep within 64 bits."""

MOST_OF_A_HOUSEHOLD = 2 * MOST_LINES * MOST_OF_AN_ITEM
"""No line of a household may come to more minor units than this."""

RESERVED = frozenset(
    {
        *(
            "household_id",
            "line_id",
            "item_code",
            "rule",
            "zone",
            "area_code",
            "category",
            "document",
            "clause",
        ),
        *("unit", "units", "name_zh", "name_en", "title", "amount", "price", "known_household", "known_item"),
    }
)
"""Names with a meaning of their own; a pack cannot declare them."""


@dataclass(frozen=True)
class TypedRule:
    """A rule with its formulas as trees. ``trace`` holds the names its lines keep, in their order."""

    rule: Rule
    steps: dict[str, Node]
    amount: Node
    trace: dict[str, Name]

    @property
    def for_items(self) -> bool:
        """Whether it makes a line for each item, and not one for the household."""
        return self.rule.applies_to == ITEMS


class StepError(FormulaError):
    """A formula that cannot be used, in the step of this name ("" is the rule's own formula)."""

    def __init__(self, step: str, cause: FormulaError) -> None:
        super().__init__(cause.key, str(cause), cause.column)
        self.step = step


def typed(pack: Pack, rule: Rule) -> TypedRule:
    """The rule's formulas as typed trees. Raises `StepError`."""
    names = names_of(pack, rule)
    steps: dict[str, Node] = {}
    for step, text in rule.steps.items():
        if not may_be_declared(step) or step in names:
            raise StepError(step, FormulaError("formula.name", f"“{step}” cannot be the name of a step."))
        steps[step] = _parsed(step, text, names)
        names[step] = Name(step, steps[step].scale, steps[step].bound)
    amount = _parsed("", rule.formula, names)
    most = MOST_OF_AN_ITEM if rule.applies_to == ITEMS else MOST_OF_A_HOUSEHOLD
    if _largest_line(amount, pack.currency.digits) > most:
        message = "A line could come to more money than there is: declare narrower ranges."
        raise StepError("", FormulaError("formula.line_too_large", message))
    used = names_in(amount).union(*(names_in(node) for node in steps.values()), steps)
    return TypedRule(rule, steps, amount, {name: known for name, known in names.items() if name in used})


def names_of(pack: Pack, rule: Rule) -> dict[str, Name]:
    """The names a rule's formulas may use besides its steps, with scales and bounds proven from the declared ranges."""
    names = {name: _declared(declared) for name, declared in pack.household_inputs.items()}
    price = Name("price", PRICE_SCALE, _price_bound(pack))
    if rule.applies_to == ITEMS:
        names |= {name: _declared(declared) for name, declared in pack.item_inputs.items()}
        return names | {"price": price}
    names |= {name: Name(name, PRICE_SCALE, price.bound) for name in rule.prices}
    largest = MOST_LINES * MOST_OF_AN_ITEM
    return names | {name: Name(name, pack.currency.digits, largest) for name in rule.totals}


def may_be_declared(name: str) -> bool:
    """Whether a pack may give this name to an input, a price, a total or a step."""
    return is_name(name) and name not in RESERVED


def _parsed(step: str, text: str, names: dict[str, Name]) -> Node:
    try:
        return parse(text, names)
    except FormulaError as error:
        raise StepError(step, error) from error


def _largest_line(amount: Node, digits: int) -> int:
    drop = amount.scale - digits
    unit: int = 10 ** abs(drop)
    return amount.bound // unit + 1 if drop > 0 else amount.bound * unit


def _declared(declared: Input) -> Name:
    largest = max(abs(declared.low), abs(declared.high))
    return Name(declared.name, declared.scale, int(largest.scaleb(declared.scale)))


def _price_bound(pack: Pack) -> int:
    return int(max((abs(price.amount) for price in pack.prices), default=0) * 10**PRICE_SCALE) or 1
