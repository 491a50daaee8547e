"""区划页: a place with its totals, the places below it, the bodies responsible, who is beside its households, its accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from yixian.compensation.queries import account_totals
from yixian.duty.queries import coverage, leaders_of_area, stationings_of_area
from yixian.kernel.errors import YixianError
from yixian.kernel.permission import require
from yixian.registry.access import REGISTER_EDITORS
from yixian.registry.actions.recode_area import recode_area
from yixian.registry.queries import (
    area_chain,
    area_codes,
    area_register_totals,
    first_forks,
    get_area,
)
from yixian.web.forms import day_field, put_error
from yixian.web.request_actor import actor_of


class CodeForm(forms.Form):
    """A new official code, since when, and by which document."""

    code = forms.CharField(label=_("New code"), max_length=14)
    on = day_field(label=_("From which day"))
    document = forms.CharField(label=_("Document that changed the code"), max_length=120)


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
        "chain": area_chain(area),
        "codes": area_codes(area),
        "totals": totals,
        "accounts": accounts,
        "coverage": coverage(actor, area.path, on=on),
        "leaders": leaders_of_area(area, on=on),
        "stationings": stationings_of_area(area, on=on),
        "children": [
            (child, households, persons, *sums.get(child.pk, (0, 0, 0)))
            for child, households, persons in totals.by_child
        ],
    }
    return render(request, "staff/areas/page.html", context)


@require_http_methods(["GET", "POST"])
def area_code(request: HttpRequest, area_id: int) -> HttpResponse:
    """Give a place, and with it all below, a new official code."""
    actor = actor_of(request)
    require(actor, REGISTER_EDITORS)
    area = get_area(actor, area_id)
    form = CodeForm(request.POST or None, initial={"code": area.code, "on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            recode_area(
                area.pk,
                actor=actor,
                at=timezone.now(),
                new_code=form.cleaned_data.pop("code"),
                **form.cleaned_data,
            )
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The code is changed. The old one stays in the history."))
            return redirect("staff:area", area.pk)
    context = {"area": area, "chain": area_chain(area), "form": form}
    return render(request, "staff/areas/code.html", context, status=422 if form.errors else 200)
