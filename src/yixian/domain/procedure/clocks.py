"""走动的期限: one clock of one matter, from the event that started it to the moment it is read."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from yixian.domain.procedure.calendar import WorkCalendar
from yixian.domain.procedure.definition import PERSON, Clock

MET, MISSED, RUNNING, OVERDUE = "met", "missed", "running", "overdue"


class ClockReading(NamedTuple):
    """A clock as read. ``due_at`` is 24:00 of its last day ``due_day``, as the first moment of the next day, in UTC.

    ``days_left`` counts in the clock's own days: 0 on the last day, negative once it is over; None once it has stopped.
    A paused clock's last day moves on with every day of the pause.
    """

    clock: Clock
    started_at: datetime
    due_at: datetime
    due_day: int
    stopped_at: datetime | None
    status: str
    days_left: int | None
    paused: bool


class Running:
    """A clock while events are read. Days are ordinals of local days."""

    __slots__ = (
        "clock",
        "excluded",
        "extended",
        "paused_by",
        "paused_on",
        "started_at",
        "started_on",
        "stopped_at",
    )

    def __init__(self, clock: Clock, moment: datetime, day: int) -> None:
        self.clock = clock
        self.started_at = moment
        self.started_on = day
        self.stopped_at: datetime | None = None
        self.extended = 0
        self.excluded = 0
        self.paused_on: int | None = None
        self.paused_by = ""

    def stop(self, moment: datetime) -> None:
        """Stop for good."""
        self.stopped_at = moment

    def touch(self, event: str, moment: datetime, day: int, calendar: WorkCalendar) -> None:
        """Restart, extend, pause or go on, whichever the event means. A clock that has run out is not paused any more."""
        clock = self.clock
        if event in clock.restarts_on and moment < self.due(calendar, moment):
            self.started_at, self.started_on, self.excluded = moment, day, 0
            self.paused_on, self.paused_by = None, ""
            return
        if clock.extension is not None and event == clock.extension.event:
            self.extended += 1
            return
        for begins, ends in clock.pauses:
            if event == begins and self.paused_on is None and moment < self.due(calendar, moment):
                self.paused_on, self.paused_by = day, ends
            elif event == ends and self.paused_by == ends and self.paused_on is not None:
                self.excluded += calendar.between(self.paused_on, day, working=clock.working)
                self.paused_on, self.paused_by = None, ""

    def last_day(self, calendar: WorkCalendar, moment: datetime) -> int:
        """The last day of the limit as of a moment."""
        excluded = self.excluded
        if self.paused_on is not None:
            excluded += calendar.between(
                self.paused_on, calendar.local_day(moment), working=self.clock.working
            )
        more = self.clock.extension.days * self.extended if self.clock.extension else 0
        return calendar.after(self.started_on, self.clock.limit + more + excluded, working=self.clock.working)

    def due(self, calendar: WorkCalendar, moment: datetime) -> datetime:
        """The moment at which the limit ends, as of a moment."""
        return calendar.end_of(self.last_day(calendar, moment))

    def read(self, calendar: WorkCalendar, at: datetime) -> ClockReading:
        """The clock as of a moment."""
        seen = self.stopped_at or at
        last = self.last_day(calendar, seen)
        due = calendar.end_of(last)
        return ClockReading(
            self.clock,
            self.started_at,
            due,
            last,
            self.stopped_at,
            self._status(due, at),
            None if self.stopped_at else self._left(calendar, last, calendar.local_day(at)),
            self.paused_on is not None and self.stopped_at is None,
        )

    def _status(self, due: datetime, at: datetime) -> str:
        if self.stopped_at is not None:
            return MET if self.stopped_at <= due else MISSED
        if at < due:
            return RUNNING
        return MISSED if self.clock.of == PERSON else OVERDUE

    def _left(self, calendar: WorkCalendar, last: int, today: int) -> int:
        if today <= last:
            return calendar.between(today, last, working=self.clock.working)
        return -calendar.between(last, today, working=self.clock.working)
