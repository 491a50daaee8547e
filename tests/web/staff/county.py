"""小县: a handful of places, bodies, helpers, households and accounts, for the tests of the staff pages.

The pack is a real one from ``packs/`` and the accounts are really reckoned: one household is withheld, since the policy
does not know an item of it, and one was entered after the reckoning and has no account.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.domain.areas import CODE_LENGTH, AreaLevel, child_path
from yixian.domain.identity import check_character
from yixian.duty.models import Pairing, Stationing
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import system_actor
from yixian.kernel.models import RoleGrant, User
from yixian.kernel.roles import Role
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.registry.actions.reindex import reindex_households
from yixian.registry.models import (
    Area,
    AreaCode,
    Helper,
    Household,
    HouseholdMember,
    Organisation,
    Person,
    Post,
)

LONG_AGO = date(2020, 1, 1)
THEN = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
OPERATOR = system_actor("tests")
PACK = Path(__file__).parents[3] / "packs" / "danjiangkou-2009"
PASSWORD = "gorge-river-terrace-9"

WITHHELD = 2
"""The number of the household that the policy has no price for."""

_FAMILIES = ("岩", "陈", "王", "沙马", "李", "杨", "罗", "张", "赵", "周")
_GIVEN = ("志强", "桂英", "阿呷", "发旺", "秀兰", "国明", "天云", "玉珍", "开富", "小妹")


@dataclass
class County:
    """What was made, by a short name."""

    areas: dict[str, Area] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    helpers: dict[str, Helper] = field(default_factory=dict)
    households: list[Household] = field(default_factory=list)
    users: dict[str, User] = field(default_factory=dict)


def small_county(*, per_group: int = 6) -> County:
    """Two townships with a village each, households in two groups, a user for every role that the pages are for."""
    county = County()
    _areas(county)
    _organisations(county)
    _households(county, per_group)
    _users(county)
    _policy_and_accounts(county)
    return county


def _areas(county: County) -> None:
    def area(key: str, name: str, level: AreaLevel, parent: str, number: int) -> None:
        above = county.areas.get(parent)
        length = CODE_LENGTH[level] - (CODE_LENGTH[AreaLevel(above.level)] if above else 0)
        code = (above.code if above else "") + f"{53 if not above else number:0{length}d}"
        row = Area.objects.create(
            level=level,
            name=name,
            parent=above,
            code=code,
            path=child_path(above.path if above else "", number),
        )
        AreaCode.objects.create(area=row, code=code, valid_from=LONG_AGO, document="设县文件")
        county.areas[key] = row

    area("province", "云岭省", AreaLevel.PROVINCE, "", 1)
    area("county", "永川县", AreaLevel.COUNTY, "province", 625)
    area("t1", "桧溪镇", AreaLevel.TOWNSHIP, "county", 101)
    area("t2", "黄华镇", AreaLevel.TOWNSHIP, "county", 102)
    area("v1", "源盛村", AreaLevel.VILLAGE, "t1", 201)
    area("v2", "黄果村", AreaLevel.VILLAGE, "t2", 201)
    area("g1", "源盛村一组", AreaLevel.GROUP, "v1", 1)
    area("g2", "黄果村三组", AreaLevel.GROUP, "v2", 3)


def _organisations(county: County) -> None:
    for key, name, kind in (
        ("bureau", "永川县移民局", "resettlement_bureau"),
        ("water", "永川县水利局", "department"),
        ("village", "源盛村村委会", "village_committee"),
    ):
        county.organisations[key] = Organisation.objects.create(
            code=f"B-{key}", name=name, kind=kind, area=county.areas["county"], valid_from=LONG_AGO
        )
    v1 = county.areas["v1"]
    Stationing.objects.create(
        organisation=county.organisations["water"],
        area=v1,
        area_path=v1.path,
        valid_from=LONG_AGO,
        document="永委办〔2026〕3号",
    )
    for key, name, kind, organisation in (
        ("cadre", "何建国", "cadre", "water"),
        ("cadre2", "马晓梅", "cadre", "water"),
        ("member", "唐发贵", "member", "village"),
    ):
        person = Person.objects.create(name=name, gender="male", birth_date=date(1980, 5, 1))
        helper = Helper.objects.create(
            helper_no=f"H-{key}",
            person=person,
            kind=kind,
            organisation=county.organisations[organisation],
            home_area=v1,
            work_phone="0870-4120000",
            places=8,
            valid_from=LONG_AGO,
        )
        Post.objects.create(
            helper=helper, organisation=helper.organisation, title="干部", valid_from=LONG_AGO
        )
        county.helpers[key] = helper


def _households(county: County, per_group: int) -> None:
    number = 0
    for group in ("g1", "g2"):
        for _ in range(per_group):
            number += 1
            county.households.append(_household(county.areas[group], number))
    for index, household in enumerate(county.households):
        if household.area == county.areas["g1"]:
            _pair(household, county.helpers["cadre"])
            if index:
                _pair(household, county.helpers["member"])
        elif index % 2:
            _pair(household, county.helpers["cadre2"])
    reindex_households([row.pk for row in county.households])


def _household(group: Area, number: int) -> Household:
    household = Household.objects.create(
        household_no=f"YC{number:05d}",
        area=group,
        area_path=group.path,
        address=f"河边 {number} 号",
        difficulty=1 + number % 3,
        language=("cmn", "iii", "hmd")[number % 3],
        phone=f"139870{number:05d}",
        bank_name="永川农村信用社",
        bank_account=f"8011{number:08d}",
        valid_from=LONG_AGO,
    )
    family = _FAMILIES[number % len(_FAMILIES)]
    for place, relation in enumerate(("head", "spouse", "child")):
        person = Person.objects.create(
            person_no=f"P{number:05d}-{place}",
            name=family + _GIVEN[(number + place * 3) % len(_GIVEN)],
            gender="female" if place == 1 else "male",
            birth_date=date(1955 + place * 20, 1 + number % 12, 3),
            ethnicity=("汉族", "彝族", "苗族")[number % 3],
            id_number=_id_number(number, place),
        )
        HouseholdMember.objects.create(
            household=household,
            person=person,
            relation=relation,
            register_type="agricultural",
            present_at_cutoff=True,
            eligibility="eligible",
            valid_from=LONG_AGO,
        )
        if relation == "head":
            household.head = person
    household.save()
    second = "house.of.cards" if number == WITHHELD else "house.side.timber"
    for place, (code, quantity) in enumerate((("house.main.frame", "86.4"), (second, "12.5"))):
        InventoryItem.objects.create(
            line_no=f"{household.household_no}-{place + 1:02d}",
            household=household,
            area_path=household.area_path,
            item_code=code,
            quantity=Decimal(quantity),
            place="河边",
            surveyed_on=date(2025, 6, 1),
            surveyor="周测",
            valid_from=LONG_AGO,
        )
    return household


def _id_number(number: int, place: int) -> str:
    """A valid number: the county's code, the day of birth, an order number (odd for men), the check character."""
    order = number * 2 + (0 if place == 1 else 1)
    seventeen = f"530625{1955 + place * 20}{1 + number % 12:02d}03{order:03d}"
    return seventeen + check_character(seventeen)


