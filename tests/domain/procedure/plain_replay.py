"""事项的写法: a matter told in lines, “2024-03-01 09:00 forwarded PO > B1/kind: reason [clause]”, times of Shanghai."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from yixian.domain.procedure import Course, Event, WorkCalendar, replay
from yixian.engines.procedure import ProcedurePack, load_procedures

ZONE = ZoneInfo("Asia/Shanghai")
PACK = Path(__file__).parents[3] / "procedures" / "cn"
_LINE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?: (?P<time>\d\d:\d\d(?::\d\d)?))? (?P<kind>\w+)(?: (?P<actor>\w+))?"
    r"(?: > (?P<to>\w+)(?:/(?P<body>\w+))?)?(?:: (?P<reason>[^\[]*?))?(?: \[(?P<clause>.+)\])?"
)


@cache
def shipped() -> ProcedurePack:
    """The pack that comes with the product."""
    return load_procedures(PACK)


@cache
def calendar() -> WorkCalendar:
    """Its calendar."""
    return shipped().calendar.calendar()


def moment(text: str) -> datetime:
    """A moment in Shanghai: a day, or a day and a time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def events(*lines: str) -> list[Event]:
    """The events of these lines, numbered from 1."""
    return [_event(seq, line) for seq, line in enumerate(lines, 1)]


def _event(seq: int, line: str) -> Event:
    found = _LINE.fullmatch(line)
    assert found is not None, line
    part = {name: value or "" for name, value in found.groupdict().items()}
    at = moment(f"{part['day']} {part['time'] or '10:00'}")
    return Event(
        seq, at, part["kind"], part["actor"], part["to"], part["reason"], part["clause"], None, part["body"]
    )


def course(*lines: str, at: str, procedure: str = "cn-petition-2022") -> Course:
    """The course of a matter told in lines, as of a moment."""
    return replay(shipped().procedures[procedure], calendar(), events(*lines), moment(at))


def told_of(found: Course, clock: str) -> list[tuple[str, str]]:
    """Every run of a clock as (last day, status)."""
    days = [(reading.due_day, reading.status) for reading in found.clocks if reading.clock.id == clock]
    return [(datetime.fromordinal(day).date().isoformat(), status) for day, status in days]
