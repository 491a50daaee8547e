"""可用的帮扶人: who could take households on some days, and how many each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from yixian.domain.areas import path_chain
from yixian.duty.choices import PairingPart
from yixian.duty.eligibility.days import Days
from yixian.duty.eligibility.distances import villages_of
from yixian.duty.models import Absence, Pairing, Stationing
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.registry.choices import HelperKind
from yixian.registry.models import Area, Helper, Household, Organisation, Person


@dataclass(frozen=True, slots=True)
class Offer:
    """A helper with the places they still have on the days asked about."""

    helper: Helper
    places: int


def offers(
    households: Collection[Household],
    role: HelperKind,
    days: Days,
    *,
    beyond: int = 0,
    standing_in: bool = False,
    without: Collection[int] = (),
) -> list[Offer]:
    """Everybody of a role who has a place left and could reach some of these households, by helper number.

    ``beyond`` gives each of them so many places more than the register says. A stand-in for a time may take half as many
    again as their places, because leaves would otherwise fail wherever all places are taken. ``without`` are not asked.
    """
    found = []
    helpers = list(in_reach(households, role, days).exclude(pk__in=without))
    taken = taken_places(role, days, standing_in=standing_in, of=[helper.pk for helper in helpers])
    for helper in helpers:
        left = places_of_one(helper, standing_in=standing_in) + beyond - taken.get(helper.pk, 0)
        if left > 0:
            found.append(Offer(helper, left))
    return found


def in_reach(households: Collection[Household], role: HelperKind, days: Days):  # type: ignore[no-untyped-def]
    """The helpers of a role who take households, serve on these days, are there, and work where some of the households are."""
    return working_there(households, role, days).exclude(pk__in=away(days))


def places_of_one(helper: Helper, *, standing_in: bool = False) -> int:
    """How many households they take; half as many again, rounded up, where they stand in."""
    return helper.places + (-(-helper.places // 2) if standing_in else 0)


def working_there(households: Collection[Household], role: HelperKind, days: Days):  # type: ignore[no-untyped-def]
    """The same with those who are away on some of the days."""
    return _working(role, days, _work_places_of(households, role))


def working_near(household: Household, role: HelperKind, days: Days) -> tuple[Helper, ...]:
    """The same of one household: whoever lives in its village asks for the same people, who are kept until one changes."""
    return _kept_working(role, days, tuple(sorted(_work_places_of([household], role))))


@memoised(Helper, Person, Organisation, Area, Stationing)
def _kept_working(role: HelperKind, days: Days, places: tuple[str, ...]) -> tuple[Helper, ...]:
    return tuple(_working(role, days, places))


def _work_places_of(households: Collection[Household], role: HelperKind) -> set[str]:
    """The places at which a body must be stationed, or a party member live."""
    if role == HelperKind.CADRE:
        return {place for household in households for place in path_chain(household.area_path)}
    return {village for household in households for village in villages_of(household)}


def _working(role: HelperKind, days: Days, places: Collection[str]):  # type: ignore[no-untyped-def]
    rows = Helper.objects.filter(days.held(), kind=role, places__gt=0)
    if role == HelperKind.CADRE:
        rows = rows.filter(organisation_id__in=stations(days.first, places).keys())
    else:
        rows = rows.filter(home_area__path__in=places)
    rows = rows.select_related("person", "organisation", "home_area").defer(*_SEALED)
    return rows.order_by("helper_no")


_SEALED = ("work_phone", "person__id_number", "person__phone")
"""Not even opened: nobody is chosen by them."""


def away(days: Days):  # type: ignore[no-untyped-def]
    """The ids of helpers who are away on any of these days. Who is known to leave later takes nobody for good now."""
    return Absence.objects.filter(days.overlap()).values("helper_id")


def stations(on: date, paths: Collection[str]) -> dict[int, set[str]]:
    """Where each body is stationed on a day, of these area paths."""
    return _stations(on, tuple(sorted(paths)))


@memoised(Stationing)
def _stations(on: date, paths: tuple[str, ...]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = Stationing.objects.filter(in_force(on), area_path__in=paths)
    for organisation, path in rows.values_list("organisation_id", "area_path"):
        found.setdefault(organisation, set()).add(path)
    return found


def taken_places(
    role: HelperKind, days: Days, *, standing_in: bool = False, of: Collection[int] | None = None
) -> dict[int, int]:
    """How many households each helper (of these ids, or all) stands beside, or is to, on any of these days.

    Stand-ins and backups count for stand-ins only: neither keeps anybody from having a helper of their own.
    """
    lives_on = Q(household__valid_until=None) | Q(household__valid_until__gt=days.first)
    rows = Pairing.objects.filter(days.overlap(), lives_on, role=role)
    if not standing_in:
        rows = rows.filter(part=PairingPart.FIRST)
    if of is not None:
        rows = rows.filter(helper_id__in=of)
    counted = rows.order_by().values("helper_id").annotate(count=Count("household_id", distinct=True))
    return {row["helper_id"]: row["count"] for row in counted}
