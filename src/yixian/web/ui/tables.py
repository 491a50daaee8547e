"""表格: a table declared by its columns, drawn as HTML in one pass over its rows.

Cells are joined in Python: a template that loops over cells costs three times as much (decision on the user interface).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Flag
from functools import cached_property
from html import escape
from typing import Any, Generic, TypeVar

from django.utils.safestring import SafeString, mark_safe

from yixian.web.ui.cells import TEXT, FileValue, Kind, Text, in_html

Row = TypeVar("Row")
Other = TypeVar("Other")


class Where(Flag):
    """Where a column stands."""

    PAGE = 1
    FILE = 2
    BOTH = PAGE | FILE


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column.

    ``name`` is also the name of the result set's order behind its heading; a column that cannot be sorted by says why in
    ``unsorted``. ``link`` is the address behind the value, "" for none; ``under`` adds safe HTML below it, on pages only.
    ``place`` is where the cell stands on a phone's card: "lead" is its title, "corner" stands beside the title, "" below it,
    "labelled" below it with its heading, as every number is that stands in neither. ``file_heading`` is for files that need
    to say more than fits on a page; ``sorted_as`` is what a table sorts by where the value itself is put into words.
    """

    name: str
    heading: Text
    value: Callable[[Row], Any]
    kind: Kind = TEXT
    link: Callable[[Row], str] | None = None
    under: Callable[[Row], str] | None = None
    place: str = ""
    unsorted: str = ""
    where: Where = Where.BOTH
    file_heading: Text = ""
    sorted_as: Callable[[Row], Any] | None = None

    @property
    def css(self) -> str:
        """The classes of its cells."""
        place = {"lead": "lead-cell", "corner": "beside-name", "labelled": "labelled"}.get(self.place, "")
        if self.is_right and not place:
            place = "labelled"
        return f"{self.kind.css} {place}".strip()

    @property
    def is_right(self) -> bool:
        """Whether its heading stands at the right edge, above its numbers."""
        return self.kind.css.startswith("right")

    def filed(self, row: Row) -> FileValue:
        """Its value of a row, for a file."""
        return self.kind.filed(self.value(row))

    def of(self, part: Callable[[Other], Row]) -> Column[Other]:
        """The same column of rows that hold its row as a part of them."""
        value, link, under, key = self.value, self.link, self.under, self.sorted_as
        return Column(
            self.name,
            self.heading,
            lambda row: value(part(row)),
            self.kind,
            link=None if link is None else lambda row: link(part(row)),
            under=None if under is None else lambda row: under(part(row)),
            place=self.place,
            unsorted=self.unsorted,
            where=self.where,
            file_heading=self.file_heading,
            sorted_as=None if key is None else lambda row: key(part(row)),
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: where its link leads and what ``aria-sort`` says; neither for a column that cannot be sorted by."""

    words: Text
    is_right: bool
    href: str = ""
    direction: str = ""


def headings_html(headings: Iterable[Heading]) -> SafeString:
    """The cells of a table's head as safe HTML: its words, or the link by which it is sorted."""
    cells = []
    for one in headings:
        css, words = ' class="right"' if one.is_right else "", escape(str(one.words))
        if one.href:
            sorts = f'<a class="sorts" href="{escape(one.href)}">{words}</a>'
            cells.append(f'<th scope="col"{css} aria-sort="{one.direction}">{sorts}</th>')
        else:
            cells.append(f'<th scope="col"{css}>{words}</th>')
    return mark_safe("\n".join(cells))  # noqa: S308 - escaped here


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where there is nothing: a title, what to do, and where (an address and its words)."""

    title: Text
    text: Text = ""
    action: tuple[str, Text] | None = None
    filtered: Text = ""
    """What to do where a search or filter left nothing; ``text`` where that says nothing of its own."""


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Columns under a caption. ``css`` "compact" folds a row to two lines on a phone, "counts" runs numbers on behind a name.

    ``sorted_by`` is the parameter of the address by which a table on a page of its own is sorted; "" where it stands in its
    own order. Lists that are paged are sorted by the database (`yixian.web.ui.lists`). ``anchor`` is the id of the part of
    the page to which its headings lead back.
    """

    caption: Text
    columns: tuple[Column[Row], ...]
    empty: Empty
    css: str = "compact"
    sorted_by: str = ""
    anchor: str = ""

    @cached_property
    def on_page(self) -> tuple[Column[Row], ...]:
        """The columns of a page."""
        return tuple(column for column in self.columns if column.where is not Where.FILE)

    @cached_property
    def in_file(self) -> tuple[Column[Row], ...]:
        """The columns of a file."""
        return tuple(column for column in self.columns if column.where is not Where.PAGE)

    def sort(self, asked: str) -> tuple[Column[Row] | None, bool]:
        """The column that a value of the parameter names, if it can be sorted by, and whether downwards."""
        name = asked.removeprefix("-")
        known = (column for column in self.on_page if column.name == name and not column.unsorted)
        return (next(known, None) if self.sorted_by else None), asked.startswith("-")

    def in_order(self, rows: Sequence[Row], asked: str) -> Sequence[Row]:
        """The rows as asked for: by their values, those without one last."""
        column, is_down = self.sort(asked)
        if column is None:
            return rows
        value = column.sorted_as or column.value
        known = [row for row in rows if value(row) not in {None, ""}]
        known.sort(key=lambda row: _comparable(value(row)), reverse=is_down)
        return [*known, *(row for row in rows if value(row) in {None, ""})]

    def unsorted(self, why: str) -> Table[Row]:
        """The same in its own order alone: no column sorts it, for this reason."""
        return replace(self, columns=tuple(replace(column, unsorted=why) for column in self.columns))

    def rows_html(
        self,
        rows: Iterable[Row],
        *,
        marked: Callable[[Row], SafeString] | None = None,
        along: Callable[[int], str] | None = None,
    ) -> SafeString:
        """The rows as safe HTML, below each other. ``marked`` draws a cell before the others; ``along`` says what the address
        behind a row's title carries along, by the row's place among these, counted from 0.
        """
        drawers = [_drawer(column) for column in self.on_page]
        lines = []
        for n, row in enumerate(rows):
            carried = along(n) if along else ""
            cells = "".join([draw(row, carried) for draw in drawers])
            lines.append(f"<tr>{marked(row) if marked else ''}{cells}</tr>\n")
        return mark_safe("".join(lines))  # noqa: S308 - every cell is escaped


def _comparable(value: Any) -> tuple[int, Any]:
    """Numbers and days by themselves, everything else by its words."""
    return (0, value) if isinstance(value, int | float | Decimal | date) else (1, str(value))


def _drawer(column: Column[Any]) -> Callable[[Any, str], str]:
    """A function that draws the column's cell of a row, and what its link carries along if the cell is the row's title; what
    is the same in every row is worked out once.
    """
    css = f' class="{column.css}"' if column.css else ""
    is_lead = column.place == "lead"
    label = "" if is_lead else f' data-label="{escape(str(column.heading))}"'
    start, shown, value, link, under = (
        f"<td{css}{label}>",
        column.kind.shown,
        column.value,
        column.link,
        column.under,
    )

    def draw(row: Any, along: str) -> str:
        content = shown(value(row))
        if link is not None and (href := link(row)):
            content = f'<a href="{escape(href + along if is_lead else href)}">{content}</a>'
        more = in_html(under(row)) if under is not None else ""
        return f"{start}{content}{more}</td>"

    return draw
