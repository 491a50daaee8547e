"""报告页: the frozen versions of the report, to whom they went, and what they answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.web.paper.single import pdf
from yixian.web.request_actor import actor_of
from yixian.web.ui.file_names import file_name, to_save
from yixian.web.working_groups.group_step_pages import REPORT, STEPS
from yixian.working_groups.queries import get_group, group_view
from yixian.working_groups.queries.reports import reply_scan, reports, sent
from yixian.working_groups.queries.reports import report_file as frozen_file

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def report(request: HttpRequest, group_id: int) -> HttpResponse:
    """The report's versions, to whom they went, and what they answered."""
    view = group_view(get_group(actor_of(request), group_id))
    context = {
        "view": view,
        "group": view.group,
        "versions": reports(view.group),
        "sent": sent(view.group, at=timezone.now()),
        "offered": STEPS.named(request, view.group, view, REPORT),
    }
    return render(request, "working_groups/report.html", context)


@require_GET
def report_file(request: HttpRequest, group_id: str, number: str, file_format: str) -> HttpResponse:
    """A version as it was frozen."""
    found, content = frozen_file(actor_of(request), int(group_id), int(number), file_format)
    name = file_name(found.group.title, _("Report, version %(number)s") % {"number": found.number})
    if file_format == "pdf":
        return pdf(content, f"{name}.pdf")
    return to_save(HttpResponse(content, content_type=_XLSX), f"{name}.xlsx")


@require_GET
def letter(request: HttpRequest, group_id: int, reply_id: int) -> HttpResponse:
    """The photograph of a letter."""
    response = HttpResponse(reply_scan(actor_of(request), group_id, reply_id), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="letter-{reply_id}.jpg"'
    response["Cache-Control"] = "no-store"
    return response
