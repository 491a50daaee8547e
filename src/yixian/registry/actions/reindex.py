"""重建检索: what a household can be found by — the names of its members, and telephone numbers by their blind indexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from yixian.kernel.search import index, tokens_for_person_names
from yixian.registry.models import Household, HouseholdMember
from yixian.registry.queries.household_search import PHONE_DOCUMENTS, phone_tokens

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
    _index_phones(ids)


def index_phones(household_ids: Iterable[int]) -> None:
    """Write anew by which telephone numbers these households are found, and nothing else."""
    ids = list(household_ids)
    for start in range(0, len(ids), _BATCH):
        _index_phones(ids[start : start + _BATCH])


def _index_phones(ids: list[int]) -> None:
    phones: dict[int, list[str]] = defaultdict(list)
    rows = HouseholdMember.objects.filter(household_id__in=ids, valid_until=None).order_by(
        "household_id", "pk"
    )
    for household_id, phone in rows.values_list("household_id", "person__phone"):
        phones[household_id].append(phone)
    paths = {}
    for pk, path, phone in Household.objects.filter(pk__in=ids).values_list("pk", "area_path", "phone"):
        paths[pk] = path
        phones[pk].append(phone)
    index((PHONE_DOCUMENTS, pk, path, _phone_tokens(phones[pk])) for pk, path in paths.items())


def _phone_tokens(phones: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(token for phone in phones if phone for token in phone_tokens(phone)))
