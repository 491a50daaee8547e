"""核算事实页: what the policy pack in force asks about one household and its items, each with its own field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yixian.domain.policy import Input, Pack
from yixian.domain.policy.fact_values import FactFault
from yixian.domain.text import typed_number
from yixian.inventory.actions.record_facts import FactKey, FaultyFacts
from yixian.inventory.queries import facts_of, items
from yixian.inventory.requested_facts import requested_of_household, requested_of_item
from yixian.kernel.languages import language
from yixian.kernel.permission import require
from yixian.policies.queries import pack_in_force
from yixian.registry.access import REGISTER_EDITORS, get_household
from yixian.registry.queries import area_chain
from yixian.web.forms import day_field
from yixian.web.item_titles import titled_items
from yixian.web.request_actor import actor_of
from yixian.web.staff.document_form import PROPOSED, DocumentForm
from yixian.web.ui.forms import status_of_form, submit
from yixian.workbook.actions.propose_facts import propose_facts

_MAX_LENGTH = 40

FAULTS: dict[FactFault, str | Promise] = {
    FactFault.CHOICE: _("Choose one of the list."),
    FactFault.NUMBER: _("Enter a plain number, e.g. 12.5."),
    FactFault.DIGITS: _("Too many digits after the point: %(scale)s at most."),
    FactFault.DAY: _("Enter a day, e.g. 2024-03-01."),
    FactFault.RANGE: _("It must lie between %(low)s and %(high)s."),
}


class FactsForm(DocumentForm):
    """From which day the values hold, and by which document."""

    on = day_field(label=_("From which day"))
    field_order = ("on",)


@dataclass(frozen=True, slots=True)
class FactField:
    """One field of the form. ``standing`` says in words what holds where it is left empty."""

    name: str
    label: str
    unit: str
    value: str
    choices: list[tuple[str, str]]
    hint: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """The fields about one thing: the household itself, or one item."""

    title: str
    about: str
    fields: list[FactField] = field(default_factory=list)


@require_http_methods(["GET", "POST"])
def household_facts(request: HttpRequest, household_id: int) -> HttpResponse:
    """Show what is asked and what stands; enter what was given, everything or nothing."""
    actor, now = actor_of(request), timezone.now()
    require(actor, REGISTER_EDITORS)
    household = get_household(actor, household_id)
    on = timezone.localdate(now)
    found = pack_in_force(household.area_path, on)
    context: dict[str, Any] = {"household": household, "chain": area_chain(household.area)}
    if found is None:
        return render(request, "staff/households/facts.html", context)
    pack = found[1]
    rows = list(items(actor, household, on=on))
    asked = _asked(pack, rows)
    values = {key: _given(request, key) for key in asked} if request.method == "POST" else {}
    form = FactsForm(request.POST or None, initial={"on": on})
    faults: dict[FactKey, FactFault] = {}

    def propose(given: dict[str, Any]) -> Any:
        try:
            return propose_facts(
                household.pk, values, pack, form.document, on=given["on"], actor=actor, at=now
            )
        except FaultyFacts as error:
            faults.update(error.faults)
            raise

    onward = submit(
        request,
        form,
        propose,
        to=lambda change: reverse("staff:change", args=[change.pk]),
        done=PROPOSED,
    )
    stands = facts_of(actor, household, on=on)
    shown = values or {key: stands.get(key.line_no, {}).get(key.name, "") for key in asked}
    context |= {"form": form, "groups": _groups(pack, rows, asked, shown, faults)}
    return onward or render(request, "staff/households/facts.html", context, status=status_of_form(form))


def _asked(pack: Pack, rows: list[Any]) -> dict[FactKey, Input]:
    asked = {FactKey("", name): declared for name, declared in requested_of_household(pack).items()}
    for row in rows:
        of_item = requested_of_item(pack, row.item_code)
        asked |= {FactKey(row.line_no, name): declared for name, declared in of_item.items()}
    return asked


def _given(request: HttpRequest, key: FactKey) -> str:
    return typed_number(request.POST.get(_field_name(key), "").strip()[:_MAX_LENGTH])


def _field_name(key: FactKey) -> str:
    return f"fact-{key.line_no}-{key.name}"


def _groups(
    pack: Pack,
    rows: list[Any],
    asked: Mapping[FactKey, Input],
    shown: Mapping[FactKey, str],
    faults: Mapping[FactKey, FactFault],
) -> list[FactGroup]:
    groups = {"": FactGroup(str(_("The household")), "")}
    for item in titled_items(rows, pack):
        about = " · ".join(part for part in (item.line_no, item.place) if part)
        groups[item.line_no] = FactGroup(item.title, about)
    for key, declared in asked.items():
        groups[key.line_no].fields.append(_field(key, declared, shown.get(key, ""), faults.get(key)))
    return [group for group in groups.values() if group.fields]


def _field(key: FactKey, declared: Input, value: str, fault: FactFault | None) -> FactField:
    lang = language()
    return FactField(
        name=_field_name(key),
        label=declared.title(lang),
        unit=declared.unit,
        value=value,
        choices=[(choice, declared.choice(choice, lang)) for choice in declared.choices],
        hint=_hint(declared, lang),
        fault=fault_text(fault, declared) if fault else "",
    )


def fault_text(fault: FactFault, declared: Input) -> str:
    """What is wrong with a value, with the limits that the pack sets."""
    low, high = (declared.limit_text(limit) for limit in (declared.low, declared.high))
    limits = {"low": low, "high": high, "scale": declared.scale}
    return str(FAULTS[fault]) % limits


def _hint(declared: Input, lang: str) -> str:
    """What holds where nothing is entered."""
    if declared.default:
        stands = declared.choice(declared.default, lang) if declared.choices else declared.default
        return str(_("Left empty, it counts as %(value)s.")) % {"value": stands}
    return str(_("The account is withheld until this is entered."))
