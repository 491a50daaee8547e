"""采用: a proposal sent again stays one; one person does not decide alone; what is decided once is decided once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.policies.shelf import ADOPTED, AT, person, register_shelf
from yixian.kernel.errors import NotFound, Refused
from yixian.kernel.models import Event
from yixian.kernel.roles import Role
from yixian.policies.actions.adopt_pack import approve_adoption, propose_adoption
from yixian.policies.models import PackAdoption
from yixian.policies.queries import adoptions_and_proposals, proposals_to_approve
from yixian.registry.models import Area


def test_the_same_proposal_posted_twenty_times_is_one(place: Area, tmp_path: Path) -> None:
    pack, clerk, lead = (
        register_shelf(tmp_path),
        person(Role.BUREAU_CLERK, place),
        person(Role.BUREAU_LEAD, place),
    )
    proposals = {
        propose_adoption(pack.pk, place.pk, ADOPTED, " 澜政发〔2024〕7号 ", actor=clerk, at=AT).pk
        for _time in range(20)
    }
    assert (
        len(proposals)
        == PackAdoption.objects.count()
        == Event.objects.filter(kind="adoption.proposed").count()
        == 1
    )
    (proposal,) = proposals
    assert [row.key for row in proposals_to_approve(lead).window(0, 9)] == [proposal]
    assert not proposals_to_approve(clerk).count()
    approve_adoption(proposal, actor=lead, at=AT)
    with pytest.raises(NotFound):
        approve_adoption(proposal, actor=lead, at=AT)


def test_nobody_approves_their_own(place: Area, tmp_path: Path) -> None:
    lead = person(Role.BUREAU_LEAD, place)
    own = propose_adoption(
        register_shelf(tmp_path).pk, place.pk, ADOPTED, "澜政发〔2024〕7号", actor=lead, at=AT
    )
    with pytest.raises(Refused, match="Another person"):
        approve_adoption(own.pk, actor=lead, at=AT)
    assert not proposals_to_approve(lead).count()


def test_a_proposal_that_was_overtaken_says_so_and_waits_for_nobody(place: Area, tmp_path: Path) -> None:
    pack, clerk, lead = (
        register_shelf(tmp_path),
        person(Role.BUREAU_CLERK, place),
        person(Role.BUREAU_LEAD, place),
    )
    first, second, later = (
        propose_adoption(pack.pk, place.pk, ADOPTED + timedelta(days=after), paper, actor=clerk, at=AT).pk
        for paper, after in (("7号", 0), ("8号", 0), ("9号", 1))
    )
    assert not adoptions_and_proposals(lead).filter(is_overtaken=True).exists()
    approve_adoption(first, actor=lead, at=AT)
    assert [row.pk for row in adoptions_and_proposals(lead).filter(is_overtaken=True)] == [second]
    assert [row.key for row in proposals_to_approve(lead).window(0, 9)] == [later]
    with pytest.raises(Refused):
        approve_adoption(second, actor=lead, at=AT)
