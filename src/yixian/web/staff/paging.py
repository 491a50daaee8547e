"""分页: one page of rows, and the count of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page. ``first`` and ``last`` are their places among ``total``, counted from 1."""

    rows: list[Any]
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


def page_of(rows: QuerySet[Any] | list[Any], asked: str | None, *, size: int = PER_PAGE) -> Page:
    """The page that was asked for, or the nearest there is. Two statements for a queryset."""
    total = len(rows) if isinstance(rows, list) else rows.count()
    last_page = max(1, -(-total // size))
    number = min(max(1, int(asked) if asked and asked.isascii() and asked.isdigit() else 1), last_page)
    start = (number - 1) * size
    shown = list(rows[start : start + size])
    return Page(shown, number, total, start + 1 if shown else 0, start + len(shown))
