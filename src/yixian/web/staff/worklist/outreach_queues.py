"""讲解待办: accounts to explain, answers to bring to the door, and explanations that a household says never took place."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.outreach.queries import accounts_to_explain, answers_to_bring, denied_explanations
from yixian.outreach.queries.on_site import decisions_to_close, decisions_to_report, late_decisions
from yixian.outreach.queries.policy_meetings import households_to_tell
from yixian.outreach.queries.reading_requests import late_readings, readings_asked_of
from yixian.visits.access import FIGURE_READERS
from yixian.web.staff.worklist.queues import WorkQueue, listing, page


def _answers_for(actor: Actor) -> bool:
    return actor.has_any(FIGURE_READERS)


OUTREACH = (
    WorkQueue(
        name="meetings.tell",
        needs="outreach:meeting_reached",
        act=_("Tell what the policy meeting explained"),
        title=_("Households of yours were absent from a policy meeting"),
        why=_("Tell each what was explained there, and note the day."),
        rows=lambda actor, _at: households_to_tell(actor),
        page=lambda row: f"/staff/outreach/meetings/{row.key}/",
        listing=listing("field:mine"),
    ),
    WorkQueue(
        name="decisions.report",
        needs="outreach:decision_done",
        act=_("Carry out what was decided on the spot"),
        title=_("Decisions made on the spot are yours to carry out"),
        why=_("A leader decided it before the people; say by that day with what it was done, or why not."),
        rows=lambda actor, at: decisions_to_report(actor, at=at),
        page=page("outreach:decision"),
        listing=listing("outreach:decisions", "?tab=ours"),
    ),
    WorkQueue(
        name="decisions.close",
        needs="outreach:decision_close",
        act=_("See a decision to its end"),
        title=_("Decisions made on the spot were reported on"),
        why=_("Close each, or send it back with a new day."),
        rows=lambda actor, at: decisions_to_close(actor, at=at),
        page=page("outreach:decision"),
        listing=listing("outreach:decisions", "?tab=reported"),
    ),
    WorkQueue(
        name="decisions.late",
        needs="outreach:decision_close",
        title=_("Decisions made on the spot are past their day"),
        why=_("Nobody has said what became of them."),
        count=lambda actor, at: late_decisions(actor, at=at),
        listing=listing("outreach:decisions"),
    ),
    WorkQueue(
        name="explanations.requested",
        needs="field:household",
        act=_("Read the account at the door"),
        title=_("Households ask you to come and read their account to them"),
        why=_(
            "They asked on their page, by telephone or at the counter. It stands here until you have explained it there."
        ),
        rows=lambda actor, _at: readings_asked_of(actor),
        page=page("field:household"),
        listing=listing("outreach:explanations", "?state=requested"),
    ),
    WorkQueue(
        name="explanations.requested_late",
        needs="outreach:explanations",
        title=_(
            "Households wait for somebody to read their account: a week already, or with nobody beside them"
        ),
        why=_("Nobody has come. Ring those beside them, or send somebody."),
        count=lambda actor, at: late_readings(actor, at=at),
        listing=listing("outreach:explanations", "?state=requested"),
    ),
    WorkQueue(
        name="explanations.explain",
        needs="outreach:explain",
        act=_("Explain the account"),
        title=_("Accounts wait to be explained"),
        why=_("The household has an account that nobody has gone through with it, line by line."),
        rows=lambda actor, at: accounts_to_explain(actor, at=at),
        page=page("outreach:explain"),
        listing=listing("outreach:explanations", "?state=waiting"),
    ),
    WorkQueue(
        name="explanations.answered",
        needs="outreach:confirm",
        act=_("Bring the answer"),
        title=_("Answers wait to be brought to the household"),
        why=_("Its question about the account is answered; it has not confirmed the answer."),
        rows=lambda actor, at: answers_to_bring(actor, at=at),
        page=page("outreach:confirm"),
        listing=listing("outreach:explanations", "?state=open"),
    ),
    WorkQueue(
        name="explanations.denied",
        needs="outreach:explanations",
        title=_("Households say that an explanation never took place"),
        why=_("Find out what happened, and have the account explained."),
        count=lambda actor, at: denied_explanations(actor, at=at) if _answers_for(actor) else 0,
        listing=listing("outreach:explanations", "?state=denied"),
    ),
)
