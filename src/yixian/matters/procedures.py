"""按哪套程序: the procedures of this county, the calendar they are counted by, and by which edition a matter is followed.

A matter keeps the edition of the procedures under which it began. What is still to come is counted by today's calendar, because
the arrangement of a year's holidays is published only shortly before it; what happened is judged by the calendar that was known
when it was recorded (`yixian.matters.calendar_versions`), so that what was lawful then stays so. Years that are not known are
never guessed: see `EffectiveProcedure`.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from yixian.domain.procedure import Course, Procedure, UnknownYear, WorkCalendar
from yixian.engines.procedure import ProcedurePack, procedures_of, read_texts
from yixian.engines.procedure.calendar_files import FINAL, CalendarTable
from yixian.kernel.errors import Refused
from yixian.matters.choices import MatterKind
from yixian.matters.models import ProcedureVersion

CALENDAR_FILES = ("calendar.yaml", "calendar.csv")
_YEARS_BEYOND = 3
"""So many years after the last known one an event is still let through, though its deadlines cannot be told."""


@dataclass(frozen=True, slots=True)
class EffectiveProcedure:
    """钟表: by what a matter is followed. ``known`` is the calendar of all known years, provisional ones among them.

    ``beyond`` has some years more, with weekends alone: it decides whether an event is allowed and who holds the matter
    where ``known`` ends, and never a deadline. ``rules`` is the hash of all of it.
    """

    procedure: Procedure
    pack: ProcedurePack
    known: WorkCalendar
    beyond: WorkCalendar
    rules: str

    def is_provisional(self, year: int) -> bool:
        """Whether a deadline in that year may still move, because its arrangement is not published."""
        return any(one.year == year and one.status != FINAL for one in self.pack.calendar.years)


@dataclass(frozen=True, slots=True)
class MatterState:
    """Where a matter stands at a moment: its course, by what it was followed, and the year whose days are not known, if any."""

    course: Course
    effective_procedure: EffectiveProcedure
    unknown_year: int

    @property
    def is_closed(self) -> bool:
        """Whether nobody holds it any more."""
        return self.course.state in self.effective_procedure.procedure.final

    @property
    def holder_id(self) -> int | None:
        """The body that holds it."""
        return int(self.course.holder) if self.course.holder else None

    @property
    def offered_id(self) -> int | None:
        """The body that has been offered it and has not answered."""
        return int(self.course.offered_to) if self.course.offered_to else None

    def may_happen(self, kind: str) -> bool:
        """Whether the procedure knows the step in this state, whoever takes it."""
        return (self.course.state, kind) in self.effective_procedure.procedure.table


def offered_kinds() -> list[MatterKind]:
    """The kinds of matters that this county's procedures deal with."""
    return [kind for kind in MatterKind if kind in shipped().kinds]


def shipped() -> ProcedurePack:
    """The procedures of this county as they stand today."""
    return _shipped(_folder())


def current_version(*, at: datetime) -> ProcedureVersion:
    """The procedures as they stand, kept under their hash."""
    texts = _texts(_folder())
    files = {name: text for name, text in texts.items() if name not in CALENDAR_FILES}
    digest = digest_of(files)
    procedure_version, _made = ProcedureVersion.objects.get_or_create(
        sha256=digest, defaults={"files": files, "kept_at": at}
    )
    return procedure_version


def calendar_files() -> dict[str, str]:
    """The files of today's calendar by name."""
    return {name: _texts(_folder())[name] for name in CALENDAR_FILES}


def calendar_in_use() -> str:
    """The hash of today's calendar."""
    return _calendar_in_use(_folder())


def effective_procedure(procedure_version_id: int, kind: str) -> EffectiveProcedure:
    """By what a matter of this edition and kind is followed. Raises `Refused` for a kind that it knows no procedure for."""
    return _effective_procedure(procedure_version_id, kind, _folder())


def rules_in_use() -> set[str]:
    """The hashes of every edition with today's calendar, for finding what was worked out by another one."""
    versions = ProcedureVersion.objects.values_list("pk", flat=True)
    found = set()
    for pk in versions:
        for kind in MatterKind:
            try:
                found.add(effective_procedure(pk, kind).rules)
            except Refused:
                continue
    return found


def working_days_after(day: date, limit: int) -> date | None:
    """The last day of a limit of so many working days after a day; None where the calendar does not know the year."""
    try:
        found = (
            _shipped(_folder())
            .calendar.calendar(provisional=True)
            .after(day.toordinal(), limit, working=True)
        )
    except UnknownYear:
        return None
    return date.fromordinal(found)


def _folder() -> str:
    return str(settings.YIXIAN_PROCEDURES)


@functools.lru_cache(maxsize=4)
def _texts(folder: str) -> dict[str, str]:
    return read_texts(Path(folder))


@functools.lru_cache(maxsize=4)
def _calendar_in_use(folder: str) -> str:
    return digest_of({name: _texts(folder)[name] for name in CALENDAR_FILES})


@functools.lru_cache(maxsize=4)
def _shipped(folder: str) -> ProcedurePack:
    return procedures_of(_texts(folder))


@functools.lru_cache(maxsize=32)
def _effective_procedure(procedure_version_id: int, kind: str, folder: str) -> EffectiveProcedure:
    files = ProcedureVersion.objects.get(pk=procedure_version_id).files
    days = {name: _texts(folder)[name] for name in CALENDAR_FILES}
    pack = procedures_of({**files, **days})
    procedure = pack.procedures.get(pack.kinds.get(kind, ""))
    if procedure is None:
        raise Refused("matter.no_procedure", _("This county has no procedure for this kind of matter."))
    known = pack.calendar.calendar(provisional=True)
    return EffectiveProcedure(procedure, pack, known, beyond(pack.calendar), digest_of({**files, **days}))


def beyond(table: CalendarTable) -> WorkCalendar:
    """The calendar of a table with some years more, of which weekends alone are assumed."""
    years = [one.year for one in table.years]
    more = range(years[-1] + 1, years[-1] + 1 + _YEARS_BEYOND)
    return WorkCalendar(
        table.timezone,
        [*years, *more],
        table.off,
        table.worked,
        [day - 1 for day in table.rest],
        assumed=_YEARS_BEYOND,
    )


def digest_of(files: Mapping[str, str]) -> str:
    """The hash of files with their names."""
    told = "\0".join(f"{name}\0{text}" for name, text in sorted(files.items()))
    return hashlib.sha256(told.encode()).hexdigest()
