"""One household with a cadre, a party member, leads and an account; another one next door that nobody here stands beside."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from tests.factories import LONG_AGO, make_area, make_household, make_organisation, make_person, make_user
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.duty.access import complete
from yixian.duty.models import Pairing
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor, household_actor, system_actor
from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.registry.actions.issue_cards import IssuedCard, issue_cards
from yixian.registry.choices import HelperKind
from yixian.registry.models import Area, Helper, Household
from yixian.visits.actions.record_visit import record_visit
from yixian.visits.models import Visit
from yixian.visits.visit_draft import PromiseDraft, VisitDraft

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
PACK = Path(__file__).resolve().parents[2] / "packs" / "danjiangkou-2009"
SYSTEM = system_actor("test")
_numbers = itertools.count(1)


@dataclass
class Place:
    """The place. ``ours`` is visited, ``theirs`` belongs to other helpers in another township."""

    county: Area
    township: Area
    ours: Household
    theirs: Household
    cadre: Helper
    member: Helper
    users: dict[str, User]
    cards: list[IssuedCard] = field(default_factory=list)

    def actor(self, name: str, *, on: date = DAY) -> Actor:
        """Somebody as they are when signed in."""
        return complete(actor_for(self.users[name], at=AT), on=on)

    @property
    def family(self) -> Actor:
        """The household itself on the portal."""
        return household_actor(self.ours.pk)

    @property
    def head(self) -> int:
        """The person id of its head."""
        return self.ours.head_id or 0

    def card(self) -> IssuedCard:
        """A fresh card of the household."""
        return issue_cards([self.ours.pk], actor=SYSTEM, at=AT)[0]


def make_place() -> Place:
    """Make it, with an account reckoned from the real pack."""
    county = make_area(make_area(name="云岭省"), "两河县")
    township, other = make_area(county, "近溪镇"), make_area(county, "远谷镇")
    ours = make_household(make_area(make_area(township, "近溪村"), "一组"), "赵近壹", others=2)
    theirs = make_household(make_area(make_area(other, "远谷村"), "一组"), "禤远壹", others=1)
    organisation = make_organisation(county, name="两河县水利局")
    cadre, member = _helper(HelperKind.CADRE, organisation), _helper(HelperKind.PARTY_MEMBER, organisation)
    stranger = _helper(HelperKind.CADRE, organisation)
    for helper in (cadre, member):
        _pair(ours, helper)
    _pair(theirs, stranger)
    users = {
        "cadre": make_user(Role.CADRE, helper_id=cadre.pk),
        "member": make_user(Role.PARTY_MEMBER, helper_id=member.pk),
        "stranger": make_user(Role.CADRE, helper_id=stranger.pk),
        "township": make_user(Role.TOWNSHIP_LEAD, area_path=township.path),
        "clerk": make_user(Role.BUREAU_CLERK, area_path=county.path),
        "lead": make_user(Role.BUREAU_LEAD, area_path=county.path),
        "county": make_user(Role.COUNTY_LEADER, area_path=county.path),
        "auditor": make_user(Role.AUDITOR, area_path=county.path),
        "finance": make_user(Role.FINANCE, area_path=county.path),
    }
    _adopt(county, users)
    InventoryItem.objects.create(
        line_no=f"{ours.household_no}-01",
        household=ours,
        area_path=ours.area_path,
        item_code="house.main.brick_concrete",
        quantity=Decimal("86.4"),
        surveyed_on=LONG_AGO,
        valid_from=LONG_AGO,
    )
    calculate_accounts(county.path, on=DAY, actor=SYSTEM, at=AT)
    return Place(county, township, ours, theirs, cadre, member, users)


def drafted(place: Place, said: str = "坐下来谈了账目。", *, ago: int = 0, **changes: object) -> VisitDraft:
    """A sound draft of a visit so many days ago."""
    values = {"on": DAY - timedelta(days=ago), "said": said, "present": frozenset({place.head})} | changes
    return VisitDraft(**values)


def visited(
    place: Place, *promises: PromiseDraft, name: str = "cadre", ago: int = 0, **changes: object
) -> Visit:
    """A visit that was recorded."""
    draft = drafted(place, ago=ago, promises=promises, **changes)
    return record_visit(place.ours.pk, draft, actor=place.actor(name), at=AT)


def help_by(days: int, text: str = "把水管站的人请来看蓄水池") -> PromiseDraft:
    """A promise of help due so many days from the day, before it if negative."""
    return PromiseDraft(text, DAY + timedelta(days=days))


def _helper(kind: HelperKind, organisation: object) -> Helper:
    return Helper.objects.create(
        helper_no=f"V{next(_numbers)}",
        person=make_person(),
        kind=kind,
        organisation=organisation,
        places=20,
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


def _adopt(county: Area, users: dict[str, User]) -> None:
    pack = register_pack(PACK, actor=SYSTEM, at=AT)
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
