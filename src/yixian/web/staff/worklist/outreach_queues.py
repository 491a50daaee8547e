"""讲解待办: accounts to explain, answers to bring to the door, and explanations that a household says never took place."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.outreach.queries import accounts_to_explain, answers_to_bring, denied_explanations
from yixian.visits.access import FIGURE_READERS
from yixian.web.staff.worklist.queues import WorkQueue, listing, page


def _answers_for(actor: Actor) -> bool:
    return actor.has_any(FIGURE_READERS)


OUTREACH = (
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
