"""事实: the household and item tables as relations of scaled integers, for the inputs that a pack declares.

``households``: ``household_id, zone`` and one column for each declared household input; others are carried, not used.
``items``: ``line_id, household_id, item_code`` and one column for each declared item input.
Numbers may be decimals, integers or decimal text; binary floats are refused, because they are not what was measured.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from yixian.domain.policy import Input
from yixian.domain.policy.day_numbers import day_number
from yixian.engines.entitlements.quoting import day_number_sql, sql_text
from yixian.engines.entitlements.rules_typing import scaled
from yixian.lazy_imports import pa

HOUSEHOLD_KEYS = ("household_id", "zone")
ITEM_KEYS = ("line_id", "household_id", "item_code")

_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")
_WHOLE = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT"}
)
_FLOATS = frozenset({"FLOAT", "DOUBLE"})
_ISO_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TYPED = r"[+-]?[0-9]{1,18}(\.[0-9]{0,12})?"


class FactTablesError(ValueError):
    """A table that cannot be used at all: a column is missing, doubled or of a type that is not exact."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def check_columns(which: str, names: Sequence[str], keys: Sequence[str], inputs: Mapping[str, Input]) -> None:
    """Raises `FactTablesError` unless the keys and the inputs without a default are among the names, and none is twice."""
    for name in names:
        if names.count(name) > 1:
            raise FactTablesError("facts.column", f"{which}: the column “{name}” is there twice.")
    required = [name for name, declared in inputs.items() if not declared.default]
    for name in (*keys, *required):
        if name not in names:
            raise FactTablesError("facts.column", f"{which}: the column “{name}” is missing.")


def check_types(which: str, schema: pa.Schema, inputs: Mapping[str, Input]) -> None:
    """Raises `FactTablesError` for a column of a number whose type is none, such as yes and no, or decimals beyond 38 digits."""
    for name, declared in inputs.items():
        if name not in schema.names or not declared.is_number:
            continue
        kind = schema.field(name).type
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        if pa.types.is_boolean(kind) or pa.types.is_temporal(kind) or pa.types.is_decimal256(kind):
            message = f"{which}: “{name}” holds {kind}; give whole numbers, decimals or text."
            raise FactTablesError("facts.type", message)


def scaled_select(
    which: str,
    relation: str,
    types: Mapping[str, str],
    kept: Sequence[str],
    inputs: Mapping[str, Input],
) -> str:
    """A SELECT of what is kept, and of each input as a scaled integer (a choice as its enum ``choice_<name>``).

    An input is null where it is missing, too precise or out of its range; one with a default may lack its column.
    ``types`` are the relation's columns with their DuckDB types. Raises `FactTablesError` for binary floats.
    """
    columns = list(kept)
    for name, declared in inputs.items():
        given = _input(which, name, types[name], declared) if name in types else _default_sql(declared)
        columns.append(f'{given} AS "{name}"')
    return f"SELECT {', '.join(columns)} FROM {relation}"


def _input(which: str, column: str, kind: str, declared: Input) -> str:
    if declared.choices:
        text = f"nullif(trim(CAST(\"{column}\" AS VARCHAR)), '')"
        given = f"coalesce({text}, {sql_text(declared.default)})" if declared.default else text
        return f"TRY_CAST({given} AS choice_{declared.name})"
    if kind in _FLOATS:
        message = f"{which}: “{declared.name}” holds binary floats; give decimals or text."
        raise FactTablesError("facts.float", message)
    if declared.is_day:
        return _day(column, kind, declared)
    number, decimals = f'"{column}"', 0
    match = _DECIMAL.fullmatch(kind)
    if match:
        decimals = int(match[2])
    elif kind not in _WHOLE:
        text = f'trim(CAST("{column}" AS VARCHAR))'
        number = (
            f"TRY_CAST(CASE WHEN regexp_full_match({text}, '{_TYPED}') THEN {text} END AS DECIMAL(38, 12))"
        )
        decimals = 12
    if declared.default:
        empty = f"nullif(trim(CAST(\"{column}\" AS VARCHAR)), '') IS NULL"
        return (
            f"CASE WHEN {empty} THEN {_default_sql(declared)} ELSE {_scaled(number, decimals, declared)} END"
        )
    return _scaled(number, decimals, declared)


def _day(column: str, kind: str, declared: Input) -> str:
    """A day's number, of a column of days or of texts; null where it is none, or out of its range."""
    day = f'"{column}"'
    text = f"nullif(trim(CAST({day} AS VARCHAR)), '')"
    if kind != "DATE":
        day = f"TRY_CAST(CASE WHEN regexp_full_match({text}, '{_ISO_DAY}') THEN {text} END AS DATE)"
    number = day_number_sql(day)
    inside = f"CASE WHEN {number} BETWEEN {declared.low} AND {declared.high} THEN {number} END"
    return (
        f"CASE WHEN {text} IS NULL THEN {_default_sql(declared)} ELSE {inside} END"
        if declared.default
        else inside
    )


def _default_sql(declared: Input) -> str:
    """The default of an input, as it stands in its column."""
    if declared.choices:
        return f"CAST({sql_text(declared.default)} AS choice_{declared.name})"
    if declared.is_day:
        return f"CAST({day_number(declared.default)} AS BIGINT)"
    return f"CAST({scaled(Decimal(declared.default), declared.scale)} AS BIGINT)"


def _scaled(number: str, decimals: int, declared: Input) -> str:
    unit = 10**declared.scale
    exact = f" AND ({number} * {unit}) % 1 = 0" if decimals > declared.scale else ""
    inside = f"{number} BETWEEN {declared.low} AND {declared.high}"
    times = f" * {unit}" if declared.scale else ""
    return f"CASE WHEN {inside}{exact} THEN CAST({number}{times} AS BIGINT) END"
