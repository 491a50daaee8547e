"""签署登记的页面: record one party's signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yixian.compensation.actions.sign_agreement import ADULT, Signing, sign_agreement
from yixian.compensation.agreement_read_models import AgreementView, SignatureView
from yixian.compensation.choices import Party, SignedBy
from yixian.compensation.queries import get_agreement, parties_to_record
from yixian.kernel.errors import NotFound, NotPermitted, Refused, YixianError
from yixian.registry.access import get_household
from yixian.registry.queries import members
from yixian.web.agreements.crumbs import agreement_crumb, list_crumb
from yixian.web.client_network import network_of
from yixian.web.forms import day_field
from yixian.web.ui.forms import FormPage, Submission


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


@dataclass(frozen=True, slots=True)
class ToSign:
    """An agreement and the place on it that a signature is to be recorded for."""

    agreement: AgreementView
    signature: SignatureView


def _to_sign(asked: Submission) -> ToSign:
    """Raises where there is no such party, and where its signature is not this actor's to record."""
    view = get_agreement(asked.actor, asked.kwargs["agreement_id"])
    signature = _place(view, asked.kwargs["party"])
    if signature.party not in parties_to_record(asked.actor, view.pk):
        raise _why_not(view, signature)
    return ToSign(view, signature)


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


def _form(asked: Submission) -> forms.Form:
    view, today = asked.subject.agreement, asked.on
    if asked.subject.signature.party != Party.HOUSEHOLD:
        return OfficeForm(asked.data, initial={"signed_on": today})
    rows = members(asked.actor, get_household(asked.actor, view.household_id), on=today)
    adults = [(row.person_id, f"{row.name} ({row.relation_label})") for row in rows if row.age >= ADULT]
    return HouseholdForm(asked.data, adults=adults, initial={"signed_on": today, "way": SignedBy.PAPER})


def _record(asked: Submission) -> None:
    view, signature = asked.subject.agreement, asked.subject.signature
    source = network_of(asked.request)
    signing = Signing(party=signature.party, **asked.given, source=source)
    sign_agreement(view.pk, signing, actor=asked.actor, at=asked.at)


def _who(asked: Submission) -> str:
    view, signature = asked.subject.agreement, asked.subject.signature
    return " · ".join(
        str(part) for part in (signature.party_label, view.terms["head"], signature.organisation) if part
    )


SIGN = FormPage(
    title=_("Record a signature"),
    lead=_who,
    note=_("What is recorded cannot be changed afterwards. Each party is recorded by another person."),
    subject=_to_sign,
    form=_form,
    action=_record,
    to=lambda asked, _signed: agreement_crumb(asked.subject.agreement)[0],
    done=_("The signature is recorded."),
    button=_("Record the signature"),
    crumbs=lambda _asked: [list_crumb()],
    back=lambda asked: agreement_crumb(asked.subject.agreement),
)
