"""热线清单: every row is a call or has its fault, whatever spreadsheet wrote it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from yixian.engines.hotline import (
    Call,
    HotlineList,
    hotline_reader,
    hotline_tables,
    read_hotline,
    write_template,
)
from yixian.engines.hotline.hotline_columns import COLUMNS, MAX_ROWS, TOPICS
from yixian.engines.hotline.hotline_faults import SENTENCES

ZH = [column.zh for column in COLUMNS]
ROW = ["W001", "2026-03-05 14:20", "张小芳", "13800138000", "黄坪村三组", "房屋面积量少了。", "补偿"]
AT = datetime(2026, 3, 5, 14, 20)  # noqa: DTZ001 - spreadsheets know no time zone


def text_file(*rows: list[Any], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode(encoding)


def workbook(*rows: list[Any], other: str = "") -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("来件")
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, index, cell, day)
                elif isinstance(cell, str):
                    page.write_string(number, index, cell)
                elif cell is not None:
                    page.write(number, index, cell)
        if other:
            book.add_worksheet(other).write(0, 0, "x")
    return buffer.getvalue()


def faults_of(found: HotlineList) -> list[tuple[int, str, str]]:
    return [(one.row, one.letter, one.rule) for one in found.faults]


@pytest.mark.parametrize(
    "content",
    [
        text_file(ZH, ROW),
        text_file(ZH, ROW, encoding="utf-8-sig"),
        text_file(ZH, ROW, encoding="gb18030"),
        text_file(ZH, ROW, encoding="utf-16", delimiter="\t"),
        text_file(ZH, ROW, delimiter=";"),
        text_file([column.key for column in COLUMNS], ROW),
        text_file(ZH[::-1], ROW[::-1]),
        text_file(["工单编号*", "受理时间", "姓名", "联系电话", " 地 址 ", "诉求内容", "诉求类别"], ROW),
        workbook(ZH, ROW),
        workbook(["NO", "Received_At", "Name", "Phone", "Village", "Text", "Topic"], ROW),
    ],
)  # fmt: skip
def test_a_list_is_read_in_every_form(content: bytes) -> None:
    found = read_hotline(content)
    assert found == HotlineList(
        (Call(2, "W001", AT, "张小芳", "13800138000", "黄坪村三组", "房屋面积量少了。", "补偿"),), (), 1
    )


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-05 14:20", AT),
        ("2026/3/5 14:20", AT),
        ("2026.3.5 14:20:00", AT),
        ("2026-03-05T14:20:00", AT),
        ("2026-03-05 14:20:31.500", AT.replace(second=31)),
        ("２０２６－３－５　１４：２０", AT),
        ("2026年3月5日 14时20分", AT),
        ("2026年3月5日14:20", AT),
        ("二〇二六年三月五号 14点20分", AT),
        ("20260305142000", AT),
        ("202603051420", AT),
        ("20260305", AT.replace(hour=0, minute=0)),
        ("2026/3/5", AT.replace(hour=0, minute=0)),
        (AT, AT),
        (date(2026, 3, 5), AT.replace(hour=0, minute=0)),
        (46086.59722222222, AT),
        (46086, AT.replace(hour=0, minute=0)),
        (20260305142000, AT),
    ],
)
def test_times_are_read_as_people_and_spreadsheets_write_them(cell: Any, moment: datetime) -> None:
    [call] = read_hotline(workbook(ZH, [ROW[0], cell, *ROW[2:]])).calls
    assert call.received_at == moment


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("", "cell.required"),
        ("2026-02-30 14:20", "cell.time"),
        ("2026-03-05 25:00", "cell.time"),
        ("2026-03/05 14:20", "cell.time"),
        ("5.3.2026", "cell.time_order"),
        ("26-03-05 14:20", "cell.time_year"),
        ("2026-03-0514:20", "cell.time"),
        ("2026-03-05 14:20+08:00", "cell.time"),
        ("昨天下午", "cell.time"),
        ("1999-12-31 23:59", "cell.early"),
        ("2026-03-05 14:21", "cell.future"),
        (3.5, "cell.early"),
        (99999999, "cell.time"),
        (1e300, "cell.precision"),
        (True, "cell.time"),
    ],
)
def test_times_that_are_none_are_named(cell: Any, rule: str) -> None:
    found = read_hotline(workbook(ZH, [ROW[0], cell, *ROW[2:]]), latest=AT)
    assert (found.calls, faults_of(found)) == ((), [(2, "B", rule)])
    assert found.faults[0].column == "来件时间"


def test_every_bad_cell_is_named_and_every_good_row_stands() -> None:
    found = read_hotline(
        text_file(
            ZH,
            ROW,
            ["W002", "x", "", "12", "", "", "补偿"],
            ["W001", *ROW[1:]],
            ["", *ROW[1:]],
            [],
            ["W003", *ROW[1:6], "别的"],
            ["W004", *ROW[1:5], "长" * 8001, ""],
            [*ROW[:6], "", "多出来的"],
            ["W006"],
        ),
        topics=TOPICS,
    )
    assert [call.row for call in found.calls] == [2]
    assert found.rows == 8
    assert faults_of(found) == [
        (3, "B", "cell.time"),
        (3, "D", "cell.phone"),
        (3, "F", "cell.required"),
        (4, "A", "row.twice"),
        (5, "A", "cell.required"),
        (7, "G", "cell.topic"),
        (8, "F", "cell.length"),
        (9, "A", "row.twice"),
        (9, "H", "column.headless"),
        (10, "B", "cell.required"),
        (10, "F", "cell.required"),
    ]
    assert found.faults[3].sentence == "编号和第 2 行相同。"
    assert found.faults[1].value == "12"


def test_columns_that_are_missing_unknown_or_twice_are_named() -> None:
    found = read_hotline(text_file(["来件编号", "工单状态", "来件时间", "内容"], ["W1", "办结", ROW[1], "x"]))
    assert len(found.calls) == 1
    assert [(one.rule, one.column, one.is_note) for one in found.faults] == [
        ("column.absent", "来电人", True),
        ("column.absent", "电话", True),
        ("column.absent", "地址/村", True),
        ("column.absent", "类别", True),
        ("column.unknown", "工单状态", True),
    ]
    missing = read_hotline(text_file(ZH[:5], ROW[:5]))
    assert missing.calls == ()
    assert ("column.missing", "内容", False) in [
        (one.rule, one.column, one.is_note) for one in missing.faults
    ]
    twice = read_hotline(text_file([*ZH, "村"], [*ROW, "x"]))
    assert (twice.calls, faults_of(twice)) == ((), [(1, "H", "column.twice")])


def test_a_title_above_the_heads_is_noted() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 6, "12345 热线来件")
        page.write_row(1, 0, ZH)
        page.write_row(2, 0, ROW)
    found = read_hotline(buffer.getvalue())
    assert [call.row for call in found.calls] == [3]
    assert faults_of(found) == [(1, "", "row.above")]


def test_what_looks_like_a_formula_stays_text() -> None:
    tricks = ["=cmd|' /C calc'!A0", "＝1+1", "+86", "-1", "@SUM(A1)", "\t=1"]
    for content in (
        text_file(ZH, *([f"W{number}", *ROW[1:5], trick, ""] for number, trick in enumerate(tricks))),
        workbook(ZH, *([f"W{number}", *ROW[1:5], trick, ""] for number, trick in enumerate(tricks))),
    ):
        assert [call.text for call in read_hotline(content).calls] == [trick.strip() for trick in tricks]


def test_formulas_errors_and_merged_cells_are_named() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([ZH, *([f"W{number}", *ROW[1:]] for number in range(2, 9))]):
            page.write_row(number, 0, row)
        page.write_formula(1, 2, '="张"&"三"', value="张三")
        page.merge_range(3, 4, 5, 4, "黄坪村")
    content = buffer.getvalue()
    found = read_hotline(content)
    assert [call.row for call in found.calls] == [3, 7, 8]
    assert faults_of(found) == [
        (2, "C", "cell.formula"),
        (4, "E", "cell.merged"),
        (5, "", "cell.merged"),
        (6, "", "cell.merged"),
    ]
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.active["E8"] = "#N/A"
    book.active["E8"].data_type = "e"
    book.save(changed := io.BytesIO())
    assert (8, "E", "cell.error") in faults_of(read_hotline(changed.getvalue()))


def test_numbers_typed_as_numbers_are_read_whole_or_named() -> None:
    [call] = read_hotline(workbook(ZH, [2026030500123, ROW[1], "", 13800138000, "", 5, ""])).calls
    assert (call.no, call.phone, call.text) == ("2026030500123", "13800138000", "5")
    cut = read_hotline(workbook(ZH, [20260305001234567, *ROW[1:]]))
    assert faults_of(cut) == [(2, "A", "cell.precision")]


def test_hidden_characters_do_not_make_two_calls_of_one() -> None:
    found = read_hotline(text_file(ZH, ROW, ["\u200bＷ００１", *ROW[1:5], "付\u202e款\n第二行", ""]))
    assert faults_of(found) == [(3, "A", "row.twice")]
    [call] = read_hotline(text_file(ZH, ["W1", *ROW[1:5], "付\u202e款\n第二行", ""])).calls
    assert call.text == "付款\n第二行"


# ---- files


def bomb() -> bytes:
    buffer = io.BytesIO(workbook(ZH, ROW))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", b"\0" * 320_000_000)
    return buffer.getvalue()


def far_away() -> bytes:
    return workbook(ZH, ROW, *([[]] * 20_000), [None] * 200 + ["x"])


@pytest.mark.parametrize(
    ("rule", "content"),
    [
        ("file.empty", b""),
        ("file.empty", b"\r\n , \r\n"),
        ("file.kind", b"PK\x03\x04 not really"),
        ("file.kind", workbook(ZH, ROW)[:900]),
        ("file.kind", b"a,b\x00c"),
        ("file.old_or_locked", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600),
        ("file.encoding", b"\xff\xff\xff\xff"),
        ("file.too_large", bomb),
        ("file.too_large", far_away),
        ("file.too_large", lambda: b"x" * (50 * 1024 * 1024 + 1)),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_fault(rule: str, content: bytes | Callable[[], bytes]) -> None:
    """What is large is made when it is read, and not by everybody who collects tests."""
    found = read_hotline(content() if callable(content) else content)
    assert (found.calls, faults_of(found)) == ((), [(0, "", rule)])


def test_a_quotation_that_does_not_end_is_named_and_what_stands_above_is_read() -> None:
    found = read_hotline(text_file(ZH, ROW) + b'W002,"x,y\r\nW003,z\r\n')
    assert [call.no for call in found.calls] == ["W001"]
    assert faults_of(found) == [(3, "", "file.quotes")]


def test_twenty_thousand_rows_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is where it says, in text and in a workbook alike; here at three hundred, to write fewer rows."""
    assert MAX_ROWS == 20_000
    most = 300
    for module in (hotline_reader, hotline_tables):
        monkeypatch.setattr(module, "MAX_ROWS", most)
    rows = [[f"W{number}", *ROW[1:]] for number in range(most + 1)]
    for written in (text_file, workbook):
        assert len(read_hotline(written(ZH, *rows[:-1])).calls) == most
        found = read_hotline(written(ZH, *rows))
        assert (found.calls, faults_of(found)) == ((), [(0, "", "file.rows")])


