"""实物入库: a corrected item ends, and the corrected one follows it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from yixian.inventory.models import InventoryItem
from yixian.registry.models import Household
from yixian.workbook.committing.context import Commit
from yixian.workbook.differences import SheetPlan

_COLUMNS = ("line_no", "item_code", "quantity", "place", "surveyed_on", "surveyor")
_BATCH = 2000


def commit_items(plan: SheetPlan, households: dict[str, Household], commit: Commit) -> Counter[int]:
    """New and corrected items. Returns how many new items each household (by id) got."""
    new = [_item(row.values, households, row.values["surveyed_on"]) for row in plan.new]
    numbers = [change.row.values["line_no"] for change in plan.changed]
    for start in range(0, len(numbers), _BATCH):
        part = plan.changed[start : start + _BATCH]
        current = InventoryItem.objects.filter(line_no__in=numbers[start : start + _BATCH], valid_until=None)
        old = {item.line_no: item for item in current}
        current.update(valid_until=commit.today)
        followers = []
        for change in part:
            follower = _item(change.row.values, households, commit.today)
            follower.follows = old[change.row.values["line_no"]]
            followers.append(follower)
        InventoryItem.objects.bulk_create(followers)
    InventoryItem.objects.bulk_create(new, batch_size=_BATCH)
    return Counter(item.household_id for item in new)


def _item(values: dict[str, Any], households: dict[str, Household], begin: Any) -> InventoryItem:
    household = households[values["household_no"]]
    return InventoryItem(
        household_id=household.pk,
        area_path=household.area_path,
        valid_from=begin,
        **{name: values[name] for name in _COLUMNS},
    )
