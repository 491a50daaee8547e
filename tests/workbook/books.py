"""Workbooks to spoil: the county's own, opened, changed and saved beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from yixian.workbook.models import ImportBatch
from yixian.workbook.queries import faults_of
from yixian.workbook.schema import sheet

FIRST = 3
"""The first row of data: two lines of heads stand above it."""


def column(key: str, name: str) -> int:
    """The number of a column in its sheet, from 1."""
    return [item.key for item in sheet(key).columns].index(name) + 1


def page(book: openpyxl.Workbook, key: str) -> Worksheet:
    """A sheet by its key."""
    return book[sheet(key).zh]


def changed(source: Path, change: Callable[[openpyxl.Workbook], object]) -> Path:
    """A copy of a workbook with a change made to it."""
    book = openpyxl.load_workbook(source)
    change(book)
    target = _beside(source)
    book.save(target)
    return target


def with_cell(source: Path, key: str, name: str, value: object, *, row: int = FIRST) -> Path:
    """A copy with one cell changed."""
    place = f"{get_column_letter(column(key, name))}{row}"
    inside = _plain(value)
    with ZipFile(source) as old:
        names = re.findall(r'<sheet [^>]*name="([^"]+)"', old.read("xl/workbook.xml").decode())
        member = f"xl/worksheets/sheet{names.index(sheet(key).zh) + 1}.xml"
        cell = re.compile(rf'<c r="{place}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
        contents = {one: old.read(one) for one in old.namelist()}
    before = contents[member].decode()
    if inside is None or cell.search(before) is None:
        return changed(source, lambda book: page(book, key).cell(row, column(key, name), value=value))
    after = cell.sub(lambda match: f'<c r="{place}"{match[1]}{inside}</c>', before, count=1)
    target = _beside(source)
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as new:
        for one, content in (contents | {member: after}).items():
            new.writestr(one, content)
    return target


def _plain(value: object) -> str | None:
    """What stands in a cell's element, from its last attributes on, where that is plain: nothing, a number or a text. To
    let a library write the whole county anew takes a second.
    """
    if value is None:
        return ">"
    if type(value) in {int, float}:
        return f"><v>{value!r}</v>"
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return f' t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is>'
    return None


_PLAIN = re.compile(r"[^=#\x00-\x1f][^\x00-\x1f]*")
"""A text that no program takes for a formula or an error."""


def _beside(source: Path) -> Path:
    return source.with_name(f"{len(list(source.parent.iterdir()))}.xlsx")


def only(source: Path, *keys: str) -> Path:
    """A copy with these sheets alone."""
    kept = {sheet(key).zh for key in keys}

    def leave(book: openpyxl.Workbook) -> None:
        for name in book.sheetnames:
            if name not in kept:
                del book[name]

    return changed(source, leave)


def rules(batch: ImportBatch) -> set[str]:
    """The rules that a batch breaks."""
    return {fault.rule for fault in faults_of(batch)}


def places(batch: ImportBatch) -> set[tuple[str, int, str, str]]:
    """(sheet, row, column, rule) of every fault."""
    return {(fault.sheet, fault.row, fault.column, fault.rule) for fault in faults_of(batch)}
