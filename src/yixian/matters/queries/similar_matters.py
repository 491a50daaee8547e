"""众声: similar matters aggregated — how many distinct households cite a clause; counts only, never who.

A household is known here by its keyed digest alone; nothing on this page leads back to a matter or a person. Matters about
somebody in office, or about a body, are in none of these numbers. `to_answer` is for the machine that answers everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yixian.kernel.actors import Actor
from yixian.kernel.permission import require
from yixian.kernel.roles import Role
from yixian.matters.intake import ClauseKey
from yixian.matters.models import Matter, MatterClause, MatterPerson, MatterSubject
from yixian.registry.access import below


@dataclass(frozen=True, slots=True)
class SimilarMatter:
    """一声: on ``day`` a household ("" for a matter that names none) at ``place`` (an area path) cited the clause."""

    household: str
    place: str
    topic: str
    clause: ClauseKey
    day: date


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """待答: a matter to be answered. ``household_id`` is set where one household alone raised it and said who it is."""

    matter_id: int
    household_id: int | None


def similar_matters(
    area_path: str, *, since: date, clause: ClauseKey | None = None
) -> Iterator[SimilarMatter]:
    """Every voice below a place from a day on, of one clause or of all, in the order in which they came. Three statements."""
    rows = _cited(area_path, since, None, clause)
    people = MatterPerson.objects.filter(matter__in=rows.values("matter_id")).exclude(household_index="")
    households: dict[int, list[str]] = {}
    for matter_id, index in people.values_list("matter_id", "household_index"):
        households.setdefault(matter_id, []).append(index)
    for row in rows.order_by("matter__received_at", "pk").values_list(
        "matter_id",
        "matter__area_path",
        "matter__projection__topic",
        "pack_id",
        "document",
        "clause",
        "matter__received_at",
    ):
        key, day = ClauseKey(*row[3:6]), timezone.localdate(row[6])
        for household in households.get(row[0], [""]):
            yield SimilarMatter(household, row[1], row[2], key, day)


def first_matter_on(area_path: str) -> date | None:
    """The day on which the first matter of a place was received: before it nobody could have been heard."""
    rows = Matter.objects.filter(below(area_path)).order_by("received_at")
    moment: datetime | None = rows.values_list("received_at", flat=True).first()
    return None if moment is None else timezone.localdate(moment)


def count_to_answer(area_path: str, clause: ClauseKey, *, since: date, until: datetime) -> int:
    """How many matters that cite the clause were raised in a place and time."""
    return _cited(area_path, since, until, clause).count()


def to_answer(
    actor: Actor, area_path: str, clause: ClauseKey, *, since: date, until: datetime
) -> Iterator[ToAnswer]:
    """The matters that cite the clause, one by one, for the machine that writes to each of them.

    Raises `NotPermitted` for everybody else: nobody is shown who asked.
    """
    require(actor, {Role.SYSTEM})
    ids = list(
        _cited(area_path, since, until, clause).order_by("matter_id").values_list("matter_id", flat=True)
    )
    for matter_id in ids:
        matter = Matter.objects.get(pk=matter_id)
        complainants = list(matter.people.all())
        alone = len(complainants) == 1 and matter.joint == 1 and not matter.anonymous
        known = complainants[0].household if alone else ""
        yield ToAnswer(matter_id, int(known) if known else None)


def _cited(
    area_path: str, since: date, until: datetime | None, clause: ClauseKey | None
) -> QuerySet[MatterClause]:
    named = Exists(MatterSubject.objects.filter(matter=OuterRef("matter")))
    begun = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    rows = MatterClause.objects.filter(
        ~named,
        below(area_path, "matter__area_path"),
        matter__about_official=False,
        matter__received_at__gte=begun,
    )
    if until is not None:
        rows = rows.filter(matter__received_at__lte=until)
    if clause is not None:
        rows = rows.filter(Q(pack_id=clause.pack_id, document=clause.document, clause=clause.clause))
    return rows
