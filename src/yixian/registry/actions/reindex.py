"""重建检索: what a household can be found by — the names of its members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from yixian.kernel.search import index, tokens_for_person_names
from yixian.registry.models import Household, HouseholdMember

_BATCH = 5000
"""So many ids fit one statement on either database."""


def reindex_households(household_ids: Iterable[int]) -> None:
    """Write the search documents of these households anew; one that ended is found by nobody's name any more."""
    ids = list(household_ids)
    for start in range(0, len(ids), _BATCH):
        _reindex(ids[start : start + _BATCH])


def _reindex(ids: list[int]) -> None:
    names: dict[int, list[str]] = defaultdict(list)
    rows = HouseholdMember.objects.filter(household_id__in=ids, valid_until=None)
    for household_id, name in rows.order_by("household_id", "pk").values_list("household_id", "person__name"):
        names[household_id].append(name)
    paths = Household.objects.filter(pk__in=ids).values_list("pk", "area_path")
    index(("household", pk, path, tokens_for_person_names(names[pk])) for pk, path in paths)
