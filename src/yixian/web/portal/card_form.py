"""卡号与密码: what is typed from the card and the PIN slip, however it is spaced."""

from __future__ import annotations

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from yixian.web.code_kinds import CodeKind, kind_of

CODE_DIGITS = 16
PIN_DIGITS = 6


class CardForm(forms.Form):
    """Card number and PIN. Spaces, dashes and full-width digits are taken as they are meant."""

    code = forms.CharField(
        label=_("Card number"),
        help_text=_("The sixteen digits on the front of the card."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false", "class": "digits"}
        ),
        error_messages={"required": _("Please enter the card number.")},
    )
    pin = forms.CharField(
        label=_("PIN"),
        help_text=_("The six digits on the slip that came with the card."),
        max_length=20,
        widget=forms.PasswordInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "digits"}, render_value=False
        ),
        error_messages={"required": _("Please enter the PIN.")},
    )

    @property
    def kind(self) -> CodeKind:
        """What was typed, by its form: it may belong elsewhere."""
        return kind_of(str(self.data.get("code", "")))

    def clean_code(self) -> str:
        """Sixteen digits."""
        return _digits(
            self.cleaned_data["code"],
            CODE_DIGITS,
            str(_("The card number has sixteen digits. Please look again.")),
        )

    def clean_pin(self) -> str:
        """Six digits."""
        return _digits(
            self.cleaned_data["pin"], PIN_DIGITS, str(_("The PIN has six digits. Please look again."))
        )


def _digits(text: str, length: int, otherwise: str) -> str:
    digits = "".join(mark for mark in unicodedata.normalize("NFKC", text) if mark not in " -·")
    if len(digits) != length or not (digits.isascii() and digits.isdigit()):
        raise forms.ValidationError(otherwise)
    return digits
