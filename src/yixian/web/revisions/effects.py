"""影响页: what a draft would change — in sums, by place, item and budget head, and household by household."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from yixian.domain.areas import AreaLevel
from yixian.domain.policy import Pack
from yixian.engines.entitlements import line_title
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.jobs import ask
from yixian.kernel.languages import language
from yixian.registry.access import get_household
from yixian.revisions.budgeting import budget_head_gaps
from yixian.revisions.queries import (
    ComparedRow,
    compared_groups,
    compared_households,
    compared_lines,
    compared_places,
    draft_pack,
    get_revision,
    revision_view,
    with_households,
)
from yixian.web.request_actor import actor_of
from yixian.web.revisions import comparison_charts
from yixian.web.ui.paging import page_of

LEVELS = {
    AreaLevel.TOWNSHIP: gettext_lazy("Township"),
    AreaLevel.VILLAGE: gettext_lazy("Village"),
    AreaLevel.GROUP: gettext_lazy("Group"),
}


@require_POST
def compare(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Ask for the present draft to be compared with the policy in force."""
    actor = actor_of(request)
    revision = get_revision(actor, revision_id)
    job = ask("revisions.compare", {"revision_id": revision.pk}, actor=actor, at=timezone.now())
    return redirect("staff:job", job.pk)


@require_GET
def effects(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Sums, a chart and a map by place, and tables by place, item and head."""
    context, comparison = _compared(actor_of(request), revision_id)
    level = request.GET.get("level", "")
    level = AreaLevel(level) if level in LEVELS else AreaLevel.TOWNSHIP
    rows = compared_places(comparison, level)
    pack = draft_pack(comparison.draft)
    context |= {
        "level": level,
        "levels": LEVELS.items(),
        "places": rows,
        "bars": comparison_charts.bars(rows) if level == AreaLevel.TOWNSHIP else [],
        "chart_height": comparison_charts.BAR_STEP * len(rows),
        "points": comparison_charts.points(rows),
        "drawing": comparison_charts,
        "items": [
            (item_name(pack, row), row) for row in compared_groups(comparison, "items") if row.difference_fen
        ],
        "gaps": [
            (head_name(pack, gap.budget_head), gap)
            for gap in budget_head_gaps(comparison, on=timezone.localdate())
        ],
        "heads": [(head_name(pack, row.key), row) for row in compared_groups(comparison, "heads")],
    }
    return render(request, "revisions/effects.html", context)


@require_GET
def households(request: HttpRequest, revision_id: int) -> HttpResponse:
    """The households that something changes for; those who would lose stand first."""
    actor = actor_of(request)
    context, comparison = _compared(actor, revision_id)
    order = "gain" if request.GET.get("order") == "gain" else "loss"
    search = request.GET.get("q", "").strip()[:60]
    rows = compared_households(actor, comparison, order=order, search=search)
    page = page_of(rows, request.GET.get("page"))
    context |= {
        "page": replace(page, rows=with_households(page.rows)),
        "order": order,
        "search": search,
    }
    return render(request, "revisions/households.html", context)


@require_GET
def household(request: HttpRequest, revision_id: int, household_id: int) -> HttpResponse:
    """The lines that would differ for one household."""
    actor = actor_of(request)
    context, comparison = _compared(actor, revision_id)
    one = get_household(actor, household_id)
    pack = draft_pack(comparison.draft)
    lines = [
        (line_title(pack, row["rule"], row["item_code"] or "", language()), row)
        for row in compared_lines(comparison, one.household_no)
    ]
    context |= {"household": one, "lines": lines}
    return render(request, "revisions/household.html", context)


def item_name(pack: Pack, row: ComparedRow) -> str:
    """What a row by item is about: the item, or the rule for the household as a whole."""
    if row.key in pack.items:
        return pack.items[row.key].name(language())
    return line_title(pack, row.key, "", language())


def head_name(pack: Pack, head: str) -> str:
    """A budget head in words."""
    return pack.budget_heads[head].title(language()) if head in pack.budget_heads else _("Under no head")


def _compared(actor: Actor, revision_id: int) -> tuple[dict[str, Any], Any]:
    revision = get_revision(actor, revision_id)
    view = revision_view(revision)
    if view.comparison is None:
        raise NotFound(
            "revision.not_compared", gettext_lazy("First see what this draft would change, for everybody.")
        )
    context = {"revision": revision, "view": view, "told": view.comparison.manifest}
    return context, view.comparison
