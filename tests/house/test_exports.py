"""导出: whatever people typed, no table that leaves the house can act when a spreadsheet opens it."""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.http import Http404

from yixian.web.revisions.evidence import EvidenceTable as Evidence
from yixian.web.revisions.sheet import sheet_of
from yixian.web.ui.cells import DATE, MONEY, NAMES, Badge
from yixian.web.ui.exports import Sheet, table_file
from yixian.web.ui.tables import Column, Empty, Table

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "yixian"
READ_AGAIN = {"workbook", "engines", "revisions", "cli", "demo"}
"""Rooms whose tables are read back by the house: an apostrophe would change what they say. They write texts as texts."""

TRICKS = [
    "=1+1",
    "＝1+1",
    "+86",
    "＋1",
    "-1",
    "－1",
    "@SUM(A1)",
    "＠x",
    "\t=1",
    "\r=1",
    " =1",
    "{=1+1}",
    "http://x.example",
]
GUESSING = {
    "write",
    "write_row",
    "write_column",
    "write_formula",
    "write_array_formula",
    "write_dynamic_array_formula",
}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text())


def calls(tree: ast.Module) -> Iterator[tuple[str, str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield ast.unparse(node.func.value), node.func.attr, node


def test_no_workbook_guesses_what_a_text_is() -> None:
    """`write` and its like make formulas, links and numbers of texts; `write_string` never does."""
    books = guessing = 0
    for path, tree in modules():
        if "xlsxwriter.Workbook(" not in path.read_text():
            continue
        books += 1
        guessing += sum(name in GUESSING for _on, name, _call in calls(tree))
        assert "strings_to_formulas" in path.read_text(), path
    assert books >= 4
    assert guessing == 0


def test_every_table_for_people_passes_the_one_rule() -> None:
    found = 0
    for path, tree in modules():
        if path.relative_to(PACKAGE).parts[0] in READ_AGAIN:
            continue
        writers = [
            name
            for on, name, _call in calls(tree)
            if (on, name) in {("csv", "writer"), ("xlsxwriter", "Workbook")}
        ]
        if writers:
            found += 1
            assert any(isinstance(node, ast.Name) and node.id == "plain" for node in ast.walk(tree)), path
    assert found >= 2


def acts(cell: object) -> bool:
    return isinstance(cell, str) and cell.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def read_text(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_files_of_declared_tables(form: str) -> None:
    """Every list and board writes its files here: texts stay texts, and sums of money are numbers."""
    columns = (
        Column("text", "一", lambda trick: trick),
        Column("people", "二", lambda trick: [trick, trick], NAMES),
        Column("state", "=三", Badge),
        Column("sum", "四", lambda _trick: 1_234_567_89, MONEY),
        Column("day", "五", lambda _trick: date(2026, 11, 29), DATE),
        Column("none", "六", lambda _trick: None, MONEY),
    )
    table: Table[str] = Table("a/b:c", columns, Empty("nothing"))
    content = b"".join(table_file([Sheet(table, [TRICKS[:4], TRICKS[4:]])], "x", form))
    if form == "csv":
        rows = read_text(content)
        assert rows[0][2] == "'=三"
        assert rows[1][3:] == ["1234567.89", "2026-11-29", ""]
        texts = [cell for row in rows[1:] for cell in row[:3]]
    else:
        page = openpyxl.load_workbook(io.BytesIO(content)).active
        assert page.title == "a b c"
        found = list(page.iter_rows(min_row=2))
        assert {(row[3].value, row[3].number_format) for row in found} == {(1234567.89, "#,##0.00")}
        assert {row[4].value.date() for row in found} == {date(2026, 11, 29)}
        assert all(cell.data_type == "s" for row in found for cell in row[:3])
        texts = [cell.value for row in found for cell in row[:3]]
    assert len(texts) == 3 * len(TRICKS)
    assert not any(acts(text) for text in texts)


def test_a_file_of_no_known_form_is_not_there() -> None:
    with pytest.raises(Http404):
        table_file([], "x", "exe")


def test_the_evidence_of_a_revision() -> None:
    rows: list[list[Any]] = [[trick, Decimal("-1.50"), 3, None] for trick in TRICKS]
    content = b"".join(table_file([sheet_of(Evidence("x", TRICKS[:4], rows))], "x", "xlsx"))
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    for row in page.iter_rows(min_row=2):
        assert row[0].data_type == "s"
        assert not acts(row[0].value)
        assert (row[1].value, row[2].value, row[3].value) == (-1.5, 3, None)
        assert row[0].hyperlink is None
    assert all(cell.data_type == "s" for cell in page[1])
