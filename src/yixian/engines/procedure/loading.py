"""程序的读取: procedures.yaml, documents.yaml and the calendar of a pack's folder, each fault named by file, line, column."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yixian.domain.policy import Document, PackErrors, PackProblem
from yixian.domain.procedure import Clock, Escalation, Extension, Handover, Procedure, Transition
from yixian.domain.procedure.definition import ACTORS, HOLDER, NEEDS, OPENING, UNITS
from yixian.engines.entitlements.form import Form
from yixian.engines.entitlements.located import (
    Faults,
    Located,
    Place,
    Placed,
    note_hidden,
    note_lookalikes,
    read_csv,
    read_source,
    read_yaml,
)
from yixian.engines.entitlements.lost_text import note_lost_text
from yixian.engines.entitlements.pack_parts import read_documents
from yixian.engines.entitlements.stray_files import stray_files
from yixian.engines.procedure.calendar_files import COLUMNS, CalendarTable, read_calendar
from yixian.engines.procedure.procedure_faults import ProcedureFaults

PROCEDURES, DOCUMENTS, CALENDAR, DAYS = "procedures.yaml", "documents.yaml", "calendar.yaml", "calendar.csv"
FILES = (PROCEDURES, DOCUMENTS, CALENDAR, DAYS)
KINDS = "kinds.yaml"
"""Which procedure a kind of matter is dealt with by; a folder without it decides nothing about kinds."""
_READ = (*FILES, KINDS, "indicators.yaml", "postings.yaml")
_MAX_DAYS = 3650


@dataclass(frozen=True)
class ProcedurePack:
    """A pack's procedures with the calendar they are counted by and the documents they rest on.

    ``kinds`` says by which procedure a kind of matter is dealt with.
    """

    procedures: dict[str, Procedure]
    documents: dict[str, Document]
    calendar: CalendarTable
    placed: tuple[Placed[Procedure], ...]
    sha256: str
    kinds: dict[str, str]


def load_procedures(folder: Path) -> ProcedurePack:
    """The procedures of a pack's folder, read but not yet proven. Raises `PackErrors` with every fault."""
    return procedures_of(read_texts(folder))


def read_texts(folder: Path) -> dict[str, str]:
    """The files of a pack's folder by name, those that are there. Raises `PackErrors` for what is no text."""
    faults = ProcedureFaults()
    paths = {name: folder / name for name in (*FILES, KINDS)}
    texts = {name: read_source(path, name, faults) for name, path in paths.items() if path.is_file()}
    if faults.problems:
        raise PackErrors(faults.problems)
    return texts


def folder_problems(folder: Path) -> list[PackProblem]:
    """What a check says of a pack's folder besides: files that nobody reads, and radicals in place of characters."""
    faults = ProcedureFaults()
    there = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    for name in stray_files(there, _READ):
        faults.add(Place(name, 0, 0), "procedure.stray_file")
    for name in _READ:
        if (folder / name).is_file():
            source = read_source(folder / name, name, faults)
            note_lookalikes(name, source, faults)
            note_hidden(name, source, faults)
            note_lost_text(name, source, faults)
    return [one for one in faults.problems if not one.key.startswith("file.")]


def procedures_of(texts: Mapping[str, str]) -> ProcedurePack:
    """The procedures of a pack's files, read but not yet proven. Raises `PackErrors` with every fault."""
    faults = ProcedureFaults()
    for name in FILES:
        if name not in texts:
            faults.add(Place(name, 0, 0), "pack.file_missing", file=name)
    if faults.problems:
        raise PackErrors(faults.problems)
    documents = {
        row.value.id: row.value
        for row in read_documents(read_yaml(DOCUMENTS, texts[DOCUMENTS], faults), faults)
    }
    calendar = _calendar(texts, faults)
    placed = [_procedure(item, faults) for item in read_yaml(PROCEDURES, texts[PROCEDURES], faults).items]
    for row in placed:
        if [other.value.id for other in placed].index(row.value.id) != placed.index(row):
            faults.add(row.at("id"), "procedure.twice", id=row.value.id)
    procedures = {row.value.id: row.value for row in placed}
    kinds = _kinds(texts.get(KINDS, ""), procedures, faults)
    if faults.problems or calendar is None:
        raise PackErrors(faults.problems)
    digest = hashlib.sha256("\0".join(f"{name}\0{text}" for name, text in sorted(texts.items())).encode())
    return ProcedurePack(procedures, documents, calendar, tuple(placed), digest.hexdigest(), kinds)


def calendar_of(texts: Mapping[str, str]) -> CalendarTable:
    """The calendar of a pack's files. Raises `PackErrors` with every fault."""
    faults = ProcedureFaults()
    calendar = _calendar(texts, faults)
    if calendar is None:
        raise PackErrors(faults.problems)
    return calendar


def _calendar(texts: Mapping[str, str], faults: Faults) -> CalendarTable | None:
    return read_calendar(
        read_yaml(CALENDAR, texts[CALENDAR], faults), read_csv(DAYS, texts[DAYS], COLUMNS, faults), faults
    )


