"""待办的声明: what a kind of work declares, and how the kinds become one list, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from yixian.kernel.actors import Actor
from yixian.kernel.pending import Pending
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.tracked_results import TrackedResults

MAX_ITEMS_A_QUEUE = 5
"""So many of a kind stand on *Today* by name; the others are behind the way to all of them."""

Address = Callable[[Pending], str]
"""The page on which a thing that waits is done."""


def page(name: str, *, step: str = "") -> Address:
    """The page of what waits, by the name of its address; ``step`` is the end of the address of a step there."""
    return lambda row: f"{reverse(name, args=[row.key])}{step}"


def listing(name: str, query: str = "") -> Callable[[], str]:
    """The address of a list, with what is asked of it."""
    return lambda: f"{reverse(name)}{query}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkQueue:
    """A kind of work: ``needs`` is the name of the address that somebody must be allowed to ask for, to have it at all.

    ``rows`` are what waits for the actor at a moment, each done at its ``page``; ``act`` says what is to be done. What is
    too many to be done one by one has no rows and is only counted, by ``count``. ``title`` and ``why`` stand in the
    overview of kinds, ``listing`` is where all of them are.
    """

    name: str
    needs: str
    title: str | Promise
    why: str | Promise
    listing: Callable[[], str]
    act: str | Promise = ""
    rows: Callable[[Actor, datetime], ResultSet[Pending]] | None = None
    page: Address | None = None
    count: Callable[[Actor, datetime], int] | None = None


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A thing that waits, with what is to be done and where."""

    act: str | Promise
    row: Pending
    address: str

    def days_over(self, on: date) -> int:
        """How many days its last day has been over; 0 while it is not."""
        return max(0, (on - self.row.due_on).days) if self.row.due_on else 0

    @property
    def urgency(self) -> tuple[date, date]:
        """The earliest last day first; what has none comes after everything that has, the oldest first."""
        return self.row.due_on or date.max, self.row.since or date.max


@dataclass(frozen=True, slots=True)
class QueueView:
    """A kind of work with how much of it waits, and how much of that stands among the items by name."""

    queue: WorkQueue
    count: int
    named: int
    address: str


@dataclass(frozen=True, slots=True)
class Worklist:
    """What waits for one person: ``items`` by name, the most urgent first, and every kind with its number."""

    items: tuple[WorkItem, ...]
    queues: tuple[QueueView, ...]

    @property
    def longer(self) -> list[QueueView]:
        """The kinds of which not everything stands among the items."""
        return [one for one in self.queues if one.count > one.named]


_KEPT: TrackedResults[tuple[list[WorkItem], int]] = TrackedResults(2000)
"""Some forty kinds of fifty people."""


def worklist(
    queues: Iterable[WorkQueue], actor: Actor, *, may: Callable[[str], bool], at: datetime
) -> Worklist:
    """What waits for the actor in these kinds, as far as ``may`` lets them ask for the pages.

    What a kind comes to stands until a table that it reads is changed, and an hour at most: whatever falls due does so at a
    day's end.
    """
    items: list[WorkItem] = []
    found: list[QueueView] = []
    mine = [queue for queue in queues if may(queue.needs)]
    stamps = _KEPT.stamps(queue.name for queue in mine)
    hour = timezone.localtime(at).replace(minute=0, second=0, microsecond=0)
    for queue in mine:
        named, count = _KEPT.answer(queue.name, (actor, hour), stamps, partial(_waiting, queue, actor, at))
        if count:
            items += named
            found.append(QueueView(queue, count, len(named), queue.listing()))
    return Worklist(tuple(sorted(items, key=lambda item: item.urgency)), tuple(found))


def _waiting(queue: WorkQueue, actor: Actor, at: datetime) -> tuple[list[WorkItem], int]:
    """What of a kind is shown by name, and how much there is."""
    if queue.rows is None or queue.page is None:
        return [], queue.count(actor, at) if queue.count else 0
    waiting = queue.rows(actor, at)
    rows = waiting.window(0, MAX_ITEMS_A_QUEUE + 1)
    count = len(rows) if len(rows) <= MAX_ITEMS_A_QUEUE else waiting.count()
    return [WorkItem(queue.act, row, queue.page(row)) for row in rows[:MAX_ITEMS_A_QUEUE]], count
