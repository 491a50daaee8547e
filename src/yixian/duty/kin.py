"""亲属: kin that the register itself knows — people who share a household with a helper, or once did.

Who lives or lived under one roof is taken as kin within three degrees: parents, children and siblings divide households
and marry out of them. Kin beyond that are declared (`yixian.duty.models.Recusal`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from yixian.kernel.actors import covers_day
from yixian.kernel.intervals import in_force
from yixian.kernel.prepared import one_of, prepared
from yixian.registry.models import HouseholdMember


def own_households(person_ids: Collection[int], on: date) -> dict[int, int]:
    """The household each of these people belongs to on a day, of those who belong to one."""
    return dict(_homes(person_ids, on))


@prepared
def _homes(person_ids: Collection[int], on: date) -> QuerySet[HouseholdMember, tuple[int, int]]:
    rows = HouseholdMember.objects.filter(in_force(on), one_of("person_id", person_ids))
    return rows.values_list("person_id", "household_id")


def kin_households(person_ids: Collection[int], on: date) -> dict[int, set[int]]:
    """For each of these people the households in which somebody lives today who ever shared a household with them."""
    lived_in: dict[int, set[int]] = defaultdict(set)
    for person, household in _ever_lived_in(person_ids):
        lived_in[person].add(household)
    shared: dict[int, set[int]] = defaultdict(set)
    today: dict[int, int] = {}
    homes = {home for homes in lived_in.values() for home in homes}
    for household, person, begins, ends in _ever_members(homes):
        shared[household].add(person)
        if covers_day(begins, ends, on):
            today[person] = household
    elsewhere = {person for people in shared.values() for person in people} - today.keys()
    today |= own_households(elsewhere, on)
    return {
        person: {today[other] for household in households for other in shared[household] if other in today}
        for person, households in lived_in.items()
    }


@prepared
def _ever_lived_in(person_ids: Collection[int]) -> QuerySet[HouseholdMember, tuple[int, int]]:
    rows = HouseholdMember.objects.filter(one_of("person_id", person_ids))
    return rows.values_list("person_id", "household_id")


@prepared
def _ever_members(
    household_ids: Collection[int],
) -> QuerySet[HouseholdMember, tuple[int, int, date, date | None]]:
    rows = HouseholdMember.objects.filter(one_of("household_id", household_ids))
    return rows.values_list("household_id", "person_id", "valid_from", "valid_until")
