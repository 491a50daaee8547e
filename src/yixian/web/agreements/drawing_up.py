"""拟订协议的页面: what the paper will say, what is still missing and where to enter it, and the three choices to make."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yixian.compensation.access import DRAWERS_UP, require_acting_for
from yixian.compensation.actions.draw_up_agreement import draw_up_agreement
from yixian.compensation.choices import PaymentMethod
from yixian.compensation.drawing_up import Terms, attesting_organisations, bureaus
from yixian.compensation.queries import agreement_of, current_statement
from yixian.compensation.queries.blanks import blanks_of
from yixian.registry.access import get_household
from yixian.registry.queries import contact, members
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import status_of_form, submit


class DrawUpForm(forms.Form):
    """How the household is paid, and who signs besides it."""

    paid_by = forms.ChoiceField(
        label=_("How it is paid"), choices=PaymentMethod.choices, widget=forms.RadioSelect
    )
    bureau = forms.ChoiceField(label=_("Bureau that signs"))
    attesting_organisation = forms.ChoiceField(
        label=_("Attesting body"),
        help_text=_("A body stationed where the household lives. Its lead records its signature."),
    )
    no_phone = forms.BooleanField(label=_("The household has no phone"), required=False)

    def __init__(self, *args: Any, bureaus: list[Any], attesting: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bureau"].choices = [  # type: ignore[attr-defined]
            (organisation.pk, organisation.label) for organisation in bureaus
        ]
        self.fields["attesting_organisation"].choices = [  # type: ignore[attr-defined]
            (organisation.pk, organisation.label) for organisation in attesting
        ]

    @property
    def terms(self) -> Terms:
        """What was chosen."""
        given = self.cleaned_data
        return Terms(
            given["paid_by"],
            int(given["bureau"]),
            int(given["attesting_organisation"]),
            no_phone=given["no_phone"],
        )


@require_http_methods(["GET", "POST"])
def draw_up(request: HttpRequest, household_id: int) -> HttpResponse:
    """Show everything the agreement will hold; POST draws it up if nothing is missing."""
    actor, now = actor_of(request), timezone.now()
    household = get_household(actor, household_id)
    require_acting_for(actor, household, DRAWERS_UP)
    current = agreement_of(actor, household)
    if current is not None:
        return redirect("agreements:agreement", current.pk)
    on = timezone.localdate(now)
    sides = list(bureaus(household, on=on)), attesting_organisations(household, on=on)
    form = DrawUpForm(
        request.POST or None, bureaus=sides[0], attesting=sides[1], initial={"paid_by": _usual(household)}
    )
    missing = blanks_of(household, _terms(form, household, sides), on=on)
    onward = submit(
        request,
        form,
        lambda _given: draw_up_agreement(household.pk, form.terms, actor=actor, at=now),
        to=lambda made: reverse("agreements:agreement", args=[made.pk]),
        done=_("The agreement is drawn up. Print it and have it signed."),
    )
    context = {
        "household": household,
        "form": form,
        "missing": missing,
        "statement": current_statement(actor, household, on=timezone.localdate()),
        "contact": contact(actor, household),
        "members": members(actor, household, on=on),
    }
    return onward or render(request, "agreements/draw_up.html", context, status=status_of_form(form))


def _usual(household: Any) -> str:
    return PaymentMethod.BANK if household.bank_account and household.bank_name else PaymentMethod.CASH


def _terms(form: DrawUpForm, household: Any, sides: tuple[list[Any], list[Any]]) -> Terms:
    """The choice made, or the usual one before any is: so that what is missing stands there from the beginning."""
    if form.is_bound and form.is_valid():
        return form.terms
    first = [side[0].pk if side else 0 for side in sides]
    return Terms(_usual(household), first[0], first[1])
