"""抽样框: who can be drawn, in an order that anybody could make again, and the hash that proves it was not changed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from yixian.inventory.models import InventoryItem
from yixian.kernel.intervals import in_force
from yixian.registry.access import below
from yixian.registry.models import Household
from yixian.working_groups.choices import Basis
from yixian.working_groups.models import Sample, WorkingGroup
from yixian.working_groups.pricing import households_priced


def frame_of(group: WorkingGroup, *, on: date) -> tuple[Basis, list[Household]]:
    """Households of a day that have what the group looks into, in the order of their numbers.

    All households where nothing is surveyed in the whole place.
    """
    homes = Household.objects.filter(in_force(on)).filter(below(group.area_path)).order_by("household_no")
    homes = homes.only("pk", "household_no", "area_path", "zone")
    items = InventoryItem.objects.filter(in_force(on)).filter(below(group.area_path))
    if not items.exists():
        return Basis.HOUSEHOLDS, list(homes)
    return Basis.ITEMS, list(homes.filter(pk__in=items.filter(_priced(group)).values("household_id")))


def items_to_check(group: WorkingGroup, household_id: int, *, on: date) -> list[InventoryItem]:
    """What is to be looked at: a household's items that the group looks into, by line number."""
    rows = InventoryItem.objects.filter(in_force(on), household_id=household_id).filter(_priced(group))
    return list(rows.order_by("line_no"))


def new_salt() -> str:
    """Random digits with which a frame's hash tells nobody anything."""
    return secrets.token_hex(16)


def frame_sha256(salt: str, household_nos: Sequence[str]) -> str:
    """The hash of a frame: salt and household numbers, one a line."""
    return hashlib.sha256("\n".join((salt, *household_nos)).encode()).hexdigest()


def seed_text(sample: Sample, seed: str) -> str:
    """What is hashed with a number of the frame: where the seed comes from, and what came out there."""
    return f"{sample.seed_source} {seed}"


def _priced(group: WorkingGroup) -> Q:
    wanted = households_priced((code, zone) for code, zone in group.prices)
    found = Q(pk__in=())
    for code, zones in wanted.items():
        found |= Q(item_code=code, household__zone__in=zones) if zones else Q(item_code=code)
    return found
