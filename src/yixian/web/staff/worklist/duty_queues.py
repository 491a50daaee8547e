"""包联待办: hand-overs that reach the actor or are late, helpers suddenly away, households that ask for another or lack one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.duty.duty_read_models import HandoverView, RequestView
from yixian.duty.queries import (
    count_unsolved,
    handover_list,
    handovers_to,
    requests,
    uncovered_count,
)
from yixian.duty.queries.handovers import LATE
from yixian.kernel.actors import Actor
from yixian.kernel.pending import Pending
from yixian.kernel.result_sets import ResultSet
from yixian.web.staff.worklist.queues import WorkQueue, listing, page


def _to_me(actor: Actor, at: datetime) -> ResultSet[Pending]:
    mine = handovers_to(actor, on=timezone.localdate(at)) if actor.helper_id is not None else []
    return ResultSet(mine).reading(_handovers)


def _late(actor: Actor, at: datetime) -> ResultSet[Pending]:
    return handover_list(actor, on=timezone.localdate(at), state=LATE).reading(_handovers)


def _handovers(rows: list[HandoverView]) -> list[Pending]:
    """Each with its last day: that before it takes effect, for from its day on somebody new is responsible."""
    return [
        Pending(
            row.handover_id,
            row.head_name or row.household_no,
            f"{row.from_name} → {row.to_name}" if row.from_name else row.to_name,
            due_on=row.effective_on - timedelta(days=1),
        )
        for row in rows
    ]


def _requests(actor: Actor, _at: datetime) -> ResultSet[Pending]:
    return ResultSet(requests(actor, open_only=True)).reading(_asked)


def _asked(rows: list[RequestView]) -> list[Pending]:
    return [
        Pending(
            row.household_id,
            row.head_name or row.household_no,
            f"{row.role_label} {row.helper_name}",
            timezone.localdate(row.asked_at),
        )
        for row in rows
    ]


DUTY = (
    WorkQueue(
        name="duty.to_me",
        needs="staff:duty_handovers",
        act=_("Take over a household"),
        title=_("Households pass to you"),
        why=_("Accept each, visit it with the helper before, and let the household acknowledge."),
        rows=_to_me,
        page=page("staff:duty_handover"),
        listing=listing("staff:duty_handovers"),
    ),
    WorkQueue(
        name="duty.sudden",
        needs="staff:duty",
        title=_("Somebody is suddenly away"),
        why=_("Their households have the township's lead until stand-ins are confirmed."),
        count=lambda actor, at: count_unsolved(actor, on=timezone.localdate(at)),
        listing=listing("staff:duty_absences"),
    ),
    WorkQueue(
        name="duty.requests",
        needs="staff:duty_sudden",
        act=_("Find another helper"),
        title=_("Households ask for another helper"),
        why=_("Nobody had a place when they asked; they keep their helper until somebody has."),
        rows=_requests,
        page=page("staff:household"),
        listing=listing("staff:duty_handovers"),
    ),
    WorkQueue(
        name="duty.late",
        needs="staff:duty_sudden",
        act=_("See a hand-over through"),
        title=_("Hand-overs are late"),
        why=_("Their day has come, and a step is missing."),
        rows=_late,
        page=page("staff:duty_handover"),
        listing=listing("staff:duty_handovers", "?state=late"),
    ),
    WorkQueue(
        name="duty.uncovered",
        needs="staff:duty_uncovered",
        title=_("Households lack a cadre or a party member"),
        why=_("Every household is owed both, on every day."),
        count=lambda actor, at: uncovered_count(actor, on=timezone.localdate(at)),
        listing=listing("staff:duty_uncovered"),
    ),
)
