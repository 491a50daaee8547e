"""从文件到文件: the course of every matter in a CSV of events, as CSV files of clocks, holders, states and problems.

Matters may stand in any order and their rows mixed; each matter's own events are put in the order of ``seq``.
"""

from __future__ import annotations

import csv
import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from operator import itemgetter
from pathlib import Path
from typing import Any

from yixian.domain.procedure import Course, Event, Procedure, WorkCalendar, follow

COLUMNS = ("matter_id", "seq", "at", "event", "actor_body", "to_body", "reason", "clause")
OUTPUTS = {
    "clocks.csv": (
        "matter_id",
        "clock",
        "article",
        "started_at",
        "due_at",
        "stopped_at",
        "status",
        "days_left",
    ),
    "holders.csv": ("matter_id", "body", "from", "to", "seconds"),
    "states.csv": ("matter_id", "state", "holder", "age_days"),
    "problems.csv": ("matter_id", "seq", "event", "rule", "message"),
}
_SECOND = timedelta(seconds=1)
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is no event: its line in the file, the column, and what is wrong."""

    line: int
    column: str
    message: str


class EventsInvalid(ValueError):
    """A file of events with rows that cannot be read, all of them in ``rows``."""

    def __init__(self, rows: list[BadRow]) -> None:
        self.rows = rows
        super().__init__("\n".join(f"{row.line}: {row.column}: {row.message}" for row in rows))


def read_events(path: Path, zone: tzinfo) -> dict[str, list[Event]]:
    """Matter → its events by ``seq``, their moments in a zone. Raises `EventsInvalid` naming every bad row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = tuple(next(rows, ()))
        if header != COLUMNS:
            raise EventsInvalid([BadRow(1, "", f"the first line must be: {','.join(COLUMNS)}")])
        matters: dict[str, list[Event]] = defaultdict(list)
        bad: list[BadRow] = []
        for row in rows:
            try:
                matter, seq, at, kind, actor, to, reason, clause = row
                moment = datetime.fromisoformat(at)
                event = Event(int(seq), moment.astimezone(zone), kind, actor, to, reason, clause)
            except ValueError:
                bad.append(_named(rows.line_num, row))
                continue
            if not matter or not kind or moment.tzinfo is None or event.seq < 1:
                bad.append(_named(rows.line_num, row))
                continue
            matters[matter].append(event)
    if bad:
        raise EventsInvalid(bad)
    for events in matters.values():
        events.sort(key=itemgetter(0))
    return matters


def _named(line: int, row: list[str]) -> BadRow:
    """What is wrong with a row."""
    if len(row) != len(COLUMNS):
        return BadRow(line, "", f"{len(row)} values where the header has {len(COLUMNS)}: correct the line")
    matter, seq, at, kind, *_rest = row
    if not matter:
        return BadRow(line, "matter_id", "is empty: name the matter")
    if not (seq.isascii() and seq.isdigit() and int(seq) >= 1):
        return BadRow(line, "seq", f"{seq!r} is not a whole number from 1 on")
    if not kind:
        return BadRow(line, "event", "is empty: name what happened")
    return BadRow(line, "at", f"{at!r} is not a moment with its offset, like 2024-03-20T09:00:00+08:00")


def follow_files(
    procedure: Procedure, calendar: WorkCalendar, events: Path, at: datetime, out: Path
) -> dict[str, int]:
    """Follow every matter of ``events`` and write `OUTPUTS` into ``out``; how many matters, clocks and problems there are.

    Raises `EventsInvalid`, and `UnknownYear` where a deadline lies in a year that the calendar does not know; then nothing
    is written.
    """
    matters = read_events(events, calendar.timezone)
    courses = {matter: follow(procedure, calendar, own, at) for matter, own in sorted(matters.items())}
    out.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name, rows in (
        ("clocks.csv", _clocks),
        ("holders.csv", _holders),
        ("states.csv", _states),
        ("problems.csv", _problems),
    ):
        draft = out / f".{name}"
        with draft.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(OUTPUTS[name])
            counts[name] = 0
            for row in _rows(courses, rows, calendar, at):
                writer.writerow(row)
                counts[name] += 1
        draft.replace(out / name)
    return {"matters": len(courses)} | counts


def _rows(
    courses: dict[str, Course], rows: Any, calendar: WorkCalendar, at: datetime
) -> Iterator[tuple[Any, ...]]:
    for matter, course in courses.items():
        if (course.fault is not None) == (rows is _problems):
            yield from rows(matter, course, calendar, at)


def _clocks(matter: str, course: Course, calendar: WorkCalendar, _at: datetime) -> Iterator[tuple[Any, ...]]:
    zone = calendar.timezone
    for reading in course.clocks:
        yield (
            matter,
            reading.clock.id,
            reading.clock.clause,
            reading.started_at.isoformat(),
            _last_second(reading.due_at, zone),
            reading.stopped_at.astimezone(zone).isoformat() if reading.stopped_at else "",
            reading.status,
            "" if reading.days_left is None else reading.days_left,
        )


@functools.lru_cache(maxsize=4096)
def _last_second(due: datetime, zone: tzinfo) -> str:
    """The last second of a limit's last day, in local time."""
    return (due - _SECOND).astimezone(zone).isoformat()


def _holders(matter: str, course: Course, calendar: WorkCalendar, at: datetime) -> Iterator[tuple[Any, ...]]:
    zone = calendar.timezone
    for held in course.held:
        until = held.until.astimezone(zone).isoformat() if held.until else ""
        seconds = int(((held.until or at) - held.since).total_seconds())
        yield matter, held.body, held.since.astimezone(zone).isoformat(), until, seconds


def _states(matter: str, course: Course, _calendar: WorkCalendar, _at: datetime) -> Iterator[tuple[Any, ...]]:
    if course.state:
        yield matter, course.state, course.holder, course.seconds // _DAY


def _problems(
    matter: str, course: Course, _calendar: WorkCalendar, _at: datetime
) -> Iterator[tuple[Any, ...]]:
    fault = course.fault
    if fault is not None:
        yield matter, fault.seq, fault.event, fault.rule, told(fault.rule, fault.values)


_TOLD = {
    "order": "its number or its time comes before that of the event before it",
    "unknown": "the procedure knows no such event",
    "state": "it is not allowed while the matter is “{state}”",
    "fixed": "the common superior has fixed who is responsible: it is handed over no more",
    "offered": "it is offered to {body} already",
    "no_offer": "nothing was offered that could be answered",
    "needs_reason": "it must state a reason",
    "needs_clause": "it must cite a clause",
    "needs_to_body": "it must name the body that it goes to",
    "by_holder": "only {holder}, who holds the matter, may do it, not “{body}”",
    "by_receiver": "only the body that was offered the matter may do it, not “{body}”",
    "by_person": "only the person may do it, not “{body}”",
    "by_superior": "only the common superior may do it, not “{body}”",
    "extension_nothing": "there is no running limit that it could lengthen",
    "extension_again": "the limit was lengthened as often as is allowed",
    "extension_late": "the limit had run out before it was lengthened",
}


def told(rule: str, values: dict[str, str]) -> str:
    """What a fault is in words."""
    return _TOLD[rule].format(**values)
