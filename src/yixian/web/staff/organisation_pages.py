"""机构与帮扶人页: bodies, their people and how many households each stands beside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.duty.queries import helper_households, helper_loads, stationings_of_organisation
from yixian.registry.choices import OrganisationKind
from yixian.registry.queries import get_helper, get_organisation, organisation_helpers, organisations
from yixian.web.request_actor import actor_of
from yixian.web.ui.paging import page_of


@require_GET
def organisation_list(request: HttpRequest) -> HttpResponse:
    """All bodies of the county, by kind."""
    search = request.GET.get("q", "").strip()[:60]
    kind = request.GET.get("kind", "")
    kind = kind if kind in OrganisationKind.values else ""
    page = page_of(
        organisations(actor_of(request), search=search, kind=kind), request.GET.get("page"), size=50
    )
    context = {"page": page, "search": search, "kind": kind, "kinds": OrganisationKind.choices}
    return render(request, "staff/organisations/list.html", context)


@require_GET
def organisation_page(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """One body: where it is stationed, its people and their loads."""
    actor, on = actor_of(request), timezone.localdate()
    organisation = get_organisation(actor, organisation_id)
    page = page_of(organisation_helpers(actor, organisation, on=on), request.GET.get("page"), size=50)
    context = {
        "organisation": organisation,
        "page": page,
        "loads": helper_loads(actor, organisation, on=on),
        "stationings": stationings_of_organisation(organisation, on=on),
    }
    return render(request, "staff/organisations/page.html", context)


@require_GET
def helper_page(request: HttpRequest, helper_id: int) -> HttpResponse:
    """One helper, and those of their households that the actor reaches."""
    actor, on = actor_of(request), timezone.localdate()
    helper = get_helper(actor, helper_id)
    page = page_of(helper_households(actor, helper_id, on=on), request.GET.get("page"))
    return render(request, "staff/organisations/helper.html", {"helper": helper, "page": page})
