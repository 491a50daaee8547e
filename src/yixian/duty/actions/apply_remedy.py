"""照此办: carry out what would help a shortage — more places for those who could serve, or another body stationed there.

Whoever still goes without gets somebody from today on, the nearest first; nobody else is moved. An interpreter and another wish
for a woman or a man are not for the register to decide: these remedies stay for people to arrange.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.duty.access import PLANNERS, require_households
from yixian.duty.actions.appoint_leaders import station_organisation
from yixian.duty.actions.pairing_writer import Begin, begin
from yixian.duty.choices import HandoverCause, PairingPart
from yixian.duty.eligibility import Days
from yixian.duty.eligibility.offers import taken_places
from yixian.duty.eligibility.possible import APPLICABLE, DEPARTMENT, PLACES
from yixian.duty.helper_search import SearchResult, find_helpers
from yixian.duty.models import Pairing, PairingShortage
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record, record_many
from yixian.kernel.permission import require
from yixian.registry.choices import HelperKind
from yixian.registry.models import Area, Helper, Household

_FOUND = gettext_noop("Found for your household, which had nobody; the nearest who could be given a place")
_MAX_BEYOND = 20


@dataclass(frozen=True, slots=True)
class Remedy:
    """Which remedy of which shortage (its place in the list, from 0), why, and by which document."""

    shortage_id: int
    number: int
    reason: str
    document: str


@dataclass(frozen=True, slots=True)
class MorePlaces:
    """Somebody who takes more households from today on than they had places."""

    helper: Helper
    before: int
    after: int


@dataclass(slots=True)
class RemedyPlan:
    """What a remedy does: who takes more, which body is stationed where, who begins beside whom, and who still lacks somebody."""

    more_places: list[MorePlaces] = field(default_factory=list)
    stationed: tuple[str, str] | None = None
    """The body's name and the place's."""
    begun: list[Pairing] = field(default_factory=list)
    lacking: Sequence[Household] = ()


@transaction.atomic
def apply_remedy(given: Remedy, *, actor: Actor, at: datetime) -> RemedyPlan:
    """Carry it out. Raises `NotPermitted`, `NotFound` out of reach, `Invalid` without reason or document, `Refused` for one that
    is left to people, where nobody goes without any more, or where it would help nobody.
    """
    require(actor, PLANNERS)
    shortage, remedy = _remedy(given)
    households = _still_without(shortage, at)
    require_households(actor, [row.pk for row in households] or shortage.household_ids)
    if not given.reason.strip():
        raise Invalid("remedy.reason", _("Say why."), field="reason")
    if not given.document.strip():
        raise Invalid("leader.document", _("Name the document."), field="document")
    if not households:
        raise Refused("remedy.over", _("Nobody goes without any more: everybody has somebody since."))
    days, role = Days(timezone.localdate(at)), HelperKind(shortage.role)
    plan = RemedyPlan()
    if remedy["kind"] == DEPARTMENT:
        plan.stationed = _station(shortage, remedy, given, days, actor, at)
    found = _search(households, role, days, beyond=_MAX_BEYOND if remedy["kind"] == PLACES else 0)
    if not found.found:
        raise Refused("remedy.nobody", _("It would help nobody today: solve the pairing of the place again."))
    plan.begun = begin([_begin(one, days) for one in found.found], actor=actor, at=at)
    plan.lacking = found.lacking
    plan.more_places = _give_places({row.helper_id for row in plan.begun}, role, days, given, actor, at)
    data = {
        "kind": remedy["kind"],
        "households": len(plan.begun),
        "reason": given.reason.strip(),
        "document": given.document.strip(),
    }
    record(Entry("remedy.applied", "shortage", shortage.pk, shortage.area_path, data), actor=actor, at=at)
    return plan


def preview_remedy(given: Remedy, *, actor: Actor, at: datetime) -> RemedyPlan:
    """What carrying it out would do today. Nothing is written. Raises the same."""
    with transaction.atomic():
        plan = apply_remedy(given, actor=actor, at=at)
        transaction.set_rollback(True)
    return plan


def _remedy(given: Remedy) -> tuple[PairingShortage, dict[str, Any]]:
    shortage = PairingShortage.objects.filter(pk=given.shortage_id).first()
    if shortage is None or not 0 <= given.number < len(shortage.remedies):
        raise NotFound("shortage.not_found", _("There is no such shortage."))
    remedy = shortage.remedies[given.number]
    if remedy["kind"] not in APPLICABLE:
        raise Refused("remedy.by_people", _("This is for people to arrange: the register cannot decide it."))
    return shortage, remedy


def _still_without(shortage: PairingShortage, at: datetime) -> list[Household]:
    """Those of the shortage beside whom nobody stands in its role, nor is going to."""
    on = timezone.localdate(at)
    held = Pairing.objects.filter(Days(on).overlap(), role=shortage.role, part=PairingPart.FIRST)
    rows = Household.objects.select_for_update(of=("self",)).filter(pk__in=shortage.household_ids)
    rows = rows.filter(Days(on).overlap()).exclude(pk__in=held.values("household"))
    return list(rows.select_related("area", "head", "host_area").order_by("household_no"))


def _station(
    shortage: PairingShortage,
    remedy: dict[str, Any],
    given: Remedy,
    days: Days,
    actor: Actor,
    at: datetime,
) -> tuple[str, str]:
    area = Area.objects.get(path=shortage.area_path)
    made = station_organisation(
        remedy["organisation_id"], area.pk, days.first, given.document, actor=actor, at=at
    )
    return made.organisation.label, area.label


def _search(households: list[Household], role: HelperKind, days: Days, *, beyond: int) -> SearchResult:
    """The fewest places more for anybody with which as many as possible have somebody."""
    most = find_helpers(households, role, days, beyond=beyond)
    for fewer in range(beyond):
        found = find_helpers(households, role, days, beyond=fewer)
        if len(found.found) == len(most.found):
            return found
    return most


def _begin(one: Any, days: Days) -> Begin:
    return Begin(one.household, one.helper, one.cost, days, HandoverCause.LACKING, _FOUND)


def _give_places(
    helper_ids: set[int], role: HelperKind, days: Days, given: Remedy, actor: Actor, at: datetime
) -> list[MorePlaces]:
    """Each of these helpers has as many places as households now, with an event that says why."""
    taken = taken_places(role, days, of=list(helper_ids))
    rows = Helper.objects.select_for_update(of=("self",)).select_related("person", "organisation__area")
    found, entries = [], []
    for helper in rows.filter(pk__in=helper_ids).order_by("helper_no"):
        load = taken.get(helper.pk, 0)
        if load <= helper.places:
            continue
        found.append(MorePlaces(helper, helper.places, load))
        change = {"field": "可包户数", "field_en": "Places", "old": str(helper.places), "new": str(load)}
        data = {"changes": [change], "reason": given.reason.strip(), "document": given.document.strip()}
        entries.append(Entry("helper.changed", "helper", helper.pk, helper.organisation.area.path, data))
        helper.places = load
        helper.save(update_fields=["places"])
    record_many(entries, actor=actor, at=at)
    return found