def _pair(household: Household, helper: Helper) -> None:
    Pairing.objects.create(
        household=household,
        helper=helper,
        role=helper.kind,
        area_path=household.area_path,
        cost=120,
        valid_from=LONG_AGO,
        began_because="nearest",
    )


def _users(county: County) -> None:
    v1, t1 = county.areas["t1"].path, county.areas["t1"].path
    grants: dict[str, tuple[Role, str, int | None]] = {
        "admin": (Role.ADMINISTRATOR, "", None),
        "clerk": (Role.BUREAU_CLERK, "", None),
        "lead": (Role.BUREAU_LEAD, "", None),
        "leader": (Role.COUNTY_LEADER, "", None),
        "township": (Role.TOWNSHIP_LEAD, t1, None),
        "department": (Role.DEPARTMENT_LEAD, "", county.organisations["water"].pk),
        "cadre": (Role.CADRE, "", None),
        "member": (Role.PARTY_MEMBER, "", None),
        "surveyor": (Role.SURVEYOR, v1, None),
        "finance": (Role.FINANCE, "", None),
        "petition": (Role.PETITION_OFFICER, t1, None),
        "auditor": (Role.AUDITOR, "", None),
        "monitor": (Role.MONITOR, "", None),
    }
    for name, (role, path, organisation_id) in grants.items():
        helper = county.helpers.get(name)
        user = User(username=name, display_name=f"{role.label}", helper_id=helper.pk if helper else None)
        user.set_password(PASSWORD)
        user.save()
        RoleGrant.objects.create(
            user=user, role=role, area_path=path, organisation_id=organisation_id, valid_from=LONG_AGO
        )
        county.users[name] = user


def _policy_and_accounts(county: County) -> None:
    """The pack in force in the county, proposed by the clerk and approved by the lead; then every account reckoned."""
    pack = register_pack(PACK, actor=OPERATOR, at=THEN)
    PackAdoption.objects.create(
        pack_version=pack,
        area=county.areas["county"],
        valid_from=LONG_AGO,
        document="永政发〔2026〕1号",
        proposed_by=county.users["clerk"],
        proposed_at=THEN,
        approved_by=county.users["lead"],
        approved_at=THEN,
    )
    calculate_accounts(county.areas["county"].path, on=date(2026, 3, 1), actor=OPERATOR, at=THEN)
    _household(county.areas["g2"], len(county.households) + 1)
