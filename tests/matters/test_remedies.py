"""落实: closing applies the approved change, as an event and a new version of the account; a matter by itself changes nothing."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override

from tests.factories import LONG_AGO
from tests.matters.place import AT, EARTH_TIMBER, SYSTEM, Place, days
from tests.matters.test_handling import OPINION
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.compensation.models import Statement
from yixian.inventory.models import InventoryItem
from yixian.kernel.errors import Invalid, Refused
from yixian.matters.actions import converse, decide, hand_over, take_on
from yixian.matters.choices import DecisionOutcome, NotificationChannel
from yixian.matters.models import Matter, RemedyDone
from yixian.matters.queries import matter_view
from yixian.matters.queries.own_matter import own_view
from yixian.matters.queries.pending_approvals import remedies_to_carry_out
from yixian.matters.queries.remedy_previews import open_changes
from yixian.matters.remedy_lines import Remedies, RemedyLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def surveyed(place: Place) -> Place:
    InventoryItem.objects.create(
        line_no=f"{place.ours.household_no}-01",
        household=place.ours,
        area_path=place.ours.area_path,
        item_code="house.main.earth_timber",
        quantity=Decimal("186.4"),
        surveyed_on=LONG_AGO,
        valid_from=LONG_AGO,
    )
    calculate_accounts(place.county.path, on=AT.date(), actor=SYSTEM, at=AT)
    return place


def decided(place: Place, remedy: str, **values: str) -> str:
    """A matter of our household that the bureau has supported, with this remedy."""
    number = place.by_household().matter.number
    clerk = place.actor("clerk")
    hand_over.forward(number, place.organisations["bureau"].pk, "", actor=place.actor("petition"), at=days(1))
    take_on.accept_matter(number, actor=clerk, at=days(2))
    opinion = replace(
        OPINION,
        outcome=DecisionOutcome.SUPPORTED,
        remedies=Remedies(place.ours.pk, (RemedyLine(remedy, values),)),
    )
    decide.decide(number, opinion, actor=clerk, at=days(5))
    return number


def test_a_quantity_is_corrected_and_the_account_calculated_again(surveyed: Place) -> None:
    line = f"{surveyed.ours.household_no}-01"
    before = Statement.objects.get(household=surveyed.ours, is_current=True)
    number = decided(surveyed, "quantity", line_no=line, quantity="192.1")
    assert Statement.objects.get(household=surveyed.ours, is_current=True) == before
    converse.write_to_person(
        number,
        uuid.uuid4(),
        "予以更正。",
        NotificationChannel.PORTAL,
        actor=surveyed.actor("clerk"),
        at=days(6),
    )
    with pytest.raises(Refused) as refused:
        decide.close(number, actor=surveyed.actor("clerk"), at=days(6))
    assert refused.value.key == "matter.remedy_open"
    with pytest.raises(Refused) as refused:
        decide.carry_out(number, "两移更〔2026〕3号", actor=surveyed.actor("clerk"), at=days(6))
    assert refused.value.key == "matter.same_person"
    lead, at = surveyed.actor("lead"), days(6)
    assert [row.number for row in remedies_to_carry_out(lead, at=at).window(0, 9)] == [number]
    assert not remedies_to_carry_out(surveyed.actor("clerk"), at=at).count()
    done = decide.carry_out(number, "两移更〔2026〕3号", actor=surveyed.actor("lead"), at=days(7))
    assert not remedies_to_carry_out(lead, at=days(7)).count()
    after = Statement.objects.get(household=surveyed.ours, is_current=True)
    assert after.version == before.version + 1
    assert after.total_fen - before.total_fen == int(Decimal("5.7") * 384 * 100)
    assert done.result["version"] == after.version
    assert InventoryItem.objects.get(line_no=line, valid_until=None).quantity == Decimal("192.1")
    decide.close(number, actor=surveyed.actor("clerk"), at=days(8))
    with pytest.raises(Refused):
        decide.carry_out(number, "再来一次", actor=surveyed.actor("lead"), at=days(9))


def test_what_was_left_out_is_added(surveyed: Place) -> None:
    number = decided(surveyed, "left_out", item_code="house.side.earth_timber", quantity="10")
    before = Statement.objects.get(household=surveyed.ours, is_current=True)
    decide.carry_out(number, "两移更〔2026〕4号", actor=surveyed.actor("lead"), at=days(7))
    after = Statement.objects.get(household=surveyed.ours, is_current=True)
    assert after.total_fen - before.total_fen == 10 * 288 * 100


def test_a_member_counts_otherwise(surveyed: Place) -> None:
    child = surveyed.ours.members.exclude(relation="head").first()
    number = decided(surveyed, "member", person_no=child.person.person_no, eligibility="not_eligible")
    decide.carry_out(number, "两移更〔2026〕5号", actor=surveyed.actor("lead"), at=days(7))
    assert surveyed.ours.members.get(person=child.person, valid_until=None).eligibility == "not_eligible"


def test_a_wrong_remedy_changes_nothing_at_all(surveyed: Place) -> None:
    number = decided(surveyed, "kind", line_no=f"{surveyed.ours.household_no}-01", item_code="no.such")
    with pytest.raises(Invalid):
        decide.carry_out(number, "两移更〔2026〕6号", actor=surveyed.actor("lead"), at=days(7))
    assert not RemedyDone.objects.exists()
    assert InventoryItem.objects.filter(household=surveyed.ours).count() == 1


def test_a_remedy_is_for_the_household_that_asked(surveyed: Place) -> None:
    number = surveyed.raised(clauses=(EARTH_TIMBER,)).matter.number
    hand_over.forward(
        number, surveyed.organisations["bureau"].pk, "", actor=surveyed.actor("petition"), at=days(1)
    )
    take_on.accept_matter(number, actor=surveyed.actor("clerk"), at=days(2))
    opinion = replace(
        OPINION,
        outcome=DecisionOutcome.SUPPORTED,
        remedies=Remedies(surveyed.theirs.pk, (RemedyLine("quantity", {"line_no": "x", "quantity": "1"}),)),
    )
    with pytest.raises(Invalid) as invalid:
        decide.decide(number, opinion, actor=surveyed.actor("clerk"), at=days(5))
    assert invalid.value.key == "matter.remedy_household"


def test_several_lines_are_put_right_in_one_each_said_from_what_to_what(surveyed: Place) -> None:
    line = f"{surveyed.ours.household_no}-01"
    number = surveyed.by_household().matter.number
    clerk, lead = surveyed.actor("clerk"), surveyed.actor("lead")
    hand_over.forward(
        number, surveyed.organisations["bureau"].pk, "", actor=surveyed.actor("petition"), at=days(1)
    )
    take_on.accept_matter(number, actor=clerk, at=days(2))
    lines = (
        RemedyLine("quantity", {"line_no": line, "quantity": "192.1"}),
        RemedyLine("left_out", {"item_code": "house.side.earth_timber", "quantity": "10"}),
    )
    opinion = replace(OPINION, outcome=DecisionOutcome.SUPPORTED, remedies=Remedies(surveyed.ours.pk, lines))
    decide.decide(number, opinion, actor=clerk, at=days(5))
    matter = Matter.objects.get(number=number)
    said = ["土木结构正房：186.4 平方米 → 192.1 平方米", "土木结构偏房：原来漏登 → 10 平方米"]
    with override("zh-hans"):
        assert open_changes(lead, matter, at=days(6)) == said
        assert matter_view(clerk, matter, at=days(6)).decisions[0].changes == tuple(said)
    before = Statement.objects.get(household=surveyed.ours, is_current=True)
    decide.carry_out(number, "两移更〔2026〕8号", actor=lead, at=days(7))
    after = Statement.objects.get(household=surveyed.ours, is_current=True)
    assert after.version == before.version + 1
    assert after.total_fen - before.total_fen == int(Decimal("5.7") * 384 * 100) + 10 * 288 * 100
    converse.write_to_person(
        number, uuid.uuid4(), "已更正。", NotificationChannel.PORTAL, actor=clerk, at=days(8)
    )
    with override("zh-hans"):
        told = own_view(matter, at=days(8)).view.decisions[0]
    assert told.changes == tuple(said)
    assert told.remedy_result.startswith("账目合计：")
    assert told.remedy_result.endswith("（+5,068.80）")


def test_what_a_department_may_not_see_it_decides_without_learning_it(surveyed: Place) -> None:
    number = surveyed.by_household().matter.number
    hand_over.forward(
        number, surveyed.organisations["water"].pk, "", actor=surveyed.actor("petition"), at=days(1)
    )
    take_on.accept_matter(number, actor=surveyed.actor("water"), at=days(2))
    line = RemedyLine("quantity", {"line_no": f"{surveyed.ours.household_no}-01", "quantity": "192.1"})
    opinion = replace(
        OPINION, outcome=DecisionOutcome.SUPPORTED, remedies=Remedies(surveyed.ours.pk, (line,))
    )
    decide.decide(number, opinion, actor=surveyed.actor("water"), at=days(5))
    view = matter_view(surveyed.actor("water"), Matter.objects.get(number=number), at=days(6))
    assert "186.4" not in view.decisions[0].changes[0]
    assert "192.1" in view.decisions[0].changes[0]
