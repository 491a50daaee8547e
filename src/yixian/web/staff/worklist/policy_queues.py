"""政策待办: adoptions, revisions and kept standards for the second person; signals, checks, questions to the helpdesk."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yixian.policies.policy_helpdesk import questions_to_answer
from yixian.policies.queries import proposals_to_approve
from yixian.revisions.queries.pending_revisions import revisions_to_approve
from yixian.web.staff.worklist.queues import WorkQueue, listing, page
from yixian.working_groups.queries.pending_group_work import (
    checks_to_do,
    signals_to_answer,
    standards_to_keep,
)

POLICIES = (
    WorkQueue(
        name="policies.approve",
        needs="staff:adoption_approve",
        act=_("Approve a policy"),
        title=_("Policies wait for your approval"),
        why=_("Somebody else proposed them; without a second person they have no effect."),
        rows=lambda actor, _at: proposals_to_approve(actor),
        page=lambda _row: reverse("staff:policies"),
        listing=listing("staff:policies"),
    ),
    WorkQueue(
        name="revisions.approve",
        needs="staff:revision_approve",
        act=_("Approve a revision"),
        title=_("Revisions wait for your approval"),
        why=_("Two people who did not draft it approve, one after the other, what it changes for everybody."),
        rows=lambda actor, _at: revisions_to_approve(actor),
        page=page("staff:revision"),
        listing=listing("staff:revisions"),
    ),
    WorkQueue(
        name="groups.decide",
        needs="staff:group_keep_decide",
        act=_("Decide whether a standard stays"),
        title=_("Standards are proposed to be kept"),
        why=_("Another person than the one who proposed it decides; then everybody who asked is told why."),
        rows=lambda actor, _at: standards_to_keep(actor),
        page=page("staff:group"),
        listing=listing("staff:groups"),
    ),
    WorkQueue(
        name="signals.answer",
        needs="staff:group_open",
        act=_("Answer a signal"),
        title=_("Signals wait for a public answer"),
        why=_("Many households ask about the same clause; whether a group is opened is said by a day."),
        rows=lambda actor, _at: signals_to_answer(actor),
        page=page("staff:signal"),
        listing=listing("staff:groups"),
    ),
    WorkQueue(
        name="checks.do",
        needs="staff:checks",
        act=_("Check a household"),
        title=_("Households drawn for you to check"),
        why=_("Measure what the form asks for, or say why it cannot be measured."),
        rows=lambda actor, _at: checks_to_do(actor),
        page=page("staff:check"),
        listing=listing("staff:checks"),
    ),
    WorkQueue(
        name="helpdesk.answer",
        needs="staff:helpdesk",
        act=_("Answer a question"),
        title=_("Questions wait at the policy desk"),
        why=_("The library did not answer them. Each has a last day."),
        rows=lambda actor, _at: questions_to_answer(actor),
        page=page("staff:helpdesk_question"),
        listing=listing("staff:helpdesk"),
    ),
)
