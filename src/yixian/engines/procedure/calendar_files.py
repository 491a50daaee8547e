"""日历文件: calendar.yaml (time zone, weekly days of rest, the years known) and calendar.csv (days off and days worked)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from yixian.domain.procedure import WorkCalendar
from yixian.engines.entitlements.form import Form, parse_day
from yixian.engines.entitlements.located import Faults, Located

COLUMNS = ("day", "kind", "name_zh", "name_en")
FINAL, PROVISIONAL = "final", "provisional"
_OFF, _WORK = "off", "work"
_SATURDAY, _SUNDAY = 6, 7


@dataclass(frozen=True, slots=True)
class KnownYear:
    """A year whose days are known. A provisional one has only its statutory holidays: the notice is still to come."""

    year: int
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """The table as read. `calendar` makes the calendar of all years, or of the final ones only."""

    timezone: str
    rest: tuple[int, ...]
    years: tuple[KnownYear, ...]
    off: tuple[date, ...]
    worked: tuple[date, ...]

    def calendar(self, *, provisional: bool = False) -> WorkCalendar:
        """The calendar of the final years; with ``provisional`` also of those whose notice is still to come."""
        years = [one.year for one in self.years if provisional or one.status == FINAL]
        return WorkCalendar(
            self.timezone,
            years,
            [day for day in self.off if day.year in years],
            [day for day in self.worked if day.year in years],
            [day - 1 for day in self.rest],
        )


def read_calendar(
    source: Located, rows: Iterable[dict[str, Located]], faults: Faults
) -> CalendarTable | None:
    """The table, every fault noted; None if it has any."""
    before = len(faults.problems)
    form = Form(source, faults)
    timezone = form.text("timezone")
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        faults.add(form.where("timezone").place, "calendar.timezone", name=timezone)
    rest = _rest(form, faults)
    years = _years(form.mapping("years"), faults)
    if not years:
        faults.add(form.where("years").place, "calendar.no_years")
    form.done()
    off, worked = _days(rows, years, rest, faults)
    if len(faults.problems) > before:
        return None
    return CalendarTable(timezone, rest, tuple(years), tuple(off), tuple(worked))


def _rest(form: Form, faults: Faults) -> tuple[int, ...]:
    found = []
    for item in form.list("rest"):
        if item.text not in set("1234567"):
            faults.add(item.place, "calendar.rest")
        else:
            found.append(int(item.text))
    return tuple(found) if form.has("rest") else (_SATURDAY, _SUNDAY)


def _years(entries: dict[str, Located], faults: Faults) -> list[KnownYear]:
    found: list[KnownYear] = []
    for text, entry in entries.items():
        form = Form(entry, faults)
        status, source = form.text("status"), form.text("source")
        form.done()
        if status not in {FINAL, PROVISIONAL}:
            faults.add(form.where("status").place, "calendar.status")
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            faults.add(entry.place, "procedure.number", low=1949, high=9998)
            continue
        if found and int(text) != found[-1].year + 1:
            faults.add(entry.place, "calendar.gap", year=found[-1].year + 1)
        found.append(KnownYear(int(text), status, source))
    return found


def _days(
    rows: Iterable[dict[str, Located]], years: list[KnownYear], rest: tuple[int, ...], faults: Faults
) -> tuple[list[date], list[date]]:
    known = {one.year for one in years}
    kinds: dict[date, str] = {}
    for row in rows:
        day, kind = parse_day(row["day"], faults), row["kind"].text
        if not row["day"].text:
            faults.add(row["day"].place, "pack.missing", name="day")
        if kind not in {_OFF, _WORK}:
            faults.add(row["kind"].place, "calendar.kind")
        if day is None:
            continue
        if day.year not in known:
            faults.add(row["day"].place, "calendar.outside", day=day)
        if day in kinds:
            key = "calendar.twice" if kinds[day] == kind else "calendar.both"
            faults.add(row["day"].place, key, day=day)
        if kind == _WORK and day.isoweekday() not in rest:
            faults.add(row["kind"].place, "calendar.weekday", day=day, what=("上班", "worked"))
        kinds.setdefault(day, kind)
    days = sorted(kinds)
    return [day for day in days if kinds[day] == _OFF], [day for day in days if kinds[day] == _WORK]
