"""分户(连同实物): divide a household, its people and what it has, in one step whose sums are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.inventory.actions.transfer_items import items_of, totals, transfer_items
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.permission import require
from yixian.registry.access import REGISTER_EDITORS
from yixian.registry.actions.split_household import HouseholdSplit, split_household


@transaction.atomic
def split_household_and_items(
    household_id: int,
    new_household_no: str,
    relations: Mapping[int, str],
    item_ids: Collection[int],
    *,
    reason: str,
    on: date,
    actor: Actor,
    at: datetime,
    afterwards: Callable[[HouseholdSplit], object] | None = None,
) -> HouseholdSplit:
    """Divide a household from a day on: the persons in ``relations`` and the items in ``item_ids`` go to the new one.

    Every person, and every unit of every item code, is in exactly one of the two afterwards; the sums are checked in
    the same transaction. ``afterwards`` is what other rooms have to do about it in that transaction, such as putting
    helpers beside the new household. Raises `Refused`, `Invalid`, `NotFound` or `NotPermitted`; then nothing has changed.
    """
    require(actor, REGISTER_EDITORS)
    if not reason.strip():
        raise Invalid("split.reason", _("Give the reason of the division."), field="reason")
    before = totals([household_id])
    split = split_household(
        household_id, new_household_no, relations, reason=reason.strip(), on=on, actor=actor, at=at
    )
    owned = {item.pk for item in items_of(household_id)}
    if not set(item_ids) <= owned:
        raise Invalid("split.items", _("An item does not belong to this household."), field="items")
    transfer_items(item_ids, split.new, on=on, actor=actor, at=at)
    after: dict[str, Decimal] = totals([split.old.pk, split.new.pk])
    if before != after:
        raise Refused("split.sums", _("The sums of the items before and after the division differ."))
    if afterwards is not None:
        afterwards(split)
    return split
