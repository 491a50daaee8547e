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
    """A clock while events are read. Days are ordinals of local days; ``excluded`` are pauses as (from, not counted; to)."""

    __slots__ = (
        "clock",
        "excluded",
        "extended",
        "judged_by",
        "paused_on",
        "pausing",
        "started_at",
        "started_on",
        "stopped_at",
        "used",
    )  # fmt: skip

    def __init__(self, clock: Clock, moment: datetime, day: int) -> None:
        self.clock = clock
        self.started_at = moment
        self.started_on = day
        self.stopped_at: datetime | None = None
        self.judged_by: WorkCalendar | None = None
        self.extended = 0
        self.excluded: list[tuple[int, int]] = []
        self.paused_on: int | None = None
        self.pausing: set[str] = set()
        """The events that will end the pauses it is in: it stands still until the last of them."""
        self.used: set[str] = set()

    def stop(self, moment: datetime, judged_by: WorkCalendar | None = None) -> None:
        """Stop, in time or not by the calendar that was known then; None for the one that everything is read by."""
        self.stopped_at, self.judged_by = moment, judged_by

    def go_on(self) -> None:
        """Go on as if it had not been stopped: what stopped it was undone."""
        self.stopped_at = self.judged_by = None

    def touch(self, event: str, moment: datetime, day: int, calendar: WorkCalendar) -> None:
        """Restart, extend, pause or go on, whichever the event means. A clock that has run out is not paused any more."""
        clock = self.clock
        ends = {last for _begins, last in clock.pauses if last == event}
        if event in clock.restarts_on and ends <= self.pausing and moment < self.due(calendar, moment):
            self.started_at, self.started_on = moment, day
            self.excluded.clear()
            self.pausing -= ends
            self.paused_on = day if self.pausing else None
            return
        if clock.extension is not None and event == clock.extension.event:
            self.extended += 1
            return
        if event in self.pausing:
            self.pausing.discard(event)
            if not self.pausing and self.paused_on is not None:
                self.excluded.append((self.paused_on, day))
                self.paused_on = None
            return
        for begins, last in clock.pauses:
            spent = begins in clock.once and begins in self.used
            if event == begins and not spent and moment < self.due(calendar, moment):
                self.paused_on = day if self.paused_on is None else self.paused_on
                self.pausing.add(last)
                self.used.add(begins)

    def last_day(self, calendar: WorkCalendar, moment: datetime) -> int:
        """The last day of the limit as of a moment.

        A pause that begins in the days of rest by which a limit had been put off moves the day to which it was.
        """
        more = self.clock.extension.days * self.extended if self.clock.extension else 0
        pauses = list(self.excluded)
        if self.paused_on is not None:
            pauses.append((self.paused_on, calendar.local_day(moment)))
        if self.clock.working:
            return self._last_working_day(calendar, self.clock.limit + more, pauses)
        last = self.started_on + self.clock.limit + more
        for began, ended in pauses:
            last = (calendar.working_from(last) if began > last else last) + ended - began
        return calendar.after(last, 0, working=False)

    def _last_working_day(self, calendar: WorkCalendar, limit: int, pauses: list[tuple[int, int]]) -> int:
        last = calendar.after(self.started_on, limit, working=True)
        for began, ended in pauses:
            limit += calendar.between(began, ended, working=True)
            last = max(
                calendar.after(self.started_on, limit, working=True), last, calendar.working_from(ended)
            )
        return last

    def due(self, calendar: WorkCalendar, moment: datetime) -> datetime:
        """The moment at which the limit ends, as of a moment."""
        return calendar.end_of(self.last_day(calendar, moment))

    def read(self, calendar: WorkCalendar, at: datetime) -> ClockReading:
        """The clock as of a moment."""
        seen = self.stopped_at or at
        last = self.last_day(calendar, seen)
        if self.judged_by is not None:
            then = self.last_day(self.judged_by, seen)
            last = then if then <= self.judged_by.known_last else last
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
