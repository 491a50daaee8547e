"""事实文件: households and items as Parquet, made of CSV where that is given, with bad rows named by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

from yixian.domain.policy import Input, Pack
from yixian.domain.text_files import TextFileError, csv_file_rows, plain_heads
from yixian.domain.written_days import REASONS, WrittenDayError, written_day
from yixian.domain.written_numbers import WrittenNumberError, reason_of, written_number
from yixian.engines.entitlements.fact_tables import HOUSEHOLD_KEYS, ITEM_KEYS
from yixian.lazy_imports import pa, pq

Keys = tuple[tuple[str, ...], tuple[str, ...]]
"""The columns that a file must have besides its facts, and those of them that may not be empty."""
CARRIED = ("area_code",)
"""Columns that are kept where a file has them: `compare` sums up by them."""


_QUOTES = frozenset("\"'`“”‘’„")
"""What a quotation that was torn apart, or a spreadsheet's mark of a text, leaves in an id."""
_HIDDEN = frozenset({"Cc", "Cf"})
"""Control and format characters: two ids that look the same would be two households."""


class FactFilesError(ValueError):
    """Files that cannot be used; ``problems`` names every bad row by file and line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def fact_files(folder: Path, pack: Pack, scratch: Path) -> tuple[Path, Path]:
    """The Parquet files of households and items in a folder; a CSV file is first brought to Parquet in ``scratch``.

    The zone of a pack without zones may be empty. Raises `FactFilesError`.
    """
    problems: list[str] = []
    filled = HOUSEHOLD_KEYS if pack.zones else (HOUSEHOLD_KEYS[0],)
    households = _found(
        folder, "households", (HOUSEHOLD_KEYS, filled), pack.household_inputs, problems, scratch
    )
    items = _found(folder, "items", (ITEM_KEYS, ITEM_KEYS), pack.item_inputs, problems, scratch)
    if problems:
        raise FactFilesError(problems)
    return households, items


def _found(
    folder: Path,
    which: str,
    keys: Keys,
    inputs: dict[str, Input],
    problems: list[str],
    scratch: Path,
) -> Path:
    parquet, plain = folder / f"{which}.parquet", folder / f"{which}.csv"
    if parquet.is_file():
        return parquet
    if not plain.is_file():
        problems.append(f"{folder}: there is neither {which}.parquet nor {which}.csv")
        return parquet
    made = scratch / f"{which}.parquet"
    table = _read_csv(plain, keys, inputs, problems)
    if not problems:
        pq.write_table(table.sort_by("household_id"), made)
    return made


def _read_csv(path: Path, keys: Keys, inputs: dict[str, Input], problems: list[str]) -> pa.Table:
    try:
        columns = _read_columns(path, keys, inputs, problems)
    except TextFileError as error:
        problems.append(f"{path.name}:{error.line}: {error.en}")
        columns = {}
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _read_columns(
    path: Path, keys: Keys, inputs: dict[str, Input], problems: list[str]
) -> dict[str, list[str]]:
    """The wanted columns of the rows that are right. Raises `TextFileError`."""
    rows = csv_file_rows(path)
    first, header = next(rows, (1, []))
    header = plain_heads(header)
    given = {name: declared for name, declared in inputs.items() if not declared.default or name in header}
    carried = [name for name in CARRIED if name in header]
    columns_needed, filled = keys
    wanted = [*columns_needed, *given, *carried]
    missing = [name for name in wanted if header.count(name) != 1]
    if missing:
        there = ", ".join(f"“{head}”" for head in header) or "nothing"
        problems.append(
            f"{path.name}:{first}: missing or doubled columns: {', '.join(missing)} (there is {there})"
        )
        return {}
    positions = {name: header.index(name) for name in wanted}
    columns: dict[str, list[str]] = {name: [] for name in wanted}
    days = {name for name, declared in given.items() if declared.is_day}
    for line, row in rows:
        faults = list(_row_faults(row, len(header), positions, filled, given))
        problems += [f"{path.name}:{line}: {fault}" for fault in faults]
        if not faults:
            for name, position in positions.items():
                text = row[position].strip()
                columns[name].append(written_day(text).isoformat() if text and name in days else text)
    return columns


def _row_faults(
    row: list[str], width: int, positions: dict[str, int], keys: tuple[str, ...], inputs: dict[str, Input]
) -> Iterator[str]:
    if len(row) != width:
        yield f"{len(row)} cells instead of {width}"
        return
    for name in keys:
        if not row[positions[name]].strip():
            yield f"“{name}” is empty"
        text = row[positions[name]].strip()
        if any(category(letter) in _HIDDEN for letter in text):
            yield f"“{name}” holds a hidden character: {row[positions[name]]!a}"
        if not _QUOTES.isdisjoint(text):
            yield f"“{name}” holds a quotation mark: {text}"
    for name, declared in inputs.items():
        text = row[positions[name]].strip()
        if not text and declared.default:
            continue
        if not text and declared.categories:
            continue
        fault = _value_fault(declared, text)
        if fault:
            yield f"“{name}” is {fault}: “{text}”"


def _value_fault(declared: Input, text: str) -> str:
    """What a cell is instead of a value of its fact; its range is looked at later."""
    if declared.choices:
        return "" if text in declared.choices else f"none of {', '.join(declared.choices)}"
    if declared.is_day:
        try:
            written_day(text)
        except WrittenDayError as error:
            return f"no day, YYYY-MM-DD ({REASONS[error.key][1]})"
        return ""
    try:
        written_number(text)
    except WrittenNumberError as error:
        return reason_of(error)[1] if text else "empty"
    return ""
