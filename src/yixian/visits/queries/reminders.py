"""催访查询: which households somebody was reminded of, and since when nobody has visited them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from yixian.kernel.actors import Actor
from yixian.kernel.models import Event
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.roles import Role
from yixian.registry.models import Household
from yixian.visits.queries.due import due_of

REMINDED = "visit.reminded"
WEEK = timedelta(days=7)
"""So long after a reminder no other is sent."""


def latest_reminders(household_ids: Collection[int]) -> dict[int, date]:
    """The day of each household's latest reminder; the caller has limited them to what its actor may see."""
    rows = Event.objects.filter(kind=REMINDED, subject_kind="household", subject_id__in=list(household_ids))
    found = rows.order_by().values_list("subject_id").annotate(Max("at"))
    return {household_id: timezone.localdate(at) for household_id, at in found}


def visits_reminded_of(actor: Actor, *, on: date) -> ResultSet[Pending]:
    """The households of which the actor, their cadre, was reminded, and which nobody has visited since."""
    ids = {pk for grant in actor.grants if grant.role == Role.CADRE for pk in grant.household_ids}
    reminded = latest_reminders(ids) if ids else {}
    if not reminded:
        return NOTHING
    rows = list(Household.objects.filter(pk__in=reminded).select_related("area", "head"))
    due = due_of(rows, on=on)
    return ResultSet(
        [
            _pending(row, due[row.pk].visit_due_on)
            for row in rows
            if (last := due[row.pk].last_on) is None or last < reminded[row.pk]
        ]
    )


def _pending(row: Household, due_on: date) -> Pending:
    name = row.head.name if row.head else row.household_no
    return Pending(row.pk, name, row.area.label, due_on=due_on)
