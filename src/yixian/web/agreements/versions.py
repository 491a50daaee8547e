"""账目各版: every version of a household's account with what changed, any of them whole, and two side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET

from yixian.compensation.paper.printing import version_pdf
from yixian.compensation.queries import agreements_of, version_view, versions, versions_compared
from yixian.registry.access import get_household
from yixian.registry.actions.note_reading import note_reading
from yixian.registry.queries import area_chain
from yixian.web.paper.single import asked_print, pdf
from yixian.web.request_actor import actor_of
from yixian.web.ui.file_names import file_name


@require_GET
def version_list(request: HttpRequest, household_id: int) -> HttpResponse:
    """All versions, the latest first, and the household's agreements. The reading is noted."""
    actor = actor_of(request)
    household = get_household(actor, household_id)
    note_reading(actor, household, gettext_noop("versions of the account"), at=timezone.now())
    context = {
        "household": household,
        "chain": area_chain(household.area),
        "versions": versions(actor, household),
        "agreements": agreements_of(actor, household),
    }
    return render(request, "agreements/versions.html", context)


@require_GET
def version_page(request: HttpRequest, household_id: int, version: int) -> HttpResponse:
    """One version as it was issued, line by line."""
    actor = actor_of(request)
    household = get_household(actor, household_id)
    note_reading(actor, household, gettext_noop("versions of the account"), at=timezone.now())
    context = {
        "household": household,
        "statement": version_view(actor, household, version, on=timezone.localdate()),
        "row": next(row for row in versions(actor, household) if row.version == version),
    }
    return render(request, "agreements/version.html", context)


@require_GET
def version_paper(request: HttpRequest, household_id: int, version: int) -> HttpResponse:
    """One version as a PDF, the same bytes every time."""
    actor = actor_of(request)
    household = get_household(actor, household_id)
    lang, large = asked_print(request)
    content = version_pdf(actor, household, version, lang=lang, large=large, at=timezone.now())
    return pdf(content, f"{file_name(gettext('Account'), household.household_no, str(version))}.pdf")


@require_GET
def compare(request: HttpRequest, household_id: int) -> HttpResponse:
    """Two versions line by line; without a choice the latest and the one before it."""
    actor = actor_of(request)
    household = get_household(actor, household_id)
    note_reading(actor, household, gettext_noop("versions of the account"), at=timezone.now())
    rows, comparison = versions_compared(
        actor, household, old=request.GET.get("old", ""), new=request.GET.get("new", "")
    )
    context = {"household": household, "versions": rows, "comparison": comparison}
    return render(request, "agreements/compare.html", context)
