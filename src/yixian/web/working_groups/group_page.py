"""工作组页: the whole way on one page — what is behind, with its evidence, and the next thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.kernel.languages import language
from yixian.revisions.budgeting import budget_head_gaps
from yixian.web.library.price_list import prices_of_decision
from yixian.web.periods_chart import PERIODS_CHART
from yixian.web.request_actor import actor_of
from yixian.web.ui.trails import Trail
from yixian.web.working_groups.group_step_pages import KEEPING, MEMBERS, STEPS
from yixian.working_groups.access import OPENERS
from yixian.working_groups.choices import GroupStage
from yixian.working_groups.estimates import findings
from yixian.working_groups.queries import get_group, group_view
from yixian.working_groups.queries.groups import (
    GroupView,
    clause_of,
    is_seen_as_drafted,
    members_of,
    to_answer_count,
)
from yixian.working_groups.queries.outcomes import households_touched, new_prices
from yixian.working_groups.queries.reports import sent
from yixian.working_groups.report.paper import household_count_sentence
from yixian.working_groups.report.report_facts import group_household_count, in_tens
from yixian.working_groups.workflow import StageProgress

NEXT: dict[GroupStage, tuple[str | Promise, str | Promise]] = {
    GroupStage.SAMPLED: (
        _("Draw a sample"),
        _(
            "Say in public where the seed will come from; then draw with it, and nobody can choose who is drawn."
        ),
    ),
    GroupStage.CHECKED: (
        _("Have the drawn households checked"),
        _("By somebody who neither surveyed them nor stands beside them, without seeing what was recorded."),
    ),
    GroupStage.DRAFTED: (
        _("Draft a new standard, or keep the one in force"),
        _(
            "The facts are there. A new standard is drafted as a revision; keeping the old one needs reasons and two people."
        ),
    ),
    GroupStage.SEEN: (
        _("Look at what the draft would do"),
        _(
            "Have it compared for every household, look at who gains and who loses and at the budget, and say that you did."
        ),
    ),
    GroupStage.SENT: (
        _("Send the evidence"),
        _("Freeze the report and send it to the owner, the design institute and the higher departments."),
    ),
    GroupStage.REPLIED: (_("Wait for the replies"), _("Note each reply with its day and number.")),
    GroupStage.DECIDED: (
        _("Have it decided"),
        _("Submit the revision. Two people who did not draft it approve; the second decides."),
    ),
    GroupStage.ANSWERED: (
        _("Answer everybody who asked"),
        _("Once every account is recalculated, each of them is told what changed, for them too."),
    ),
    GroupStage.CLOSED: (_("Close the working group"), _("The history stays public.")),
}
"""What comes next at each stop, and why."""


_ELSEWHERE: dict[str, tuple[str, str | Promise]] = {
    GroupStage.SAMPLED: ("staff:group_sample", _("To the draw")),
    GroupStage.CHECKED: ("staff:group_sample", _("To the checks")),
    GroupStage.SENT: ("staff:group_report", _("To the report")),
    GroupStage.REPLIED: ("staff:group_report", _("To the report")),
}
"""The page on which a stop's steps stand, where that is not the group's first."""

STEPS_TAKEN = Trail[Any](
    what=lambda step: step.get_kind_display(),
    at=lambda step: step.at,
    who=lambda step: step.by.display_name if step.by else "",
)
"""What was done in a group, by whom."""


@dataclass(frozen=True, slots=True)
class StageShown:
    """A stop on the page, with where its evidence stands."""

    stop: StageProgress
    address: str


@require_GET
def group_page(request: HttpRequest, group_id: int) -> HttpResponse:
    """One working group."""
    actor, now = actor_of(request), timezone.now()
    view = group_view(get_group(actor, group_id))
    may = request.may  # type: ignore[attr-defined]
    tally = group_household_count(view.group)
    place = KEEPING if view.keeping else view.coming.group_stage if view.coming else ""
    offered = STEPS.offered(request, view.group, view, place, MEMBERS)
    context = {
        "view": view,
        "steps_taken": STEPS_TAKEN.shown(request, view.steps),
        "steps": [one for one in offered if one.page.place != MEMBERS],
        "adding": [one for one in offered if one.page.place == MEMBERS],
        "elsewhere": _ELSEWHERE.get(place),
        "group": view.group,
        "shown": [StageShown(stop, _address(stop, view, may)) for stop in view.progress],
        "next": NEXT.get(view.coming.group_stage) if view.coming else None,
        "clause": clause_of(view.group),
        "household_count": tally,
        "periods_chart": PERIODS_CHART,
        "similar_matters": household_count_sentence(tally.households, tally.villages, tally.others),
        "price_table": prices_of_decision(view.decision),
        "prices": new_prices(view, language()),
        "found": _found(view),
        "seen": _seen(view),
        "sent": sent(view.group, at=now),
        "answers": in_tens(to_answer_count(view, at=now)),
        "touched": households_touched(view),
        "members": members_of(view.group),
        "may_lead": actor.has_any(OPENERS),
    }
    return render(request, "working_groups/page.html", context)


def _found(view: GroupView) -> Any:
    """What the sample found, once the checks have ended."""
    return findings(view.group.sample) if view.has(GroupStage.CHECKED) else None


def _seen(view: GroupView) -> dict[str, Any] | None:
    """What the linked revision would do, as far as it was compared."""
    seen = view.effects
    if seen is None:
        return None
    gaps = budget_head_gaps(seen.comparison, on=timezone.localdate()) if seen.comparison else []
    return {
        "view": seen,
        "told": seen.comparison.sums if seen.comparison else None,
        "gaps": [gap for gap in gaps if gap.rises],
        "is_beyond": any(gap.is_beyond for gap in gaps),
        "is_as_drafted": is_seen_as_drafted(view),
    }


def _address(stop: StageProgress, view: GroupView, may: Any) -> str:
    """Where the evidence of a stop that is behind is to be seen; empty where there is none for this reader."""
    if not stop.is_done:
        return ""
    pk, revision, signal = view.group.pk, view.revision, view.group.signal
    places = {
        GroupStage.OPENED: ("staff:signal", [signal.pk]) if signal else ("", []),
        GroupStage.SAMPLED: ("staff:group_sample", [pk]),
        GroupStage.CHECKED: ("staff:group_sample", [pk]),
        GroupStage.DRAFTED: ("staff:revision", [revision.pk]) if revision else ("", []),
        GroupStage.SEEN: ("staff:revision_effects", [revision.pk]) if revision else ("", []),
        GroupStage.SENT: ("staff:group_report", [pk]),
        GroupStage.REPLIED: ("staff:group_report", [pk]),
        GroupStage.DECIDED: ("staff:revision", [revision.pk]) if revision and not _kept(view) else ("", []),
        GroupStage.CLOSED: ("portal:change", [pk]),
    }
    name, values = places.get(stop.group_stage, ("", []))
    if name and may(name):
        return reverse(name, args=values)
    return {
        GroupStage.OPENED: "#question",
        GroupStage.DECIDED: "#decision",
        GroupStage.ANSWERED: "#answers",
    }.get(stop.group_stage, "")


def _kept(view: GroupView) -> bool:
    return view.decision is not None and view.decision.kept
