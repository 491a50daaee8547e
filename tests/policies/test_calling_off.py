"""取消采用: what was planned never takes effect, and what it was to end stays in force; proposals are taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.policies.shelf import ADOPTED, AT, person, register_shelf
from yixian.kernel.actors import Grant
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.kernel.roles import Role
from yixian.policies.actions.adopt_pack import approve_adoption, propose_adoption
from yixian.policies.queries import (
    adoptions,
    called_off_because,
    get_adoption,
    may_be_called_off,
    pack_in_force,
    proposals_to_approve,
)
from yixian.registry.models import Area
from yixian.revisions.actions.call_off_adoption import call_off_adoption

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]
LATER = timezone.localdate(AT) + timedelta(days=30)


class Bureau:
    """A clerk and a lead of a place, and a pack in force there."""

    def __init__(self, place: Area, tmp_path: Path) -> None:
        self.place, self.pack = place, register_shelf(tmp_path)
        self.clerk, self.lead = person(Role.BUREAU_CLERK, place), person(Role.BUREAU_LEAD, place)
        self.now = self.adopt(ADOPTED, "7号")

    def propose(self, day, paper: str):
        return propose_adoption(self.pack.pk, self.place.pk, day, paper, actor=self.clerk, at=AT)

    def adopt(self, day, paper: str):
        return approve_adoption(self.propose(day, paper).pk, actor=self.lead, at=AT)

    def call_off(self, adoption, because: str = "另行发文", who=None, number: str = "10号"):
        return call_off_adoption(adoption.pk, because, number, actor=who or self.lead, at=AT)


@pytest.fixture
def bureau(place: Area, tmp_path: Path) -> Bureau:
    return Bureau(place, tmp_path)


def test_what_was_in_force_stays_in_force(bureau: Bureau) -> None:
    planned = bureau.adopt(LATER, "8号")
    bureau.now.refresh_from_db()
    assert bureau.now.valid_until == LATER
    bureau.call_off(planned)
    bureau.now.refresh_from_db()
    planned.refresh_from_db()
    assert bureau.now.valid_until is None
    assert planned.is_called_off
    assert pack_in_force(bureau.place.path, LATER) is not None
    (event,) = Event.objects.filter(kind="adoption.called_off")
    assert event.data["reason"] == "另行发文"
    assert called_off_because(bureau.clerk, [planned, bureau.now]) == {
        planned.pk: ("移民局负责人", "另行发文 · 10号")
    }
    assert planned.pk not in adoptions(person(Role.HOUSEHOLD, bureau.place)).values_list("pk", flat=True)
    bureau.adopt(LATER + timedelta(days=1), "9号")


def test_one_of_a_chain_is_called_off_and_its_days_go_to_the_one_before(bureau: Bureau) -> None:
    second, third = bureau.adopt(LATER, "8号"), bureau.adopt(LATER + timedelta(days=60), "9号")
    bureau.call_off(second)
    bureau.now.refresh_from_db()
    assert bureau.now.valid_until == third.valid_from


def test_a_proposal_is_taken_back_by_whoever_proposes(bureau: Bureau) -> None:
    proposal = bureau.propose(LATER, "8号")
    bureau.call_off(proposal, who=bureau.clerk, number="")
    assert not proposals_to_approve(bureau.lead).count()
    with pytest.raises(NotFound):
        approve_adoption(proposal.pk, actor=bureau.lead, at=AT)
    with pytest.raises(Refused, match="already"):
        bureau.call_off(proposal)
    assert bureau.propose(LATER, "8号").pk != proposal.pk
    bureau.now.refresh_from_db()
    assert bureau.now.valid_until is None


def test_who_may_not_and_what_is_in_force_is_refused(bureau: Bureau, place: Area) -> None:
    planned = bureau.adopt(LATER, "8号")
    with pytest.raises(NotPermitted):
        bureau.call_off(planned, who=bureau.clerk)
    with pytest.raises(NotPermitted):
        bureau.call_off(planned, who=person(Role.AUDITOR, place))
    with pytest.raises(Invalid):
        bureau.call_off(planned, " ")
    with pytest.raises(Refused, match="in force already"):
        bureau.call_off(bureau.now)
    other = Area.objects.create(path="9999", code="99", name="外县", level="county")
    with pytest.raises(NotFound):
        bureau.call_off(planned, who=person(Role.BUREAU_LEAD, other))


def test_what_two_decided_is_not_undone_by_the_first_nor_without_a_document(bureau: Bureau) -> None:
    leader = person(Role.COUNTY_LEADER, bureau.place)
    proposal = propose_adoption(bureau.pack.pk, bureau.place.pk, LATER, "8号", actor=bureau.lead, at=AT)
    planned = approve_adoption(proposal.pk, actor=leader, at=AT)
    with pytest.raises(Refused, match="leaves calling it off to another"):
        bureau.call_off(planned, who=bureau.lead)
    with pytest.raises(Invalid, match="Name the document"):
        bureau.call_off(planned, who=leader, number=" ")
    day = timezone.localdate(AT)
    assert [may_be_called_off(who, planned, on=day) for who in (bureau.lead, leader)] == [False, True]
    assert not may_be_called_off(leader, planned, on=LATER)
    bureau.call_off(planned, who=leader)
    planned.refresh_from_db()
    assert planned.is_called_off
    assert not may_be_called_off(leader, planned, on=day)


def test_the_reach_of_another_role_gives_no_right_over_policies(bureau: Bureau) -> None:
    """Who leads the bureau of another county and audits this one changes nothing here."""
    other = Area.objects.create(path="9999", code="99", name="外县", level="county")
    lead = person(Role.BUREAU_LEAD, other)
    lead = lead.with_grants((*lead.grants, Grant(Role.AUDITOR, area_paths=(bureau.place.path,))))
    proposal = bureau.propose(LATER, "8号")
    for attempt in (
        lambda: bureau.call_off(proposal, who=lead),
        lambda: approve_adoption(proposal.pk, actor=lead, at=AT),
        lambda: propose_adoption(bureau.pack.pk, bureau.place.pk, LATER, "9号", actor=lead, at=AT),
        lambda: get_adoption(lead, proposal.pk),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert not may_be_called_off(lead, proposal, on=timezone.localdate(AT))
    assert may_be_called_off(bureau.clerk, proposal, on=timezone.localdate(AT))
