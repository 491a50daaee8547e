"""A session on the spot: what tests of leaders' sessions begin with."""

from __future__ import annotations

from datetime import timedelta

from tests.factories import LONG_AGO, make_organisation, make_person, make_user
from tests.visits.place import AT, DAY, Place
from yixian.duty.choices import LeadershipKind
from yixian.duty.models import Leadership
from yixian.kernel.roles import Role
from yixian.outreach.actions.record_on_site import record_on_site
from yixian.outreach.models import OnSiteSession
from yixian.outreach.on_site_draft import DecisionDraft, OnSiteDraft, PointDraft
from yixian.registry.choices import HelperKind, OrganisationKind
from yixian.registry.models import Helper, Organisation

DUE = DAY + timedelta(days=7)


def leader_at(place: Place) -> Helper:
    """A county leader who leads at the near township, with county and township leaders' bodies and a water office's lead."""
    known = Helper.objects.filter(helper_no="L1").first()
    if known is not None:
        return known
    county = make_organisation(place.county, name="两河县委", kind=OrganisationKind.COUNTY_LEADERSHIP)
    make_organisation(place.township, name="近溪镇班子", kind=OrganisationKind.TOWNSHIP_LEADERSHIP)
    helper = Helper.objects.create(
        helper_no="L1",
        person=make_person("程县长"),
        kind=HelperKind.CADRE,
        organisation=county,
        places=0,
        valid_from=LONG_AGO,
    )
    Leadership.objects.create(
        helper=helper,
        area=place.township,
        area_path=place.township.path,
        kind=LeadershipKind.COUNTY_LEADER,
        valid_from=LONG_AGO,
    )
    place.users["water"] = make_user(Role.DEPARTMENT_LEAD, organisation=water(place))
    return helper


def water(place: Place) -> Organisation:
    """The body that decisions go to."""
    return place.cadre.organisation


def drafted_session(world: Place, /, **changes: object) -> OnSiteDraft:
    """A sound draft: one point, one decision for the water office."""
    values = {
        "area_id": world.township.pk,
        "on": DAY,
        "place": "近溪村小学",
        "leaders": frozenset({leader_at(world).pk}),
        "households": 12,
        "villagers": 30,
        "raised": (PointDraft("水渠断了。", settled=False),),
        "decisions": (DecisionDraft("七日内修通水渠。", water(world).pk, DUE),),
        "names_nobody": True,
    } | changes
    return OnSiteDraft(**values)


def held(world: Place, name: str = "county", /, **changes: object) -> OnSiteSession:
    """A session that was written down."""
    draft = drafted_session(world, **changes)
    return record_on_site(draft, actor=world.actor(name), at=AT)
