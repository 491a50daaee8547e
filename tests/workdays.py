"""测试用的工作日历: the calendar that ships, and after its last year so many made-up ones that every test's deadlines lie in it.

The product never guesses a year whose holidays are not published, so on some day the calendar that ships with it ends. A
checkout that old must still pass its own tests: what they ask about today is asked of this calendar. A made-up year rests on
its weekends and on New Year's, Labour and National Day, and makes up for two of them on a Saturday and on a Sunday.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[1] / "procedures" / "cn"
YEARS_AHEAD = 2
"""So many years after this one are known: longer than any limit runs."""

_REST = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]


def write_procedures(folder: Path, *, today: date) -> Path:
    """The procedures that ship, with the longer calendar, in an empty folder."""
    for source in SHIPPED.iterdir():
        (folder / source.name).write_bytes(source.read_bytes())
    years, days = folder / "calendar.yaml", folder / "calendar.csv"
    last = max(int(line.strip()[1:5]) for line in years.read_text().splitlines() if line.startswith('  "'))
    for year in range(last + 1, today.year + YEARS_AHEAD + 1):
        with years.open("a", encoding="utf-8") as file:
            file.write(f'  "{year}": {{status: provisional, source: made up for the tests}}\n')
        with days.open("a", encoding="utf-8") as file:
            file.writelines(f"{day},{kind},,\n" for day, kind in sorted(_year(year)))
    return folder


def _year(year: int) -> list[tuple[date, str]]:
    """Days off, the last Saturday before National Day and the first Sunday after Labour Day, both worked."""
    off = [date(year, month, day) for month, day in _REST]
    saturday = next(day for day in _days(date(year, 9, 30), -1) if day.weekday() == 5)
    sunday = next(day for day in _days(date(year, 5, 3), 1) if day.weekday() == 6)
    return [*((day, "off") for day in off), (saturday, "work"), (sunday, "work")]


def _days(first: date, step: int) -> list[date]:
    """A week of days, forwards or backwards."""
    return [first + timedelta(days=step * count) for count in range(7)]
