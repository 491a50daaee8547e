"""Workbooks to spoil: the county's own, opened, changed and saved beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import openpyxl
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
    return _saved_beside(source, book)


def with_cell(source: Path, key: str, name: str, value: object, *, row: int = FIRST) -> Path:
    """A copy with one cell changed."""
    book = _kept(source, source.stat().st_mtime_ns)
    cell = page(book, key).cell(row, column(key, name))
    before = cell.value, cell.number_format
    cell.value = value
    target = _saved_beside(source, book)
    cell.value, cell.number_format = before
    return target


@lru_cache(maxsize=2)
def _kept(source: Path, _written: int) -> openpyxl.Workbook:
    """A workbook that is read once; whoever changes a cell puts it back."""
    return openpyxl.load_workbook(source)


def _saved_beside(source: Path, book: openpyxl.Workbook) -> Path:
    target = source.with_name(f"{len(list(source.parent.iterdir()))}.xlsx")
    book.save(target)
    return target


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
