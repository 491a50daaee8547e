"""走访待办: households of whose late visit a cadre was reminded."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.visits.queries.reminders import visits_reminded_of
from yixian.web.staff.worklist.queues import WorkQueue, listing, page

VISITS = (
    WorkQueue(
        name="visits.reminded",
        needs="field:record",
        act=_("You were reminded to visit"),
        title=_("You were reminded of visits"),
        why=_("Their visit is late. It stands here until somebody has visited."),
        rows=lambda actor, at: visits_reminded_of(actor, on=timezone.localdate(at)),
        page=page("field:record"),
        listing=listing("field:mine", "?wait=late"),
    ),
)
