"""减员: a member who died, married away or moved leaves the household by two persons; a head only with another head."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import make_group, make_household, make_user
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.roles import Role
from yixian.registry.actions.decide_change import agree
from yixian.registry.actions.propose_leaving import Leaving, propose_leaving
from yixian.registry.choices import ChangeOutcome, LeftAs
from yixian.registry.models import Household, HouseholdMember
from yixian.registry.queries.proposed_changes import decided_alone
from yixian.registry.queries.trail import history
from yixian.registry.second_person import Document

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
ON = AT.date()
PAPER = Document("户籍证明1号", date(2026, 11, 1), "户口已迁出")


@pytest.fixture
def household() -> Household:
    return make_household(make_group(), others=1)


def someone(role: Role):
    return actor_for(make_user(role), at=AT)


def people(household: Household) -> tuple[HouseholdMember, HouseholdMember]:
    """The head and the other one."""
    rows = household.members.filter(valid_until=None)
    return rows.get(relation="head"), rows.exclude(relation="head").get()


def proposed(household: Household, person_id: int, on: date = ON, new_head: int | None = None, **options):
    leaving = Leaving(person_id, options.get("left_as", LeftAs.DIED), on, new_head)
    clerk = options.get("clerk") or someone(Role.BUREAU_CLERK)
    return propose_leaving(household.pk, leaving, PAPER, actor=clerk, at=AT)


def test_a_member_leaves_when_a_second_person_agrees(household):
    _head, other = people(household)
    clerk, lead = someone(Role.BUREAU_CLERK), someone(Role.BUREAU_LEAD)
    change = proposed(household, other.person_id, ON - timedelta(days=3), clerk=clerk)
    other.refresh_from_db()
    assert other.valid_until is None
    assert agree(change.pk, actor=lead, at=AT).outcome == ChangeOutcome.AGREED
    other.refresh_from_db()
    assert other.valid_until == ON - timedelta(days=3)
    told = history(clerk, household)[0]
    assert told.title == "家里减了一人"
    assert {"离户原因：去世", f"姓名：{other.person.name}"} <= set(told.details)
    assert not decided_alone(someone(Role.AUDITOR)).exists()


def test_a_head_leaves_only_with_a_new_one_who_counts_as_before(household):
    head, other = people(household)
    for new_head in (None, head.person_id, 0):
        with pytest.raises(Invalid) as missing:
            proposed(household, head.person_id, new_head=new_head)
        assert missing.value.field == "new_head_id"
    agree(
        proposed(household, head.person_id, new_head=other.person_id).pk,
        actor=someone(Role.BUREAU_LEAD),
        at=AT,
    )
    household.refresh_from_db()
    now = household.members.get(valid_until=None)
    assert (household.head_id, now.person_id, now.relation) == (other.person_id, other.person_id, "head")
    assert (now.valid_from, now.eligibility) == (ON, other.eligibility)


def test_nobody_leaves_tomorrow_before_they_came_or_as_the_last(household):
    head, other = people(household)
    for on in (ON + timedelta(days=1), other.valid_from):
        with pytest.raises(Invalid) as wrong:
            proposed(household, other.person_id, on)
        assert wrong.value.field == "on"
    with pytest.raises(Invalid) as not_head:
        proposed(household, other.person_id, new_head=head.person_id)
    assert not_head.value.key == "leaving.not_head"
    HouseholdMember.objects.filter(pk=other.pk).update(valid_until=ON)
    with pytest.raises(NotFound):
        proposed(household, other.person_id)
    with pytest.raises(Refused) as last:
        proposed(household, head.person_id)
    assert last.value.key == "leaving.last"


def test_one_whose_place_changed_meanwhile_is_overtaken(household):
    head, other = people(household)
    lead = someone(Role.BUREAU_LEAD)
    first = proposed(household, head.person_id, new_head=other.person_id)
    second = proposed(household, other.person_id)
    agree(first.pk, actor=lead, at=AT)
    assert agree(second.pk, actor=lead, at=AT).outcome == ChangeOutcome.OUTDATED


def test_others_do_not_reach_it(household):
    _head, other = people(household)
    elsewhere = make_household(make_group())
    near = actor_for(make_user(Role.BUREAU_CLERK, area_path=elsewhere.area_path), at=AT)
    with pytest.raises(NotFound):
        proposed(household, other.person_id, clerk=near)
