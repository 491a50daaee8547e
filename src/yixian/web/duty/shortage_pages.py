"""缺口: one shortage of the last pairing — its sentence, what would end it, and the complete list of those who go without."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from yixian.duty.queries import get_shortage
from yixian.registry.actions.note_reading import note_reading_many
from yixian.web.duty.table_files import ExportTable, table_response
from yixian.web.request_actor import actor_of
from yixian.web.ui.paging import page_of


@require_GET
def shortage(request: HttpRequest, shortage_id: int) -> HttpResponse:
    """The page of one shortage."""
    gap, rows = get_shortage(actor_of(request), shortage_id)
    context = {"gap": gap, "page": page_of(rows, request.GET.get("page"), size=50)}
    return render(request, "duty/shortage.html", context)


@require_GET
def shortage_export(request: HttpRequest, shortage_id: int, file_format: str) -> HttpResponse:
    """Its households as a file. Every one of them is noted as read."""
    actor, now = actor_of(request), timezone.now()
    gap, rows = get_shortage(actor, shortage_id)
    found = list(rows)
    headings = [_("Household number"), _("Head of household"), _("Location"), _("Lacks")]
    cells = [
        [row.household_no, row.head.name if row.head else "", row.area.label, gap.role_label] for row in found
    ]
    note_reading_many(actor, [row.pk for row in found], gettext_noop("list export"), at=now)
    return table_response(
        [ExportTable(_("Households"), headings, cells)], f"shortage-{shortage_id}", file_format
    )
