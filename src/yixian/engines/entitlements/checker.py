"""复核: every line reckoned again in plain Python from the facts and the pack, and compared with the engine's.

It shares the typed tree with the SQL, and nothing else: facts are read and bounded here on their own, prices and factors
looked up in the pack itself, joins are dictionaries, sums are Python integers. Compared are every line's amount, trace
and citation, every household's sums, and who is withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
    calculation = PlainCalculation(pack, rules, on)
    expected = calculation.lines(read_plain(pack, *facts))
    sums: dict[str, dict[str, int]] = {number: dict.fromkeys(_SUMS, 0) for number in calculation.everyone}
    counts: dict[str, int] = defaultdict(int)
    seen = 0
    for rule in rules:
        of_rule = lines.filter(pc.equal(lines.column("rule").cast(pa.string()), rule.rule.id))
        seen += of_rule.num_rows
        paid = "" if rule.rule.measure else rule.rule.paid
        for number, amount in _compare(rule, of_rule, expected[rule.rule.id]):
            counts[number] += 1
            if paid:
                sums[number][paid] += amount
    if seen != lines.num_rows:
        raise CheckFailed("The engine has lines of a rule that is not in force.")
    for row in statements.to_pylist():
        number = row["household_id"]
        issued = row["status"] == ISSUED
        own_sums = sums.pop(number, None)
        told_sums = {ONCE: row["total_fen"], MONTHLY: row["monthly_fen"], YEARLY: row["yearly_fen"]}
        if issued is (number in calculation.held) or row["lines"] != counts[number]:
            raise CheckFailed(f"{number}: the engine and the checker disagree whether it is withheld.")
        if told_sums != (own_sums if issued else dict.fromkeys(_SUMS)):
            raise CheckFailed(f"{number}: the engine's sums are {told_sums}, the checker's {own_sums}.")
    if sums:
        raise CheckFailed(f"The engine has no account for {next(iter(sums))}.")


def _compare(rule: TypedRule, lines: pa.Table, expected: dict[Key, Trace]) -> Iterator[tuple[str, int]]:
    """Compare one rule's lines, each with all that it keeps; what the rule does not use must be null.

    Each line that is right is given back as its household and its amount.
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
    keys = zip(listed(lines.column("household_id")), listed(lines.column("line_id")), strict=True)
    for key, told in zip(keys, zip(*columns, strict=True), strict=True):
        own = expected.pop(key, None)
        if own is None or own != told:
            message = f"{' '.join(key)} {rule.rule.id}: the engine says {list(told)}, the checker {own}."
            raise CheckFailed(message)
        yield key[0], told[0]
    if expected:
        raise CheckFailed(
            f"The checker has {len(expected)} lines of {rule.rule.id} that the engine lacks: {next(iter(expected))}."
        )


def _numbers(column: pa.ChunkedArray, known: Name) -> list[int | None]:
    """A column of the trace as scaled integers, days as their numbers."""
    if known.is_day:
        return [None if day is None else day.toordinal() for day in column.to_pylist()]
    return whole_numbers(column, known.scale)
