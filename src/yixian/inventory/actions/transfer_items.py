"""实物过户: items pass from one household to another on a day; the old rows end and new ones follow them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor
from yixian.kernel.ledger import Entry, record_many
from yixian.registry.models import Household


def items_of(household_id: int) -> QuerySet[InventoryItem]:
    """The items that the household holds and that have not ended."""
    return InventoryItem.objects.filter(household_id=household_id, valid_until=None)


def totals(household_ids: Collection[int]) -> dict[str, Decimal]:
    """The sum of each item code's quantity over these households, exactly."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    rows = InventoryItem.objects.filter(household_id__in=household_ids, valid_until=None)
    for code, quantity in rows.values_list("item_code", "quantity"):
        sums[code] += quantity
    return dict(sums)


def transfer_items(item_ids: Collection[int], to: Household, *, on: date, actor: Actor, at: datetime) -> None:
    """Pass these items on. Call it inside a transaction that also checks the sums."""
    rows = list(InventoryItem.objects.filter(pk__in=item_ids, valid_until=None).select_related("household"))
    if not rows:
        return
    InventoryItem.objects.filter(pk__in=[row.pk for row in rows]).update(valid_until=on)
    InventoryItem.objects.bulk_create([_follow(row, to, on) for row in rows])
    givers = {row.household_id: row.household for row in rows}
    entries = [
        Entry(
            "items.moved",
            "household",
            giver.pk,
            giver.area_path,
            _event_data(rows, giver.pk, to.household_no),
        )
        for giver in givers.values()
    ]
    numbers = ", ".join(giver.household_no for giver in givers.values())
    entries.append(
        Entry("items.moved", "household", to.pk, to.area_path, {"items": len(rows), "household_no": numbers})
    )
    record_many(entries, actor=actor, at=at)


def _event_data(rows: list[InventoryItem], giver_id: int, to_no: str) -> dict[str, object]:
    lines = [row.line_no for row in rows if row.household_id == giver_id]
    return {"items": len(lines), "household_no": to_no, "lines": lines}


def _follow(row: InventoryItem, to: Household, on: date) -> InventoryItem:
    return InventoryItem(
        line_no=row.line_no,
        household=to,
        area_path=to.area_path,
        item_code=row.item_code,
        quantity=row.quantity,
        place=row.place,
        surveyed_on=row.surveyed_on,
        surveyor=row.surveyor,
        valid_from=on,
        follows=row,
    )
