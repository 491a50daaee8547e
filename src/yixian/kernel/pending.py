"""待办一行: a work item (task) as a room's query hands it to the worklist: what it is about, where, since and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from yixian.kernel.result_sets import ResultSet, Source


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing that waits for somebody.

    ``key`` names it in the address of its page. ``due_on`` is its last day, None where no law or rule sets one; ``since`` the
    day from which it has waited, None where nobody can say.
    """

    key: int | str
    about: str
    place: str = ""
    since: date | None = None
    due_on: date | None = None


def pending(rows: Source, read: Callable[[Any], Pending]) -> ResultSet[Pending]:
    """Rows of a table as things that wait, in the order in which they are handed over."""
    return ResultSet(rows, read=lambda window: [read(row) for row in window])


NOTHING: ResultSet[Pending] = ResultSet(())
"""Nothing waits: for those who may not do it."""
