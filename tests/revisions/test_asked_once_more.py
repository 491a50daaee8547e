"""审定前再问一遍: a decision names its numbers and is taken when it is confirmed."""

from __future__ import annotations

import pytest

from tests.revisions.conftest import AT
from tests.revisions.test_revision import office  # noqa: F401 - the people who draft and decide
from yixian.revisions.actions.compare_revision import compare_revision
from yixian.revisions.actions.take_step import submit
from yixian.revisions.choices import RevisionStage
from yixian.revisions.queries import stage_of
from yixian.web.revisions.revision_steps import STEPS

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]


def test_a_decision_is_asked_once_more_with_its_numbers(office, households, rf) -> None:  # noqa: F811
    revision = office.drafted()
    comparison = compare_revision(revision.pk, actor=office.clerk, at=AT)
    submit(revision.pk, actor=office.clerk, at=AT)
    asked = rf.post("/", {"evidence": comparison.evidence})
    asked.actor = office.lead
    question = STEPS.answer(STEPS.by_name["approve"], asked, revision_id=revision.pk).content.decode()
    assert "一共 6 户：3 户增加，0 户减少，3 户不变，0 户没有可以比的账。" in question
    assert 'name="confirmed" value="yes"' in question
    assert 'name="evidence"' in question
    assert stage_of(revision) == RevisionStage.SUBMITTED
