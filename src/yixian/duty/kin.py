"""亲属: kin that the register itself knows — people who share a household with a helper, or once did.

Who lives or lived under one roof is taken as kin within three degrees: parents, children and siblings divide households
and marry out of them. Kin beyond that are declared (`yixian.duty.models.Recusal`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from yixian.kernel.actors import covers_day
from yixian.kernel.intervals import in_force
from yixian.registry.models import HouseholdMember


def own_households(person_ids: Collection[int], on: date) -> dict[int, int]:
    """The household each of these people belongs to on a day, of those who belong to one."""
    rows = HouseholdMember.objects.filter(in_force(on), person_id__in=person_ids)
    return dict(rows.values_list("person_id", "household_id"))


def kin_households(person_ids: Collection[int], on: date) -> dict[int, set[int]]:
    """For each of these people the households in which somebody lives today who ever shared a household with them."""
    ever = HouseholdMember.objects.filter(person_id__in=person_ids)
    lived_in: dict[int, set[int]] = defaultdict(set)
    for person, household in ever.values_list("person_id", "household_id"):
        lived_in[person].add(household)
    shared: dict[int, set[int]] = defaultdict(set)
    today: dict[int, int] = {}
    rows = HouseholdMember.objects.filter(
        household_id__in={home for homes in lived_in.values() for home in homes}
    )
    for household, person, begins, ends in rows.values_list(
        "household_id", "person_id", "valid_from", "valid_until"
    ):
        shared[household].add(person)
        if covers_day(begins, ends, on):
            today[person] = household
    elsewhere = {person for people in shared.values() for person in people} - today.keys()
    today |= own_households(elsewhere, on)
    return {
        person: {today[other] for household in households for other in shared[household] if other in today}
        for person, households in lived_in.items()
    }
