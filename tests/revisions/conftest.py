"""A county under the shipped pack with six households, three of which have an earth-timber house."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from tests.factories import make_group, make_household, make_user
from tests.starting_states import StartingState
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor, Grant, system_actor
from yixian.kernel.roles import Role
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.registry.models import Area, Household

PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
TODAY = AT.date()
SYSTEM = system_actor("test")
WALL = "house.main.earth_timber"


def _make_county() -> Area:
    return make_group().parent.parent.parent


def _make_households(county: Area) -> list[Household]:
    group = Area.objects.get(parent__parent__parent=county)
    PackAdoption.objects.create(
        pack_version=register_pack(PACK, actor=SYSTEM, at=AT),
        area=county,
        valid_from=date(2024, 1, 1),
        document="县政发〔2024〕1号",
        proposed_by=make_user(Role.BUREAU_CLERK),
        proposed_at=AT,
        approved_by=make_user(Role.BUREAU_LEAD),
        approved_at=AT,
    )
    made = [make_household(group) for _number in range(6)]
    for number, household in enumerate(made):
        add_item(household, "land.paddy", str(2 + number))
        if number % 2 == 0:
            add_item(household, WALL, "80.5")
    calculate_accounts(county.path, on=TODAY, actor=SYSTEM, at=AT)
    return made


_COUNTY = StartingState(_make_county)
county = _COUNTY.fixture()
households = StartingState(_make_households, on=_COUNTY).fixture()


def add_item(household: Household, code: str, quantity: str) -> InventoryItem:
    """An item surveyed long ago."""
    return InventoryItem.objects.create(
        household=household,
        area_path=household.area_path,
        line_no=f"{household.household_no}-{code}",
        item_code=code,
        quantity=Decimal(quantity),
        surveyed_on=date(2024, 1, 1),
        valid_from=date(2024, 1, 1),
    )


def person(role: Role, area: Area) -> Actor:
    """Somebody of one role over an area."""
    user = make_user(role, area_path=area.path)
    return Actor(user_id=user.pk, label=user.username, grants=(Grant(role, area_paths=(area.path,)),))
