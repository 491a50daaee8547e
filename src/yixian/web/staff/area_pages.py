"""区划页: a place with its totals, the places below it, the bodies responsible, who is beside its households, its accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.compensation.queries import account_totals
from yixian.duty.queries import coverage, leaders_of_area, stationings_of_area
from yixian.kernel.permission import require
from yixian.registry.access import REGISTER_EDITORS
from yixian.registry.actions.recode_area import recode_area
from yixian.registry.queries import (
    area_codes,
    area_register_totals,
    first_forks,
    get_area,
)
from yixian.web.forms import day_field
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import MONEY, NUMBER
from yixian.web.ui.charts import Chart, ChartKind, Series
from yixian.web.ui.crumbs import area_crumbs
from yixian.web.ui.forms import FormPage, Submission
from yixian.web.ui.tables import Column, Empty, Table


class CodeForm(forms.Form):
    """A new official code, since when, and by which document."""

    code = forms.CharField(label=_("New code"), max_length=14)
    on = day_field(label=_("From which day"))
    document = forms.CharField(label=_("Document that changed the code"), max_length=120)


@dataclass(frozen=True, slots=True)
class Child:
    """A place directly below, with what is registered and what accounts there are."""

    area: Any
    households: int
    persons: int
    issued: int
    withheld: int
    total_fen: int


CHILDREN = Table[Child](
    _("Places below"),
    (
        Column(
            "name",
            _("Location"),
            lambda row: row.area.label,
            link=lambda row: address_of("staff:area", row.area.pk),
            place="lead",
        ),
        Column("households", _("Households"), lambda row: row.households, NUMBER),
        Column("persons", _("Persons"), lambda row: row.persons, NUMBER),
        Column("issued", _("Accounts issued"), lambda row: row.issued, NUMBER),
        Column("withheld", _("Withheld"), lambda row: row.withheld, NUMBER),
        Column("total", _("Sum, yuan"), lambda row: row.total_fen, MONEY),
    ),
    Empty(_("No place as a whole")),
    css="counts",
    sorted_by="places",
)


CHILDREN_CHART = Chart[Child](
    name="households-by-place",
    kind=ChartKind.BARS,
    title=_("Households and accounts, by place"),
    unit=_("Households"),
    table=CHILDREN,
    label=lambda row: row.area.label,
    series=(
        Series(_("Households"), lambda row: row.households),
        Series(_("With an account issued"), lambda row: row.issued),
    ),
)


@require_GET
def area_list(request: HttpRequest) -> HttpResponse:
    """The topmost places in reach; where there is but one way down, one goes it at once."""
    actor = actor_of(request)
    roots = first_forks(actor)
    if len(roots) == 1:
        return redirect("staff:area", roots[0].pk)
    return render(request, "staff/areas/roots.html", {"roots": roots})


@require_GET
def area_page(request: HttpRequest, area_id: int) -> HttpResponse:
    """One place in reach."""
    actor, on = actor_of(request), timezone.localdate()
    area = get_area(actor, area_id)
    totals, accounts = area_register_totals(actor, area, on=on), account_totals(actor, area, on=on)
    sums = {child.pk: (issued, withheld, total) for child, issued, withheld, total in accounts.by_child}
    context: dict[str, Any] = {
        "area": area,
        "crumbs": area_crumbs(actor, area),
        "codes": area_codes(area),
        "totals": totals,
        "accounts": accounts,
        "coverage": coverage(actor, area.path, on=on),
        "leaders": leaders_of_area(area, on=on),
        "stationings": stationings_of_area(area, on=on),
        "below": CHILDREN_CHART,
        "children": [
            Child(child, households, persons, *sums.get(child.pk, (0, 0, 0)))
            for child, households, persons in totals.by_child
        ],
    }
    return render(request, "staff/areas/page.html", context)


def _area(asked: Submission) -> Any:
    require(asked.actor, REGISTER_EDITORS)
    return get_area(asked.actor, asked.kwargs["area_id"])


def _recode(asked: Submission) -> None:
    given = {**asked.given}
    recode_area(asked.subject.pk, new_code=given.pop("code"), **given, actor=asked.actor, at=asked.at)


CODE = FormPage(
    title=_("Change the code"),
    lead=_(
        "The places below get codes that begin with the new one. Nothing else changes, and the old codes stay in the history."
    ),
    subject=_area,
    form=lambda asked: CodeForm(asked.data, initial={"code": asked.subject.code, "on": asked.on}),
    action=_recode,
    to=lambda asked, _changed: reverse("staff:area", args=[asked.subject.pk]),
    done=_("The code is changed. The old one stays in the history."),
    button=_("Change the code"),
    crumbs=lambda asked: area_crumbs(asked.actor, asked.subject),
    back=lambda asked: (reverse("staff:area", args=[asked.subject.pk]), asked.subject.label),
)
