"""实物指标查询."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.access import Part, household_scope, parts_for
from yixian.registry.models import Household


def items(actor: Actor, household: Household, *, on: date) -> QuerySet[InventoryItem]:
    """The household's items on a day, by line number; none if the actor may not see its inventory."""
    rows = InventoryItem.objects.filter(in_force(on), household=household).order_by("line_no")
    return rows if Part.INVENTORY in parts_for(actor, household) else rows.none()


def items_in_reach(
    actor: Actor, *, on: date, household_ids: Iterable[int] | None = None
) -> QuerySet[InventoryItem]:
    """Items of every household in reach (or of those named among them), for reckoning and export."""
    rows = InventoryItem.objects.filter(in_force(on), household__in=household_scope(actor).values("pk"))
    return rows if household_ids is None else rows.filter(household_id__in=list(household_ids))
