"""实物指标查询."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from yixian.inventory.models import HouseholdFact, InventoryItem, ItemFact
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.prepared import prepared
from yixian.registry.access import Part, household_scope, parts_for
from yixian.registry.models import Household


def items(actor: Actor, household: Household, *, on: date) -> list[InventoryItem]:
    """The household's items on a day, by line number; none if the actor may not see its inventory."""
    return _items(household.pk, on) if Part.INVENTORY in parts_for(actor, household) else []


@prepared
def _items(household_id: int, on: date) -> QuerySet[InventoryItem]:
    return InventoryItem.objects.filter(in_force(on), household=household_id).order_by("line_no")


def items_in_reach(
    actor: Actor, *, on: date, household_ids: Iterable[int] | None = None
) -> QuerySet[InventoryItem]:
    """Items of every household in reach (or of those named among them), for reckoning and export."""
    rows = InventoryItem.objects.filter(in_force(on), household__in=household_scope(actor).values("pk"))
    return rows if household_ids is None else rows.filter(household_id__in=list(household_ids))


def household_facts_in_reach(actor: Actor, *, on: date) -> dict[str, dict[str, str]]:
    """The facts that stand on a day, of every household in reach: household number → name → value."""
    rows = HouseholdFact.objects.filter(in_force(on), household__in=household_scope(actor).values("pk"))
    return _by_first(rows.values_list("household__household_no", "name", "value"))


def item_facts_in_reach(actor: Actor, *, on: date) -> dict[str, dict[str, str]]:
    """The facts that stand on a day, of every item in reach: line number → name → value."""
    lines = items_in_reach(actor, on=on).values("line_no")
    return _by_first(
        ItemFact.objects.filter(in_force(on), line_no__in=lines).values_list("line_no", "name", "value")
    )


def facts_of(actor: Actor, household: Household, *, on: date) -> dict[str, dict[str, str]]:
    """One household's facts on a day: line number (empty for its own) → name → value. Empty if its inventory is not to
    be seen.
    """
    if Part.INVENTORY not in parts_for(actor, household):
        return {}
    own = HouseholdFact.objects.filter(in_force(on), household=household).values_list("name", "value")
    lines = InventoryItem.objects.filter(in_force(on), household=household).values("line_no")
    of_items = ItemFact.objects.filter(in_force(on), line_no__in=lines)
    return {"": dict(own)} | _by_first(of_items.values_list("line_no", "name", "value"))


def _by_first(rows: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for first, name, value in rows:
        found[first][name] = value
    return dict(found)
