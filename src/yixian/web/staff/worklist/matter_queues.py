"""诉求待办: matters that are overdue, offered, in hand, or wait for a second person."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.result_sets import ResultSet
from yixian.matters.access import HANDLERS
from yixian.matters.matter_read_models import MatterRow
from yixian.matters.queries import matter_list, with_first_words
from yixian.matters.queries.formal_papers import papers_to_deliver, papers_to_issue, papers_to_review
from yixian.matters.queries.pending_approvals import extensions_to_approve, remedies_to_carry_out
from yixian.matters.queries.supervision import late_orders, to_close, to_reply
from yixian.web.staff.worklist.queues import WorkQueue, listing, page
from yixian.web.ui.cells import Text


class Papers(Protocol):
    """A query of formal papers that wait for somebody."""

    def __call__(self, actor: Actor, *, at: datetime) -> ResultSet[Pending]:
        """Those that wait for the actor at a moment."""


def _pending(actor: Actor, at: datetime, rows: list[MatterRow]) -> list[Pending]:
    return [
        Pending(
            row.number,
            f"{row.topic_label} {row.number}",
            " · ".join(part for part in (row.words, row.area) if part),
            timezone.localdate(row.received_at),
            row.next_due_on,
        )
        for row in with_first_words(rows, actor=actor, at=at)
    ]


def _named(found: ResultSet[MatterRow], actor: Actor, at: datetime) -> ResultSet[Pending]:
    """Matters as things that wait, each with the first words of what was said."""
    return found.reading(partial(_pending, actor, at))


def _tab(name: str, actor: Actor, at: datetime) -> ResultSet[Pending]:
    return _named(matter_list(actor, at=at, tab=name), actor, at) if actor.has_any(HANDLERS) else NOTHING


def _overdue(actor: Actor, at: datetime) -> int:
    return matter_list(actor, at=at, tab="overdue").count() if actor.has_any(HANDLERS) else 0


def _papers(step: str, rows: Papers, act: Text, title: Text, why: Text) -> WorkQueue:
    """Formal papers that wait for a step."""
    return WorkQueue(
        name=f"papers.{step}",
        needs=f"staff:formal_{step}",
        act=act,
        title=title,
        why=why,
        rows=lambda actor, at: rows(actor, at=at),
        page=page("staff:formal_paper"),
        listing=listing("staff:matters", "?tab=organisation"),
    )


MATTERS = (
    WorkQueue(
        name="matters.offered",
        needs="staff:matters",
        act=_("Take over or return"),
        title=_("Matters await acceptance by your office"),
        why=_("Take each over or return it with reasons; after five working days it is yours."),
        rows=partial(_tab, "offered"),
        page=page("staff:matter"),
        listing=listing("staff:matters", "?tab=offered"),
    ),
    WorkQueue(
        name="matters.mine",
        needs="staff:matters",
        act=_("Handle a matter"),
        title=_("Matters are in your hands"),
        why=_("What is due first stands at the top."),
        rows=partial(_tab, "mine"),
        page=page("staff:matter"),
        listing=listing("staff:matters", "?tab=mine"),
    ),
    WorkQueue(
        name="matters.extensions",
        needs="staff:matters",
        act=_("Approve more time"),
        title=_("Requests for more time wait"),
        why=_("A colleague asks for a longer limit; somebody else must approve it before the limit is over."),
        rows=lambda actor, at: _named(extensions_to_approve(actor, at=at), actor, at),
        page=page("staff:matter", step="approve_extension/"),
        listing=listing("staff:matters", "?tab=organisation"),
    ),
    WorkQueue(
        name="matters.remedies",
        needs="staff:matters",
        act=_("Carry out a decision"),
        title=_("Decisions wait to be carried out"),
        why=_("Somebody else decided that the register changes; it does when you have carried it out."),
        rows=lambda actor, at: _named(remedies_to_carry_out(actor, at=at), actor, at),
        page=page("staff:matter", step="carry_out/"),
        listing=listing("staff:matters", "?tab=open"),
    ),
    _papers(
        "review",
        papers_to_review,
        _("Review a formal paper"),
        _("Formal papers wait for your review"),
        _("A colleague drafted them; somebody else reads them before they are issued."),
    ),
    _papers(
        "issue",
        papers_to_issue,
        _("Issue a formal paper"),
        _("Formal papers wait to be issued"),
        _("They are reviewed; with your name they get their number."),
    ),
    _papers(
        "deliver",
        papers_to_deliver,
        _("Deliver a formal paper"),
        _("Formal papers wait to be delivered"),
        _("They are issued; record the day on which they arrive, and how."),
    ),
    WorkQueue(
        name="supervision.reply",
        needs="staff:supervision_orders",
        act=_("Reply to a supervision order"),
        title=_("Supervision orders wait for your reply"),
        why=_("A leader ordered it, with a day; they close it once it is done."),
        rows=lambda actor, at: to_reply(actor, at=at),
        page=page("staff:supervision_order"),
        listing=listing("staff:supervision_orders", "?tab=reply"),
    ),
    WorkQueue(
        name="supervision.close",
        needs="staff:supervision_close",
        act=_("Close a supervision order"),
        title=_("Replies to your supervision orders wait"),
        why=_("Close what is done; send back what is not, with a new day."),
        rows=lambda actor, at: to_close(actor, at=at),
        page=page("staff:supervision_order"),
        listing=listing("staff:supervision_orders", "?tab=ordered"),
    ),
    WorkQueue(
        name="supervision.late",
        needs="staff:supervision_close",
        title=_("Supervision orders are without a reply"),
        why=_("Their day is over."),
        count=lambda actor, at: late_orders(actor, at=at),
        listing=listing("staff:supervision_orders", "?tab=ordered"),
    ),
    WorkQueue(
        name="matters.overdue",
        needs="staff:matters",
        title=_("Matters are overdue"),
        why=_("A limit has passed, and somebody waits for each of them."),
        count=_overdue,
        listing=listing("staff:matters", "?tab=overdue"),
    ),
)
