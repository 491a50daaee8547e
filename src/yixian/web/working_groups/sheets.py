"""核查工作簿: the drawn households as a workbook to take along, and what was written into it, read back as one piece."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from yixian.kernel.errors import YixianError
from yixian.kernel.permission import require_person
from yixian.web.request_actor import actor_of
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.read_sheet import read_sheet
from yixian.working_groups.queries import get_group
from yixian.working_groups.sheet import write_sheet

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def sheet(request: HttpRequest, group_id: int) -> HttpResponse:
    """The sheet with a row for each thing to be measured, without what was recorded."""
    actor = actor_of(request)
    require_person(actor, OPENERS)
    group = get_group(actor, group_id)
    response = HttpResponse(write_sheet(group, at=timezone.now()), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="group-{group_id}-checks.xlsx"'
    return response


@require_POST
def hand_in(request: HttpRequest, group_id: int) -> HttpResponse:
    """Take what was written into the sheet: all of it, or nothing."""
    actor = actor_of(request)
    get_group(actor, group_id)
    file = request.FILES.get("file")
    try:
        count = read_sheet(group_id, file.read() if file else b"", actor=actor, at=timezone.now())
    except YixianError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Entered: %(count)s checks.") % {"count": count})
    return redirect("staff:group_sample", group_id)
