"""回避关系: pairs of a household and a helper that may not stand beside each other, each with its rule."""

from __future__ import annotations

from collections.abc import Collection

from yixian.duty.choices import RecusalGround, Rule
from yixian.duty.eligibility.days import Days
from yixian.duty.kin import kin_households, own_households
from yixian.duty.models import Recusal
from yixian.duty.recusal_providers import excluded_by_records
from yixian.registry.models import Helper

_RULES = {ground: Rule(ground.value) for ground in RecusalGround}

Excluded = dict[tuple[int, int], Rule]
"""(household id, helper id) → the rule."""


def excluded_pairs(
    helpers: Collection[Helper], household_ids: Collection[int] | None, days: Days
) -> Excluded:
    """Every excluded pair of these helpers with these households (None: with any)."""
    by_person = {helper.person_id: helper.pk for helper in helpers}
    found: Excluded = {}
    for person, households in kin_households(by_person, days.first).items():
        found |= {(household, by_person[person]): Rule.KIN for household in households}
    for person, household in own_households(by_person, days.first).items():
        found[household, by_person[person]] = Rule.OWN_HOUSEHOLD
    known = set(by_person.values())
    found |= {
        (household, helper): _RULES[RecusalGround(ground)]
        for household, helper, ground in excluded_by_records(household_ids, days.first)
        if helper in known
    }
    rows = Recusal.objects.filter(days.overlap())
    if household_ids is not None:
        rows = rows.filter(household_id__in=household_ids)
    for household, helper, ground in rows.values_list("household_id", "helper_id", "ground"):
        if helper in known:
            found[household, helper] = _RULES[RecusalGround(ground)]
    return found
