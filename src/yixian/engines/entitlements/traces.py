"""算式留痕: the columns in which a line keeps what was multiplied, one for each name that some rule of the pack uses.

A name has one column for all rules, wide and precise enough for each; what a rule does not use is null in its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yixian.domain.policy import Pack, Rule
from yixian.engines.entitlements.located import Faults, Placed
from yixian.engines.entitlements.result_tables import line_columns
from yixian.engines.entitlements.rules_typing import TypedRule, typed
from yixian.lazy_imports import pa

_MAX_DIGITS = 38


@dataclass(frozen=True, slots=True)
class TraceColumn:
    """A column of days, or of exact decimals, ``digits`` in all and ``scale`` of them after the point."""

    name: str
    digits: int
    scale: int
    is_day: bool = False

    @property
    def sql(self) -> str:
        """Its DuckDB type."""
        return "DATE" if self.is_day else f"DECIMAL({self.digits}, {self.scale})"

    @property
    def arrow(self) -> pa.DataType:
        """Its Arrow type."""
        return pa.date32() if self.is_day else pa.decimal128(self.digits, self.scale)


def trace_columns(rules: Iterable[TypedRule], among: Iterable[TypedRule] = ()) -> dict[str, TraceColumn]:
    """The number columns for these rules, in the order in which the rules use them.

    They are wide and precise enough also for the rules ``among`` which these are, because one table holds all.
    """
    rules = list(rules)
    wanted = dict.fromkeys(name for rule in rules for name in rule.trace)
    whole: dict[str, int] = {}
    scales: dict[str, int] = {}
    days = {name for rule in rules for name, known in rule.trace.items() if known.is_day}
    for rule in (*rules, *among):
        for name, known in rule.trace.items():
            digits = max(len(str(known.bound)) - known.scale, 1)
            whole[name] = max(whole.get(name, 0), digits)
            scales[name] = max(scales.get(name, 0), known.scale)
    return {
        name: TraceColumn(name, _width(whole[name] + scales[name]), scales[name], name in days)
        for name in wanted
    }


def key_columns(rules: Iterable[TypedRule]) -> list[str]:
    """The choices that lines keep, by name."""
    return sorted({name for rule in rules for name in rule.keys})


def lines_schema(rules: Sequence[TypedRule]) -> pa.Schema:
    """The columns of lines under these rules: `line_columns`, the choices, the numbers."""
    keys = [pa.field(name, pa.string()) for name in key_columns(rules)]
    numbers = [pa.field(column.name, column.arrow) for column in trace_columns(rules).values()]
    return pa.schema([*line_columns(), *keys, *numbers])


def trace_of(row: Mapping[str, Any]) -> dict[str, str]:
    """What a line keeps of its reckoning: name → exact text, from a row of the lines' table."""
    fixed = line_columns().names
    return {name: str(value) for name, value in row.items() if value is not None and name not in fixed}


def check_traces(pack: Pack, rows: Sequence[Placed[Rule]], faults: Faults) -> None:
    """Note names whose values cannot stand in one column: they are too large in one rule and too fine in another."""
    rules = [typed(pack, row.value) for row in rows]
    keys = set(key_columns(rules))
    for row, rule in zip(rows, rules, strict=True):
        for name, known in rule.trace.items():
            if not known.is_day and any(name in other.trace and other.trace[name].is_day for other in rules):
                faults.add(row.at("id"), "rule.trace_day", name=name)
    for name, column in trace_columns(rules).items():
        row = next(row for row, rule in zip(rows, rules, strict=True) if name in rule.trace)
        if column.digits > _MAX_DIGITS:
            faults.add(row.at("id"), "rule.trace", name=name)
        if name in keys:
            faults.add(row.at("id"), "rule.trace_choice", name=name)


def _width(digits: int) -> int:
    return 18 if digits <= 18 else digits
