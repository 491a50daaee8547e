"""分户(连同实物): divide a household, its people and what it has, in one step whose sums are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.inventory.actions.transfer_items import items_of, totals, transfer_items
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.permission import require
from yixian.registry.actions.split_household import HouseholdSplit, split_household
from yixian.registry.after_division import AFTER_SPLIT
from yixian.registry.change_steps import CHANGE_APPLIERS
from yixian.registry.models import Household
from yixian.registry.second_person import TwoPersons


@transaction.atomic
def split_household_and_items(
    household_id: int,
    new_household_no: str,
    relations: Mapping[int, str],
    item_ids: Collection[int],
    *,
    reason: str,
    on: date,
    by: TwoPersons,
    actor: Actor,
    at: datetime,
) -> HouseholdSplit:
    """Divide a household from a day on, as two persons have agreed: the persons in ``relations`` and the items in
    ``item_ids`` go to the new one.

    Every person, and every unit of every item code, is in exactly one of the two afterwards; the sums are checked in
    the same transaction. What other rooms have to do about it follows in that transaction (`AFTER_SPLIT`), such
    as putting helpers beside the new household. Raises `Refused`, `Invalid`, `NotFound` or `NotPermitted`; then nothing has
    changed.
    """
    require(actor, CHANGE_APPLIERS)
    if not reason.strip():
        raise Invalid("split.reason", _("Give the reason of the division."), field="reason")
    before = totals([household_id])
    split = split_household(
        household_id, new_household_no, relations, reason=reason.strip(), on=on, by=by, actor=actor, at=at
    )
    owned_items(split.old, item_ids)
    transfer_items(item_ids, split.new, on=on, actor=actor, at=at)
    after: dict[str, Decimal] = totals([split.old.pk, split.new.pk])
    if before != after:
        raise Refused("split.sums", _("The sums of the items before and after the division differ."))
    for follow in AFTER_SPLIT.load_all():
        follow(split.old, split.new, actor=actor, at=at)
    return split


def owned_items(household: Household, item_ids: Collection[int]) -> QuerySet[InventoryItem]:
    """These items of the household. Raises `Invalid` where one is not its own."""
    found = items_of(household.pk).filter(pk__in=item_ids)
    if found.count() != len(set(item_ids)):
        raise Invalid("split.items", _("An item does not belong to this household."), field="items")
    return found