def _kinds(text: str, procedures: Mapping[str, Procedure], faults: Faults) -> dict[str, str]:
    if not text:
        return {}
    entries = read_yaml(KINDS, text, faults).entries
    for entry in entries.values():
        if entry.text not in procedures:
            faults.add(entry.place, "procedure.kind", name=entry.text)
    return {kind: entry.text for kind, entry in entries.items()}


def _procedure(source: Located, faults: Faults) -> Placed[Procedure]:
    form = Form(source, faults)
    title_zh, title_en = form.both("title")
    document = form.text("document")
    states = {name: _both(entry, faults) for name, entry in form.mapping("states").items()}
    procedure = Procedure(
        id=form.text("id"),
        title_zh=title_zh,
        title_en=title_en,
        document=document,
        states=states,
        opens=form.text("opens"),
        final=frozenset(_names(form.list("final"))),
        transitions=tuple(_transition(item, states, faults) for item in form.list("transitions")),
        clocks=tuple(_clock(item, document, faults) for item in form.list("clocks")),
        handover=_handover(form.form("handover")),
        ignored=frozenset(_names(form.list("ignored"))),
    )
    form.done()
    return form.placed(procedure)


def _both(source: Located, faults: Faults) -> tuple[str, str]:
    form = Form(source, faults)
    pair = form.text("zh"), form.text("en")
    form.done()
    return pair


def _transition(source: Located, states: dict[str, tuple[str, str]], faults: Faults) -> Transition:
    form = Form(source, faults)
    given = form.list("from")
    named = _names(given)
    for item in given:
        if item.text != "any" and item.text not in states:
            faults.add(item.place, "procedure.state", name=item.text)
    from_states = frozenset(states) if "any" in named else frozenset(named)
    to, by = form.text("to", default=""), form.text("by")
    if to and to not in states:
        faults.add(form.where("to").place, "procedure.state", name=to)
    if by not in ACTORS:
        faults.add(form.where("by").place, "procedure.actor", known=", ".join(ACTORS))
    needs = form.list("needs")
    for item in needs:
        if item.text not in NEEDS:
            faults.add(item.place, "procedure.need", known=", ".join(NEEDS))
    transition = Transition(
        form.text("event"), from_states if given else frozenset({OPENING}), to, by, tuple(_names(needs))
    )
    form.done()
    return transition


def _clock(source: Located, document: str, faults: Faults) -> Clock:
    form = Form(source, faults)
    title_zh, title_en = form.both("title")
    unit, of = form.text("unit"), form.text("of", default=HOLDER)
    if unit not in UNITS:
        faults.add(form.where("unit").place, "procedure.unit", known=", ".join(UNITS))
    if of not in ACTORS:
        faults.add(form.where("of").place, "procedure.actor", known=", ".join(ACTORS))
    clock = Clock(
        id=form.text("id"),
        title_zh=title_zh,
        title_en=title_en,
        document=form.text("document", default=document),
        clause=form.text("clause"),
        starts_on=frozenset(_names(form.list("starts_on"))),
        stops_on=frozenset(_names(form.list("stops_on"))),
        limit=form.whole("limit", 1, _MAX_DAYS),
        unit=unit,
        of=of,
        extension=_extension(form.form("extension")) if form.has("extension") else None,
        pauses=tuple(_pair(item, faults) for item in form.list("pauses")),
        restarts_on=frozenset(_names(form.list("restarts_on"))),
        ladder=tuple(_escalation(item, faults) for item in form.list("ladder")),
        once=frozenset(_names(form.list("once"))),
        for_kinds=frozenset(_names(form.list("for_kinds"))),
        not_for_kinds=frozenset(_names(form.list("not_for_kinds"))),
    )
    form.done()
    return clock


def _extension(form: Form) -> Extension:
    most = form.whole("most", 1, 10) if form.has("most") else 1
    extension = Extension(form.text("event"), form.whole("days", 1, _MAX_DAYS), most)
    form.done()
    return extension


def _escalation(source: Located, faults: Faults) -> Escalation:
    form = Form(source, faults)
    escalation = Escalation(form.whole("after", 0, _MAX_DAYS), form.text("to"))
    form.done()
    return escalation


def _handover(form: Form) -> Handover:
    handover = Handover(
        offers=frozenset(_names(form.list("offers"))),
        accepts=frozenset(_names(form.list("accepts"))),
        returns=frozenset(_names(form.list("returns"))),
        decides=form.text("decides"),
        answer=form.text("answer"),
        superior=form.text("superior"),
        returns_until_superior=form.whole("returns_until_superior", 1, 10),
        moves=frozenset(_names(form.list("moves"))),
        withdraws=frozenset(_names(form.list("withdraws"))),
    )
    form.done()
    return handover


def _pair(source: Located, faults: Faults) -> tuple[str, str]:
    names = _names(source.items)
    if len(names) != 2:
        faults.add(source.place, "procedure.pair")
        return "", ""
    return names[0], names[1]


def _names(items: Sequence[Located]) -> list[str]:
    return [item.text for item in items]
