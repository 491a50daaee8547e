"""Every rule that keeps somebody from a household is named, and nothing but these rules keeps anybody away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.duty.place import AT, SYSTEM, TODAY, Place, make_helper, make_place
from tests.factories import make_organisation
from yixian.duty import recusal_providers
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.choices import AbsenceKind, RecusalGround, Rule
from yixian.duty.eligibility import Days, pairing_tables, why_not
from yixian.duty.models import Recusal, Stationing
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household, HouseholdMember

pytestmark = pytest.mark.django_db
ALWAYS = Days(TODAY)


@pytest.fixture
def place() -> Place:
    return make_place(cadres=1, members=1, households=1)


def rules(place: Place, helper: Helper | None = None, days: Days = ALWAYS) -> list[Rule]:
    """The rules as named; and whatever is named must keep the helper out of the search as well."""
    household = Household.objects.select_related("area").get(pk=place.households[0].pk)
    helper = Helper.objects.select_related("person", "organisation", "home_area").get(
        pk=(helper or place.cadres[0]).pk
    )
    broken = why_not(household, helper, days)
    pairs = pairing_tables([household], HelperKind(helper.kind), days).edges.to_pylist()
    assert (helper.helper_no in {pair["helper_id"] for pair in pairs}) == (broken == [])
    return broken


def recuse(place: Place, ground: RecusalGround) -> None:
    Recusal.objects.create(
        household=place.households[0],
        helper=place.cadres[0],
        ground=ground,
        degree=3 if ground == RecusalGround.KIN else None,
        valid_from=TODAY,
        declared_at=AT,
    )


def test_whoever_breaks_no_rule_is_eligible(place):
    assert rules(place) == []
    assert rules(place, place.members[0]) == []


def test_not_in_service(place):
    Helper.objects.filter(pk=place.cadres[0].pk).update(valid_until=TODAY + timedelta(days=30))
    assert rules(place) == [Rule.NOT_IN_SERVICE]
    assert rules(place, days=Days(TODAY, TODAY + timedelta(days=30))) == []


def test_away_also_when_only_announced(place):
    first, until = TODAY + timedelta(days=40), TODAY + timedelta(days=50)
    given = Announcement(place.cadres[0].pk, AbsenceKind.LEAVE, first, until, "住院")
    announce_absence(given, actor=SYSTEM, at=AT)
    assert rules(place) == [Rule.AWAY]
    assert rules(place, days=Days(TODAY, first)) == []


def test_no_places(place):
    Helper.objects.filter(pk=place.cadres[0].pk).update(places=0)
    assert rules(place) == [Rule.NO_PLACES]


def test_not_stationed(place):
    stranger = make_helper(HelperKind.CADRE, make_organisation(place.county))
    assert rules(place, stranger) == [Rule.NOT_STATIONED]


def test_other_village(place):
    assert rules(place, place.members[1]) == [Rule.OTHER_VILLAGE]


def test_a_party_member_of_the_host_village_is_eligible_and_a_cadre_stationed_only_there_is_not(place):
    member, home = place.members[1], place.households[0]
    Household.objects.filter(pk=home.pk).update(host_area=place.villages[1])
    assert rules(place, member) == []
    stranger = make_helper(HelperKind.CADRE, make_organisation(place.county))
    Stationing.objects.create(
        organisation=stranger.organisation,
        area=place.villages[1],
        area_path=place.villages[1].path,
        valid_from=TODAY,
    )
    assert rules(place, stranger) == [Rule.NOT_STATIONED]
    both = list(Household.objects.select_related("area").order_by("pk"))
    pairs = pairing_tables(both, HelperKind.CADRE, ALWAYS).edges.to_pylist()
    assert (home.household_no, stranger.helper_no) not in {
        (row["household_id"], row["helper_id"]) for row in pairs
    }


def test_language(place):
    Household.objects.filter(pk=place.households[0].pk).update(language="iii")
    assert rules(place) == [Rule.LANGUAGE]
    Helper.objects.filter(pk=place.cadres[0].pk).update(languages="cmn,iii")
    assert rules(place) == []


def test_gender(place):
    Household.objects.filter(pk=place.households[0].pk).update(requested_gender="male")
    assert rules(place) == [Rule.GENDER]


def test_own_household(place):
    member = HouseholdMember.objects.filter(household=place.households[0]).last()
    Helper.objects.filter(pk=place.cadres[0].pk).update(person=member.person)
    assert rules(place) == [Rule.OWN_HOUSEHOLD]


def test_kin_known_from_the_register(place):
    home, other = place.households
    member = HouseholdMember.objects.filter(household=home).last()
    HouseholdMember.objects.filter(pk=member.pk).update(valid_until=TODAY)
    HouseholdMember.objects.create(
        household=other,
        person=member.person,
        relation="other",
        register_type="agricultural",
        present_at_cutoff=True,
        eligibility="eligible",
        valid_from=TODAY,
    )
    Helper.objects.filter(pk=place.cadres[0].pk).update(person=member.person)
    assert rules(place) == [Rule.KIN]


@pytest.mark.parametrize("ground", list(RecusalGround))
def test_each_ground_of_recusal_is_a_rule_of_the_same_name(place, ground):
    recuse(place, ground)
    assert rules(place) == [Rule(ground.value)]


def test_a_recusal_that_has_ended_keeps_nobody_away(place):
    recuse(place, RecusalGround.INTEREST)
    Recusal.objects.update(valid_until=TODAY)
    assert rules(place) == []


def matters_open(_household_ids, _on):
    """A room that knows of a matter about the first cadre."""
    household = Household.objects.order_by("pk").first()
    yield household.pk, Helper.objects.filter(kind="cadre", places__gt=0).first().pk, RecusalGround.MATTER


def test_what_other_rooms_records_say_is_a_rule(place, monkeypatch):
    monkeypatch.setattr(recusal_providers.SOURCES, "_addresses", {"test": f"{__name__}.matters_open"})
    assert rules(place) == [Rule.MATTER]


def test_every_rule_has_a_test_here_and_several_are_named_in_order(place):
    Household.objects.filter(pk=place.households[0].pk).update(language="hmd", requested_gender="male")
    Helper.objects.filter(pk=place.cadres[0].pk).update(places=0)
    recuse(place, RecusalGround.APPROVAL)
    assert rules(place) == [Rule.NO_PLACES, Rule.LANGUAGE, Rule.GENDER, Rule.APPROVAL]
