"""分页: one page of rows, and the count of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from yixian.kernel.result_sets import ResultSet

Row = TypeVar("Row")

PER_PAGE = 25


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page. ``first`` and ``last`` are their places among ``total``, counted from 1."""

    rows: Sequence[Row]
    number: int
    total: int
    first: int
    last: int

    @property
    def previous(self) -> int | None:
        """The page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after, if there is one."""
        return self.number + 1 if self.last < self.total else None


def window_of(found: ResultSet[Row], asked: str | None, *, size: int = PER_PAGE) -> Page[Row]:
    """The page that was asked for, or the nearest there is. Two statements, and what the rows' own reading asks."""
    total = found.count()
    last_page = max(1, -(-total // size))
    number = min(max(1, int(asked) if asked and asked.isascii() and asked.isdigit() else 1), last_page)
    start = (number - 1) * size
    rows = found.window(start, size) if total else []
    return Page(rows, number, total, start + 1 if rows else 0, start + len(rows))
