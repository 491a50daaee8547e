"""我家: what a household sees once it has shown its card. Everything comes from queries that reach it and nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.compensation.paper.printing import statement_pdf
from yixian.compensation.queries import agreement_of, current_account
from yixian.domain.areas import LEVELS
from yixian.duty.queries import assigned_helpers, leaders_of_area
from yixian.inventory.queries import items
from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.outreach.queries import household_explanations
from yixian.outreach.queries.reading_requests import reading_asked_on
from yixian.policies.price_changes import price_history
from yixian.policies.queries import pack_in_force
from yixian.registry.paper.addresses import areas_above, place_of
from yixian.registry.queries import history, members, readers
from yixian.web.item_titles import TitledItem, line_names, titled_items
from yixian.web.library.price_change_rows import since_the_account
from yixian.web.paper.single import asked_print, pdf
from yixian.web.portal.household_session import household_required
from yixian.web.portal.own_helpers import empty_seats, with_reasons
from yixian.web.portal.what_comes_next import coming
from yixian.web.request_actor import actor_of


@require_GET
@household_required
def own_account(request: HttpRequest, household: Any) -> HttpResponse:
    """Who stands beside us, and our account line by line."""
    actor, today = actor_of(request), timezone.localdate()
    statement, change = current_account(actor, household, on=timezone.localdate())
    views = assigned_helpers(actor, household, on=today)
    context = {
        "household": household,
        "empty_seats": empty_seats(views),
        "leaders": leaders_of_area(household.area, on=today),
        "place": place_of(household.area_path, areas_above([household.area_path]), language(), levels=LEVELS),
        "assigned_helpers": with_reasons(household, views, on=today),
        "statement": statement,
        "change": change,
        "repriced": since_the_account(
            statement, household.zone, price_history(household.area_path, today), today
        )
        if statement
        else None,
        "coming": coming(household.area_path, today),
        "agreement": agreement_of(actor, household),
        "reading_asked_on": reading_asked_on(actor, household),
        "explained_state": household_explanations(actor, household, statement, at=timezone.now())[0],
    }
    return render(request, "portal/account.html", context)


@require_GET
@household_required
def own_inventory(request: HttpRequest, household: Any) -> HttpResponse:
    """Who we are and what was surveyed as ours."""
    actor, today = actor_of(request), timezone.localdate()
    context = {
        "household": household,
        "members": members(actor, household, on=today),
        "things": _things(actor, household, today),
    }
    return render(request, "portal/belongings.html", context)


@require_GET
@household_required
def own_record(request: HttpRequest, household: Any) -> HttpResponse:
    """Who has read our record, and what happened to it."""
    actor, today = actor_of(request), timezone.localdate()
    found = pack_in_force(household.area_path, today)
    names = line_names(items(actor, household, on=today), found[1] if found else None)
    context = {
        "household": household,
        "readers": readers(actor, household),
        "history": history(actor, household, names),
    }
    return render(request, "portal/record.html", context)


@require_GET
@household_required
def own_statement(request: HttpRequest, household: Any) -> HttpResponse:
    """The account as a PDF, in the language and print of the page unless asked otherwise."""
    lang, large = asked_print(request)
    content = statement_pdf(actor_of(request), household, lang=lang, large=large, at=timezone.now())
    return pdf(content, f"{household.household_no}.pdf")


def _things(actor: Actor, household: Any, today: date) -> list[TitledItem]:
    """What was surveyed, in the words of the policy in force there."""
    found = pack_in_force(household.area_path, today)
    return titled_items(items(actor, household, on=today), found[1] if found else None)
