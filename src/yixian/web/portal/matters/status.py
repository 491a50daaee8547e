"""办到哪一步了: where a matter stands, for whoever holds its receipt. The digits travel in forms, never in an address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from yixian.kernel.actors import PUBLIC
from yixian.matters.codes import plain_code
from yixian.matters.limits import RECEIPT_DIGITS
from yixian.matters.person_access import MatterCredential, authenticated_matter
from yixian.web.client_network import network_of
from yixian.web.code_kinds import CodeKind, kind_of
from yixian.web.portal.display_preferences import apply_preferences, preferences_requested
from yixian.web.portal.matters.acting import ActionResult, act
from yixian.web.portal.matters.decision_letter import requested_letter
from yixian.web.portal.matters.open_form import open_form
from yixian.web.portal.matters.own_page import own_context
from yixian.web.ui.attempts import attempt

_UNKNOWN = gettext_lazy("There is no matter with this receipt number. Please look at every digit again.")


class ReceiptForm(forms.Form):
    """The sixteen digits, however they are spaced."""

    use_required_attribute = False

    code = forms.CharField(
        label=gettext_lazy("Receipt number"),
        help_text=gettext_lazy("The sixteen digits of the receipt."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false", "class": "digits"}
        ),
        error_messages={"required": gettext_lazy("Please enter the receipt number.")},
    )

    @property
    def kind(self) -> CodeKind:
        """What was typed, by its form: it may belong elsewhere."""
        return kind_of(str(self.data.get("code", "")))

    def clean_code(self) -> str:
        """Sixteen digits."""
        digits = plain_code(self.cleaned_data["code"])
        if len(digits) != RECEIPT_DIGITS:
            raise forms.ValidationError(_("The receipt number has sixteen digits. Please look again."))
        return digits


@open_form
def status(request: HttpRequest) -> HttpResponse:
    """The digits' form; sent, the matter itself, with what can be done next."""
    with override(preferences_requested(request)):
        response = _answered(request) if request.method == "POST" else _ask(request, ReceiptForm())
    apply_preferences(request, response)
    return response


def matter_of_receipt(request: HttpRequest, *, at: datetime) -> HttpResponse | None:
    """The matter whose receipt has the digits of a form's field ``code``; None where there is none. Raises nothing: whoever
    guesses too often is told so on the receipt's own page.
    """
    form = ReceiptForm(request.POST)
    opened = attempt(form, lambda given: _opened(request, given["code"], at=at), unknown=_UNKNOWN)
    if opened.is_done:
        return _shown(request, form, *opened.result)
    return opened.on(_ask(request, form)) if opened.wait else None


def _answered(request: HttpRequest) -> HttpResponse:
    if "code" not in request.POST:
        return _ask(request, ReceiptForm())
    form, now = ReceiptForm(request.POST), timezone.now()
    opened = attempt(form, lambda given: _opened(request, given["code"], at=now), unknown=_UNKNOWN)
    if not opened.is_done:
        return opened.on(_ask(request, form))
    return _shown(request, form, *opened.result)


def _shown(
    request: HttpRequest, form: ReceiptForm, outcome: ActionResult, matter: Any, letter: HttpResponse | None
) -> HttpResponse:
    if letter is not None:
        return letter
    context = own_context(request, matter, outcome, at=timezone.now()) | {
        "code": form.cleaned_data["code"],
        "frame": "portal/base.html",
    }
    return render(request, "portal/matters/own.html", context, status=outcome.status)


def _opened(
    request: HttpRequest, code: str, *, at: datetime
) -> tuple[ActionResult, Any, HttpResponse | None]:
    """What became of a form of the page, the matter afterwards, and a letter if one is asked for."""
    proof = MatterCredential(code=code)
    outcome = act(request, proof, actor=PUBLIC, at=at)
    matter = authenticated_matter(proof, source=network_of(request), actor=PUBLIC, at=at)
    return outcome, matter, requested_letter(request, matter, at=at)


def _ask(request: HttpRequest, form: ReceiptForm) -> HttpResponse:
    return render(request, "portal/matters/status.html", {"form": form})
