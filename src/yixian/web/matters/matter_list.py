"""诉求清单: the matters that somebody may see, what is due first at the top; searched, limited, and as a file of no names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from yixian.kernel.errors import NotFound
from yixian.kernel.queries import late_tasks
from yixian.matters.access import HANDLERS
from yixian.matters.choices import IntakeChannel, Topic
from yixian.matters.matter_read_models import MatterRow
from yixian.matters.queries import matter_board, matters
from yixian.matters.queries.matter_board import TABS, rows_of
from yixian.registry.queries import get_area
from yixian.web.duty.table_files import ExportTable, table_response
from yixian.web.request_actor import actor_of
from yixian.web.ui.filters import Place, place_options
from yixian.web.ui.paging import page_of

_MAX_SEARCH_LENGTH = 60
_DOING = ("mine", "organisation", "offered")
"""Tabs for those who take steps with matters; the others only read."""


@dataclass(frozen=True, slots=True)
class MatterFilter:
    """What the list is limited to. Unknown values count as not asked."""

    tab: str
    topic: str
    channel: str
    area: Any
    search: str

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the search limits the list."""
        return bool(self.topic or self.channel or self.area)


@require_GET
def matter_list(request: HttpRequest) -> HttpResponse:
    """The figures, the tabs, and one page of the list."""
    actor, now = actor_of(request), timezone.now()
    chosen = _chosen(request)
    page = page_of(_rows(request, chosen), request.GET.get("page"))
    handles = actor.has_any(HANDLERS)
    context = {
        "board": matter_board(actor, at=now),
        "handles": handles,
        "clocks_stopped": any(view.name == "matters.escalate" for view in late_tasks(now)),
        "tabs": [tab for tab in TABS if handles or tab.name not in (*_DOING, "told")],
        "chosen": chosen,
        "page": replace(page, rows=rows_of(page.rows, at=now)),
        "areas": place_options(actor, Place().levels, chosen=chosen.area.pk if chosen.area else 0),
        "topics": Topic.choices,
        "channels": IntakeChannel.choices,
    }
    return render(request, "matters/list.html", context)


@require_GET
def matter_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """The list as a workbook or a text table: no word of what was said, and nothing of who said it."""
    now = timezone.now()
    rows = rows_of(_rows(request, _chosen(request)), at=now)
    table = ExportTable(_("Matters"), _headings(), [_cells(row) for row in rows])
    return table_response([table], f"matters-{timezone.localdate(now)}", file_format)


def _chosen(request: HttpRequest) -> MatterFilter:
    query = request.GET
    return MatterFilter(
        tab=_one_of(query.get("tab", ""), [tab.name for tab in TABS]) or _first_tab(request),
        topic=_one_of(query.get("topic", ""), Topic.values),
        channel=_one_of(query.get("channel", ""), IntakeChannel.values),
        area=_area(request),
        search=query.get("q", "").strip()[:_MAX_SEARCH_LENGTH],
    )


def _first_tab(request: HttpRequest) -> str:
    """Where one begins: with one's own office's, if one takes steps at all."""
    return "open" if not actor_of(request).has_any(HANDLERS) else "organisation"


def _rows(request: HttpRequest, chosen: MatterFilter) -> QuerySet[Any]:
    return matters(
        actor_of(request),
        at=timezone.now(),
        tab=chosen.tab,
        topic=chosen.topic,
        channel=chosen.channel,
        area_path=chosen.area.path if chosen.area else "",
        search=chosen.search,
    )


def _area(request: HttpRequest) -> Any:
    named = request.GET.get("area", "")
    if not named:
        return None
    if not (named.isascii() and named.isdigit()):
        raise NotFound("area.not_found", gettext_lazy("There is no such area."))
    return get_area(actor_of(request), int(named))


def _one_of(value: str, allowed: list[str]) -> str:
    return value if value in allowed else ""


def _headings() -> list[str]:
    return [
        _("Number"),
        _("About"),
        _("Came by"),
        _("Place"),
        _("Received"),
        _("Where it stands"),
        _("Held by"),
        _("Dealt with by"),
        _("What is due next"),
        _("Last day"),
        _("Days left"),
    ]


def _cells(row: MatterRow) -> list[str | int | None]:
    return [
        row.number,
        row.topic_label,
        row.channel_label,
        row.area,
        timezone.localdate(row.received_at).isoformat(),
        row.state_label,
        row.holder,
        row.assignee,
        row.next_clock,
        str(row.next_due_on or ""),
        row.days_left,
    ]
