"""影响页: what a draft would change — in sums, by place, item and budget head, and household by household."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from yixian.domain.areas import AreaLevel
from yixian.domain.money import format_fen
from yixian.domain.policy import Pack
from yixian.engines.entitlements import line_title
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.jobs import ask
from yixian.kernel.languages import language
from yixian.kernel.result_sets import ResultSet
from yixian.registry.access import get_household
from yixian.revisions.budgeting import budget_head_gaps
from yixian.revisions.queries import (
    ComparedHousehold,
    ComparedRow,
    compared_groups,
    compared_households,
    compared_lines,
    compared_places,
    comparison_status,
    draft_pack,
    get_revision,
    revision_view,
)
from yixian.revisions.queries.difference_bands import difference_bands
from yixian.web.request_actor import actor_of
from yixian.web.revisions.effect_tables import (
    BANDS_CHART,
    BY_HEAD,
    BY_ITEM,
    GAPS,
    LINES,
    PLACES_CHART,
    Group,
)
from yixian.web.revisions.effects_map import effects_map
from yixian.web.ui.cells import MONEY, STRONG, Badge, soft
from yixian.web.ui.filters import Choice, ListQuery, Search, asked_for
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

LEVELS = {
    AreaLevel.TOWNSHIP: gettext_lazy("Township"),
    AreaLevel.VILLAGE: gettext_lazy("Village"),
    AreaLevel.GROUP: gettext_lazy("Group"),
}

_LEVEL = Choice("level", gettext_lazy("Area"), LEVELS.items())


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
    actor = actor_of(request)
    context, comparison = _compared(actor, revision_id)
    level = AreaLevel(asked_for(request, _LEVEL)["level"] or AreaLevel.TOWNSHIP)
    rows = compared_places(comparison, level)
    pack = draft_pack(comparison.draft)
    if level != AreaLevel.GROUP:
        context["map"] = effects_map(actor, context["revision"], rows, on=timezone.localdate())
    context |= {
        "level": level,
        "levels": LEVELS.items(),
        "by_item": BY_ITEM,
        "by_head": BY_HEAD,
        "gap_table": GAPS,
        "places": [Group(area.label, row) for area, row in rows],
        "places_chart": PLACES_CHART,
        "bands_chart": BANDS_CHART,
        "bands": difference_bands(comparison),
        "items": [
            Group(item_name(pack, row), row)
            for row in compared_groups(comparison, "items")
            if row.difference_fen
        ],
        "gaps": [
            (head_name(pack, gap.budget_head), gap)
            for gap in budget_head_gaps(comparison, on=timezone.localdate())
        ],
        "heads": [Group(head_name(pack, row.key), row) for row in compared_groups(comparison, "heads")],
    }
    return render(request, "revisions/effects.html", context)


def _changed(query: ListQuery) -> ResultSet[ComparedHousehold]:
    _context, comparison = query.subject
    return compared_households(query.actor, comparison, order=query["order"] or "loss", search=query["q"])


_WITHHELD = {
    "newly_withheld": gettext_lazy("could no longer be calculated"),
    "no_longer_withheld": gettext_lazy("could be recalculated"),
    "withheld_in_both": gettext_lazy("withheld under both"),
}


def _difference(row: ComparedHousehold) -> int | Badge | None:
    return row.difference_fen if row.status == "compared" else Badge(_WITHHELD[row.status], "warn")


def _monthly(row: ComparedHousehold) -> str:
    if not row.monthly_difference_fen:
        return ""
    return soft(f"{format_fen(row.monthly_difference_fen)} {_('each month')}")


HOUSEHOLDS = ListPage(
    url="staff:revision_households",
    title=gettext_lazy("Household by household"),
    table=Table[ComparedHousehold](
        gettext_lazy("Household by household"),
        (
            Column(
                "name",
                gettext_lazy("Household"),
                lambda row: row.head_name or row.household_no,
                link=lambda row: f"{row.pk}/",
                under=lambda row: soft(row.household_no),
                place="lead",
            ),
            Column("place", gettext_lazy("Area"), lambda row: row.place),
            Column("old", gettext_lazy("Now, yuan"), lambda row: row.old_fen, MONEY),
            Column("new", gettext_lazy("After, yuan"), lambda row: row.new_fen, MONEY),
            Column("difference", gettext_lazy("Difference, yuan"), _difference, STRONG, under=_monthly),
        ),
        Empty(gettext_lazy("No household"), gettext_lazy("Nothing changes for anybody who fits.")),
    ),
    rows=_changed,
    counted=lambda n: ngettext("%(number)s household", "%(number)s households", n) % {"number": f"{n:,}"},
    search=Search(gettext_lazy("Household number or name of its head")),
    filters=(
        Choice(
            "order",
            gettext_lazy("Order"),
            (("gain", gettext_lazy("those who gain most first")),),
            everything=gettext_lazy("those who lose most first"),
        ),
    ),
    template="revisions/households.html",
    subject=lambda query: _compared(query.actor, query.kwargs["revision_id"]),
    context=lambda query: query.subject[0],
)


@require_GET
def household(request: HttpRequest, revision_id: int, household_id: int) -> HttpResponse:
    """The lines that would differ for one household, or why it has no sum to compare."""
    actor = actor_of(request)
    context, comparison = _compared(actor, revision_id)
    one = get_household(actor, household_id)
    pack = draft_pack(comparison.draft)
    lines = [
        (line_title(pack, row["rule"], row["item_code"] or "", language()), row)
        for row in compared_lines(comparison, one.household_no)
    ]
    withheld = _WITHHELD.get(comparison_status(comparison, one.household_no), "")
    context |= {"household": one, "line_table": LINES, "lines": lines, "withheld": withheld}
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
    context = {"revision": revision, "view": view, "told": view.comparison.sums}
    return context, view.comparison
