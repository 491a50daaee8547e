"""文本文件: read as they are, or refused with the line: no row swallowed, no letter guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from yixian.domain.text_files import TextFileError, csv_file_rows, csv_rows, decoded

TABLE = "户号,姓名\nH1,张三\nH2,李四\nH3,王五\n"
ROWS = [(1, ["户号", "姓名"]), (2, ["H1", "张三"]), (3, ["H2", "李四"]), (4, ["H3", "王五"])]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_is_read_with_its_lines(tmp_path: Path, mark: str, end: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes((mark + TABLE.replace("\n", end)).encode())
    assert list(csv_rows(decoded(path.read_bytes()))) == ROWS
    assert list(csv_file_rows(path)) == ROWS


@pytest.mark.parametrize(
    ("content", "key", "line"),
    [
        (TABLE.encode("gb18030"), "file.not_utf8", 1),
        (f"a,b\nH1,x\n{TABLE}".encode("gb18030"), "file.not_utf8", 3),
        (TABLE.encode("utf-16") + b"\x00", "file.not_utf8", 5),
        (TABLE.encode("utf-16-le"), "file.not_utf8", 1),
        ("戶號,姓名\nH1,張三\n".encode("big5"), "file.not_utf8", 1),
        (TABLE.replace("李", "\0").encode(), "file.not_utf8", 3),
        ("a,b\nH1,x\n".encode("utf-16-le"), "file.not_utf8", 1),
        (TABLE.replace("张三", '"张三').encode(), "file.quotes", 2),
        (TABLE.replace("张三", '"张三').replace("李四", '李四"').encode(), "file.quotes", 2),
        (TABLE.replace("李四", '"李"四').encode(), "file.quotes", 3),
        (TABLE.replace("王五", '"王\n五"').encode(), "file.quotes", 4),
        (TABLE.replace("王五", "王" * 200_000).encode(), "file.quotes", 4),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(
    tmp_path: Path, content: bytes, key: str, line: int
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(TextFileError) as whole:
        list(csv_rows(decoded(content)))
    with pytest.raises(TextFileError) as streamed:
        list(csv_file_rows(path))
    assert [(one.value.key, one.value.line) for one in (whole, streamed)] == [(key, line)] * 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_the_mark_at_the_beginning_says_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(TABLE.encode(encoding))
    assert list(csv_rows(decoded(path.read_bytes()))) == ROWS
    assert list(csv_file_rows(path)) == ROWS


@pytest.mark.parametrize("separator", ["\t", ";", "；", "，", "|"])
@pytest.mark.parametrize("told", ["", "sep={}\n", "SEP={}\r\n", '"sep={}"\n'])
def test_what_parts_the_heads_parts_the_cells(separator: str, told: str) -> None:
    text = told.format(separator) + TABLE.replace(",", separator)
    below = 1 if told else 0
    assert list(csv_rows(text)) == [(line + below, row) for line, row in ROWS]


def test_a_told_separator_is_believed_and_commas_are_then_no_separators() -> None:
    assert list(csv_rows("sep=;\na,b;c\n1,5;2\n")) == [(2, ["a,b", "c"]), (3, ["1,5", "2"])]


def test_another_encoding_is_named_by_its_byte_and_by_what_it_may_be() -> None:
    with pytest.raises(TextFileError) as caught:
        decoded("a,b\n李,1\n".encode("gb18030"))
    assert "UTF-8 text (byte 5 of the file, 0xC0, perhaps GBK)" in caught.value.en
    assert "文件的第 5 个字节 0xC0，也许是 GBK" in caught.value.zh


def test_a_wrong_letter_far_down_is_found_in_a_file_read_piece_by_piece(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\n" + b"H,x\n" * 50_000 + "李,四\n".encode("gb18030"))
    rows = csv_file_rows(path)
    with pytest.raises(TextFileError) as caught:
        list(rows)
    assert caught.value.line == 50_002
