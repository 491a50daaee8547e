"""A county of three townships with ten households each in earth-timber houses, its offices, and all who have a part in it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from tests.factories import LONG_AGO, make_area, make_household, make_organisation, make_person, make_user
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.duty.models import Pairing
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import PUBLIC, Actor, household_actor, system_actor
from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.matters.actions.receive_matter import Receipt, receive_matter
from yixian.matters.choices import IntakeChannel, Topic
from yixian.matters.intake import ClauseKey, Complainant, Subject, Submission
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.registry.choices import HelperKind, OrganisationKind
from yixian.registry.models import Area, Helper, Household, Organisation
from yixian.working_groups.actions.open_group import Charge, open_for_signal
from yixian.working_groups.models import Signal, WorkingGroup
from yixian.working_groups.signals.detecting import detect
from yixian.working_groups.weeks import monday, week_at

AT = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
"""Wednesday, 4 March 2026, ten in the morning in Shanghai."""

TODAY = date(2026, 3, 4)
PACK = Path(__file__).resolve().parents[2] / "packs" / "danjiangkou-2009"
SYSTEM = system_actor("test")
RURAL = ClauseKey("danjiangkou-2009", "D2009-215", "table-rural")
WALL = "house.main.earth_timber"
PRICE = (WALL, "rural")
HOUSEHOLDS_A_TOWNSHIP = 10
SURVEYOR = "曹丈量"
"""Who surveyed every house at first."""

CHARGE = Charge(
    title_zh="土木结构房屋单价核查",
    title_en="Looking into the price of earth-timber houses",
    question_zh="现行单价能不能重建同样的房子？",
    question_en="Does the price in force rebuild the same house?",
    prices=(PRICE,),
)


@dataclass
class County:
    """The county. ``households`` are thirty, ten a township, in that order."""

    area: Area
    townships: list[Area]
    households: list[Household]
    organisations: dict[str, Organisation]
    helper: Helper
    beside: Helper
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str, *, at: datetime = AT) -> Actor:
        """Somebody as they are when signed in."""
        return actor_for(self.users[name], at=at)

    def raised(self, number: int, *, at: datetime = AT, **changes: object) -> Receipt:
        """A matter that a household raises from its own pages about the price of its house."""
        household = self.households[number]
        values = {
            "key": uuid.uuid4(),
            "words": "土木房的单价太低，重建不起。",
            "topic": Topic.PRICE,
            "channel": IntakeChannel.CARD,
            "people": (Complainant("", "", "", household.pk),),
            "clauses": (RURAL,),
        } | changes
        return receive_matter(Submission(**values), actor=household_actor(household.pk), at=at)

    def anonymous(self, *, at: datetime = AT, **changes: object) -> Receipt:
        """The same by somebody who gives no name."""
        values = {
            "key": uuid.uuid4(),
            "words": "土木房单价太低。",
            "topic": Topic.PRICE,
            "anonymous": True,
            "clauses": (RURAL,),
            "area_id": self.townships[0].pk,
        } | changes
        return receive_matter(Submission(**values), actor=PUBLIC, at=at)

    def about_official(self, *, at: datetime = AT) -> Receipt:
        """A matter about somebody in office that cites the same clause."""
        return self.anonymous(at=at, subjects=(Subject(helper_id=self.helper.pk),))

    def began_long_ago(self) -> None:
        """One matter of half a year ago, about something else: since then somebody listened."""
        self.anonymous(at=AT - timedelta(weeks=26), topic=Topic.INFORMATION, clauses=())

    def all_raised(self, *, at: datetime = AT) -> list[Receipt]:
        """All thirty households raise it within three days of one week, and so does somebody without a name."""
        moments = days_of_one_week(at)
        receipts = [
            self.raised(number, at=moments[number % len(moments)]) for number in range(len(self.households))
        ]
        return [*receipts, self.anonymous(at=at)]

    def signal(self, *, at: datetime = AT) -> Signal:
        """The signal that the thirty give."""
        self.began_long_ago()
        self.all_raised(at=at)
        assert detect(at=at) == {"signals": 1}
        return Signal.objects.get()

    def group(self, *, at: datetime = AT) -> WorkingGroup:
        """A working group opened for it."""
        return open_for_signal(self.signal(at=at).pk, CHARGE, actor=self.actor("clerk"), at=at)


def days_of_one_week(at: datetime) -> list[datetime]:
    """A moment and those one and two days before it, but none before its week began.

    A signal is of one week: what is raised on both sides of a Sunday night are two rises, and two signals.
    """
    began = timezone.make_aware(datetime.combine(monday(week_at(at)), time()))
    return [max(at - timedelta(days=day), began) for day in range(3)]


def make_county() -> County:
    """Make it, with accounts reckoned."""
    county = make_area(make_area(name="云岭省"), "三江县")
    townships = [make_area(county, name) for name in ("上坝镇", "中坝镇", "下坝镇")]
    organisations = {
        "leadership": make_organisation(
            county, name="三江县人民政府", kind=OrganisationKind.COUNTY_LEADERSHIP
        ),
        "petition": make_organisation(county, name="三江县信访局", kind=OrganisationKind.PETITION_OFFICE),
        "bureau": make_organisation(county, name="三江县移民局", kind=OrganisationKind.RESETTLEMENT_BUREAU),
        "water": make_organisation(county, name="三江县水利局"),
        "audit": make_organisation(county, name="三江县审计局", kind=OrganisationKind.AUDIT_OFFICE),
    }
    helper, beside = (_helper(organisations["water"], name) for name in ("岑查访", "柏结对"))
    households = [
        _household(township, number, index)
        for index, township in enumerate(townships)
        for number in range(HOUSEHOLDS_A_TOWNSHIP)
    ]
    for household in households:
        _pair(household, beside)
    found = County(county, townships, households, organisations, helper, beside)
    found.users = _users(found)
    _adopt(found)
    calculate_accounts(county.path, on=TODAY, actor=SYSTEM, at=AT - timedelta(days=60))
    return found


def _users(county: County) -> dict[str, User]:
    path = county.area.path
    users = {
        "clerk": make_user(Role.BUREAU_CLERK, area_path=path),
        "clerk2": make_user(Role.BUREAU_CLERK, area_path=path),
        "lead": make_user(Role.BUREAU_LEAD, area_path=path),
        "leader": make_user(Role.COUNTY_LEADER, area_path=path),
        "finance": make_user(Role.FINANCE, area_path=path),
        "auditor": make_user(Role.AUDITOR, area_path=path),
        "monitor": make_user(Role.MONITOR, area_path=path),
        "petition": make_user(Role.PETITION_OFFICER, area_path=path),
        "township": make_user(Role.TOWNSHIP_LEAD, area_path=county.townships[0].path),
        "surveyor": make_user(Role.SURVEYOR, area_path=path),
        "surveyor2": make_user(Role.SURVEYOR, area_path=path),
        "cadre": make_user(Role.CADRE, helper_id=county.helper.pk),
        "beside": make_user(Role.CADRE, helper_id=county.beside.pk),
        "member": make_user(Role.PARTY_MEMBER),
        "admin": make_user(Role.ADMINISTRATOR),
    }
    users["surveyor2"].display_name = SURVEYOR
    users["surveyor2"].save()
    return users


def _household(township: Area, number: int, index: int) -> Household:
    village = Area.objects.filter(parent=township, name=f"{township.name[0]}{number % 4}村").first()
    village = village or make_area(township, f"{township.name[0]}{number % 4}村")
    group = Area.objects.filter(parent=village).first() or make_area(village, "一组")
    household = make_household(group, f"禤{'甲乙丙'[index]}{'子丑寅卯辰巳午未申酉'[number]}", others=2)
    InventoryItem.objects.create(
        line_no=f"{household.household_no}-01",
        household=household,
        area_path=household.area_path,
        item_code=WALL,
        quantity=Decimal(120 + number),
        surveyed_on=LONG_AGO,
        surveyor=SURVEYOR,
        valid_from=LONG_AGO,
    )
    return household


def _helper(organisation: Organisation, name: str) -> Helper:
    return Helper.objects.create(
        helper_no=f"G-{name}",
        person=make_person(name),
        kind=HelperKind.CADRE,
        organisation=organisation,
        places=60,
        valid_from=LONG_AGO,
    )


def _pair(household: Household, helper: Helper) -> None:
    Pairing.objects.create(
        household=household,
        helper=helper,
        role=helper.kind,
        area_path=household.area_path,
        cost=1,
        valid_from=LONG_AGO,
        began_because="nearest",
    )


def _adopt(county: County) -> None:
    PackAdoption.objects.create(
        pack_version=register_pack(PACK, actor=SYSTEM, at=AT),
        area=county.area,
        valid_from=LONG_AGO,
        document="三政发〔2020〕1号",
        proposed_by=county.users["clerk"],
        proposed_at=AT,
        approved_by=county.users["lead"],
        approved_at=AT,
    )
