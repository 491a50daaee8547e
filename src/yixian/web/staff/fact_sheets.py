"""核算事实表: a village's sheet of what the policy asks, downloaded, filled in and handed in again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from yixian.domain.policy import Pack
from yixian.domain.policy.fact_values import FactFault
from yixian.inventory.actions.record_facts import FactKey
from yixian.inventory.requested_facts import requests_anything
from yixian.kernel.errors import NotFound, Refused
from yixian.kernel.languages import language
from yixian.kernel.permission import require
from yixian.policies.queries import pack_in_force
from yixian.registry.access import REGISTER_EDITORS
from yixian.registry.actions.note_reading import note_reading_many
from yixian.registry.queries import get_area, villages
from yixian.web.request_actor import actor_of
from yixian.web.staff.document_form import PROPOSED
from yixian.web.staff.household_facts import FactsForm, fault_text
from yixian.web.ui.cells import NUMBER
from yixian.web.ui.file_names import file_name, to_save
from yixian.web.ui.forms import status_of_form, submit
from yixian.web.ui.tables import Column, Empty, Table
from yixian.workbook.actions.propose_facts import propose_facts_of_many
from yixian.workbook.fact_sheet import (
    COLUMN_TWICE,
    CUT,
    ERROR,
    FORMULA,
    MERGED,
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
Read = tuple[Mapping[str, Mapping[FactKey, str]], list[FactSheetFault]]
"""What a sheet says about each household by its number, and what is wrong with it."""

MAX_HOUSEHOLDS = 400
"""A sheet is for a village or a group; a whole county in one sheet nobody fills in."""

_RULES = {
    UNKNOWN_ROW: _("There is no such number at this place."),
    TWICE: _("This number stands in an earlier row, too."),
    NOT_ASKED: _("The policy does not ask this about this thing: leave it empty."),
    UNKNOWN_COLUMN: _("The second row must name the columns, as in the downloaded sheet."),
    COLUMN_TWICE: _("This column is there twice: keep one of them."),
    FORMULA: _("There is a formula in this cell: replace it by its value."),
    ERROR: _("The spreadsheet shows an error in this cell: type the right value, or empty the cell."),
    MERGED: _("Cells are merged here: unmerge them and fill in each row."),
    NO_SHEET: _("This sheet is missing. Fill in the one that was downloaded."),
    UNREADABLE: _("This is not an .xlsx workbook."),
    CUT: _("The number was cut by the spreadsheet: format the cell as text and type it anew."),
}


class SheetForm(FactsForm):
    """The filled-in sheet, from which day it holds, and where the values come from.

    ``read`` reads the sheet; what it found is kept: ``values`` by household, or ``faults``.
    """

    sheet = forms.FileField(
        label=_("The sheet, filled in"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )

    def __init__(self, *args: Any, read: Callable[[Any], Read], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = read
        self.values: Mapping[str, Mapping[FactKey, str]] = {}
        self.faults: list[FactSheetFault] = []

    def clean_sheet(self) -> Any:
        """The sheet, if every cell of it can be entered."""
        sheet = self.cleaned_data["sheet"]
        if sheet.size > _MAX_VALUE:
            raise forms.ValidationError(_("The file is too large."))
        self.values, self.faults = self.read(sheet.file)
        if self.faults:
            raise forms.ValidationError(
                ngettext(
                    "%(number)s cell is wrong. Nothing was entered.",
                    "%(number)s cells are wrong. Nothing was entered.",
                    len(self.faults),
                )
                % {"number": len(self.faults)}
            )
        return sheet


@require_http_methods(["GET", "POST"])
def fact_sheets(request: HttpRequest) -> HttpResponse:
    """Choose a place, download its sheet, hand it in: everything in it is proposed, or nothing."""
    actor, now = actor_of(request), timezone.now()
    require(actor, REGISTER_EDITORS)
    places, on = villages(actor), timezone.localdate(now)
    area = next((one for one in places if str(one.pk) == request.GET.get("area", "")), None)
    context: dict[str, Any] = {"places": places, "area": area}
    pack = _pack(area) if area else None
    if area is None or pack is None:
        return render(request, "staff/facts/page.html", context)
    form = SheetForm(
        request.POST or None,
        request.FILES or None,
        read=lambda file: read_facts(file, actor, area, pack, on=on),
        initial={"on": on},
    )
    onward = submit(
        request,
        form,
        lambda given: propose_facts_of_many(
            form.values, area.name, pack, form.document, on=given["on"], actor=actor, at=now
        ),
        to=lambda change: reverse("staff:change", args=[change.pk]),
        done=PROPOSED,
    )
    context |= {
        "form": form,
        "pack": pack,
        "too_many": households_in(actor, area, on) > MAX_HOUSEHOLDS,
        "wrong": FAULTS,
        "faults": form.faults[:_SHOWN],
    }
    return onward or render(request, "staff/facts/page.html", context, status=status_of_form(form))


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
    name = file_name(_("What the policy asks"), area.label, on=today)
    return to_save(HttpResponse(content, content_type=_XLSX), f"{name}.xlsx")


def _rule(fault: FactSheetFault) -> str:
    """What is wrong with a cell, in words."""
    if fault.declared is not None and fault.rule in set(FactFault):
        return fault_text(FactFault(fault.rule), fault.declared)
    return str(_RULES[fault.rule])


FAULTS = Table[FactSheetFault](
    _("What is wrong"),
    (
        Column("sheet", _("Sheet"), lambda fault: fault.sheet, place="lead"),
        Column("row", _("Row"), lambda fault: fault.row or None, NUMBER),
        Column("column", _("Column"), lambda fault: fault.column),
        Column("value", _("Value"), lambda fault: fault.value),
        Column("rule", _("What is wrong"), _rule),
    ),
    Empty(_("Nothing is wrong.")),
    css="",
)


def _pack(area: Any) -> Pack | None:
    found = pack_in_force(area.path, timezone.localdate())
    return found[1] if found and requests_anything(found[1]) else None
