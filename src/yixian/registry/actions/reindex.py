"""重建检索: what a household can be found by — the names of its members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from yixian.kernel.search import index, tokens_for_person_names
from yixian.registry.models import Household, HouseholdMember


def reindex_households(household_ids: Iterable[int]) -> None:
    """Write the search documents of these households anew. A household that ended keeps its last members' names out."""
    ids = list(household_ids)
    names: dict[int, list[str]] = defaultdict(list)
    rows = HouseholdMember.objects.filter(household_id__in=ids, valid_until=None).order_by(
        "household_id", "pk"
    )
    for household_id, name in rows.values_list("household_id", "person__name"):
        names[household_id].append(name)
    paths = Household.objects.filter(pk__in=ids).values_list("pk", "area_path")
    index(("household", pk, path, tokens_for_person_names(names[pk])) for pk, path in paths)
