"""分户与并户页: every member and every item is given a place, shown once more, and put before a second person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yixian.inventory.actions.propose_merger import propose_merger
from yixian.inventory.actions.propose_split import Division, propose_split
from yixian.inventory.queries import items
from yixian.kernel.actors import Actor
from yixian.kernel.permission import require
from yixian.policies.queries import pack_in_force
from yixian.registry.access import REGISTER_EDITORS, get_household
from yixian.registry.choices import Relation
from yixian.registry.queries import area_chain, household_numbered, members
from yixian.web.forms import day_field
from yixian.web.item_titles import titled_items
from yixian.web.request_actor import actor_of
from yixian.web.staff.document_form import PROPOSED, DocumentForm
from yixian.web.ui.attempts import UNPROCESSABLE
from yixian.web.ui.forms import status_of_form, submit

STAYS = "stays"
"""The choice of a member or an item that stays with the old household."""


class SplitForm(DocumentForm):
    """What is said about the division as a whole, and by which document."""

    household_no = forms.CharField(label=_("Number of the new household"), max_length=24)
    on = day_field(label=_("From which day"))
    field_order = ("household_no", "on")


class MergeForm(DocumentForm):
    """Which household is joined, and why. ``staying`` is that household, once the form holds."""

    household_no = forms.CharField(label=_("Number of the household that is joined"), max_length=24)
    on = day_field(label=_("From which day"))
    field_order = ("household_no", "on")

    def __init__(self, *args: Any, actor: Actor, own_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.own_id = actor, own_id
        self.staying: Any = None

    def clean_household_no(self) -> str:
        """Another household in reach."""
        number: str = self.cleaned_data["household_no"]
        self.staying = household_numbered(self.actor, number, on=timezone.localdate())
        if self.staying is None or self.staying.pk == self.own_id:
            raise forms.ValidationError(_("There is no other household with this number."))
        return number


@require_http_methods(["GET", "POST"])
def household_split(request: HttpRequest, household_id: int) -> HttpResponse:
    """Divide a household: first everything is assigned, then shown once more, then proposed."""
    actor, at = actor_of(request), timezone.now()
    require(actor, REGISTER_EDITORS)
    household = get_household(actor, household_id)
    form = SplitForm(request.POST or None, initial={"on": timezone.localdate()})
    context = {**_assigned(request, actor, household), "form": form}
    if context["fault"]:
        return render(request, "staff/households/split.html", context, status=UNPROCESSABLE)
    if form.is_bound and form.is_valid() and "confirmed" not in request.POST:
        return render(request, "staff/households/split_confirm.html", context)
    onward = submit(
        request,
        form,
        lambda given: propose_split(
            household.pk,
            Division(given["household_no"], context["leaving"], context["item_ids"], given["on"]),
            context["names"],
            form.document,
            actor=actor,
            at=at,
        ),
        to=lambda change: reverse("staff:change", args=[change.pk]),
        done=PROPOSED,
    )
    return onward or render(request, "staff/households/split.html", context, status=status_of_form(form))


@require_http_methods(["GET", "POST"])
def household_merge(request: HttpRequest, household_id: int) -> HttpResponse:
    """Join a household to another: every member's new relation is said, shown, and then it is proposed."""
    actor, at = actor_of(request), timezone.now()
    require(actor, REGISTER_EDITORS)
    household = get_household(actor, household_id)
    form = MergeForm(
        request.POST or None, actor=actor, own_id=household.pk, initial={"on": timezone.localdate()}
    )
    context = {**_assigned(request, actor, household), "form": form}
    if form.is_bound and form.is_valid() and "confirmed" not in request.POST:
        return render(request, "staff/households/merge_confirm.html", {**context, "staying": form.staying})
    onward = submit(
        request,
        form,
        lambda given: propose_merger(
            household.pk,
            form.staying.pk,
            context["leaving"],
            context["names"],
            form.document,
            on=given["on"],
            actor=actor,
            at=at,
        ),
        to=lambda change: reverse("staff:change", args=[change.pk]),
        done=PROPOSED,
    )
    return onward or render(request, "staff/households/merge.html", context, status=status_of_form(form))


def _assigned(request: HttpRequest, actor: Actor, household: Any) -> dict[str, Any]:
    """Members and items with the place each was given so far."""
    on = timezone.localdate()
    found = pack_in_force(household.area_path, on)
    people = members(actor, household, on=on)
    things = titled_items(items(actor, household, on=on), found[1] if found else None)
    leaving = _relations(request.POST, [person.person_id for person in people])
    item_ids = [thing.pk for thing in things if request.POST.get(f"item-{thing.pk}") == "new"]
    return {
        "household": household,
        "chain": area_chain(household.area),
        "people": [(person, leaving.get(person.person_id, STAYS)) for person in people],
        "things": [(thing, "new" if thing.pk in set(item_ids) else STAYS) for thing in things],
        "leaving": leaving,
        "item_ids": item_ids,
        "names": {code: (item.name("zh"), item.name("en")) for code, item in found[1].items.items()}
        if found
        else {},
        "relations": Relation.choices,
        "relations_without_head": [choice for choice in Relation.choices if choice[0] != Relation.HEAD],
        "fault": _fault(request, leaving),
    }


def _relations(given: Mapping[str, Any], person_ids: list[int]) -> dict[int, str]:
    chosen = {person_id: str(given.get(f"person-{person_id}", STAYS)) for person_id in person_ids}
    return {person_id: relation for person_id, relation in chosen.items() if relation in Relation.values}


def _fault(request: HttpRequest, leaving: Mapping[int, str]) -> Any:
    """What is wrong with the assignment of the members, if anything."""
    if request.method != "POST":
        return ""
    if not leaving:
        return _("Choose at least one member who goes to the new household.")
    if list(leaving.values()).count(Relation.HEAD) != 1:
        return _("Exactly one of those who leave is the head of the new household.")
    return ""
