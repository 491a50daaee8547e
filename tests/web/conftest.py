"""A valley of two villages and three households, with everything that a page or a paper shows of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.starting_states import StartingState
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.domain.areas import AreaLevel, child_path
from yixian.duty.models import Pairing
from yixian.inventory.models import InventoryItem
from yixian.kernel.actions.users import create_user, grant_role
from yixian.kernel.actors import system_actor
from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.policies.actions.adopt_pack import approve_adoption, propose_adoption
from yixian.policies.actions.register_pack import register_pack
from yixian.registry.actions.issue_cards import IssuedCard, issue_cards
from yixian.registry.choices import Eligibility, Gender, HelperKind, OrganisationKind, RegisterType, Relation
from yixian.registry.models import Area, Helper, Household, HouseholdMember, Organisation, Person

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)
LONG_AGO = date(2020, 1, 1)
PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
PASSWORD = "mountain-river-42"
SYSTEM = system_actor("test")


@dataclass(frozen=True)
class Valley:
    """Two villages; households ``zhao`` and ``qian`` in the first (both with accounts), ``sun`` in the second."""

    county: Area
    first: Area
    second: Area
    zhao: Household
    qian: Household
    sun: Household
    cadre: Helper
    member: Helper

    def card_of(self, household: Household) -> IssuedCard:
        """A fresh card with its PIN."""
        return issue_cards([household.pk], actor=SYSTEM, at=AT)[0]


def make_valley() -> Valley:
    """Enter the valley into an empty database, with accounts reckoned by the real engine from the real pack."""
    county, first, second = _areas()
    bureau = Organisation.objects.create(
        code="B1", name="金川县水利局", kind=OrganisationKind.DEPARTMENT, area=county, valid_from=LONG_AGO
    )
    cadre = _helper("H1", "李建国", HelperKind.CADRE, bureau)
    member = _helper("H2", "阿木子", HelperKind.PARTY_MEMBER, bureau)
    zhao = _household("JC0001", "赵䶮", first, 3, {"house.main.brick_concrete": "86.4"}, (cadre, member))
    qian = _household("JC0002", "钱玉兰", first, 2, {"house.main.timber": "60"}, (cadre, member))
    sun = _household("JC0003", "孙·阿果", second, 4, {"no.such.item": "5"}, (cadre, member))
    _adopt(county)
    calculate_accounts(county.path, on=TODAY, actor=SYSTEM, at=AT)
    return Valley(county, first, second, zhao, qian, sun, cadre, member)


valley = StartingState(make_valley).fixture()


@pytest.fixture
def staff(db: None) -> Callable[..., User]:
    """Makes a user who holds one role, over an area or on behalf of a helper."""
    return make_staff


def make_staff(username: str, role: str, area_path: str = "", helper_id: int | None = None) -> User:
    """A user who holds one role."""
    user = create_user(username, username, PASSWORD, actor=SYSTEM, at=AT, helper_id=helper_id)
    grant_role(user.pk, Role(role), area_path, None, LONG_AGO, actor=SYSTEM, at=AT)
    return user


def _areas() -> tuple[Area, Area, Area]:
    province = _area(AreaLevel.PROVINCE, "云岭省", "53", None, 1)
    county = _area(AreaLevel.COUNTY, "金川县", "530699", province, 1)
    township = _area(AreaLevel.TOWNSHIP, "溪口乡", "530699101", county, 1)
    villages = [
        _area(AreaLevel.VILLAGE, name, f"53069910120{number}", township, number)
        for number, name in enumerate(("大坪村", "小河村"), 1)
    ]
    for village in villages:
        _area(AreaLevel.GROUP, "一组", f"{village.code}01", village, 1)
    return county, villages[0], villages[1]


def _area(level: AreaLevel, name: str, code: str, parent: Area | None, number: int) -> Area:
    path = child_path(parent.path if parent else "", number)
    return Area.objects.create(level=level, name=name, name_en=code, code=code, parent=parent, path=path)


def _person(name: str, born: date = date(1960, 5, 4)) -> Person:
    return Person.objects.create(name=name, gender=Gender.FEMALE, birth_date=born, ethnicity="汉族")


def _helper(number: str, name: str, kind: HelperKind, organisation: Organisation) -> Helper:
    return Helper.objects.create(
        helper_no=number,
        person=_person(name),
        kind=kind,
        organisation=organisation,
        work_phone=f"1380000{number[1:]:>04}",
        places=20,
        valid_from=LONG_AGO,
    )


def _household(
    number: str, head: str, village: Area, persons: int, things: dict[str, str], helpers: tuple[Helper, ...]
) -> Household:
    group = village.children.get()
    person = _person(head)
    household = Household.objects.create(
        household_no=number, area=group, area_path=group.path, head=person, valid_from=LONG_AGO
    )
    _member(household, person, Relation.HEAD)
    for order in range(1, persons):
        _member(household, _person(f"{head[0]}家{order}"), Relation.CHILD)
    for order, (code, quantity) in enumerate(things.items(), 1):
        InventoryItem.objects.create(
            line_no=f"{number}-{order}",
            household=household,
            area_path=group.path,
            item_code=code,
            quantity=Decimal(quantity),
            surveyed_on=date(2024, 3, 1),
            valid_from=date(2024, 3, 1),
        )
    for helper in helpers:
        Pairing.objects.create(
            household=household,
            helper=helper,
            role=helper.kind,
            area_path=group.path,
            cost=1,
            valid_from=LONG_AGO,
            began_because="nearest with a free place",
        )
    return household


def _member(household: Household, person: Person, relation: Relation) -> None:
    HouseholdMember.objects.create(
        household=household,
        person=person,
        relation=relation,
        register_type=RegisterType.AGRICULTURAL,
        present_at_cutoff=True,
        eligibility=Eligibility.ELIGIBLE,
        valid_from=LONG_AGO,
    )


def _adopt(county: Area) -> None:
    version = register_pack(PACK, actor=SYSTEM, at=AT)
    clerk = actor_for(make_staff("proposer", Role.BUREAU_CLERK), at=AT)
    lead = actor_for(make_staff("approver", Role.BUREAU_LEAD), at=AT)
    adoption = propose_adoption(version.pk, county.pk, LONG_AGO, "县政发〔2020〕1号", actor=clerk, at=AT)
    approve_adoption(adoption.pk, actor=lead, at=AT)
