"""热线清单的页面: the list is handed in, every fault is shown where it stands, and a sound one is taken in as a whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from yixian.engines.hotline import HotlineFault, HotlineList, write_template
from yixian.kernel.choices import JobState
from yixian.kernel.languages import language
from yixian.kernel.queries import jobs_of_kind
from yixian.matters.actions.take_list import ask_for_list
from yixian.matters.hotline import checked, is_valid
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import CODE, Text, soft
from yixian.web.ui.file_names import file_name, to_save
from yixian.web.ui.tables import Column, Empty, Table

_MAX_BYTES = 20 * 1024 * 1024
_SHOWN = 500
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FaultRow = tuple[HotlineFault, str]
"""A fault, and what it is in the language of the page."""


def _in_chinese(words: str) -> SafeString:
    return format_html('<span lang="zh-Hans">{}</span>', words) if words else SafeString()


FAULTS = Table[FaultRow](
    _("Errors"),
    (
        Column("row", _("Row"), lambda row: row[0].row or _("The whole file"), CODE, place="lead"),
        Column(
            "column",
            _("Column"),
            lambda row: _in_chinese(row[0].column),
            under=lambda row: soft(row[0].letter) if row[0].letter else "",
        ),
        Column("value", _("What is there"), lambda row: row[0].value, CODE),
        Column("fault", _("What is wrong"), lambda row: row[1]),
    ),
    Empty(_("There is no call in it")),
    css="",
)


@require_http_methods(["GET", "POST"])
def hotline_list(request: HttpRequest) -> HttpResponse:
    """The place to hand a list in, and what became of the last ones; sent, its faults, or the job that takes it in."""
    actor, now = actor_of(request), timezone.now()
    fault: Text = ""
    found = None
    if request.method == "POST":
        file = request.FILES.get("list")
        if file is None:
            fault = _("Choose a file first.")
        elif (file.size or 0) > _MAX_BYTES:
            fault = _("The file is too large; split it.")
        else:
            content = file.read()
            found = checked(content, at=now)
            if is_valid(found):
                return redirect("staff:job", ask_for_list(content, actor=actor, at=now).pk)
    context = {
        "fault": fault,
        "found": found,
        "table": FAULTS,
        "faults": _fault_rows(found, notes=False) if found else [],
        "notes": _fault_rows(found, notes=True) if found else [],
        "taken": jobs_of_kind(actor, "matters.list", limit=5, state=JobState.DONE),
    }
    return render(request, "matters/hotline.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """An empty list to fill in."""
    response = HttpResponse(write_template(), content_type=_EXCEL)
    return to_save(response, f"{file_name(_('The hotline’s list, empty'))}.xlsx")


def _fault_rows(found: HotlineList, *, notes: bool) -> list[FaultRow]:
    """The faults, or what is only to be noted, in the language of the page."""
    rows = [one for one in found.faults if one.is_note == notes][:_SHOWN]
    return [(one, one.sentence if language() == "zh" else one.english) for one in rows]
