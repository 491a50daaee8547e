"""移民户入库."""

from __future__ import annotations

from typing import Any

from yixian.kernel.crypto import keyring
from yixian.registry.models import Area, Household
from yixian.workbook.differences import SheetPlan
from yixian.workbook.rules.household_rules import ACCOUNT_PURPOSE

_COLUMNS = (
    "zone", "address", "lon", "lat", "language", "requested_gender", "difficulty", "phone", "bank_name", "bank_account"
)  # fmt: skip
_BATCH = 1000


def commit_households(plan: SheetPlan) -> list[Household]:
    """New households and corrected ones; returns the new ones. Their events follow with those of their members."""
    areas = Area.objects.in_bulk(field_name="code")
    created = Household.objects.bulk_create([_new(row.values, areas) for row in plan.new], batch_size=_BATCH)
    numbers = [change.row.values["household_no"] for change in plan.changed]
    known = Household.objects.in_bulk(numbers, field_name="household_no")
    for change in plan.changed:
        _put(known[change.row.values["household_no"]], change.row.values, areas)
    fields = [*_COLUMNS, "host_area", "bank_index", "valid_from"]
    Household.objects.bulk_update(list(known.values()), fields, batch_size=_BATCH)
    return created


def _new(values: dict[str, Any], areas: dict[str, Area]) -> Household:
    area = areas[values["group_code"]]
    household = Household(household_no=values["household_no"], area=area, area_path=area.path)
    _put(household, values, areas)
    return household


def _put(household: Household, values: dict[str, Any], areas: dict[str, Area]) -> None:
    for name in _COLUMNS:
        setattr(household, name, values[name])
    household.host_area = areas.get(values["host_village_code"])
    account = values["bank_account"]
    household.bank_index = keyring().blind_index(account, purpose=ACCOUNT_PURPOSE) if account else ""
    household.valid_from = values["from_date"]
