"""A county with two townships, its offices, their people, and one household with a cadre: enough for matters to go anywhere."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.factories import LONG_AGO, make_area, make_household, make_organisation, make_person, make_user
from yixian.duty.access import complete
from yixian.duty.models import Pairing
from yixian.kernel.actors import PUBLIC, Actor, household_actor, system_actor
from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.matters.actions.receive_matter import Receipt, receive_matter
from yixian.matters.choices import IntakeChannel, Topic
from yixian.matters.intake import ClauseKey, Complainant, Submission
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.registry.choices import HelperKind, OrganisationKind
from yixian.registry.models import Area, Helper, Household, Organisation

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday, 2 March 2026, ten in the morning in Shanghai."""

PACK = Path(__file__).resolve().parents[2] / "packs" / "danjiangkou-2009"
SYSTEM = system_actor("test")
EARTH_TIMBER = ClauseKey("danjiangkou-2009", "D2009-215", "table-rural")
_numbers = itertools.count(1)


@dataclass
class Place:
    """The place. ``near`` and ``far`` are townships; ``ours`` lives in the near one, ``theirs`` in the far one."""

    county: Area
    near: Area
    far: Area
    ours: Household
    theirs: Household
    cadre: Helper
    colleague: Helper
    organisations: dict[str, Organisation]
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str, *, on: date = date(2026, 3, 2)) -> Actor:
        """Somebody as they are when signed in."""
        return complete(actor_for(self.users[name], at=AT), on=on)

    @property
    def family(self) -> Actor:
        """The household itself on its own pages."""
        return household_actor(self.ours.pk)

    def raised(
        self, words: str = "土木房的单价太低，重建不起。", *, at: datetime = AT, **changes: object
    ) -> Receipt:
        """A matter that came by the portal without a name, unless said otherwise."""
        actor = changes.pop("actor", PUBLIC)
        return receive_matter(submission(words, **changes), actor=actor, at=at)

    def by_household(
        self, words: str = "我家的晒坝没有量。", *, at: datetime = AT, **changes: object
    ) -> Receipt:
        """A matter of our household from its own pages."""
        values = {"channel": IntakeChannel.CARD, "people": (Complainant("", "", "", self.ours.pk),)} | changes
        return self.raised(words, at=at, actor=self.family, **values)


def submission(words: str = "土木房的单价太低，重建不起。", **changes: object) -> Submission:
    """A sound submission."""
    values = {"key": uuid.uuid4(), "words": words, "topic": Topic.PRICE} | changes
    return Submission(**values)


def days(count: int) -> datetime:
    """So many days after the moment."""
    return AT + timedelta(days=count)


def make_place() -> Place:
    """Make it."""
    county = make_area(make_area(name="云岭省"), "两河县")
    near, far = make_area(county, "近溪镇"), make_area(county, "远谷镇")
    near_village, far_village = make_area(near, "近溪村"), make_area(far, "远谷村")
    ours = make_household(make_area(near_village, "一组"), "赵近壹", others=2)
    theirs = make_household(make_area(far_village, "一组"), "禤远壹")
    organisations = {
        "leadership": make_organisation(
            county, name="两河县人民政府", kind=OrganisationKind.COUNTY_LEADERSHIP
        ),
        "petition": make_organisation(county, name="两河县信访局", kind=OrganisationKind.PETITION_OFFICE),
        "bureau": make_organisation(county, name="两河县移民局", kind=OrganisationKind.RESETTLEMENT_BUREAU),
        "water": make_organisation(county, name="两河县水利局"),
        "land": make_organisation(county, name="两河县自然资源局"),
        "finance": make_organisation(county, name="两河县财政局", kind=OrganisationKind.FINANCE_OFFICE),
        "audit": make_organisation(county, name="两河县审计局", kind=OrganisationKind.AUDIT_OFFICE),
        "monitor": make_organisation(county, name="监督评估单位", kind=OrganisationKind.MONITOR),
        "near": make_organisation(near, name="近溪镇领导班子", kind=OrganisationKind.TOWNSHIP_LEADERSHIP),
        "far": make_organisation(far, name="远谷镇领导班子", kind=OrganisationKind.TOWNSHIP_LEADERSHIP),
    }
    organisations["village"] = make_organisation(
        near_village,
        name="近溪村村民委员会",
        kind=OrganisationKind.VILLAGE_COMMITTEE,
        parent=organisations["near"],
    )
    cadre, colleague = _helper(organisations["water"]), _helper(organisations["water"])
    for helper in (cadre,):
        _pair(ours, helper)
    _pair(theirs, colleague)
    users = {
        "petition": make_user(Role.PETITION_OFFICER, area_path=county.path),
        "petition2": make_user(Role.PETITION_OFFICER, area_path=county.path),
        "clerk": make_user(Role.BUREAU_CLERK, area_path=county.path),
        "lead": make_user(Role.BUREAU_LEAD, area_path=county.path),
        "county": make_user(Role.COUNTY_LEADER, area_path=county.path),
        "near": make_user(Role.TOWNSHIP_LEAD, area_path=near.path),
        "far": make_user(Role.TOWNSHIP_LEAD, area_path=far.path),
        "water": make_user(Role.DEPARTMENT_LEAD, organisation=organisations["water"]),
        "land": make_user(Role.DEPARTMENT_LEAD, organisation=organisations["land"]),
        "finance": make_user(Role.FINANCE, area_path=county.path),
        "auditor": make_user(Role.AUDITOR, area_path=county.path),
        "monitor": make_user(Role.MONITOR, area_path=county.path),
        "surveyor": make_user(Role.SURVEYOR, area_path=near.path),
        "cadre": make_user(Role.CADRE, helper_id=cadre.pk),
        "colleague": make_user(Role.CADRE, helper_id=colleague.pk),
        "admin": make_user(Role.ADMINISTRATOR),
    }
    place = Place(county, near, far, ours, theirs, cadre, colleague, organisations, users)
    _adopt(place)
    return place


def _helper(organisation: Organisation) -> Helper:
    return Helper.objects.create(
        helper_no=f"M{next(_numbers)}",
        person=make_person(),
        kind=HelperKind.CADRE,
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


def _adopt(place: Place) -> None:
    pack = register_pack(PACK, actor=SYSTEM, at=AT)
    PackAdoption.objects.create(
        pack_version=pack,
        area=place.county,
        valid_from=LONG_AGO,
        document="两政发〔2026〕1号",
        proposed_by=place.users["clerk"],
        proposed_at=AT,
        approved_by=place.users["lead"],
        approved_at=AT,
    )
