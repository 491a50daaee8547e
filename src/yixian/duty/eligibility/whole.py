"""整体求解: the whole of a place as one problem, with who stands beside whom today as what is to be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yixian.duty.choices import PairingPart
from yixian.duty.eligibility.days import Days
from yixian.duty.eligibility.offers import Offer, in_reach, taken_places
from yixian.duty.eligibility.pairing_tables import PairingTables, tables_of
from yixian.duty.models import Pairing
from yixian.kernel.intervals import in_force
from yixian.lazy_imports import pa
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household


@dataclass(frozen=True, slots=True)
class Problem:
    """Households with those who could stand beside them, and the pairs to keep if possible.

    ``held``: by household id, the pairing in force of each that may be moved; ``lacking``: those who have nobody;
    ``previous``: the held pairs as the engine takes them.
    """

    role: HelperKind
    tables: PairingTables
    held: dict[int, Pairing]
    lacking: tuple[Household, ...]
    previous: pa.Table


def whole_problem(
    scope: QuerySet[Household], role: HelperKind, *, on: date, without: Collection[int] = (), more: int = 0
) -> Problem:
    """The households of ``scope`` on a day, but for those whose helper is about to change already.

    ``without``: helpers who are taken to be gone; ``more``: places that everybody has in addition. Both are for trying out.
    """
    days = Days(on)
    living = scope.filter(in_force(on)).select_related("area", "host_area").only(*_ASKED_OF_HOUSEHOLDS)
    households = list(living.order_by("area_path", "household_no"))
    by_household = _first_pairings(scope, role, on)
    helpers = list(in_reach(households, role, days).exclude(pk__in=without))
    gone = set(without)
    held = _held(by_household, households, helpers)
    lacking = tuple(
        row for row in households if row.pk not in by_household or by_household[row.pk].helper_id in gone
    )
    lacking_ids = {row.pk for row in lacking}
    inside = [row for row in households if row.pk in held or row.pk in lacking_ids]
    taken, holding = taken_places(role, days), Counter(row.helper_id for row in held.values())
    found = []
    for helper in helpers:
        outside = taken.get(helper.pk, 0) - holding[helper.pk]
        places = max(helper.places + more - outside, holding[helper.pk])
        if places > 0:
            found.append(Offer(helper, places))
    return Problem(role, tables_of(inside, found, days), held, lacking, _previous(held))


_ASKED_OF_HOUSEHOLDS = (
    "household_no",
    "area_path",
    "lon",
    "lat",
    "language",
    "requested_gender",
    "difficulty",
    "area__code",
    "area__lon",
    "area__lat",
    "area__name",
    "area__name_en",
    "host_area__path",
)
"""Sealed columns are not even opened: twelve thousand households have a phone and a bank account each."""


def _first_pairings(scope: QuerySet[Household], role: HelperKind, on: date) -> dict[int, Pairing]:
    rows = Pairing.objects.filter(in_force(on), role=role, part=PairingPart.FIRST, household__in=scope)
    return {row.household_id: row for row in rows}


def _held(
    by_household: dict[int, Pairing], households: list[Household], helpers: list[Helper]
) -> dict[int, Pairing]:
    """The pairings that may be moved, each with its household and helper put in."""
    known = {helper.pk: helper for helper in helpers}
    held = {}
    for household in households:
        row = by_household.get(household.pk)
        if row is not None and row.helper_id in known and row.valid_until is None:
            row.household, row.helper = household, known[row.helper_id]
            held[household.pk] = row
    return held


def _previous(held: dict[int, Pairing]) -> pa.Table:
    """``household_id, helper_id, role``: the pairs held, by household number."""
    rows = sorted(held.values(), key=lambda row: row.household.household_no)
    return pa.table(
        {
            "household_id": pa.array([row.household.household_no for row in rows], pa.string()),
            "helper_id": pa.array([row.helper.helper_no for row in rows], pa.string()),
            "role": pa.array([row.role for row in rows], pa.string()),
        }
    )
