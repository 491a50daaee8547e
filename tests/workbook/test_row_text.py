"""Rows written at once are, byte for byte, the cells that xlsxwriter writes one by one."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from yixian.workbook.row_text import write_rows

ROWS = (
    ("澜渡县", "0123456789012345678", Decimal("84.60"), date(2024, 6, 10)),
    ("", None, 12, None),
    ("", "", None, None),
    (" at the ends ", "a<b> & \"c\" 'd'", Decimal("0.000001"), date(1900, 2, 28)),
    ("two\nlines", "\x07 and _x0007_", -3, date(1900, 3, 1)),
    ("𠮷·〇", "x" * 40_000, 10**15 - 1, date(1901, 1, 1)),
)


def test_the_bytes_are_the_same(tmp_path: Path) -> None:
    at_once, one_by_one = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    assert write(at_once, at_once=True) == len(ROWS)
    write(one_by_one, at_once=False)
    with zipfile.ZipFile(at_once) as found, zipfile.ZipFile(one_by_one) as wanted:
        assert found.namelist() == wanted.namelist()
        for name in wanted.namelist():
            assert without_moment(found.read(name)) == without_moment(wanted.read(name)), name


@pytest.mark.parametrize("rows", [(), (("", None, None, None),)])
def test_without_anything_to_write_the_heads_stay(
    tmp_path: Path, rows: tuple[tuple[object, ...], ...]
) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "c.xlsx"), {"constant_memory": True}) as book:
        page = book.add_worksheet("page")
        page.write_string(0, 0, "head")
        assert write_rows(page, 1, rows, [None] * 4, book.add_format()) == len(rows)
    with zipfile.ZipFile(tmp_path / "c.xlsx") as file:
        assert b"head" in file.read("xl/worksheets/sheet1.xml")


def without_moment(part: bytes) -> bytes:
    """What a file says without the second in which it was written: two files need not be of the same."""
    return re.sub(rb"<dcterms:(created|modified).*?</dcterms:\1>", b"", part)


def write(path: Path, *, at_once: bool) -> int:
    """A sheet with two lines of heads, then the rows."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": date(2020, 1, 1)})
        page = book.add_worksheet("page")
        text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
        page.set_column(1, 1, 20, text)
        for index in range(4):
            page.write_string(0, index, "head", book.add_format({"bold": True}))
            page.write_string(1, index, "second")
        count = write_rows(page, 2, ROWS, [None, text, None, None], day) if at_once else cells(page, day)
        page.data_validation(2, 0, 40, 0, {"validate": "list", "source": ["a", "b"]})
        page.autofilter(1, 0, 40, 3)
    return count


def cells(page: Any, day: object) -> int:
    """The rows by xlsxwriter's own functions."""
    for number, row in enumerate(ROWS, 2):
        for index, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, index, value, day)
            elif isinstance(value, int | Decimal):
                page.write_number(number, index, value)
            elif value:
                page.write_string(number, index, value)
    return len(ROWS)
