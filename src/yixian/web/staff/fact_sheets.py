"""核算事实表: a village's sheet of what the policy asks, downloaded, filled in and handed in again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from yixian.domain.areas import AreaLevel
from yixian.domain.policy import Pack
from yixian.domain.policy.fact_values import FactFault
from yixian.inventory.actions.record_facts import record_facts_of_many
from yixian.inventory.requested_facts import requests_anything
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, Refused, YixianError
from yixian.kernel.languages import language
from yixian.kernel.permission import require
from yixian.policies.queries import pack_in_force
from yixian.registry.access import REGISTER_EDITORS
from yixian.registry.actions.note_reading import note_reading_many
from yixian.registry.queries import get_area
from yixian.registry.queries.areas import reached_areas
from yixian.web.forms import put_error
from yixian.web.request_actor import actor_of
from yixian.web.staff.household_facts import ReasonForm, entered_text, fault_text
from yixian.workbook.fact_sheet import (
    CUT,
    NO_SHEET,
    NOT_ASKED,
    TWICE,
    UNKNOWN_COLUMN,
    UNKNOWN_ROW,
    UNREADABLE,
    FactSheetFault,
    households_in,
    read_facts,
    write_facts,
)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 200
_MAX_VALUE = 20 * 1024 * 1024
MAX_HOUSEHOLDS = 400
"""A sheet is for a village or a group; a whole county in one sheet nobody fills in."""

_RULES = {
    UNKNOWN_ROW: _("There is no such number at this place."),
    TWICE: _("This number stands in an earlier row, too."),
    NOT_ASKED: _("The policy does not ask this about this thing: leave it empty."),
    UNKNOWN_COLUMN: _("The second row must name the columns, as in the downloaded sheet."),
    NO_SHEET: _("This sheet is missing. Fill in the one that was downloaded."),
    UNREADABLE: _("This is not an .xlsx workbook."),
    CUT: _("The number was cut by the spreadsheet: format the cell as text and type it anew."),
}


class SheetForm(ReasonForm):
    """The filled-in sheet, from which day it holds, and where the values come from."""

    sheet = forms.FileField(
        label=_("The sheet, filled in"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )


@require_http_methods(["GET", "POST"])
def fact_sheets(request: HttpRequest) -> HttpResponse:
    """Choose a place, download its sheet, hand it in: everything in it is entered, or nothing."""
    actor, now = actor_of(request), timezone.now()
    require(actor, REGISTER_EDITORS)
    places = _places(actor)
    area = next((one for one in places if str(one.pk) == request.GET.get("area", "")), None)
    form = SheetForm(request.POST or None, request.FILES or None, initial={"on": timezone.localdate(now)})
    context: dict[str, Any] = {"places": places, "area": area, "form": form, "faults": []}
    if area is not None:
        pack = _pack(area)
        context |= {
            "pack": pack,
            "too_many": households_in(actor, area, timezone.localdate()) > MAX_HOUSEHOLDS,
        }
        if request.method == "POST" and pack and form.is_valid():
            response = _hand_in(request, actor, area, pack, form, context)
            if response is not None:
                return response
    failed = bool(form.errors or context["faults"])
    return render(request, "staff/facts/page.html", context, status=422 if failed else 200)


@require_GET
def fact_sheet(request: HttpRequest, area_id: int) -> HttpResponse:
    """The sheet of a place with what stands today. That its households were read is noted."""
    actor, now = actor_of(request), timezone.now()
    require(actor, REGISTER_EDITORS)
    area, today = get_area(actor, area_id), timezone.localdate()
    found = pack_in_force(area.path, today)
    if found is None:
        raise NotFound("policy.none", _("No policy pack is in force here on this day."))
    if households_in(actor, area, today) > MAX_HOUSEHOLDS:
        raise Refused("facts.too_many", _("Too many households for one sheet: choose a village or a group."))
    content, ids = write_facts(actor, area, found[1], on=today, lang=language())
    note_reading_many(actor, ids, "sheet of facts", at=now)
    response = HttpResponse(content, content_type=_XLSX)
    name = f"{area.code}-{today.isoformat()}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _hand_in(
    request: HttpRequest, actor: Actor, area: Any, pack: Pack, form: SheetForm, context: dict[str, Any]
) -> HttpResponse | None:
    """Enter the sheet; None if something is wrong with it, which the context then tells."""
    given = form.cleaned_data
    if given["sheet"].size > _MAX_VALUE:
        form.add_error("sheet", _("The file is too large."))
        return None
    values, faults = read_facts(given["sheet"].file, actor, area, pack, on=timezone.localdate())
    if faults:
        context |= {
            "faults": [_fault_message(fault) for fault in faults[:_SHOWN]],
            "fault_count": len(faults),
        }
        return None
    try:
        changed = record_facts_of_many(
            values, pack, reason=given["reason"], on=given["on"], actor=actor, at=timezone.now()
        )
    except YixianError as error:
        put_error(form, error)
        return None
    messages.success(request, entered_text(changed))
    return redirect(f"{request.path}?area={area.pk}")


def _fault_message(fault: FactSheetFault) -> dict[str, Any]:
    if fault.declared is not None and fault.rule in set(FactFault):
        rule = fault_text(FactFault(fault.rule), fault.declared)
    else:
        rule = str(_RULES[fault.rule])
    return {
        "sheet": fault.sheet,
        "row": fault.row or "",
        "column": fault.column,
        "value": fault.value,
        "rule": rule,
    }


def _pack(area: Any) -> Pack | None:
    found = pack_in_force(area.path, timezone.localdate())
    return found[1] if found and requests_anything(found[1]) else None


def _places(actor: Actor) -> list[Any]:
    """Villages in reach, with their township above them."""
    rows = reached_areas(actor).filter(level=AreaLevel.VILLAGE).select_related("parent")
    return sorted(rows, key=lambda area: area.path)
