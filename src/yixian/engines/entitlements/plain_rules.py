"""平算的规则: a rule made ready to be reckoned for many rows at once, and the rows and the lines of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from typing import Any

from yixian.domain.policy import Pack
from yixian.domain.policy.pack import ITEMS
from yixian.engines.entitlements.formula import Column, Evaluator, evaluator, half_up
from yixian.engines.entitlements.plain_shares import Trace
from yixian.engines.entitlements.rules_typing import FIRST_DAY, LAST_DAY, ON_DAY, SHARE_WHOLE, TypedRule


@dataclass(slots=True)
class Rows:
    """Households or items: the household's number and the line of each, and by name what is known of each."""

    numbers: Column
    lines: Column
    values: dict[str, Column]

    def without_gaps(self, held: set[str]) -> Rows:
        """Those of which everything is known; the households of the others are put among the ``held``."""
        gaps = [column for column in self.values.values() if None in column]
        if not gaps:
            return self
        return self.complete([None not in row for row in zip(*gaps, strict=True)], held)

    def complete(self, is_complete: Sequence[bool], held: set[str]) -> Rows:
        """Those that are; the households of the others are put among the ``held``."""
        held.update(number for number, is_one in zip(self.numbers, is_complete, strict=True) if not is_one)
        return self.those(is_complete)

    def those(self, chosen: Sequence[bool]) -> Rows:
        """The chosen ones."""
        if all(chosen):
            return Rows(self.numbers, self.lines, dict(self.values))
        values: dict[str, Column] = {
            name: list(compress(column, chosen)) for name, column in self.values.items()
        }
        return Rows(list(compress(self.numbers, chosen)), list(compress(self.lines, chosen)), values)


@dataclass(slots=True)
class Lines:
    """A rule's lines as columns: ``columns`` is what each says, one after another as in `Trace`."""

    numbers: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    columns: list[list[Any]] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[str, str, Trace]]:
        """Each line: its household, itself, and what it says."""
        return zip(self.numbers, self.lines, zip(*self.columns, strict=True), strict=True)

    def without(self, held: AbstractSet[str]) -> Lines:
        """Those of other households."""
        kept = [number not in held for number in self.numbers]
        columns = [list(compress(column, kept)) for column in (self.numbers, self.lines, *self.columns)]
        return Lines(columns[0], columns[1], columns[2:])


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule ready to be reckoned many times. ``kept`` are the names that its lines keep; ``own`` and ``home`` the facts of
    the item and of the household that it uses.
    """

    typed: TypedRule
    steps: tuple[tuple[str, Evaluator], ...]
    amount: Evaluator
    kept: tuple[str, ...]
    own: tuple[str, ...]
    home: tuple[str, ...]
    on: int

    def calculated(self, rows: Rows) -> tuple[Rows, list[int]]:
        """The rows that are paid on the day, with the steps, and the result of each."""
        rule, values, count = self.typed.rule, rows.values, len(rows.numbers)
        if self.typed.uses_on_day:
            values[ON_DAY] = [self.on] * count
        for name, calculate in self.steps:
            values[name] = calculate(values, count)
        if rule.first or rule.last:
            rows = rows.those(self._paid(values, count))
            values, count = rows.values, len(rows.numbers)
        results = _rounded(self.amount(values, count), self.typed.amount.scale - self.typed.digits)
        if rule.share:
            values[SHARE_WHOLE] = results
        if rule.measure is not None:
            values[rule.measure.name] = results
        return rows, results

    def lines(self, rows: Rows, results: list[int], cited: Sequence[Column]) -> Lines:
        """The line of each row. What is counted is no money: it is kept beside an amount of zero."""
        amounts = results if self.typed.rule.measure is None else [0] * len(results)
        columns = [amounts, *cited, *(rows.values[name] for name in self.kept)]
        return Lines(list(rows.numbers), list(rows.lines), [list(column) for column in columns])

    def _paid(self, values: Mapping[str, Column], count: int) -> list[bool]:
        """Whether the day lies within the rule's first and last."""
        rule = self.typed.rule
        first = values[FIRST_DAY] if rule.first else [self.on] * count
        last = values[LAST_DAY] if rule.last else [self.on] * count
        return [begin <= self.on <= end for begin, end in zip(first, last, strict=True)]


def ready(pack: Pack, typed: TypedRule, on: date) -> ReadyRule:
    """The rule, ready for a day."""
    rule = typed.rule
    used = {*typed.trace, *typed.keys, *(by for use in rule.factors.values() for by in use.by)}
    of_items = pack.item_inputs.keys() if rule.applies_to == ITEMS else ()
    return ReadyRule(
        typed=typed,
        steps=tuple((name, evaluator(node)) for name, node in typed.steps.items()),
        amount=evaluator(typed.amount),
        kept=(*typed.trace, *typed.keys),
        own=tuple(name for name in of_items if name in used),
        home=tuple(name for name in pack.household_inputs if name in used and name not in of_items),
        on=on.toordinal(),
    )


def _rounded(amounts: Column, drop: int) -> list[int]:
    """The amounts without their last ``drop`` digits, rounded half-up."""
    if drop <= 0:
        return [half_up(amount, drop) for amount in amounts]
    unit: int = 10**drop
    half = unit // 2  # units are powers of ten: exact
    return [(amount + half) // unit if amount >= 0 else -((half - amount) // unit) for amount in amounts]
