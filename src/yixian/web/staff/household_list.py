"""户列表: search, filter, page, and the list as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from yixian.compensation.queries import accounts_of
from yixian.duty.queries import beside_many
from yixian.registry.access import Part, parts_for
from yixian.registry.actions.note_reading import note_reading_many
from yixian.registry.choices import Language, Zone
from yixian.web.asking import actor_of
from yixian.web.staff.household_export import TABLE_FORMATS, write_table
from yixian.web.staff.household_filter import ACCOUNTS, DIFFICULTIES, area_choices, read_filter
from yixian.web.staff.paging import page_of


@require_GET
def household_list(request: HttpRequest) -> HttpResponse:
    """The list; htmx gets only the results."""
    actor, on = actor_of(request), timezone.localdate()
    chosen = read_filter(request.GET, actor)
    page = page_of(chosen.rows(actor, on=on), request.GET.get("page"))
    context: dict[str, Any] = {"chosen": chosen, "page": page, "rows": _rows(request, page.rows, on)}
    if _wants_results_only(request):
        return render(request, "staff/households/results.html", context)
    context |= {
        "areas": area_choices(actor, chosen.area),
        "zones": Zone.choices,
        "languages": Language.choices,
        "difficulties": DIFFICULTIES,
        "accounts": ACCOUNTS,
    }
    return render(request, "staff/households/list.html", context)


@require_GET
def household_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """The filtered list as a spreadsheet or a text table. Every household in it is noted as read."""
    actor, now = actor_of(request), timezone.now()
    on = timezone.localdate(now)
    rows = list(read_filter(request.GET, actor).rows(actor, on=on))
    ids = [row.pk for row in rows]
    content = write_table(rows, accounts_of(actor, ids), file_format)
    note_reading_many(actor, ids, gettext_noop("list export"), at=now)
    kind, suffix = TABLE_FORMATS[file_format]
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="households-{on.isoformat()}.{suffix}"'
    return response


def _rows(request: HttpRequest, households: list[Any], on: Any) -> list[dict[str, Any]]:
    """The households of one page with their account and the people beside them, in two more statements."""
    actor = actor_of(request)
    accounts = accounts_of(actor, [row.pk for row in households])
    beside = beside_many([row.pk for row in households if Part.DUTY in parts_for(actor, row)], on=on)
    return [
        {"household": row, "account": accounts.get(row.pk), "beside": beside.get(row.pk, [])}
        for row in households
    ]


def _wants_results_only(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False)) and request.headers.get("HX-Request-Type") != "full"
