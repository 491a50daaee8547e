"""改动的工作簿: a demonstration's own workbook, once with errors and once with honest corrections, to be handed in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell

from yixian.workbook.schema import sheet

ERRORS = (
    ("households", 4, "group_code", "53990199999999"),
    ("households", 6, "difficulty", 9),
    ("persons", 8, "birth_date", "2013-02-30"),
    ("persons", 10, "gender", "先生"),
    ("persons", 14, "name", None),
    ("persons", 16, "phone", "12345"),
    ("items", 3, "quantity", -5),
    ("items", 4, "quantity", "八十"),
    ("items", 5, "quantity", "=1+2"),
    ("items", 6, "quantity", "８６．４"),
    ("items", 8, "item_code", "house.main.gold"),
)
"""Sheet, row, column and what is written there."""


def with_errors(source: Path) -> Path:
    """A copy with cells that cannot be right, among them an ID number with a wrong check character."""
    book = openpyxl.load_workbook(source)
    for key, row, column, value in ERRORS:
        _cell(book, key, row, column).value = value
    number = _cell(book, "persons", 3, "id_number")
    number.value = f"{str(number.value)[:17]}{'1' if str(number.value).endswith('X') else 'X'}"
    return _saved(book, source, "户籍和实物-第一次.xlsx")


def with_corrections(source: Path) -> Path:
    """A copy in which two quantities were measured again and one address was written anew."""
    book = openpyxl.load_workbook(source)
    for row in (3, 9):
        quantity = _cell(book, "items", row, "quantity")
        quantity.value = Decimal(str(quantity.value)) + Decimal("1.5")
    _cell(book, "households", 5, "address").value = "老街 18 号"
    return _saved(book, source, "户籍和实物-更正.xlsx")


def _cell(book: openpyxl.Workbook, key: str, row: int, column: str) -> Cell:
    keys = [item.key for item in sheet(key).columns]
    cell: Cell = book[sheet(key).zh].cell(row, keys.index(column) + 1)
    return cell


def _saved(book: openpyxl.Workbook, source: Path, name: str) -> Path:
    file = source.with_name(name)
    book.save(file)
    return file
