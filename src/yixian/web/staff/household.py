"""户页: one household — its people, who stands beside it, what it has, what it is owed, and what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from yixian.compensation.queries import binding_agreement, current_account
from yixian.domain.policy import Pack
from yixian.duty.access import COVERERS
from yixian.duty.duty_read_models import AssignedHelperView
from yixian.duty.queries import (
    assigned_helpers,
    former_helpers,
    handovers_of,
    requests,
    stationings_of_area,
)
from yixian.inventory.queries import items
from yixian.inventory.requested_facts import requests_anything
from yixian.kernel.actors import Actor
from yixian.outreach.access import may_explain
from yixian.outreach.queries import household_explanations
from yixian.outreach.queries.reading_requests import reading_asked_on
from yixian.policies.queries import CUSTOM, pack_in_force
from yixian.registry.access import Part, area_reach, get_household, parts_for
from yixian.registry.actions.issue_cards import issue_cards
from yixian.registry.actions.note_reading import note_reading
from yixian.registry.choices import HelperKind
from yixian.registry.queries import area_chain, contact, history, members_and_past, readers
from yixian.registry.queries.proposed_changes import changes_waiting_of
from yixian.visits.queries import household_due
from yixian.web.item_titles import line_names, titled_items
from yixian.web.request_actor import actor_of
from yixian.web.staff.household_history import HISTORY
from yixian.web.staff.household_tables import ACCOUNT, ITEMS, PEOPLE, items_table, people_table
from yixian.web.ui.tables import Table
from yixian.workbook.editable_rows import keeps


@require_GET
def household_page(request: HttpRequest, household_id: int) -> HttpResponse:
    """Everything about one household that the actor may see. The reading is noted."""
    actor, now = actor_of(request), timezone.now()
    on = timezone.localdate(now)
    household = get_household(actor, household_id)
    parts = parts_for(actor, household)
    found = pack_in_force(household.area_path, on)
    pack = found[1] if found else None
    note_reading(actor, household, gettext_noop("household page"), at=now)
    may_edit = household.valid_until is None and keeps(actor, household.area_path)
    due = household_due(actor, household, on=on, rules=(pack and pack.duty_on(on)) or CUSTOM)
    people, past = members_and_past(actor, household, on=on)
    things = list(items(actor, household, on=on))
    beside = assigned_helpers(actor, household, on=on)
    statement, change = current_account(actor, household, on=timezone.localdate())
    explain_state, explained = household_explanations(actor, household, statement, at=now)
    context = {
        "household": household,
        "parts": {part.value for part in parts},
        "places": _places(actor, household),
        "account_table": ACCOUNT,
        "people_table": people_table(household) if may_edit else PEOPLE,
        "may_edit": may_edit,
        "members": people,
        "past": past,
        "contact": contact(actor, household),
        "assigned_helpers": beside,
        "empty_seats": _empty_seats(household, beside, parts),
        **_hands(actor, household, on, parts),
        "stationings": stationings_of_area(household.area, on=on) if Part.DUTY in parts else [],
        "inventory": _inventory(things, pack, items_table(household) if may_edit else ITEMS),
        "asks": pack is not None and requests_anything(pack),
        "due": due,
        "visit_late": due is not None and due.is_late(on),
        "statement": statement,
        "change": change,
        "explain_state": explain_state,
        "explained": explained,
        "reading_asked_on": reading_asked_on(actor, household),
        "may_explain": may_explain(actor, household),
        "agreement": binding_agreement(actor, household),
        "changes_waiting": changes_waiting_of(actor, household),
        "history": HISTORY.shown(request, history(actor, household, line_names(things, pack))),
        "readers": readers(actor, household),
    }
    return render(request, "staff/households/page.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def household_card(request: HttpRequest, household_id: int) -> HttpResponse:
    """Ask first; then give the household a new card. The PIN is shown this once."""
    actor = actor_of(request)
    household = get_household(actor, household_id)
    context: dict[str, Any] = {"household": household, "chain": area_chain(household.area)}
    if request.method == "POST":
        context["assigned_helpers"] = assigned_helpers(actor, household, on=timezone.localdate())
        context["card"] = issue_cards([household.pk], actor=actor, at=timezone.now())[0]
    return render(request, "staff/households/card.html", context)


def _places(actor: Actor, household: Any) -> list[tuple[Any, bool]]:
    """The places that the household lies in, from the county down, and whether the actor reaches each as a whole."""
    reach = area_reach(actor)
    chain = [*area_chain(household.area)[1:], household.area]
    return [(area, any(area.path.startswith(own) for own in reach)) for area in chain]


def _empty_seats(
    household: Any, beside: list[AssignedHelperView], parts: frozenset[Part]
) -> list[HelperKind]:
    """The roles in which nobody stands beside a household of the register."""
    if Part.DUTY not in parts or household.valid_until is not None:
        return []
    held = {view.role for view in beside}
    return [role for role in HelperKind if role.value not in held]


def _hands(actor: Actor, household: Any, on: date, parts: frozenset[Part]) -> dict[str, Any]:
    """Who stood beside them, what was asked for, and what passes from hand to hand."""
    if Part.DUTY not in parts:
        return {}
    handed = handovers_of(actor, household, on=on)
    return {
        "household_handovers": handed,
        "handovers_waiting": any(row.state in {"open", "late"} for row in handed),
        "stood_before": former_helpers(actor, household, on=on),
        "requests_for_another": requests(actor, household=household),
        "may_ask_another": actor.has_any(COVERERS),
    }


def _inventory(rows: list[Any], pack: Pack | None, table: Table[Any]) -> list[tuple[Table[Any], list[Any]]]:
    """A table and its items for each category, houses first."""
    shown = titled_items(rows, pack)
    shown.sort(key=lambda item: (item.rank, item.line_no))
    return [
        (replace(table, caption=category), list(group))
        for category, group in groupby(shown, key=lambda item: item.category)
    ]
