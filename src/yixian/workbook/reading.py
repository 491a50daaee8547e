"""读工作簿: sheets and columns found by their Chinese or English heads, every cell with its own row number.

What values alone cannot show — merged cells and formulas — is looked up in the file's own XML.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from python_calamine import CalamineError, CalamineWorkbook

from yixian.workbook.faults import Fault
from yixian.workbook.schema import SHEETS, Column, Sheet
from yixian.workbook.writing import INSTRUCTIONS, ITEM_CODES

LARGEST_FILE = 200 * 1024 * 1024
LARGEST_UNPACKED = 2 * 1024 * 1024 * 1024
REPORT_COLUMNS = frozenset({"错误", "Errors"})
"""Heads of the columns that an error report adds; they are passed over when it is uploaded again."""

SUMMARY = "错误汇总"
_OURS = frozenset({INSTRUCTIONS, ITEM_CODES, SUMMARY})
_CELL_OF_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f[\s>/]')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+)(?::[A-Z]+\d+)?"')
_NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(slots=True)
class RawSheet:
    """One sheet as read: which of our columns stands where, and the rows with something in them."""

    sheet: Sheet
    columns: list[tuple[int, Column]]
    rows: list[tuple[int, Sequence[Any]]] = field(default_factory=list)


def read_workbook(path: Path) -> tuple[dict[str, RawSheet], list[Fault]]:
    """The workbook's known sheets and what is wrong with its form. Never raises for a bad file."""
    if path.stat().st_size > LARGEST_FILE:
        return {}, [Fault("", 0, "", "file.too_large")]
    try:
        pages = _page_files(path)
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, zipfile.BadZipFile, KeyError, ET.ParseError, OSError):
        return {}, [Fault("", 0, "", "file.not_workbook", path.name)]
    except _TooLarge:
        return {}, [Fault("", 0, "", "file.too_large")]
    known = {name: sheet for sheet in SHEETS for name in (sheet.zh, sheet.en, sheet.key)}
    found: dict[str, RawSheet] = {}
    faults: list[Fault] = []
    for name in book.sheet_names:
        sheet = known.get(name.strip())
        if sheet is None:
            if name not in _OURS:
                faults.append(Fault(name, 0, "", "sheet.unknown", name))
            continue
        raw, own_faults = _read_sheet(sheet, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        found[sheet.key] = raw
        faults += own_faults
        faults += _hidden_faults(path, pages.get(name, ""), raw)
    return found, faults


def _read_sheet(sheet: Sheet, grid: list[list[Any]]) -> tuple[RawSheet, list[Fault]]:
    heads = [str(cell).strip().rstrip("*") for cell in grid[0]] if grid else []
    names = {name: column for column in sheet.columns for name in (column.zh, column.en, column.key)}
    faults, columns = [], []
    seen: set[str] = set()
    for index, head in enumerate(heads):
        column = names.get(head)
        if not head or head.split("：")[0] in REPORT_COLUMNS:
            continue
        if column is None:
            faults.append(Fault(sheet.key, 1, head, "column.unknown", head))
        elif column.key in seen:
            faults.append(Fault(sheet.key, 1, column.key, "column.twice", head))
        else:
            seen.add(column.key)
            columns.append((index, column))
    if any(grid):
        faults += [
            Fault(sheet.key, 1, column.key, "column.missing")
            for column in sheet.columns
            if column.required and column.key not in seen
        ]
    raw = RawSheet(sheet, columns)
    raw.rows = [
        (number, row)
        for number, row in enumerate(grid[1:], 2)
        if any(cell not in {"", None} for cell in row) and not (number == 2 and _is_second_head(row, columns))
    ]
    return raw, faults


def _is_second_head(row: Sequence[Any], columns: list[tuple[int, Column]]) -> bool:
    """Whether this is the template's second line of heads, in English."""
    return bool(columns) and all(
        str(row[index]).strip() in {column.en, column.key} for index, column in columns
    )


def _hidden_faults(path: Path, page: str, raw: RawSheet) -> Iterator[Fault]:
    """Formulas and merged cells, each named by its cell."""
    if not page:
        return
    with zipfile.ZipFile(path) as archive:
        content = archive.read(page)
    by_index = {index: column.key for index, column in raw.columns}
    for pattern, rule in ((_CELL_OF_FORMULA, "cell.formula"), (_MERGED, "cell.merged")):
        for match in pattern.finditer(content):
            letters, number = match[1].decode(), int(match[2])
            yield Fault(raw.sheet.key, number, by_index.get(_index(letters), letters), rule)


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _page_files(path: Path) -> dict[str, str]:
    """Sheet name → the path of its XML in the archive. Raises for what is no workbook, or unpacks too large."""
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
            raise _TooLarge
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - expat here resolves no external entities
        relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - likewise
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        names = set(archive.namelist())
    found = {}
    for entry in book.iterfind("m:sheets/m:sheet", _NAMESPACE):
        target = targets.get(entry.get(_RELATION), "").lstrip("/")
        page = target if target.startswith("xl/") else f"xl/{target}"
        if page in names:
            found[entry.get("name", "")] = page
    return found


class _TooLarge(Exception):
    """The archive would unpack to more than is allowed."""
