"""小村: a township with two villages, a department stationed in it, cadres, party members and households, all paired."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from tests.factories import LONG_AGO, make_area, make_household, make_organisation, make_person
from yixian.duty.actions.pairing_writer import Begin, begin
from yixian.duty.choices import HandoverCause, LeadershipKind
from yixian.duty.eligibility import Days
from yixian.duty.helper_search import find_helpers
from yixian.duty.models import Leadership, Stationing
from yixian.kernel.actors import system_actor
from yixian.registry.choices import HelperKind
from yixian.registry.models import Area, Helper, Household, Organisation

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SYSTEM = system_actor("test")

_numbers = count(1)


@dataclass
class Place:
    """What stands where."""

    county: Area
    township: Area
    villages: list[Area]
    groups: list[Area]
    department: Organisation
    lead: Helper
    cadres: list[Helper]
    members: list[Helper]
    households: list[Household] = field(default_factory=list)


def make_place(*, cadres: int = 3, members: int = 2, places: int = 4, households: int = 4) -> Place:
    """Households lie one hundred metres apart along a road; ``households`` and ``members`` are per village."""
    county = make_area(make_area())
    township = make_area(county, "云岭镇")
    villages = [make_area(township, f"云岭{number}村") for number in (1, 2)]
    groups = [make_area(village, f"{village.name}一组") for village in villages]
    department, office = make_organisation(county, name="水务局"), make_organisation(county, name="县领导")
    Stationing.objects.create(
        organisation=department, area=township, area_path=township.path, valid_from=LONG_AGO
    )
    lead = make_helper(HelperKind.CADRE, office, places=0)
    for kind in LeadershipKind:
        Leadership.objects.create(
            helper=lead, area=township, area_path=township.path, kind=kind, valid_from=LONG_AGO
        )
    place = Place(
        county,
        township,
        villages,
        groups,
        department,
        lead,
        [make_helper(HelperKind.CADRE, department, places=places, at=n) for n in range(cadres)],
        [
            make_helper(HelperKind.PARTY_MEMBER, department, village, places=places, at=n)
            for village in villages
            for n in range(members)
        ],
    )
    for group in groups:
        for number in range(households):
            household = make_household(group, others=2)
            household.lon, household.lat = Decimal("103.6"), Decimal("28.2") + number * Decimal("0.001")
            household.save()
            place.households.append(household)
    return place


def make_helper(
    kind: HelperKind, organisation: Organisation, village: Area | None = None, *, places: int = 4, at: int = 0
) -> Helper:
    """A helper who sets out from a hundred metres times ``at`` along the road."""
    return Helper.objects.create(
        helper_no=f"N{next(_numbers):04d}",
        person=make_person(),
        kind=kind,
        organisation=organisation,
        home_area=village,
        places=places,
        lon=Decimal("103.6"),
        lat=Decimal("28.2") + at * Decimal("0.001"),
        valid_from=LONG_AGO,
    )


def make_paired_place(**size: int) -> Place:
    """A cadre and a party member beside every household of a place of some size."""
    place = make_place(**size)
    pair_all(place)
    return place


def pair_all(place: Place, *, on: date = TODAY) -> None:
    """A cadre and a party member beside every household from a day on."""
    for role in HelperKind:
        search = find_helpers(place.households, role, Days(on))
        assert not search.lacking
        begin(
            [
                Begin(one.household, one.helper, one.cost, Days(on), HandoverCause.LACKING, "nearest")
                for one in search.found
            ],
            actor=SYSTEM,
            at=AT,
        )
