"""区划页: a place with its totals, the places below it, the bodies responsible, who is beside its households, its accounts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.compensation.queries import account_totals
from yixian.duty.queries import coverage, stationings_of_area
from yixian.registry.queries import (
    area_chain,
    area_children,
    area_codes,
    area_register_totals,
    area_roots,
    get_area,
)
from yixian.web.asking import actor_of


@require_GET
def area_list(request: HttpRequest) -> HttpResponse:
    """The topmost places in reach; where there is but one way down, one goes it at once."""
    actor = actor_of(request)
    roots = list(area_roots(actor))
    if len(roots) == 1:
        return redirect("staff:area", _first_fork(actor, roots[0]).pk)
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
        "stationings": stationings_of_area(area, on=on),
        "children": [
            (child, households, persons, *sums.get(child.pk, (0, 0, 0)))
            for child, households, persons in totals.by_child
        ],
    }
    return render(request, "staff/areas/page.html", context)


def _first_fork(actor: Any, area: Any) -> Any:
    """The first place on the way down that has more than one place below it."""
    children = list(area_children(actor, area)[:2])
    while len(children) == 1:
        area = children[0]
        children = list(area_children(actor, area)[:2])
    return area
