"""事实的复读: the checker's own reading of households and items, in Python integers, without the engine's SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unicodedata import category

from yixian.domain.policy import Input, Pack
from yixian.domain.policy.day_numbers import day_number
from yixian.engines.entitlements.rules_typing import scaled
from yixian.lazy_imports import np, pa, pc

_PLAIN = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{0,12})?")
_NARROW = 18

Given = dict[str, Any]
"""A fact's scaled integer or choice's key, by name; None where it is missing or faulty."""
Columns = dict[str, Sequence[Any]]
"""The same of many rows, by name."""


_BLANKS = "".join(letter for letter in map(chr, range(0x3001)) if category(letter) == "Zs")
"""What the engine takes off the ends of a text: blanks of every width. A line break is part of what was typed."""


@dataclass(frozen=True)
class Facts:
    """Households and items as columns: a household's number and zone, an item's household, line and code, and the facts."""

    numbers: Sequence[str]
    zones: Sequence[str]
    of_households: Columns
    households: Sequence[str]
    lines: Sequence[str]
    codes: Sequence[str]
    of_items: Columns


def read_plain(pack: Pack, households: pa.Table, items: pa.Table) -> Facts:
    """Both tables, value by value."""
    numbers, zones = _texts(households, "household_id"), _texts(households, "zone")
    return Facts(
        numbers,
        [zone or "" for zone in zones],
        _given(households, pack.household_inputs),
        _repeated(items, "household_id"),
        _texts(items, "line_id"),
        _repeated(items, "item_code"),
        _given(items, pack.item_inputs),
    )


def whole_numbers(column: pa.ChunkedArray, scale: int) -> list[int | None]:
    """A decimal column as integers of ``10 ** scale``, which is the column's own scale."""
    if column.type.precision > _NARROW or column.type.scale != scale:
        return [None if value is None else scaled(value, scale) for value in column.to_pylist()]
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], column.type)
    low = np.frombuffer(array.buffers()[1] or b"", dtype=np.int64)[::2]
    numbers = low[array.offset : array.offset + len(array)].tolist()
    if not array.null_count:
        return list(numbers)
    return [
        number if there else None for number, there in zip(numbers, array.is_valid().to_pylist(), strict=True)
    ]


def listed(column: pa.ChunkedArray) -> list[Any]:
    """A column's values. Words of a dictionary are made once, not once a row; it takes a tenth of the time."""
    if pa.types.is_string(column.type):
        return list(
            column.to_numpy().tolist()
        )  # through numpy, which makes the same words in a third of the time
    if not pa.types.is_dictionary(column.type):
        return list(column.to_pylist())
    found: list[Any] = []
    for chunk in column.chunks:
        words = [*chunk.dictionary.to_pylist(), None]
        places = pc.fill_null(chunk.indices.cast(pa.int64()), len(words) - 1)
        found += [words[place] for place in places.to_numpy().tolist()]
    return found


def _texts(table: pa.Table, name: str) -> list[Any]:
    return listed(table.column(name).cast(pa.string()))


def _repeated(table: pa.Table, name: str) -> list[Any]:
    """Texts of which each stands in many rows."""
    return listed(table.column(name).cast(pa.string()).dictionary_encode())


def _given(table: pa.Table, inputs: Mapping[str, Input]) -> Columns:
    nothing = pa.chunked_array([pa.nulls(table.num_rows, pa.string())])
    return {
        name: _values(table.column(name) if name in table.column_names else nothing, declared)
        for name, declared in inputs.items()
    }


def _values(column: pa.ChunkedArray, declared: Input) -> Sequence[Any]:
    """A column's scaled integers or choices; None where the value is missing, too precise or out of its range."""
    if pa.types.is_decimal(column.type) and not declared.default and column.type.scale <= declared.scale:
        factor = 10 ** (declared.scale - column.type.scale)
        low, high = scaled(declared.low, declared.scale), scaled(declared.high, declared.scale)
        given = whole_numbers(column, column.type.scale)
        known = [number * factor for number in given if number is not None]
        if known and len(known) == len(given) and low <= min(known) and max(known) <= high:
            return known
        return [
            None if number is None or not low <= number * factor <= high else number * factor
            for number in given
        ]
    return [read_value(raw, declared) for raw in column.to_pylist()]


def read_value(raw: Any, declared: Input) -> Any:
    """One value as a scaled integer, or a choice as its key; None where it is missing, too precise or out of its range."""
    if isinstance(raw, str):
        raw = raw.strip(_BLANKS)
    if raw is None or raw == "":
        raw = declared.default or None
    if raw is None:
        return None
    if declared.choices:
        return raw if raw in declared.choices else None
    if declared.is_day:
        return _day(raw, declared)
    if isinstance(raw, str):
        if not _PLAIN.fullmatch(raw):
            return None
        raw = Decimal(raw)
    if not declared.low <= raw <= declared.high:
        return None
    exact = raw * 10**declared.scale
    whole = int(exact)
    return whole if whole == exact else None


def _day(raw: Any, declared: Input) -> int | None:
    """A day as its number, given as such or as text."""
    number = day_number(raw) if isinstance(raw, str) else None
    if isinstance(raw, date) and not isinstance(raw, datetime):
        number = raw.toordinal()
    return None if number is None or not declared.low <= number <= declared.high else number
