"""公示程序文件: postings.yaml of a procedures' folder, read and checked, and postings followed from files to files.

Events are those of matters with the columns ``round`` and ``list`` besides; a matter's id is that of the posting (one list of
one village in one round).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from operator import attrgetter
from pathlib import Path
from typing import Any

from yixian.domain.policy import Document, PackErrors
from yixian.domain.policy.survey import LISTS
from yixian.domain.procedure import WorkCalendar
from yixian.domain.procedure.definition import UNITS
from yixian.domain.procedure.posting import (
    PostingCourse,
    PostingEvent,
    PostingLimit,
    PostingProcedure,
    posting_course,
)
from yixian.domain.text_files import TextFileError, csv_file_rows, plain_heads
from yixian.engines.entitlements.form import Form
from yixian.engines.entitlements.located import Faults, Located, read_source, read_yaml
from yixian.engines.procedure.procedure_faults import ProcedureFaults
from yixian.engines.procedure.replay_files import COLUMNS as MATTER_COLUMNS
from yixian.engines.procedure.replay_files import OUTPUTS, BadRow, EventsInvalid, named_row, whole_number

POSTINGS = "postings.yaml"
COLUMNS = (*MATTER_COLUMNS, "round", "list")
_KNOWN_LISTS = (*LISTS, "prenotice")
_MAX_DAYS, _MAX_ROUNDS, _MAX_PROOFS = 366, 9, 9
_SECOND, _DAY = timedelta(seconds=1), 86_400

_MESSAGES = {
    "order": "its number or its time comes before that of the event before it",
    "unknown": "postings know no such event",
    "other_posting": "it is of another list or round than the posting, which is {list}, round {round}",
    "no_round": "there is no round {round} of the list “{list}”",
    "state": "it is not allowed while the posting is “{state}”",
    "no_objection": "no objection is waiting for it",
    "few_proofs": "a posting needs {least} proofs that it hung, and has {proofs}",
}


def load_postings(folder: Path, documents: Mapping[str, Document]) -> PostingProcedure | None:
    """The procedure of postings in a folder; None where it has none. Raises `PackErrors` with every fault."""
    path = folder / POSTINGS
    if not path.is_file():
        return None
    faults = ProcedureFaults()
    form = Form(read_yaml(POSTINGS, read_source(path, POSTINGS, faults), faults), faults)
    title_zh, title_en = form.both("title")
    rounds: dict[tuple[str, int], PostingLimit] = {}
    for entry in form.list("rounds"):
        key, limit = _round(entry, documents, faults)
        if key in rounds:
            faults.add(entry.place, "posting.twice", list=key[0], round=key[1])
        rounds[key] = limit
    for name, number in rounds:
        if number > 1 and (name, number - 1) not in rounds:
            faults.add(form.where("rounds").place, "posting.gap", list=name, round=number - 1)
    procedure = PostingProcedure(
        id=form.text("id"),
        title_zh=title_zh,
        title_en=title_en,
        rounds=rounds,
        objection=_limit(form.form("objection"), documents, faults),
        answer=_limit(form.form("answer"), documents, faults),
        proofs=form.whole("proofs", 1, _MAX_PROOFS),
    )
    if not rounds:
        faults.add(form.place, "pack.missing", name="rounds")
    form.done()
    if faults.problems:
        raise PackErrors(faults.problems)
    return procedure


def follow_postings(
    procedure: PostingProcedure, calendar: WorkCalendar, events: Path, at: datetime, out: Path
) -> dict[str, int]:
    """Follow every posting of ``events`` and write the same files as for matters into ``out``; how many rows each has.

    Raises `EventsInvalid` naming every row that is none, `UnknownYear`; nothing is written then.
    """
    postings = read_posting_events(events, calendar.timezone)
    courses = {name: posting_course(procedure, calendar, rows, at) for name, rows in sorted(postings.items())}
    tables: dict[str, list[tuple[Any, ...]]] = {name: [] for name in OUTPUTS}
    for name, course in courses.items():
        if course.fault is not None:
            message = _MESSAGES[course.fault.rule].format(**course.fault.values)
            fault = course.fault
            tables["problems.csv"].append((name, fault.seq, fault.event, fault.rule, message))
            continue
        tables["clocks.csv"] += _clocks(name, course, calendar)
        if course.state:
            age = int((at - course.first_at).total_seconds()) // _DAY if course.first_at else 0
            tables["states.csv"].append((name, course.state, "", age))
    out.mkdir(parents=True, exist_ok=True)
    for file, header in OUTPUTS.items():
        draft = out / f".{file}"
        with draft.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(tables[file])
        draft.replace(out / file)
    return {"matters": len(postings)} | {name: len(rows) for name, rows in tables.items()}


def read_posting_events(path: Path, zone: tzinfo) -> dict[str, list[PostingEvent]]:
    """Posting → its events by ``seq``. Raises `EventsInvalid` naming every bad row."""
    postings: dict[str, list[PostingEvent]] = defaultdict(list)
    bad: list[BadRow] = []
    try:
        rows = csv_file_rows(path)
        if tuple(plain_heads(next(rows, (1, []))[1])) != COLUMNS:
            raise EventsInvalid([BadRow(1, "", f"the first line must be: {','.join(COLUMNS)}")])
        for line, row in rows:
            fault = _fault(line, row)
            if fault is not None:
                bad.append(fault)
                continue
            posting, seq, at, kind, _actor, _to, reason, _clause, number, name = row
            moment = datetime.fromisoformat(at).astimezone(zone)
            postings[posting].append(
                PostingEvent(whole_number(seq), moment, kind, name, whole_number(number), reason)
            )
    except TextFileError as error:
        bad.append(BadRow(error.line, "", error.en))
    if bad:
        raise EventsInvalid(bad)
    for events in postings.values():
        events.sort(key=attrgetter("seq"))
    return postings


def _fault(line: int, row: list[str]) -> BadRow | None:
    if len(row) != len(COLUMNS):
        return BadRow(line, "", f"{len(row)} values where the header has {len(COLUMNS)}: correct the line")
    wrong = named_row(line, row[: len(MATTER_COLUMNS)])
    if wrong is not None:
        return wrong
    number, name = row[-2:]
    if not (number.isascii() and number.isdigit() and int(number) >= 1):
        return BadRow(line, "round", f"{number!r} is not a whole number from 1 on")
    return None if name else BadRow(line, "list", "is empty: name the list")


def _clocks(name: str, course: PostingCourse, calendar: WorkCalendar) -> Iterator[tuple[Any, ...]]:
    zone = calendar.timezone
    for clock in course.clocks:
        yield (
            name,
            clock.id,
            clock.limit.clause,
            clock.started_at.isoformat(),
            (clock.due_at - _SECOND).astimezone(zone).isoformat(),
            clock.stopped_at.astimezone(zone).isoformat() if clock.stopped_at else "",
            clock.status,
            "" if clock.days_left is None else clock.days_left,
        )


def _round(
    entry: Located, documents: Mapping[str, Document], faults: Faults
) -> tuple[tuple[str, int], PostingLimit]:
    form = Form(entry, faults)
    name, number = form.text("list"), form.whole("round", 1, _MAX_ROUNDS)
    if name not in _KNOWN_LISTS:
        faults.add(form.where("list").place, "posting.list", known=", ".join(_KNOWN_LISTS))
    return (name, number), _limit(form, documents, faults)


def _limit(form: Form, documents: Mapping[str, Document], faults: Faults) -> PostingLimit:
    limit = PostingLimit(
        days=form.whole("days", 1, _MAX_DAYS),
        unit=form.text("unit"),
        document=form.text("document"),
        clause=form.text("clause"),
    )
    form.done()
    if limit.unit not in UNITS:
        faults.add(form.where("unit").place, "procedure.unit", known=", ".join(UNITS))
    document = documents.get(limit.document)
    if document is None:
        faults.add(form.where("document").place, "procedure.document", id=limit.document)
    elif not document.is_decided:
        faults.add(form.where("document").place, "procedure.draft", id=document.id)
    elif limit.clause not in document.clauses:
        faults.add(form.where("clause").place, "procedure.clause", document=document.id, clause=limit.clause)
    return limit
