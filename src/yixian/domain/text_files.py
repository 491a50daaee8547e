"""文本文件: input files of plain text, decoded and split into rows in one way for every command, what is wrong named by line.

Files are UTF-8, with or without a byte order mark, or bear the mark of UTF-16 or UTF-32, as spreadsheets save “Unicode
text”. Nothing is guessed: a file in another encoding is refused, because what is guessed wrongly is a wrong name on
somebody's account. Cells are parted by commas, or by what parts the heads (tabs, semicolons) or a first line ``sep=;`` says. A
quote that is never closed, or a line break inside one, would swallow whole rows in silence; both are refused.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from unicodedata import category

from yixian.domain.text import half_width

_MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks that name an encoding; that of four bytes begins with the bytes of another."""

_UTF8 = "utf-8-sig"
_DECLARATION = re.compile(r'"?sep=([^"\r\n])"?[\r\n]*', re.IGNORECASE)
"""The line by which some spreadsheets say what parts their cells."""

_SEPARATORS = ",\t;，；|"
_HIDDEN = frozenset({"Cc", "Cf"})
_SAVED_AS = {
    True: ("请在表格软件里另存为“CSV UTF-8”", "save the file as CSV UTF-8"),
    False: ("请在文本编辑器里另存为 UTF-8", "save the file in the text editor as UTF-8"),
}
"""How a table, and how another text, is saved so that it can be read."""
_MAX_CELL = 100_000
"""Characters; no code, number or sentence of a table is longer, and a missing quote makes such cells."""


class TextFileError(ValueError):
    """A file that cannot be read as text or as rows: from which line on, a stable ``key``, and what to do in zh and en."""

    def __init__(self, key: str, line: int, zh: str, en: str) -> None:
        super().__init__(f"line {line}: {en}")
        self.key, self.line, self.zh, self.en = key, line, zh, en


def decoded(content: bytes, *, is_table: bool = True) -> str:
    """The text of a file's bytes, line ends as they are, without a byte order mark. Raises `TextFileError`, which says how
    a table, or another text, is to be saved.
    """
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "ignore")
        raise _no_text(before.count("\n") + 1, content, error.start, encoding, is_table=is_table) from error
    if "\0" in text:  # UTF-16 of Latin letters and digits passes for UTF-8
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _no_text(line, content, content.index(b"\0"), encoding, is_table=is_table)
    return text


def _encoding(beginning: bytes) -> str:
    """What the first bytes of a file say that it is written in."""
    return next((name for mark, name in _MARKED if beginning.startswith(mark)), _UTF8)


def separator_of(heads: str) -> str:
    """What parts the cells of a table: a comma, unless another sign stands in its heads more often."""
    return max(_SEPARATORS, key=heads.count)


def plain_heads(row: list[str]) -> list[str]:
    """The heads of a table as they are compared: half-width, without blanks around them and what nobody sees."""
    return ["".join(filter(_is_seen, half_width(head))).strip() for head in row]


def _is_seen(character: str) -> bool:
    return category(character) not in _HIDDEN


def csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text, each with its line (from 1), the heading too; an empty line is a row without cells.

    Raises `TextFileError` at the first row that cannot be declared from its neighbours.
    """
    return _rows(io.StringIO(text, newline=""))


def csv_file_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The same of a file of any size, a row at a time. Raises `TextFileError`, for what is no text, too."""
    with path.open("rb") as file:
        encoding = _encoding(file.read(len(codecs.BOM_UTF32_LE)))
    with path.open(encoding=encoding, newline="") as file:
        try:
            yield from _rows(file)
        except UnicodeDecodeError:
            decoded(path.read_bytes())  # says on which line
            raise


def declared_separator(line: str) -> str:
    """What a line ``sep=;`` says that parts the cells below it; "" if it is another line."""
    declared = _DECLARATION.fullmatch(line)
    return declared[1] if declared else ""


def _rows(text: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    lines = iter(text)
    first = next(lines, "")
    declared = declared_separator(first)
    above = 1 if declared else 0
    rows = csv.reader(
        lines if declared else chain((first,), lines), delimiter=declared or separator_of(first), strict=True
    )
    line = 1 + above
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise _misquoted(line) from error
        if row is None:
            return
        for cell in row:
            if "\0" in cell:
                raise _no_text(line, b"\0", 0, _UTF8)
            if "\n" in cell or "\r" in cell or len(cell) > _MAX_CELL:
                raise _misquoted(line)
        yield line, row
        line = rows.line_num + 1 + above


def _no_text(line: int, content: bytes, at: int, encoding: str, *, is_table: bool = True) -> TextFileError:
    """Which byte of a file is no text in the encoding that was tried, and which encoding it may be instead."""
    tried = "UTF-8" if encoding == _UTF8 else encoding.upper()
    zh, en = _perhaps(content, at)
    how_zh, how_en = _SAVED_AS[is_table]
    return TextFileError(
        "file.not_utf8",
        line,
        f"不是 {tried} 文本（文件的第 {at + 1} 个字节 0x{content[at]:02X}{zh}）：{how_zh}。",
        f"this is not {tried} text (byte {at + 1} of the file, 0x{content[at]:02X}{en}): {how_en}.",
    )


def _perhaps(content: bytes, at: int) -> tuple[str, str]:
    if not content[at]:
        return "，也许是 UTF-16", ", perhaps UTF-16"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "", ""
    return "，也许是 GBK", ", perhaps GBK"


def _misquoted(line: int) -> TextFileError:
    return TextFileError(
        "file.quotes",
        line,
        "这一行起双引号没有成对，或者引号里换了行：改好这一行。",
        "from this line on a quotation mark is not closed, or a line breaks inside a pair of them: mend the line.",
    )
