"""读工作簿: sheets and columns found by their Chinese or English heads, every cell with its own row number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from yixian.engines.spreadsheets.archive import Archive, FileFault, open_archive
from yixian.engines.spreadsheets.page_form import (
    PageTooLarge,
    UnreadablePage,
    column_letters,
    page_form,
    styled_places,
)
from yixian.workbook.import_faults import ImportFault
from yixian.workbook.schema import SHEETS, Column, Kind, Sheet
from yixian.workbook.writing import INSTRUCTIONS, ITEM_CODES

REPORT_COLUMNS = frozenset({"错误", "Errors"})
"""Heads of the columns that an error report adds; they are passed over when it is uploaded again."""

SUMMARY = "错误汇总"
SHEET_NAMES = {name: sheet for sheet in SHEETS for name in (sheet.zh, sheet.en, sheet.key)}
"""Every name that a sheet may bear on its tab."""

_OURS = frozenset({INSTRUCTIONS, ITEM_CODES, SUMMARY})
_OF_DIGITS = frozenset({Kind.CODE, Kind.TEXT, Kind.PHONE, Kind.PUBLIC_PHONE, Kind.ACCOUNT, Kind.ID_NUMBER})
_MARKS = "*★☆※: "
_OPEN, _CLOSE = r"[(\[【〔「《“]", r"[)\]】〕」》”]"
_NOTE = rf"{_OPEN}\s*(?:必填项?|必须填写?|选填|可选|可空|可不填|required|optional|\*)\s*{_CLOSE}"
_NOTES = re.compile(rf"^{_NOTE}|{_NOTE}$", re.IGNORECASE)
"""What is written at a head to say whether the column must be filled; a unit there is no such note, and not passed over."""

_AROUND = re.compile(rf"{_OPEN}([^()\[\]【】〔〕「」《》“”]+){_CLOSE}")
_LIKENESS = 0.5
"""From so many letters in common (`SequenceMatcher.ratio`) a head that is not known is asked to be one that is missing."""

_MAX_TITLES = 8
"""So many rows are looked through for the heads, to say what stands above them."""


@dataclass(slots=True)
class RawSheet:
    """One sheet as read: which of our columns stands where, and the rows with something in them.

    ``spoiled`` holds the rows with merged cells, formulas or errors, or with something under no head that is known;
    ``untold`` the cells (row, column) whose value is a formula's or an error's, and thus not what anybody wrote;
    ``malformed`` says that the heads are wrong, so that no row can be trusted; ``unknown`` are the columns, from 0, with no
    head or one that is not known: whatever column is absent may be meant.
    """

    sheet: Sheet
    columns: list[tuple[int, Column]]
    rows: list[tuple[int, Sequence[Any]]] = field(default_factory=list)
    spoiled: set[int] = field(default_factory=set)
    untold: set[tuple[int, str]] = field(default_factory=set)
    malformed: bool = False
    unknown: list[int] = field(default_factory=list)

    @property
    def letters(self) -> dict[str, str]:
        """Column key → the letter under which the spreadsheet shows the column."""
        return {column.key: column_letters(index) for index, column in self.columns}

    @property
    def absent(self) -> frozenset[str]:
        """Keys of the columns that the sheet does not have."""
        there = {column.key for _index, column in self.columns}
        return frozenset(column.key for column in self.sheet.columns) - there


def read_workbook(source: BinaryIO, name: str) -> tuple[dict[str, RawSheet], list[ImportFault]]:
    """The workbook's known sheets and what is wrong with its form. Never raises for a bad file."""
    try:
        with open_archive(source) as archive:
            source.seek(0)
            return _read_pages(CalamineWorkbook.from_filelike(source), archive)
    except FileFault as fault:
        return {}, [ImportFault("", 0, "", fault.rule, name)]
    except CalamineError:
        return {}, [ImportFault("", 0, "", "file.not_workbook", name)]


def _read_pages(book: Any, archive: Archive) -> tuple[dict[str, RawSheet], list[ImportFault]]:
    found: dict[str, RawSheet] = {}
    faults: list[ImportFault] = []
    for name in book.sheet_names:
        sheet = SHEET_NAMES.get(name.strip())
        if sheet is None:
            if name not in _OURS and name not in archive.hidden and archive.has_cells(name):
                faults.append(ImportFault(name, 0, "", "sheet.unknown", name))
        elif sheet.key in found:
            found[sheet.key].malformed = True
            faults.append(ImportFault(sheet.key, 0, "", "sheet.twice", name))
        else:
            found[sheet.key], own = _read_page(sheet, name, book, archive)
            faults += own
    return found, faults


