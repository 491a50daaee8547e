"""从文件到文件: the course of every matter in a CSV of events, as CSV files of clocks, holders, states and problems.

Matters may stand in any order and their rows mixed; each matter's own events are put in the order of ``seq``.
"""

from __future__ import annotations

import csv
import functools
import multiprocessing
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from operator import itemgetter
from pathlib import Path
from typing import Any

from yixian.domain.procedure import Course, Event, Procedure, WorkCalendar, replay
from yixian.domain.text_files import TextFileError, csv_file_rows, plain_heads

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
_WORTH_A_PROCESS = 10_000
"""Matters for which a second process is worth starting."""


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
    matters: dict[str, list[Event]] = defaultdict(list)
    bad: list[BadRow] = []
    try:
        rows = csv_file_rows(path)
        if tuple(plain_heads(next(rows, (1, []))[1])) != COLUMNS:
            raise EventsInvalid([BadRow(1, "", f"the first line must be: {','.join(COLUMNS)}")])
        for line, row in rows:
            fault = named_row(line, row)
            if fault is not None:
                bad.append(fault)
                continue
            matter, seq, at, kind, actor, to, reason, clause = row
            moment = datetime.fromisoformat(at).astimezone(zone)
            event = Event(whole_number(seq), moment, kind, actor, to, reason, clause)
            matters[matter].append(event)
    except TextFileError as error:
        bad.append(BadRow(error.line, "", error.en))
    if bad:
        raise EventsInvalid(bad)
    for events in matters.values():
        events.sort(key=itemgetter(0))
    return matters


def whole_number(text: str) -> int:
    """A whole number in plain digits; Python itself would read 1_0 and full-width ones, too. Raises ValueError."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def named_row(line: int, row: list[str]) -> BadRow | None:
    """What is wrong with a row; None if nothing is."""
    if len(row) != len(COLUMNS):
        return BadRow(line, "", f"{len(row)} values where the header has {len(COLUMNS)}: correct the line")
    matter, seq, at, kind, *_rest = row
    if not matter:
        return BadRow(line, "matter_id", "is empty: name the matter")
    if not (seq.isascii() and seq.isdigit() and int(seq) >= 1):
        return BadRow(line, "seq", f"{seq!r} is not a whole number from 1 on")
    if not kind:
        return BadRow(line, "event", "is empty: name what happened")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        moment = None
    if moment is not None and moment.tzinfo is not None:
        return None
    return BadRow(line, "at", f"{at!r} is not a moment with its offset, like 2024-03-20T09:00:00+08:00")


@dataclass(frozen=True, slots=True)
class _Work:
    """Everything that a process needs to follow its share of the matters."""

    procedure: Procedure
    calendar: WorkCalendar
    at: datetime
    matters: dict[str, list[Event]]
    folder: Path

    def follow(self, share: int, names: list[str]) -> dict[str, int]:
        """Follow these matters into files of their own; how many rows each has."""
        counts = dict.fromkeys(OUTPUTS, 0)
        with ExitStack() as stack:
            writers = {}
            for name in OUTPUTS:
                path = self.folder / f"{share}-{name}"
                file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
                writers[name] = csv.writer(file, lineterminator="\n")
            for matter in names:
                course = replay(self.procedure, self.calendar, self.matters[matter], self.at)
                for name in _PROBLEM if course.fault else _SOUND:
                    rows = list(_ROWS[name](matter, course, self.calendar, self.at))
                    writers[name].writerows(rows)
                    counts[name] += len(rows)
        return counts


_shared: list[_Work] = []
"""What a forked process finds in its memory; nothing is handed over but the names."""


def _follow_share(share: int, names: list[str]) -> dict[str, int]:
    return _shared[-1].follow(share, names)


def replay_files(
    procedure: Procedure,
    calendar: WorkCalendar,
    events: Path,
    at: datetime,
    out: Path,
    *,
    processes: int = 1,
) -> dict[str, int]:
    """Follow every matter of ``events`` and write `OUTPUTS` into ``out``; how many matters, clocks and problems there are.

    Matters come in the order of their ids, whatever the number of ``processes``. Raises `EventsInvalid`, and `UnknownYear`
    where a deadline lies in a year that the calendar does not know; then nothing is written.
    """
    matters = read_events(events, calendar.timezone)
    names = sorted(matters)
    processes = max(1, min(processes, len(names) // _WORTH_A_PROCESS))
    shares = [
        names[len(names) * n // processes : len(names) * (n + 1) // processes] for n in range(processes)
    ]
    with tempfile.TemporaryDirectory(prefix="yixian-clocks-") as made:
        work = _Work(procedure, calendar, at, matters, Path(made))
        counted = _counted(work, shares)
        out.mkdir(parents=True, exist_ok=True)
        for name, header in OUTPUTS.items():
            _join(Path(made), name, header, len(shares), out)
    return {"matters": len(names)} | {name: sum(counts[name] for counts in counted) for name in OUTPUTS}


def _counted(work: _Work, shares: list[list[str]]) -> list[dict[str, int]]:
    if len(shares) == 1:
        return [work.follow(0, shares[0])]
    _shared.append(work)
    try:
        with ProcessPoolExecutor(len(shares), mp_context=multiprocessing.get_context("fork")) as pool:
            return list(pool.map(_follow_share, range(len(shares)), shares))
    finally:
        _shared.pop()


def _join(made: Path, name: str, header: tuple[str, ...], shares: int, out: Path) -> None:
    draft = out / f".{name}"
    with draft.open("wb") as file:
        file.write((",".join(header) + "\n").encode())
        for share in range(shares):
            with (made / f"{share}-{name}").open("rb") as part:
                shutil.copyfileobj(part, file)
    draft.replace(out / name)


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
        yield matter, held.organisation, held.since.astimezone(zone).isoformat(), until, seconds


def _states(matter: str, course: Course, _calendar: WorkCalendar, _at: datetime) -> Iterator[tuple[Any, ...]]:
    if course.state:
        yield matter, course.state, course.holder, course.seconds // _DAY


def _problems(
    matter: str, course: Course, _calendar: WorkCalendar, _at: datetime
) -> Iterator[tuple[Any, ...]]:
    fault = course.fault
    if fault is not None:
        yield matter, fault.seq, fault.event, fault.rule, describe_fault(fault.rule, fault.values)


_ROWS = {"clocks.csv": _clocks, "holders.csv": _holders, "states.csv": _states, "problems.csv": _problems}
_SOUND, _PROBLEM = ("clocks.csv", "holders.csv", "states.csv"), ("problems.csv",)

_MESSAGES = {
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


def describe_fault(rule: str, values: dict[str, str]) -> str:
    """What a fault is in words."""
    return _MESSAGES[rule].format(**values)
