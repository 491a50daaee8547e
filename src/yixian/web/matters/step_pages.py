"""办理页: the pages of the steps with a matter, where they lead, and what stands beside their forms."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import NotFound
from yixian.matters import steps
from yixian.matters.access import get_matter
from yixian.matters.queries import matter_view, step_context
from yixian.matters.queries.remedy_previews import open_changes
from yixian.web.matters.further_step_words import FURTHER_PAGES
from yixian.web.matters.step_words import NEXT_PAGES
from yixian.web.ui.forms import Submission
from yixian.web.ui.steps import StepPages
from yixian.web.ui.walks import list_address, walked


def _onward(asked: Submission) -> str:
    """Back to the matter, or to the list where it is not the actor's to see any more."""
    try:
        matter = get_matter(asked.actor, asked.kwargs["matter_no"], at=timezone.now())
    except NotFound:
        return list_address(reverse("staff:matters"), asked.request)
    return f"{_page_of(matter)}{walked(asked.request)}"


def _context(asked: Submission) -> dict[str, Any]:
    """The matter beside the form; to whoever carries a decision out, from what to what each line goes."""
    matter = asked.subject.matter
    found: dict[str, Any] = {"view": matter_view(asked.actor, matter, at=asked.at)}
    match = asked.request.resolver_match
    if match is not None and match.kwargs.get("step") == steps.CARRY_OUT.name:
        found["changes"] = open_changes(asked.actor, matter, at=asked.at)
    return found


def _page_of(matter: Any) -> str:
    return reverse("staff:matter", args=[matter.number])


STEPS = StepPages(
    prefix="staff:matter_",
    subject=lambda asked: get_matter(asked.actor, asked.kwargs["matter_no"], at=asked.at),
    state=lambda asked, matter: step_context(asked.actor, matter, at=asked.at),
    title=lambda matter: matter.number,
    to=_page_of,
    crumb=("staff:matters", _("Matters")),
    onward=_onward,
    pages=(*NEXT_PAGES, *FURTHER_PAGES),
    along=walked,
    template="matters/step.html",
    context=_context,
)
