"""我家的协议与账目各版: what a household sees of its versions and its agreement, with its card."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.compensation.paper.agreement import agreement_pdf
from yixian.compensation.paper.printing import version_pdf
from yixian.compensation.queries import agreement_of, agreements_of, version_view, versions, versions_compared
from yixian.kernel.errors import NotFound
from yixian.web.paper.single import asked_print, pdf
from yixian.web.portal.household_session import household_required
from yixian.web.request_actor import actor_of


@require_GET
@household_required
def version_list(request: HttpRequest, household: Any) -> HttpResponse:
    """Every version with what changed, and two of them line by line."""
    rows, comparison = versions_compared(
        actor_of(request), household, old=request.GET.get("old", ""), new=request.GET.get("new", "")
    )
    context = {"household": household, "versions": rows, "comparison": comparison}
    return render(request, "portal/versions.html", context)


@require_GET
@household_required
def version_page(request: HttpRequest, household: Any, version: int) -> HttpResponse:
    """One version as it was issued."""
    actor = actor_of(request)
    context = {
        "household": household,
        "statement": version_view(actor, household, version, on=timezone.localdate()),
        "row": next(row for row in versions(actor, household) if row.version == version),
    }
    return render(request, "portal/version.html", context)


@require_GET
@household_required
def version_paper(request: HttpRequest, household: Any, version: int) -> HttpResponse:
    """One version as a PDF."""
    lang, large = asked_print(request)
    content = version_pdf(actor_of(request), household, version, lang=lang, large=large, at=timezone.now())
    return pdf(content, f"{household.household_no}-{version}.pdf")


@require_GET
@household_required
def agreement(request: HttpRequest, household: Any) -> HttpResponse:
    """Our agreement: what is agreed, who has signed, and those that ended."""
    actor = actor_of(request)
    standing = agreement_of(actor, household)
    rows = agreements_of(actor, household)
    context = {
        "household": household,
        "agreement": standing,
        "earlier": [row for row in rows if standing is None or row.pk != standing.pk],
    }
    return render(request, "portal/agreement.html", context)


@require_GET
@household_required
def agreement_paper(request: HttpRequest, household: Any) -> HttpResponse:
    """Our agreement as a PDF, with ID number and account masked."""
    actor = actor_of(request)
    view = agreement_of(actor, household)
    if view is None:
        raise NotFound("agreement.not_found", _("There is no such agreement."))
    lang, _large = asked_print(request)
    return pdf(agreement_pdf(actor, view.pk, lang=lang, at=timezone.now()), f"{view.number}.pdf")
