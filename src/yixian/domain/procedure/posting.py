"""公示与异议: a posting as its events tell it — does it hang, until when, was it void, which objections wait for an answer.

A list hangs in the village for so many days of a round (Order 471, Arts 7 and 53). The day on which it is put up is not counted;
it hangs through 24:00 of its last day, a day of rest moved to the next working day (Civil Code, Arts 201 to 203). Nobody closes
a posting by saying so: whether the last day is over is asked whenever it is read, and always of that day, never of the day of
asking. Taken down before, it is void and begins again when it is put up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from yixian.domain.procedure.calendar import WorkCalendar
from yixian.domain.procedure.clocks import MET, MISSED, OVERDUE, RUNNING
from yixian.domain.procedure.definition import WORKING_DAYS

POSTED, PROVEN, TAKEN_DOWN = "posted", "proven", "taken_down"
OBJECTED, RECHECKED, ANSWERED = "objected", "rechecked", "answered"
CLOSED, CONFIRMED = "closed", "confirmed"
EVENTS = (POSTED, PROVEN, TAKEN_DOWN, OBJECTED, RECHECKED, ANSWERED, CLOSED, CONFIRMED)

NOT_POSTED, HANGING, VOID, HUNG = "", "hanging", "void", "hung"
"""States besides `CLOSED` and `CONFIRMED`: never put up; hanging; taken down too early; hung through its last day."""


@dataclass(frozen=True, slots=True)
class PostingLimit:
    """期限: so many days of a unit, and the clause that says so."""

    days: int
    unit: str
    document: str
    clause: str

    @property
    def working(self) -> bool:
        """Whether only working days count."""
        return self.unit == WORKING_DAYS


@dataclass(frozen=True)
class PostingProcedure:
    """公示程序: how long each round of each list hangs, and within how many days one may object and is answered.

    ``rounds`` by (list, round); ``proofs`` are how many proofs that it hung a posting needs before it is closed.
    """

    id: str
    title_zh: str
    title_en: str
    rounds: Mapping[tuple[str, int], PostingLimit]
    objection: PostingLimit
    answer: PostingLimit
    proofs: int = 1

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en

    def rounds_of(self, posted: str) -> int:
        """How many rounds a list has; 0 if it is not posted at all."""
        return sum(name == posted for name, _round in self.rounds)


class PostingEvent(NamedTuple):
    """One event of a posting, in the order of ``seq``; ``list`` and ``round`` say which posting of its village it is."""

    seq: int
    at: datetime
    kind: str
    list: str
    round: int
    reason: str = ""


class PostingClock(NamedTuple):
    """期限: as read. ``due_day`` is the ordinal of its last day, ``due_at`` 24:00 of it; days left as of other clocks."""

    id: str
    limit: PostingLimit
    started_at: datetime
    due_at: datetime
    due_day: int
    stopped_at: datetime | None
    status: str
    days_left: int | None


@dataclass(frozen=True, slots=True)
class PostingFault:
    """An event that is not allowed where it stands; ``rule`` is stable, ``values`` fill its sentence."""

    seq: int
    event: str
    rule: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PostingCourse:
    """公示进程: where a posting stands: when it was first put up, and when what hangs now was; the proofs that it hung.

    ``waiting`` are the objections that nobody has answered. With a fault all else is empty.
    """

    state: str
    first_at: datetime | None
    began_at: datetime | None
    clocks: tuple[PostingClock, ...]
    proofs: int
    waiting: int
    fault: PostingFault | None = None


def posting_course(
    procedure: PostingProcedure, calendar: WorkCalendar, events: Iterable[PostingEvent], at: datetime
) -> PostingCourse:
    """The course of one posting as of a moment, from its events in their order.

    Events after the moment are not looked at. Raises `UnknownYear` where a last day lies in a year whose holidays are not known.
    """
    posting = _Posting(procedure, calendar)
    for event in events:
        if event.at > at:
            break
        fault = posting.take(event)
        if fault is not None:
            return PostingCourse(NOT_POSTED, None, None, (), 0, 0, fault)
    return posting.course(at)


@dataclass(slots=True)
class _Running:
    """A limit while events are read."""

    id: str
    limit: PostingLimit
    started_at: datetime
    last_day: int
    stopped_at: datetime | None = None
    rechecked: bool = False


class _Posting:
    """A posting while its events are read."""

    def __init__(self, procedure: PostingProcedure, calendar: WorkCalendar) -> None:
        self._procedure = procedure
        self._calendar = calendar
        self._clocks: list[_Running] = []
        self._hanging: _Running | None = None
        self._objections: list[_Running] = []
        self._last: tuple[int, datetime] | None = None
        self._key: tuple[str, int] | None = None
        self._decided = ""
        self._first_at: datetime | None = None
        self._proofs = 0

    def take(self, event: PostingEvent) -> PostingFault | None:
        """Read one event; a fault if it is not allowed here."""
        rule, values = self._wrong(event)
        if rule:
            return PostingFault(event.seq, event.kind, rule, values)
        self._last, self._key = (event.seq, event.at), (event.list, event.round)
        match event.kind:
            case "posted":
                self._put_up(event)
            case "taken_down":
                self._take_down(event.at)
            case "proven":
                self._proofs += 1
            case "objected":
                self._objections.append(self._start("answer", self._procedure.answer, event.at))
                self._stop_first("objection", event.at)
            case "rechecked":
                next(one for one in self._waiting() if not one.rechecked).rechecked = True
            case "answered":
                self._waiting()[0].stopped_at = event.at
            case _:
                self._decided = event.kind
        return None

    def course(self, at: datetime) -> PostingCourse:
        """Where it stands at a moment."""
        hanging = self._hanging
        return PostingCourse(
            self._state(at),
            self._first_at,
            hanging.started_at if hanging else None,
            tuple(self._read(one, at) for one in self._clocks),
            self._proofs,
            len(self._waiting()),
        )

    def _wrong(self, event: PostingEvent) -> tuple[str, dict[str, str]]:
        """The rule that an event breaks, "" if none."""
        if self._last is not None and (event.seq <= self._last[0] or event.at < self._last[1]):
            return "order", {}
        if event.kind not in EVENTS:
            return "unknown", {}
        if self._key is not None and (event.list, event.round) != self._key:
            return "other_posting", {"list": self._key[0], "round": str(self._key[1])}
        if (event.list, event.round) not in self._procedure.rounds:
            return "no_round", {"list": event.list, "round": str(event.round)}
        state = self._state(event.at)
        if state not in _ALLOWED[event.kind]:
            return "state", {"state": state or "not posted"}
        return self._missing(event)

    def _missing(self, event: PostingEvent) -> tuple[str, dict[str, str]]:
        """What has to have happened before: an objection that waits, proofs enough."""
        waiting = self._waiting()
        unchecked = [one for one in waiting if not one.rechecked]
        if (event.kind == ANSWERED and not waiting) or (event.kind == RECHECKED and not unchecked):
            return "no_objection", {}
        if event.kind == CLOSED and self._proofs < self._procedure.proofs:
            return "few_proofs", {"least": str(self._procedure.proofs), "proofs": str(self._proofs)}
        return "", {}

    def _state(self, at: datetime) -> str:
        if self._decided:
            return self._decided
        hanging = self._hanging
        if hanging is None:
            return VOID if self._clocks else NOT_POSTED
        return HUNG if at >= self._calendar.end_of(hanging.last_day) else HANGING

    def _put_up(self, event: PostingEvent) -> None:
        self._proofs = 0
        self._first_at = self._first_at or event.at
        limit = self._procedure.rounds[event.list, event.round]
        self._hanging = self._start("posting", limit, event.at)
        self._start("objection", self._procedure.objection, event.at)

    def _take_down(self, at: datetime) -> None:
        """Before its last day is over it is void, and so is the time in which one may object; after it nothing changes."""
        hanging = self._hanging
        if hanging is not None and at < self._calendar.end_of(hanging.last_day):
            hanging.stopped_at = at
            self._hanging = None
            self._clocks = [one for one in self._clocks if one.id != "objection" or one.stopped_at]

    def _start(self, name: str, limit: PostingLimit, at: datetime) -> _Running:
        last = self._calendar.after(self._calendar.local_day(at), limit.days, working=limit.working)
        clock = _Running(name, limit, at, last)
        self._clocks.append(clock)
        return clock

    def _stop_first(self, name: str, at: datetime) -> None:
        for clock in self._clocks:
            if clock.id == name and clock.stopped_at is None:
                clock.stopped_at = at
                return

    def _waiting(self) -> list[_Running]:
        """The objections without an answer, the first first."""
        return [one for one in self._objections if one.stopped_at is None]

    def _read(self, clock: _Running, at: datetime) -> PostingClock:
        due = self._calendar.end_of(clock.last_day)
        stopped = clock.stopped_at
        if clock.id == "posting" and stopped is None and at >= due:
            stopped = due
        left = None
        if stopped is None:
            today = self._calendar.local_day(at)
            working = clock.limit.working
            ahead = self._calendar.between(today, clock.last_day, working=working)
            left = (
                ahead
                if today <= clock.last_day
                else -self._calendar.between(clock.last_day, today, working=working)
            )
        return PostingClock(
            clock.id,
            clock.limit,
            clock.started_at,
            due,
            clock.last_day,
            stopped,
            _status(clock, stopped, due, at),
            left,
        )


def _status(clock: _Running, stopped: datetime | None, due: datetime, at: datetime) -> str:
    """A posting is kept by hanging until its end, every other limit by what is done before it."""
    if clock.id == "posting":
        return RUNNING if stopped is None else MET if stopped >= due else MISSED
    if stopped is not None:
        return MET if stopped <= due else MISSED
    if at < due:
        return RUNNING
    return MISSED if clock.id == "objection" else OVERDUE


_ALLOWED: dict[str, frozenset[str]] = {
    POSTED: frozenset({NOT_POSTED, VOID}),
    PROVEN: frozenset({HANGING, HUNG}),
    TAKEN_DOWN: frozenset({HANGING, HUNG}),
    OBJECTED: frozenset({HANGING, VOID, HUNG, CLOSED, CONFIRMED}),
    RECHECKED: frozenset({HANGING, VOID, HUNG, CLOSED, CONFIRMED}),
    ANSWERED: frozenset({HANGING, VOID, HUNG, CLOSED, CONFIRMED}),
    CLOSED: frozenset({HUNG}),
    CONFIRMED: frozenset({CLOSED}),
}
