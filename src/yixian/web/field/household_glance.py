"""一户一页: one household at a glance, for whoever stands at its door."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from yixian.compensation.queries import current_account
from yixian.domain.areas import LEVELS
from yixian.duty.queries import assigned_helpers
from yixian.kernel.languages import language
from yixian.matters.queries import open_shared
from yixian.outreach.access import may_explain
from yixian.outreach.queries import household_explanations
from yixian.outreach.queries.reading_requests import reading_asked_on
from yixian.registry.actions.note_reading import note_reading
from yixian.registry.paper.addresses import areas_above, place_of
from yixian.registry.queries import contact
from yixian.visits.access import may_record, readable_household
from yixian.visits.queries import household_due, household_promises, household_visits
from yixian.web.request_actor import actor_of


@require_GET
def household_page(request: HttpRequest, household_id: int) -> HttpResponse:
    """Its promises, its visits, its account with what changed, who stands beside it. The reading is noted."""
    actor, now = actor_of(request), timezone.now()
    today = timezone.localdate(now)
    household = readable_household(actor, household_id)
    note_reading(actor, household, gettext_noop("visits and promises"), at=now)
    due = household_due(actor, household, on=today)
    statement, change = current_account(actor, household, on=timezone.localdate())
    explain_state, explained = household_explanations(actor, household, statement, at=now)
    context = {
        "household": household,
        "place": place_of(household.area_path, areas_above([household.area_path]), language(), levels=LEVELS),
        "contact": contact(actor, household),
        "assigned_helpers": assigned_helpers(actor, household, on=today),
        "due": due,
        "days": due.days_since(today) if due else None,
        "late": due.is_late(today) if due else False,
        "statement": statement,
        "change": change,
        "explain_state": explain_state,
        "explained": explained,
        "reading_asked_on": reading_asked_on(actor, household),
        "may_explain": may_explain(actor, household),
        "promises": household_promises(actor, household, on=today),
        "visits": household_visits(actor, household, on=today),
        "matters": open_shared(actor, [household.pk], at=now).get(household.pk, []),
        "may_record": may_record(actor, household) and not household.valid_until,
    }
    return render(request, "field/household.html", context)
