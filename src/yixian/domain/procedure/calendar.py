"""工作日历: which days are worked, by a table of years that are known. Nothing beyond them is ever guessed.

Counted as 《民法典》 Articles 200 to 203 count: the day of the event is not counted; a limit that would end on a day of rest
ends with the next working day; it ends at 24:00 local time. Make-up workdays (调休) are worked, also on a Saturday.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class UnknownYear(LookupError):
    """A day was asked for in a year whose holidays are not known."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"the calendar does not know the year {year}: enter its holidays and make-up workdays first"
        )
        self.year = year

    def __reduce__(self) -> tuple[type[UnknownYear], tuple[int]]:
        return type(self), (self.year,)


class WorkCalendar:
    """Days as ordinals (`date.toordinal`). ``years`` must follow each other without a gap.

    ``off`` are days of rest besides the weekly ones, ``worked`` weekly days of rest that are worked. ``rest`` are the
    weekly days of rest, 0 for Monday. The last ``assumed`` years are not known and have weekends alone: enough to say
    whether an event is allowed, never to tell anybody a day; ``known_last`` is the last day before them. Raises ValueError
    for years with a gap, for days outside them, and for a day that is both off and worked.
    """

    def __init__(
        self,
        timezone: str,
        years: Collection[int],
        off: Collection[date],
        worked: Collection[date],
        rest: Collection[int] = (5, 6),
        *,
        assumed: int = 0,
    ) -> None:
        known = sorted(years)
        if not known or known != list(range(known[0], known[-1] + 1)):
            raise ValueError("the years of a calendar follow each other without a gap")
        outside = [day for day in (*off, *worked) if not known[0] <= day.year <= known[-1]]
        if outside or set(off) & set(worked):
            raise ValueError("a day of a calendar lies in its years, and is off or worked, not both")
        self.timezone = ZoneInfo(timezone)
        self.first, self.last = date(known[0], 1, 1).toordinal(), date(known[-1], 12, 31).toordinal()
        self.known_last = date(known[-1] - assumed, 12, 31).toordinal()
        weekly = frozenset(rest)
        idle = {day.toordinal() for day in off}
        busy = {day.toordinal() for day in worked}
        self._working = [
            day
            for day in range(self.first, self.last + 1)
            if day in busy or (day not in idle and (day - 1) % 7 not in weekly)
        ]
        self._is_working = frozenset(self._working)
        self._ends: dict[int, datetime] = {}

    def local_day(self, moment: datetime) -> int:
        """The local day of a moment that knows its offset."""
        return moment.astimezone(self.timezone).toordinal()

    def after(self, start: int, limit: int, *, working: bool) -> int:
        """The last day of a limit of so many days that an event on ``start`` sets running. Raises `UnknownYear`."""
        self._require(start)
        if working:
            place = bisect_right(self._working, start) + limit - 1
            if place >= len(self._working):
                raise UnknownYear(date.fromordinal(self.last).year + 1)
            return self._working[place]
        return self.working_from(start + limit)

    def working_from(self, day: int) -> int:
        """The day itself if it is worked, else the next that is. Raises `UnknownYear`."""
        self._require(day)
        if day in self._is_working:
            return day
        place = bisect_right(self._working, day)
        if place >= len(self._working):
            raise UnknownYear(date.fromordinal(self.last).year + 1)
        return self._working[place]

    def between(self, start: int, end: int, *, working: bool) -> int:
        """The days from ``start`` (not counted) until ``end`` (counted), never less than 0. Raises `UnknownYear`."""
        if end <= start:
            return 0
        if not working:
            return end - start
        self._require(start)
        self._require(end)
        return bisect_right(self._working, end) - bisect_right(self._working, start)

    def end_of(self, day: int) -> datetime:
        """The moment at which a day is over: 24:00 local time, as the first of the next day, in UTC."""
        found = self._ends.get(day)
        if found is None:
            following = date.fromordinal(day) + timedelta(days=1)
            local = datetime(following.year, following.month, following.day, tzinfo=self.timezone)
            found = self._ends[day] = local.astimezone(UTC)
        return found

    def _require(self, day: int) -> None:
        if not self.first <= day <= self.last:
            raise UnknownYear(date.fromordinal(day).year)
