"""抽样页: what was announced and drawn, and the checks; the clerk sees who is done and not what anybody said."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.kernel.permission import require_person
from yixian.web.request_actor import actor_of
from yixian.web.ui.file_names import file_name, to_save
from yixian.web.working_groups.group_step_pages import SAMPLE, STEPS
from yixian.working_groups.access import OPENERS
from yixian.working_groups.choices import GroupStage
from yixian.working_groups.estimates import findings
from yixian.working_groups.frames import seed_text
from yixian.working_groups.queries import get_group, group_view
from yixian.working_groups.queries.checks import drawn_rows, sample_of
from yixian.working_groups.sheet import write_sheet

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def sample(request: HttpRequest, group_id: int) -> HttpResponse:
    """The sample as far as it has come."""
    view = group_view(get_group(actor_of(request), group_id))
    found = sample_of(view.group)
    drawn = getattr(found, "draw", None) if found else None
    rows = drawn_rows(found) if found and drawn else []
    context = {
        "view": view,
        "group": view.group,
        "sample": found,
        "draw": drawn,
        "seed": seed_text(found, drawn.seed) if found and drawn else "",
        "rows": rows,
        "open_rows": [row for row in rows if not row.outcome],
        "found": findings(found) if found and view.has(GroupStage.CHECKED) else None,
        "offered": STEPS.named(request, view.group, view, SAMPLE),
    }
    return render(request, "working_groups/sample.html", context)


@require_GET
def sheet(request: HttpRequest, group_id: int) -> HttpResponse:
    """The drawn households as a workbook with a row for each thing to be measured, without what was recorded."""
    actor = actor_of(request)
    require_person(actor, OPENERS)
    group = get_group(actor, group_id)
    response = HttpResponse(write_sheet(group, at=timezone.now()), content_type=_XLSX)
    return to_save(response, f"{file_name(group.title, _('To be measured'), on=timezone.localdate())}.xlsx")