def test_only_the_first_sheet_is_read_and_that_is_said() -> None:
    found = read_hotline(workbook(ZH, ROW, other="三月"))
    assert len(found.calls) == 1
    assert [(one.rule, one.is_note) for one in found.faults] == [("sheet.other", True)]
    assert "三月" in found.faults[0].sentence


def test_the_template_is_read_back_without_a_word() -> None:
    assert write_template() == write_template()
    assert read_hotline(write_template()) == HotlineList((), (), 0)
    book = openpyxl.load_workbook(io.BytesIO(write_template()))
    page = book["来件"]
    assert [cell.value.rstrip("*") for cell in page[1]] == ZH
    assert [cell.value for cell in page[2]] == [column.note for column in COLUMNS]
    [choices] = page.data_validations.dataValidation
    assert str(choices.sqref) == f"G3:G{MAX_ROWS + 2}"
    assert [cell.value for cell in book["类别"]["A"]] == list(TOPICS)
    for index, cell in enumerate(ROW, 1):
        page.cell(3, index, cell)
    book.save(filled := io.BytesIO())
    found = read_hotline(filled.getvalue(), topics=TOPICS)
    assert ([call.no for call in found.calls], found.faults) == (["W001"], ())


CELLS = st.one_of(
    st.sampled_from(["", "W1", "2026/3/5 14:20", "13800138000", "=1", "补偿", "来件编号", " "]), st.text(max_size=12)
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=9), max_size=8), st.permutations(ZH))
def test_no_row_is_passed_over_in_silence(rows: list[list[str]], headers: list[str]) -> None:
    content = text_file(headers, *rows, encoding="utf-8") if _writable(rows) else b""
    found = read_hotline(content)
    filled = {number for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)}
    named = {one.row for one in found.faults}
    whole = 0 in named or any(
        one.rule in {"file.quotes", "column.twice", "column.missing"} for one in found.faults
    )
    assert whole or filled == {call.row for call in found.calls} | (named - {1})
    assert all(call.no and call.text for call in found.calls)


def _writable(rows: list[list[str]]) -> bool:
    return all(cell.isprintable() and cell.encode("utf-8", "ignore") for row in rows for cell in row if cell)


def test_every_rule_has_its_two_sentences() -> None:
    for zh, en in SENTENCES.values():
        assert any("\u4e00" <= character <= "\u9fff" for character in zh)
        assert en.isascii() or "“" in en


@pytest.mark.parametrize(("from_1904", "number"), [(False, 46086.5), (True, 44624.5)])
def test_a_bare_number_counts_its_days_from_where_the_workbook_says(from_1904: bool, number: float) -> None:
    """Noon on 5 March 2026, in both systems of ECMA-376; read by the other it would lie four years and a day off."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"date_1904": from_1904, "in_memory": True}) as book:
        page = book.add_worksheet("来件")
        for column, (head, value) in enumerate(zip(ZH, ROW, strict=True)):
            page.write_string(0, column, head)
            page.write(1, column, number if head == ZH[1] else value)
    (call,) = read_hotline(written.getvalue()).calls
    assert call.received_at == AT.replace(hour=12, minute=0)
