"""复核: every line reckoned again in plain Python from the facts and the pack, and compared with the engine's.

It shares the typed tree with the SQL, and nothing else: facts are read and bounded here on their own, prices and factors
looked up in the pack itself, joins are dictionaries, sums are Python integers. Compared are every line's amount, trace
and citation, every household's sums, and who is withheld.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from yixian.domain.policy import Pack
from yixian.domain.policy.pack import MONTHLY, ONCE, YEARLY
from yixian.engines.entitlements.formula import Name
from yixian.engines.entitlements.plain_calculation import PlainCalculation
from yixian.engines.entitlements.plain_facts import listed, read_plain, whole_numbers
from yixian.engines.entitlements.plain_rules import Lines
from yixian.engines.entitlements.result_tables import COUNTED, ISSUED, line_columns
from yixian.engines.entitlements.rules_typing import TypedRule
from yixian.lazy_imports import pa, pc

_SUMS = (ONCE, MONTHLY, YEARLY)


@contextmanager
def collection_paused() -> Iterator[None]:
    """Without the collection of reference cycles: it looks through millions of dictionaries, none of them in a cycle.

    It is the process's; runs beside each other may both pause it; whichever ends first lets it go on, which costs time alone.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class CheckFailed(RuntimeError):
    """The engine and the checker disagree; nothing of such a run may be used."""


def check(
    pack: Pack,
    rules: Sequence[TypedRule],
    on: date,
    facts: tuple[pa.Table, pa.Table],
    lines: pa.Table,
    statements: pa.Table,
) -> None:
    """Reckon again from the raw households and items, and compare. Raises `CheckFailed` at the first difference."""
    with collection_paused():
        calculation = PlainCalculation(pack, rules, on)
        expected = calculation.lines(read_plain(pack, *facts))
        sums: dict[str, Counter[str]] = {paid: Counter() for paid in _SUMS}
        counts: Counter[str] = Counter()
        for rule in rules:
            of_rule = lines.filter(pc.equal(lines.column("rule").cast(pa.string()), rule.rule.id))
            numbers, amounts = _compare(rule, of_rule, expected[rule.rule.id])
            counts.update(numbers)
            if not rule.rule.measure:
                of_kind = sums[rule.rule.paid]
                for number, amount in zip(numbers, amounts, strict=True):
                    of_kind[number] += amount
        if counts.total() != lines.num_rows:
            raise CheckFailed("The engine has lines of a rule that is not in force.")
        _compare_statements(calculation, statements, counts, sums)


def _compare_statements(
    calculation: PlainCalculation,
    statements: pa.Table,
    counts: Mapping[str, int],
    sums: Mapping[str, Mapping[str, int]],
) -> None:
    """Compare who is withheld, and each account's number of lines and sums."""
    missing = set(calculation.everyone)
    for row in statements.to_pylist():
        number = row["household_id"]
        issued = row["status"] == ISSUED
        if number not in missing:
            raise CheckFailed(f"{number}: the engine has an account too many.")
        missing.remove(number)
        told_sums = {ONCE: row["total_fen"], MONTHLY: row["monthly_fen"], YEARLY: row["yearly_fen"]}
        own_sums = {paid: of_kind[number] if issued else None for paid, of_kind in sums.items()}
        if issued is (number in calculation.held) or row["lines"] != counts[number]:
            raise CheckFailed(f"{number}: the engine and the checker disagree whether it is withheld.")
        if told_sums != own_sums:
            raise CheckFailed(f"{number}: the engine's sums are {told_sums}, the checker's {own_sums}.")
    if missing:
        raise CheckFailed(f"The engine has no account for {min(missing)}.")


def _compare(rule: TypedRule, lines: pa.Table, expected: Lines) -> tuple[Sequence[str], Sequence[int]]:
    """Compare one rule's lines, each with all that it keeps; what the rule does not use must be null.

    Given back are the household of each line, and its amount.
    """
    told: list[list[Any]] = [
        listed(lines.column(name)) for name in ("amount_fen", "head", "document", "clause")
    ]
    told += [_numbers(lines.column(name), known) for name, known in rule.trace.items()]
    told += [listed(lines.column(name)) for name in rule.keys]
    paid = rule.rule.paid if rule.rule.measure is None else COUNTED
    if lines.num_rows and pc.unique(lines.column("paid").cast(pa.string())).to_pylist() != [paid]:
        raise CheckFailed(f"{rule.rule.id}: the engine says that its lines are paid otherwise than {paid}.")
    for name in lines.column_names:
        used = name in line_columns().names or name in rule.trace or name in rule.keys
        if not used and lines.column(name).null_count < lines.num_rows:
            raise CheckFailed(f"{rule.rule.id}: the engine keeps “{name}”, which the rule does not use.")
    found = Lines(listed(lines.column("household_id")), listed(lines.column("line_id")), told)
    if found != expected:  # not in the same order, or not the same
        _compare_one_by_one(rule.rule.id, found, expected)
    return found.numbers, told[0]


def _compare_one_by_one(rule_id: str, found: Lines, expected: Lines) -> None:
    """Raise `CheckFailed` at the first line that the engine and the checker do not say alike, in words."""
    left = {(number, line): told for number, line, told in expected}
    of_checker = dict(left)
    for number, line, told in found:
        key = number, line
        if left.pop(key, None) != told:
            raise CheckFailed(
                f"{number} {line} {rule_id}: the engine says {list(told)}, the checker {of_checker.get(key)}"
                + (", once." if of_checker.get(key) == told else ".")
            )
    if left or len(of_checker) < len(expected.numbers):
        lacking = min(left, default=None)
        raise CheckFailed(f"The checker has {len(left)} lines of {rule_id} that the engine lacks: {lacking}.")


def _numbers(column: pa.ChunkedArray, known: Name) -> list[int | None]:
    """A column of the trace as scaled integers, days as their numbers."""
    if known.is_day:
        return [None if day is None else day.toordinal() for day in column.to_pylist()]
    return whole_numbers(column, known.scale)
