"""更正实物: put one line of the survey right, or add one that was left out; the old row ends and stays to be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.registry.access import get_household
from yixian.registry.change_steps import CHANGE_APPLIERS
from yixian.registry.models import Household
from yixian.registry.second_person import TwoPersons

_MAX_VALUE = Decimal(10) ** 9
_SCALE = 4


@dataclass(frozen=True, slots=True)
class ItemCorrection:
    """What a line is from now on. An empty value leaves it as it was; ``quantity`` in the item's own unit."""

    line_no: str
    item_code: str = ""
    quantity: str = ""
    place: str = ""


@transaction.atomic
def correct_item(
    household_id: int,
    correction: ItemCorrection,
    *,
    reason: str,
    on: date,
    by: TwoPersons,
    actor: Actor,
    at: datetime,
) -> InventoryItem:
    """Correct a line of a household in reach from a day on, as two persons have agreed.

    Raises `NotFound` for a line that the household does not have, `Invalid` for a quantity that is none, `Refused` where
    nothing would change; then nothing has changed.
    """
    require(actor, CHANGE_APPLIERS)
    household = get_household(actor, household_id)
    rows = InventoryItem.objects.select_for_update().filter(household=household, valid_until=None)
    old = rows.filter(line_no=correction.line_no).first()
    if old is None:
        raise NotFound("item.not_found", _("The household has no such line."))
    code, quantity, place = corrected_values(old, correction)
    InventoryItem.objects.filter(pk=old.pk).update(valid_until=on)
    new = InventoryItem.objects.create(
        line_no=old.line_no,
        household=household,
        area_path=household.area_path,
        item_code=code,
        quantity=quantity,
        place=place,
        surveyed_on=old.surveyed_on,
        surveyor=old.surveyor,
        valid_from=on,
        follows=old,
    )
    changes = [
        {"field": f"{new.line_no} {name}", "old": str(before), "new": str(after)}
        for name, before, after in (
            ("item_code", old.item_code, code),
            ("quantity", old.quantity, quantity),
            ("place", old.place, place),
        )
        if before != after
    ]
    data: dict[str, Any] = {"changes": changes, "reason": reason, **by.as_data()}
    _record_event(household, "items.corrected", data, actor, at)
    return new


def corrected_values(item: InventoryItem, correction: ItemCorrection) -> tuple[str, Decimal, str]:
    """Code, quantity and place of the line once it is corrected.

    Raises `Invalid` for a quantity that is none, `Refused` where nothing would change.
    """
    code = correction.item_code or item.item_code
    quantity = _quantity(correction.quantity) if correction.quantity else item.quantity
    place = correction.place or item.place
    if (code, quantity, place) == (item.item_code, item.quantity, item.place):
        raise Refused("item.same", _("The line says this already."))
    return code, quantity, place


@transaction.atomic
def add_item(
    household_id: int,
    item_code: str,
    quantity: str,
    place: str = "",
    *,
    reason: str,
    on: date,
    by: TwoPersons,
    actor: Actor,
    at: datetime,
) -> InventoryItem:
    """Add a line that the survey left out, as two persons have agreed, under the household's next free line number."""
    require(actor, CHANGE_APPLIERS)
    household = get_household(actor, household_id)
    item = InventoryItem.objects.create(
        line_no=_next_line(household),
        household=household,
        area_path=household.area_path,
        item_code=item_code,
        quantity=_quantity(quantity),
        place=place,
        surveyed_on=on,
        valid_from=on,
    )
    data: dict[str, Any] = {"items": 1, "lines": [item.line_no], "reason": reason, **by.as_data()}
    _record_event(household, "items.added", data, actor, at)
    return item


def _next_line(household: Household) -> str:
    """The household's number with the first number that no line of it ever bore."""
    taken = set(
        InventoryItem.objects.filter(line_no__startswith=f"{household.household_no}-").values_list(
            "line_no", flat=True
        )
    )
    number = len(taken) + 1
    while f"{household.household_no}-{number:02d}" in taken:
        number += 1
    return f"{household.household_no}-{number:02d}"


def _quantity(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation as error:
        raise Invalid(
            "item.quantity", _("Give a quantity greater than nothing."), field="quantity"
        ) from error
    exponent = number.normalize().as_tuple().exponent if number.is_finite() else 0
    too_fine = isinstance(exponent, int) and -exponent > _SCALE
    if not number.is_finite() or not 0 < number < _MAX_VALUE or too_fine:
        raise Invalid("item.quantity", _("Give a quantity greater than nothing."), field="quantity")
    return number


def _record_event(household: Household, kind: str, data: dict[str, Any], actor: Actor, at: datetime) -> None:
    record(Entry(kind, "household", household.pk, household.area_path, data), actor=actor, at=at)
