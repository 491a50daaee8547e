"""文本文件: input files of plain text, decoded and split into rows in one way for every command, what is wrong named by line.

Files are UTF-8, with or without a byte order mark. Nothing is guessed: a file in another encoding is refused, because what
is guessed wrongly is a wrong name on somebody's account. A quote that is never closed, or a line break inside one, would
swallow whole rows in silence; both are refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

_MAX_CELL = 100_000
"""Characters; no code, number or sentence of a table is longer, and a missing quote makes such cells."""


class TextFileError(ValueError):
    """A file that cannot be read as text or as rows: from which line on, a stable ``key``, and what to do in zh and en."""

    def __init__(self, key: str, line: int, zh: str, en: str) -> None:
        super().__init__(f"line {line}: {en}")
        self.key, self.line, self.zh, self.en = key, line, zh, en


def decoded(content: bytes) -> str:
    """The text of a file's bytes, line ends as they are, without a byte order mark. Raises `TextFileError`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(content.count(b"\n", 0, error.start) + 1) from error
    if "\0" in text:  # UTF-16 of Latin letters and digits passes for UTF-8
        raise _not_utf8(text.count("\n", 0, text.index("\0")) + 1)
    return text


def csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text, each with its line (from 1), the heading too; an empty line is a row without cells.

    Raises `TextFileError` at the first row that cannot be told from its neighbours.
    """
    return _rows(io.StringIO(text, newline=""))


def csv_file_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The same of a file of any size, a row at a time. Raises `TextFileError`, for what is no text, too."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            yield from _rows(file)
        except UnicodeDecodeError:
            decoded(path.read_bytes())  # says on which line
            raise


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(lines, strict=True)
    line = 1
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise _misquoted(line) from error
        if row is None:
            return
        for cell in row:
            if "\0" in cell:
                raise _not_utf8(line)
            if "\n" in cell or "\r" in cell or len(cell) > _MAX_CELL:
                raise _misquoted(line)
        yield line, row
        line = rows.line_num + 1


def _not_utf8(line: int) -> TextFileError:
    return TextFileError(
        "file.not_utf8",
        line,
        "不是 UTF-8 文本：请在表格软件里另存为“CSV UTF-8”。",
        "this is not UTF-8 text: save the file as CSV UTF-8.",
    )


def _misquoted(line: int) -> TextFileError:
    return TextFileError(
        "file.quotes",
        line,
        "这一行起双引号没有成对，或者引号里换了行：改好这一行。",
        "from this line on a quotation mark is not closed, or a line breaks inside a pair of them: mend the line.",
    )
