"""为什么找到: which members of found households bear what was typed, so that a hit by a child's name says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from yixian.kernel.actors import Actor
from yixian.kernel.search import bears
from yixian.registry.access import Part, parts_for
from yixian.registry.models import Household, HouseholdMember


def members_named(actor: Actor, households: Collection[Household], search: str) -> dict[int, list[str]]:
    """By household in reach, the names of members other than its head that bear a word of the search, for those who see names."""
    households = [row for row in households if Part.NAMES in parts_for(actor, row)]
    words = [word.lower() for word in search.split()] + ["".join(search.lower().split())]
    heads = {row.pk: row.head_id for row in households}
    rows = HouseholdMember.objects.filter(household__in=heads, valid_until=None).order_by(
        "household_id", "pk"
    )
    found: dict[int, list[str]] = defaultdict(list)
    for household_id, person_id, name in rows.values_list("household_id", "person_id", "person__name"):
        if person_id != heads[household_id] and any(bears(name, word) for word in words):
            found[household_id].append(name)
    return dict(found)
