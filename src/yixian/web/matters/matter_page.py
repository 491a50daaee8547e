"""一件诉求的页面: what was said, where it stands, by when what is due, every step, and what its reader can do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.matters.access import get_matter
from yixian.matters.actions.open_identity import note_reading
from yixian.matters.choices import LinkKind
from yixian.matters.limits import MAX_REASON, READ_FOR_HOURS
from yixian.matters.matter_read_models import EventView
from yixian.matters.queries import matter_view, possible_duplicates, step_context
from yixian.matters.queries.formal_papers import missing_papers, papers_of
from yixian.matters.queries.identity import opened_identity
from yixian.matters.queries.supervision import supervision_of
from yixian.web.matters.matter_list import MATTERS
from yixian.web.matters.step_pages import STEPS
from yixian.web.matters.step_words import MORE, NEXT
from yixian.web.request_actor import actor_of
from yixian.web.ui.trails import Trail
from yixian.web.ui.walks import list_address, walk

_SAME_OR_NOT = ((LinkKind.SAME.value, _("The same")), (LinkKind.DIFFERENT.value, _("Not the same")))
"""What a handler says to a matter that looks alike."""

STEPS_TAKEN = Trail[EventView](
    what=lambda step: step.title,
    at=lambda step: step.at,
    who=lambda step: _("The person") if step.by_person else step.by or step.organisation,
)
"""Every step with a matter, by whoever took it."""


@require_GET
def matter_page(request: HttpRequest, matter_no: str) -> HttpResponse:
    """Everything about one matter but who raised it, unless its reader has opened that. The reading is noted."""
    actor, now = actor_of(request), timezone.now()
    matter = get_matter(actor, matter_no, at=now)
    note_reading(matter, actor=actor, at=now)
    offered = STEPS.offered(request, matter, step_context(actor, matter, at=now))
    steps = {one.page.step.name for one in offered if not one.refusal}
    view = matter_view(actor, matter, at=now)
    context = {
        "view": view,
        "steps": STEPS_TAKEN.shown(request, view.steps),
        "walk": walk(MATTERS, request),
        "list_address": list_address(reverse(MATTERS.url), request),
        "next": [one for one in offered if one.page.place == NEXT],
        "more": [one for one in offered if one.page.place == MORE],
        "identity": opened_identity(matter_no, actor=actor, at=now) if "identity" in steps else [],
        "may_open": "identity" in steps,
        "stopped_clocks": [one for one in view.clocks if one.stopped_at is not None],
        "same_or_not": _SAME_OR_NOT,
        "twins": possible_duplicates(actor, matter, at=now) if "link" in steps else [],
        "hours": READ_FOR_HOURS,
        "papers": papers_of(actor, matter, at=now),
        "missing": missing_papers(actor, matter, at=now),
        "supervised": supervision_of(actor, matter, at=now),
        "most_reason": MAX_REASON,
    }
    return render(request, "matters/page.html", context)
