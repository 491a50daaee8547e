"""示范督办与公文: a leader orders what is late to be cleared; the bureau replies, and tells of a matter in a formal paper."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from yixian.demo.sign_ins import CLERK, LEAD, user_actor
from yixian.kernel.actors import Actor
from yixian.matters.access import matter_scope, organisations_of
from yixian.matters.acting import acting_organisations
from yixian.matters.actions.issue_paper import draft_paper, issue_paper, review_paper
from yixian.matters.actions.supervise import reply, supervise
from yixian.matters.models import FormalPaper, Matter, SupervisionOrder
from yixian.matters.queries.formal_papers import draft_of, missing_papers

_LEADER = "county"
_LETTERS = "澜移信"
_DAYS = 7
_ABOUT = "手里超过期限的诉求"
_ORDERED = "请逐件过一遍，七日内办结或者说明为什么办不了。（演示）"
_REPLIED = "已逐件核对，两件当天告知本人，其余三日内办结。（演示）"


def orders_and_papers_stand() -> bool:
    """Whether a leader ordered something and a paper was issued, or there is no matter to tell of."""
    return SupervisionOrder.objects.exists() or not Matter.objects.exists()


@transaction.atomic
def order_and_tell(*, at: datetime) -> None:
    """Give every body that acts an order; let the bureau reply to its own, and issue a paper about one of its matters."""
    leader, clerk, lead = (user_actor(name, at=at) for name in (_LEADER, CLERK, LEAD))
    due = timezone.localdate(at) + timedelta(days=_DAYS)
    theirs = acting_organisations(at=at) - organisations_of(leader, at=at)
    orders = [
        supervise(_ABOUT, "/staff/matters/?tab=overdue", number, _ORDERED, due, actor=leader, at=at)
        for number in sorted(theirs)
    ]
    bureau = organisations_of(clerk, at=at)
    for order in orders:
        if order.organisation_id in bureau:
            reply(order.pk, _REPLIED, actor=clerk, at=at)
    paper = _draft(clerk, at)
    if paper is not None:
        review_paper(paper.pk, actor=lead, at=at)
        issue_paper(paper.pk, _LETTERS, actor=lead, at=at)


def _draft(clerk: Actor, at: datetime) -> FormalPaper | None:
    """The draft of the first paper that is missing about a matter that the bureau dealt with."""
    for matter in matter_scope(clerk, at=at).order_by("pk"):
        for kind, _seq in missing_papers(clerk, matter, at=at):
            words = draft_of(clerk, matter.number, kind, at=at)[3]
            return draft_paper(matter.number, kind, words, actor=clerk, at=at)
    return None
