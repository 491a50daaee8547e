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
from yixian.engines.entitlements.plain_shares import Trace
from yixian.engines.entitlements.result_tables import COUNTED, ISSUED, line_columns
from yixian.engines.entitlements.rules_typing import TypedRule
from yixian.lazy_imports import pa, pc

Key = tuple[str, str]
"""(household, line)."""
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


def _compare(
    rule: TypedRule, lines: pa.Table, expected: dict[Key, Trace]
) -> tuple[Sequence[str], Sequence[int]]:
    """Compare one rule's lines, each with all that it keeps; what the rule does not use must be null.

    Given back are the household of each line, and its amount.
    """
    columns: list[list[Any]] = [
        listed(lines.column(name)) for name in ("amount_fen", "head", "document", "clause")
    ]
    columns += [_numbers(lines.column(name), known) for name, known in rule.trace.items()]
    columns += [listed(lines.column(name)) for name in rule.keys]
    paid = rule.rule.paid if rule.rule.measure is None else COUNTED
    if lines.num_rows and pc.unique(lines.column("paid").cast(pa.string())).to_pylist() != [paid]:
        raise CheckFailed(f"{rule.rule.id}: the engine says that its lines are paid otherwise than {paid}.")
    for name in lines.column_names:
        used = name in line_columns().names or name in rule.trace or name in rule.keys
        if not used and lines.column(name).null_count < lines.num_rows:
            raise CheckFailed(f"{rule.rule.id}: the engine keeps “{name}”, which the rule does not use.")
    numbers = listed(lines.column("household_id"))
    keys = list(zip(numbers, listed(lines.column("line_id")), strict=True))
    told = dict(zip(keys, zip(*columns, strict=True), strict=True))
    if told != expected or len(told) != len(keys):
        raise CheckFailed(_difference(rule.rule.id, keys, told, expected))
    return numbers, columns[0]


def _difference(rule_id: str, keys: list[Key], told: dict[Key, Trace], expected: dict[Key, Trace]) -> str:
    """The first line that the engine and the checker do not say alike, in words."""
    seen: set[Key] = set()
    for key in keys:
        if key in seen or told[key] != expected.get(key):
            return (
                f"{' '.join(key)} {rule_id}: the engine says {list(told[key])}, the checker {expected.get(key)}"
                + (", once." if key in seen else ".")
            )
        seen.add(key)
    lacking = expected.keys() - seen
    return f"The checker has {len(lacking)} lines of {rule_id} that the engine lacks: {min(lacking)}."


def _numbers(column: pa.ChunkedArray, known: Name) -> list[int | None]:
    """A column of the trace as scaled integers, days as their numbers."""
    if known.is_day:
        return [None if day is None else day.toordinal() for day in column.to_pylist()]
    return whole_numbers(column, known.scale)