def _read_page(sheet: Sheet, name: str, book: Any, archive: Archive) -> tuple[RawSheet, list[ImportFault]]:
    try:
        form = page_form(archive.page(name))
    except UnreadablePage as error:
        raise FileFault("file.not_workbook") from error
    except PageTooLarge:
        return RawSheet(sheet, [], malformed=True), [ImportFault(sheet.key, 0, "", "sheet.too_large", name)]
    raw, faults = _read_sheet(sheet, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    if any(fault.rule == "sheet.title" for fault in faults):
        return raw, faults
    keys = {index: column.key for index, column in raw.columns}
    faults += _without_zeros(raw, archive, name)
    for rule, places in (("cell.formula", form.formulas), ("cell.error", form.lone_errors)):
        for row, index in places:
            raw.spoiled.add(row)
            raw.untold.add((row, keys.get(index, "")))
            faults.append(ImportFault(sheet.key, row, keys.get(index, column_letters(index)), rule))
    for merged in form.merged:
        raw.spoiled.update(range(merged.first, merged.last + 1))
        column = keys.get(merged.column, column_letters(merged.column))
        faults.append(ImportFault(sheet.key, merged.first, column, "cell.merged", merged.range))
    return raw, faults


def _without_zeros(raw: RawSheet, archive: Archive, name: str) -> Iterator[ImportFault]:
    """Codes that are numbers shown with zeros in front: the zeros are the spreadsheet's, and are not in the cell."""
    texts = {index: column for index, column in raw.columns if column.kind in _OF_DIGITS}
    if not texts or not archive.padded:
        return
    cells = dict(raw.rows)
    for (row, index), style in styled_places(archive.page(name), archive.padded).items():
        value = cells.get(row, ())[index] if index in texts and row in cells else None
        width = archive.padded[style]
        if isinstance(value, int | float) and not isinstance(value, bool) and len(f"{value:.0f}") < width:
            raw.spoiled.add(row)
            raw.untold.add((row, texts[index].key))
            shown = f"{value:0{width}.0f}"
            yield ImportFault(raw.sheet.key, row, texts[index].key, "cell.zeros", shown)


def _read_sheet(sheet: Sheet, grid: list[list[Any]]) -> tuple[RawSheet, list[ImportFault]]:
    headers = [header_of(cell) for cell in grid[0]] if grid else []
    raw = RawSheet(sheet, [])
    titles = _rows_above(sheet, grid)
    if titles:
        raw.malformed = True
        return raw, [ImportFault(sheet.key, titles + 1, "", "sheet.title", params={"row": titles + 1})]
    faults = list(_place_columns(raw, headers)) if any(map(any, grid)) else []
    raw.rows = [
        (number, row)
        for number, row in enumerate(grid[1:], 2)
        if any(map(_is_filled, row)) and not (number == 2 and _is_second_header(row, raw))
    ]
    faults += _without_header(raw, headers)
    raw.spoiled |= {
        number for number, row in raw.rows if any(_is_filled(row[index]) for index in raw.unknown)
    }
    return raw, faults


def header_of(cell: object) -> str:
    """A column's head as it is compared: in half-width letters, on one line, without hidden characters and blanks around
    it, and without the stars, notes, brackets and colons that mark it as a head or as a required one.
    """
    text = unicodedata.normalize("NFKC", str(cell))
    text = "".join(" " if one.isspace() else one for one in text if unicodedata.category(one) != "Cf")
    text = " ".join(text.split())
    while (bare := _without_marks(text)) != text:
        text = bare
    return text if text.isascii() else text.replace(" ", "")


def _without_marks(text: str) -> str:
    """A head without its outermost marks."""
    text = _NOTES.sub("", text.strip(_MARKS))
    around = _AROUND.fullmatch(text)
    return around[1] if around else text


def _is_filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _rows_above(sheet: Sheet, grid: list[list[Any]]) -> int:
    """How many rows stand above that of the heads, of the first few; 0 where the heads stand first, or nowhere."""
    names = {header_of(name) for column in sheet.columns for name in (column.zh, column.en, column.key)}
    known = [len({header_of(cell) for cell in row} & names) for row in grid[:_MAX_TITLES]]
    return known.index(max(known)) if known and not known[0] and max(known) > 1 else 0


def is_report_column(header: str) -> bool:
    """Whether an error report added this column."""
    return header.replace("：", ":").split(":", maxsplit=1)[0] in REPORT_COLUMNS


def _place_columns(raw: RawSheet, headers: list[str]) -> Iterator[ImportFault]:
    """Find each of our columns among the heads; what is wrong with them."""
    sheet = raw.sheet
    names = {
        header_of(name): column for column in sheet.columns for name in (column.zh, column.en, column.key)
    }
    seen: set[str] = set()
    for index, header in enumerate(headers):
        column = names.get(header)
        if not header or is_report_column(header):
            continue
        if column is None:
            raw.unknown.append(index)
        elif column.key in seen:
            raw.malformed = True
            yield ImportFault(sheet.key, 1, column.key, "column.twice", header, letter=column_letters(index))
        else:
            seen.add(column.key)
            raw.columns.append((index, column))
    yield from _unknown_heads(raw, headers)
    for column in sheet.columns:
        if column.required and column.key not in seen:
            raw.malformed = True
            yield ImportFault(sheet.key, 1, column.key, "column.missing")


def _unknown_heads(raw: RawSheet, headers: list[str]) -> Iterator[ImportFault]:
    """Heads that are not known, each with the missing one that it is most like."""
    absent = [
        name for column in raw.sheet.columns if column.key in raw.absent for name in (column.zh, column.en)
    ]
    for index in raw.unknown:
        head, letter = headers[index], column_letters(index)
        likeness = {name: SequenceMatcher(None, head.lower(), name.lower()).ratio() for name in absent}
        meant = max(likeness, key=likeness.__getitem__, default="")
        if meant and likeness[meant] >= _LIKENESS:
            yield ImportFault(raw.sheet.key, 1, head, "column.alike", head, {"head": meant}, letter)
        else:
            yield ImportFault(raw.sheet.key, 1, head, "column.unknown", head, letter=letter)


def _without_header(raw: RawSheet, headers: list[str]) -> Iterator[ImportFault]:
    """Columns with something in them and nothing above it."""
    for index, header in enumerate(headers):
        if not header:
            filled = next((number for number, row in raw.rows if _is_filled(row[index])), None)
            if filled is not None:
                raw.unknown.append(index)
                yield ImportFault(raw.sheet.key, filled, column_letters(index), "column.headless")


def _is_second_header(row: Sequence[Any], raw: RawSheet) -> bool:
    """Whether this is the template's second line of heads, in English."""
    return bool(raw.columns) and all(
        str(row[index]).strip() in {column.en, column.key} for index, column in raw.columns
    )
