"""表页形态: what values alone cannot show — formulas, merged cells, and how far a sheet reaches — from its own XML.

A sheet's bytes are searched, not parsed: a million cells take a quarter of a second. ``<`` never stands inside text, so
the patterns can only find too much (inside a comment), never too little.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

MAX_CELLS = 20_000_000
"""Rows times columns that a sheet may span: a spreadsheet reader makes room for every one of them."""

MAX_WRITTEN = 5_000_000
"""Cells that a sheet may hold, counted before anything is searched for: a county's largest has a million."""

_CELL = rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"'
_FILLED_COLUMN = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})[0-9]{1,7}"[^>]*(?<!/)>')
_FILLED_ROW = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="[A-Z]{1,3}([0-9]{1,7})"[^>]*(?<!/)>')
_WITHOUT_PLACE = re.compile(rb'<(?:\w+:)?c(?![^>]*\br="[A-Z]{1,3}[0-9]{1,7}")[\s/>]')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_CELL_OF_FORMULA = re.compile(_CELL + rb"[^>]*>\s*<(?:\w+:)?f[\s>/]")
_CELL_OF_ERROR = re.compile(_CELL + rb'[^>]*?\bt="e"')
_CELL_OF_STYLE = rb'<(?:\w+:)?c\s(?=[^>]*\br="([A-Z]{1,3})([0-9]{1,7})")(?=[^>]*\bs="(%s)")[^>]*(?<!/)>'
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})([0-9]+)(?::[A-Z]{1,3}([0-9]+))?"')


class UnreadablePage(Exception):
    """The sheet's XML is in no form that a spreadsheet program writes."""


class PageTooLarge(Exception):
    """The sheet reaches further than anybody fills in."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged region: its range as written (A3:A5), its first column (0 is A), and its first and last row."""

    range: str
    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PageForm:
    """What a sheet's XML shows: cells with formulas and cells with errors (#N/A) as (row, column from 0), merged regions.

    A cell with an error is read as an empty one, so it is known here only.
    """

    formulas: tuple[tuple[int, int], ...]
    merged: tuple[Merged, ...]
    errors: tuple[tuple[int, int], ...] = ()

    @property
    def lone_errors(self) -> tuple[tuple[int, int], ...]:
        """Errors that were pasted, without the formula that they came from."""
        return tuple(sorted(set(self.errors) - set(self.formulas)))


def page_form(content: bytes, *, most_cells: int = MAX_CELLS) -> PageForm:
    """Look through one sheet's XML. Raises `UnreadablePage`, or `PageTooLarge` where it spans more than so many cells."""
    if content.count(b"<c ") + content.count(b":c ") > MAX_WRITTEN:
        raise PageTooLarge
    if b"\x00" in content or _WITHOUT_PLACE.search(content):
        raise UnreadablePage
    columns = (
        max((column_number(letters) for letters in set(_FILLED_COLUMN.findall(content))), default=-1) + 1
    )
    rows = max(map(int, set(_FILLED_ROW.findall(content))), default=0)
    if rows * columns > most_cells:
        raise PageTooLarge
    return PageForm(
        _formulas(content),
        tuple(_merged(match) for match in _MERGED.finditer(content)),
        _places(_CELL_OF_ERROR, content) if b't="e"' in content else (),
    )


def styled_places(content: bytes, styles: Collection[int]) -> dict[tuple[int, int], int]:
    """The filled cells of a sheet that bear one of these styles: (row, column from 0) → the style's number."""
    if not styles:
        return {}
    pattern = re.compile(_CELL_OF_STYLE % b"|".join(str(style).encode() for style in styles))
    return {
        (int(row), column_number(letters)): int(style) for letters, row, style in pattern.findall(content)
    }


def column_number(letters: bytes) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    while number >= 0:
        letters = chr(number % 26 + 65) + letters
        number = number // 26 - 1
    return letters


def _formulas(content: bytes) -> tuple[tuple[int, int], ...]:
    if not _FORMULA.search(content):
        return ()
    return _places(_CELL_OF_FORMULA, content)


def _places(pattern: re.Pattern[bytes], content: bytes) -> tuple[tuple[int, int], ...]:
    return tuple((int(row), column_number(letters)) for letters, row in pattern.findall(content))


def _merged(match: re.Match[bytes]) -> Merged:
    first = int(match[2])
    text = match[0].split(b'"')[1].decode()
    return Merged(text, column_number(match[1]), first, int(match[3] or first))
