"""催访: whoever answers for a place reminds the cadre beside a household of a visit that is late, once a week at most."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.duty.queries import assigned_helpers
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.registry.access import as_reaching, get_household
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household
from yixian.visits.access import REMINDERS
from yixian.visits.queries.due import due_of
from yixian.visits.queries.reminders import REMINDED, WEEK, latest_reminders


@transaction.atomic
def remind_of_visit(household_id: int, *, actor: Actor, at: datetime) -> Household:
    """Remind the cadre beside a household in reach; it stands on their first page until somebody has visited.

    Raises `NotFound` out of reach, `NotPermitted` for other roles, and `Refused` where the visit is not late, where a
    reminder went out within a week, and where no cadre stands beside the household.
    """
    household = get_household(actor, household_id)
    require_person(as_reaching(actor, household), REMINDERS)
    Household.objects.select_for_update().get(pk=household.pk)
    today = timezone.localdate(at)
    if not due_of([household], on=today)[household.pk].is_late(today):
        raise Refused(
            "reminder.not_late", _("The household was visited within the rule: nobody need be reminded.")
        )
    earlier = latest_reminders([household.pk]).get(household.pk)
    if earlier is not None and today - earlier < WEEK:
        raise Refused(
            "reminder.this_week",
            _("A reminder went out on %(day)s already. Another can be sent a week later."),
            day=earlier.isoformat(),
        )
    names = [
        view.name for view in assigned_helpers(actor, household, on=today) if view.role == HelperKind.CADRE
    ]
    if not names:
        raise Refused("reminder.nobody", _("No cadre stands beside the household: first let one be chosen."))
    entry = Entry(REMINDED, "household", household.pk, household.area_path, {"helper": "、".join(names)})
    record(entry, actor=actor, at=at)
    return household
