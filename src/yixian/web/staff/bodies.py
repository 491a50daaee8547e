"""机构与帮扶人页: bodies, their people and how many households each stands beside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.duty.queries import helper_households, helper_loads, stationings_of_body
from yixian.registry.choices import BodyKind
from yixian.registry.queries import bodies, body_helpers, get_body, get_helper
from yixian.web.asking import actor_of
from yixian.web.ui.paging import page_of


@require_GET
def body_list(request: HttpRequest) -> HttpResponse:
    """All bodies of the county, by kind."""
    search = request.GET.get("q", "").strip()[:60]
    kind = request.GET.get("kind", "")
    kind = kind if kind in BodyKind.values else ""
    page = page_of(bodies(actor_of(request), search=search, kind=kind), request.GET.get("page"), size=50)
    context = {"page": page, "search": search, "kind": kind, "kinds": BodyKind.choices}
    return render(request, "staff/bodies/list.html", context)


@require_GET
def body_page(request: HttpRequest, body_id: int) -> HttpResponse:
    """One body: where it is stationed, its people and their loads."""
    actor, on = actor_of(request), timezone.localdate()
    body = get_body(actor, body_id)
    page = page_of(body_helpers(actor, body, on=on), request.GET.get("page"), size=50)
    context = {
        "body": body,
        "page": page,
        "loads": helper_loads(actor, body, on=on),
        "stationings": stationings_of_body(body, on=on),
    }
    return render(request, "staff/bodies/page.html", context)


@require_GET
def helper_page(request: HttpRequest, helper_id: int) -> HttpResponse:
    """One helper, and those of their households that the actor reaches."""
    actor, on = actor_of(request), timezone.localdate()
    helper = get_helper(actor, helper_id)
    page = page_of(helper_households(actor, helper_id, on=on), request.GET.get("page"))
    return render(request, "staff/bodies/helper.html", {"helper": helper, "page": page})
