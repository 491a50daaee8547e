"""接替: put somebody else beside the households of a helper who is away. Only duty's actions call this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_noop

from yixian.duty.actions.pairing_writer import Begin, begin, end, end_stand_ins
from yixian.duty.choices import FOR_GOOD, AbsenceKind, HandoverCause, PairingPart
from yixian.duty.eligibility import Days, why_not
from yixian.duty.eligibility.offers import away
from yixian.duty.helper_search import HelperMatch, find_helpers
from yixian.duty.models import Absence, Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

_LEAVES = gettext_noop("Takes over from a helper who leaves; the nearest who had a place")
_STANDS_IN = gettext_noop("Stands in while your helper is away; the nearest who had a place")
_STAYS = gettext_noop("Stood in for your helper, who left, and stays with you")
GONE = gettext_noop("Left this work")
FOLLOWED = gettext_noop("A successor has taken over")

_CAUSES = {
    AbsenceKind.LEAVE: HandoverCause.LEAVE,
    AbsenceKind.SUDDEN: HandoverCause.SUDDEN,
    AbsenceKind.TRANSFER: HandoverCause.LEAVING,
    AbsenceKind.DEPARTURE: HandoverCause.LEAVING,
}


@dataclass(frozen=True, slots=True)
class Lacking:
    """A household for which nobody was found in a role."""

    household: Household
    role: HelperKind


@dataclass(slots=True)
class Plan:
    """What an absence leads to: who begins beside whom, who is left without, and what keeps it so in sentences."""

    absence: Absence
    begun: list[Pairing] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Left:
    """A pairing whose helper is away, and the plan that it belongs to."""

    plan: Plan
    pairing: Pairing


_Key = tuple[Days, bool, HelperKind]
"""The days of a group, whether they are for good, and the role."""


def pairings_on(helper: Helper, days: Days) -> list[Pairing]:
    """The pairings in which a helper stands beside living households on any of these days."""
    rows = Pairing.objects.filter(days.overlap(), days.overlap("household__"), helper=helper)
    return list(
        rows.select_related(
            "household__area", "household__head", "household__host_area", "helper__person", "stands_in_for"
        ).order_by("household__area_path", "household__household_no", "pk")
    )


def assign_substitutes(
    absence: Absence, pairings: Sequence[Pairing], *, beyond: int, actor: Actor, at: datetime
) -> Plan:
    """Find and write somebody for every one of these pairings on the days of the absence that it holds.

    A household that has another helper of the role on all those days keeps to them while somebody is on leave, and when
    its backup leaves. Whoever stood in for somebody who now leaves stays, if they have a place. Nothing is raised for
    households left without: the plan lists them.
    """
    (plan,) = assign_substitutes_for_all([(absence, pairings)], beyond=beyond, actor=actor, at=at)
    return plan


def assign_substitutes_for_all(
    away: Sequence[tuple[Absence, Sequence[Pairing]]], *, beyond: int, actor: Actor, at: datetime
) -> list[Plan]:
    """The same for several absences at once, solved as one where their days are the same: a plan for each."""
    plans = [Plan(absence) for absence, _pairings in away]
    groups: dict[_Key, list[_Left]] = defaultdict(list)
    for plan, (absence, pairings) in zip(plans, away, strict=True):
        whole = Days(absence.valid_from, absence.valid_until)
        for pairing in pairings:
            days, for_good = (
                whole.common(pairing.valid_from, pairing.valid_until),
                _for_good(absence, pairing),
            )
            if (for_good and pairing.part == PairingPart.FIRST) or not _covered_otherwise(pairing, days):
                groups[days, for_good, HelperKind(pairing.role)].append(_Left(plan, pairing))
    for (days, for_good, role), group in groups.items():
        _put(group, days, role, for_good=for_good, beyond=beyond, actor=actor, at=at)
    for absence, pairings in away:
        if absence.kind in FOR_GOOD:
            end(pairings, absence.valid_from, GONE, actor=actor, at=at)
    return plans


def _for_good(absence: Absence, pairing: Pairing) -> bool:
    return absence.kind in FOR_GOOD and pairing.part != PairingPart.STAND_IN


def _covered_otherwise(pairing: Pairing, days: Days) -> bool:
    """Whether one other helper of the role stands beside the household on all these days."""
    others = Pairing.objects.filter(days.held(), household=pairing.household_id, role=pairing.role)
    others = others.exclude(helper=pairing.helper_id).filter(days.held("helper__"))
    return others.exclude(helper_id__in=away(days)).exists()


def _put(
    group: list[_Left],
    days: Days,
    role: HelperKind,
    *,
    for_good: bool,
    beyond: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Somebody of a role for the households of one group, all for the same days."""
    left = {one.pairing.household_id: one for one in group}
    pairings = [one.pairing for one in group]
    stays = _who_stood_in(pairings, days) if for_good else {}
    asked = [row.household for row in pairings if row.household_id not in stays]
    gone = {one.plan.absence.helper_id for one in group}
    search = find_helpers(asked, role, days, beyond=beyond, standing_in=not for_good, without=gone)
    if for_good:
        end_stand_ins(pairings, days.first, FOLLOWED, actor=actor, at=at)
        end(pairings, days.first, GONE, actor=actor, at=at)
    found = [*stays.values(), *search.found]
    begins = [_begin(left[one.household.pk], one, days, stays, for_good=for_good) for one in found]
    for pairing in begin(begins, actor=actor, at=at):
        left[pairing.household_id].plan.begun.append(pairing)
    for household in search.lacking:
        left[household.pk].plan.lacking.append(Lacking(household, role))
    for plan in {id(one.plan): one.plan for one in group}.values():
        if plan.lacking:
            plan.sentences += search.sentences


def _begin(
    left: _Left, one: HelperMatch, days: Days, stays: dict[int, HelperMatch], *, for_good: bool
) -> Begin:
    absence = left.plan.absence
    return Begin(
        household=one.household,
        helper=one.helper,
        cost=one.cost,
        days=days,
        cause=_CAUSES[AbsenceKind(absence.kind)],
        because=_because(one, stays, for_good=for_good),
        part=PairingPart(left.pairing.part) if for_good else PairingPart.STAND_IN,
        replaces=left.pairing,
        stands_in_for=None if for_good else _first(left.pairing),
        absence=absence,
    )


def _because(one: HelperMatch, stays: dict[int, HelperMatch], *, for_good: bool) -> str:
    if not for_good:
        return _STANDS_IN
    return _STAYS if one.household.pk in stays else _LEAVES


def _first(pairing: Pairing) -> Pairing:
    """The pairing that is stood in for: of a stand-in, the one it stood in for itself."""
    return pairing.stands_in_for or pairing


def _who_stood_in(group: list[Pairing], days: Days) -> dict[int, HelperMatch]:
    """Those who stand in for this helper on the day and may stay for good, by household."""
    rows = Pairing.objects.filter(in_force(days.first), stands_in_for__in=group)
    rows = rows.select_related(
        "helper__person", "helper__organisation", "helper__home_area", "household__area"
    )
    found = {}
    taking: dict[int, int] = defaultdict(int)
    for row in rows.order_by("household_id", "pk"):
        if why_not(row.household, row.helper, days, taking=taking[row.helper_id]) == []:
            taking[row.helper_id] += 1
            found[row.household_id] = HelperMatch(row.household, row.helper, row.cost)
    return found
