"""办到哪一步了: where a matter stands, for whoever holds its receipt. The digits travel in forms, never in an address."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import NotFound
from yixian.kernel.throttle import TooManyGuesses
from yixian.matters.codes import plain_code
from yixian.matters.limits import RECEIPT_DIGITS
from yixian.matters.person_access import MatterCredential, authenticated_matter
from yixian.web.library.question_pages import waiting
from yixian.web.portal.display_preferences import apply_preferences, preferences_requested
from yixian.web.portal.entrance import source_of
from yixian.web.portal.matters.acting import act
from yixian.web.portal.matters.decision_letter import requested_letter
from yixian.web.portal.matters.open_form import open_form, wait_for
from yixian.web.portal.matters.own_page import own_context


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


def _answered(request: HttpRequest) -> HttpResponse:
    if "code" not in request.POST:
        return _ask(request, ReceiptForm())
    form, now = ReceiptForm(request.POST), timezone.now()
    if not form.is_valid():
        return _ask(request, form, status=422)
    code = form.cleaned_data["code"]
    proof, source = MatterCredential(code=code), source_of(request)
    try:
        outcome = act(request, proof, actor=PUBLIC, at=now)
        matter = authenticated_matter(proof, source=source, actor=PUBLIC, at=now)
        letter = requested_letter(request, matter, at=now)
    except TooManyGuesses as error:
        seconds = int(error.params["seconds"])
        form.add_error(None, _("Too many wrong tries. Please wait %(time)s.") % {"time": waiting(seconds)})
        return wait_for(_ask(request, form, status=429), seconds)
    except NotFound:
        form.add_error(
            None, _("There is no matter with this receipt number. Please look at every digit again.")
        )
        return _ask(request, form, status=404)
    if letter is not None:
        return letter
    context = own_context(request, matter, outcome, at=timezone.now()) | {
        "code": code,
        "frame": "portal/base.html",
    }
    return render(request, "portal/matters/own.html", context, status=outcome.status)


def _ask(request: HttpRequest, form: ReceiptForm, *, status: int = 200) -> HttpResponse:
    return render(request, "portal/matters/status.html", {"form": form}, status=status)
