"""签署登记的页面: record one party's signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yixian.compensation.actions.sign_agreement import ADULT, Signing, sign_agreement
from yixian.compensation.agreement_rows import AgreementView, SignatureView
from yixian.compensation.choices import Party, SignedBy
from yixian.compensation.queries import get_agreement, parties_to_record
from yixian.kernel.errors import NotFound, NotPermitted, Refused, YixianError
from yixian.registry.access import get_household
from yixian.registry.queries import members
from yixian.web.asking import actor_of
from yixian.web.forms import day_field, put_error


class OfficeForm(forms.Form):
    """The signature of a body."""

    signer_name = forms.CharField(label=_("Who signed"), max_length=60)
    post = forms.CharField(label=_("Post"), max_length=60)
    signed_on = day_field(label=_("Day of signing"))
    kept_at = forms.CharField(
        label=_("Where the signed paper is kept"),
        max_length=120,
        help_text=_("Archive number or cabinet, so that the original can be found."),
    )


class HouseholdForm(forms.Form):
    """The signature of the household: which adult, on which day, by hand or with the card."""

    person_id = forms.TypedChoiceField(label=_("Who signed"), coerce=int)
    authority = forms.CharField(
        label=_("Why not the head"),
        max_length=200,
        required=False,
        help_text=_("Only where another adult signs."),
    )
    authority_paper = forms.CharField(label=_("Paper of authorisation"), max_length=120, required=False)
    signed_on = day_field(label=_("Day of signing"))
    way = forms.ChoiceField(label=_("How it was signed"), choices=SignedBy.choices, widget=forms.RadioSelect)
    kept_at = forms.CharField(
        label=_("Where the signed paper is kept"),
        max_length=120,
        required=False,
        help_text=_("When signed by hand: archive number or cabinet, so that the original can be found."),
    )
    card_code = forms.CharField(
        label=_("Card number"),
        max_length=40,
        required=False,
        help_text=_("When signed with the card: the signer enters number and PIN here in person."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    card_pin = forms.CharField(
        label=_("PIN"),
        max_length=12,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, adults: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"].choices = adults  # type: ignore[attr-defined]


@sensitive_post_parameters("card_code", "card_pin")
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, agreement_id: int, party: str) -> HttpResponse:
    """Record the signature of one party; the form stays with what was typed until it is right."""
    actor, now = actor_of(request), timezone.now()
    view = get_agreement(actor, agreement_id)
    signature = _place(view, party)
    if party not in parties_to_record(actor, agreement_id):
        raise _why_not(view, signature)
    form = _form(request, view, party)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "source": request.META.get("REMOTE_ADDR", "")}
        try:
            sign_agreement(agreement_id, Signing(party=party, **given), actor=actor, at=now)
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The signature is recorded."))
            return redirect("agreements:agreement", agreement_id)
    context = {"agreement": view, "signature": signature, "form": form}
    return render(request, "agreements/sign.html", context, status=422 if form.errors else 200)


def _place(view: AgreementView, party: str) -> SignatureView:
    """The party's place on the agreement. Raises `NotFound` where there is no such party."""
    found = next((one for one in view.signatures if one.party == party), None)
    if found is None:
        raise NotFound("agreement.party", _("There is no such party."))
    return found


def _why_not(view: AgreementView, signature: SignatureView) -> YixianError:
    if view.end is not None:
        return Refused("agreement.has_ended", _("This agreement has ended."))
    if signature.signed_on is not None:
        return Refused("agreement.party_signed", _("This party has signed already."))
    return NotPermitted("agreement.recorder", _("Your role does not record the signature of this party."))


def _form(request: HttpRequest, view: AgreementView, party: str) -> forms.Form:
    today = timezone.localdate()
    if party != Party.HOUSEHOLD:
        return OfficeForm(request.POST or None, initial={"signed_on": today})
    actor = actor_of(request)
    rows = members(actor, get_household(actor, view.household_id), on=today)
    adults = [(row.person_id, f"{row.name} ({row.relation_label})") for row in rows if row.age >= ADULT]
    initial = {"signed_on": today, "way": SignedBy.PAPER}
    return HouseholdForm(request.POST or None, adults=adults, initial=initial)
