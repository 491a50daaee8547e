"""一个村的公示: a village with two households' houses and fields, and everybody who prepares, agrees and looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from tests.compensation.signing import PACK
from tests.factories import LONG_AGO, make_area, make_household, make_user
from yixian.domain.procedure.posting import CLOSED
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor, system_actor
from yixian.kernel.errors import YixianError
from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.kernel.received.upload import Upload
from yixian.kernel.roles import Role
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.posting.actions.keep_posting import close_round, prove_posting, put_up
from yixian.posting.actions.prepare_posting import prepare_posting
from yixian.posting.choices import PostedList
from yixian.posting.models import Posting
from yixian.posting.queries import course_of
from yixian.registry.models import Area, Household

AT = datetime(2026, 11, 5, 2, 0, tzinfo=UTC)
"""Thursday, ten in the morning in Beijing."""
DAY = timedelta(days=1)
HOUSE, FIELD = "house.main.brick_timber", "land.paddy"


@dataclass
class Village:
    """A village whose lists are posted; ``other`` is a county beside it."""

    county: Area
    other: Area
    village: Area
    households: list[Household]
    users: dict[str, User]

    def actor(self, name: str) -> Actor:
        """One of ``clerk``, ``lead``, ``leader``, ``cadre``, ``stranger``."""
        return actor_for(self.users[name], at=AT)

    def prepare(self, posted: PostedList = PostedList.PROPERTY, *, at: datetime = AT) -> Posting:
        """The next round of a list, made by the clerk."""
        return prepare_posting(self.village.pk, posted, at.date(), actor=self.actor("clerk"), at=at)

    def hang(self, posting: Posting, *, at: datetime) -> datetime:
        """Put it up, prove it twice, let it hang and close it; the moment after."""
        clerk = self.actor("clerk")
        put_up(posting.pk, "村委会门口", actor=clerk, at=at)
        for hours in (1, 2):
            prove_posting(posting.pk, photograph(), "村委会门口", actor=clerk, at=at + timedelta(hours=hours))
        after = at + (posting.days + 3) * DAY  # a last day that is a day of rest moves
        close_round(posting.pk, actor=clerk, at=after)
        assert course_of(posting, at=after).state == CLOSED
        return after


@contextmanager
def refuses(error: type[YixianError], key: str) -> Iterator[None]:
    """What is done inside is refused by this rule."""
    with pytest.raises(error) as refused:
        yield
    assert refused.value.key == key


def photograph() -> Upload:
    """A photograph of a wall."""
    file = BytesIO()
    Image.new("RGB", (64, 48), "white").save(file, "JPEG")
    return Upload("wall.jpg", file.getvalue())


def make_village() -> Village:
    """Enter it into an empty database."""
    province = make_area(name="云岭省")
    county, other = make_area(province, "两河县"), make_area(province, "远谷县")
    village = make_area(make_area(county, "近溪镇"), "近溪村")
    group = make_area(village, "近溪一组")
    households = [make_household(group, "周正", others=2), make_household(group, "吴桐")]
    for number, household in enumerate(households, 1):
        add_item(household, f"L{number}1", HOUSE, "101.27")
        add_item(household, f"L{number}2", FIELD, "2.5")
    users = {
        "clerk": make_user(Role.BUREAU_CLERK, area_path=county.path),
        "lead": make_user(Role.BUREAU_LEAD, area_path=county.path),
        "leader": make_user(Role.COUNTY_LEADER, area_path=county.path),
        "township": make_user(Role.TOWNSHIP_LEAD, area_path=county.path),
        "auditor": make_user(Role.AUDITOR, area_path=county.path),
        "cadre": make_user(Role.CADRE),
        "stranger": make_user(Role.BUREAU_LEAD, area_path=other.path),
    }
    pack = register_pack(PACK, actor=system_actor("test"), at=AT)
    PackAdoption.objects.create(
        pack_version=pack,
        area=county,
        valid_from=LONG_AGO,
        document="两政发〔2026〕1号",
        proposed_by=users["clerk"],
        proposed_at=AT,
        approved_by=users["lead"],
        approved_at=AT,
    )
    return Village(county, other, village, households, users)


def add_item(household: Household, line_no: str, code: str, quantity: str) -> InventoryItem:
    """A line of the register, measured by 李量."""
    return InventoryItem.objects.create(
        line_no=line_no,
        household=household,
        area_path=household.area_path,
        item_code=code,
        quantity=Decimal(quantity),
        surveyed_on=date(2026, 10, 1),
        surveyor="李量",
        valid_from=LONG_AGO,
    )


def change_quantity(line_no: str, quantity: str, *, on: date) -> None:
    """What the register does when a correction has taken effect."""
    row = InventoryItem.objects.get(line_no=line_no, valid_until=None)
    InventoryItem.objects.filter(pk=row.pk).update(valid_until=on)
    old = row.pk
    row.pk, row.quantity, row.valid_from, row.follows_id = None, Decimal(quantity), on, old
    row.save(force_insert=True)
