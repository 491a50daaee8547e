"""一个入口: whatever number or code of ours is typed, it is recognised by its form and leads to the page where it belongs."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from yixian.compensation.queries.check_codes import calculation_of
from yixian.registry.queries.public_offices import public_offices
from yixian.web.code_kinds import CodeKind, kind_of, phone_of
from yixian.web.portal.card_form import CardForm
from yixian.web.portal.display_preferences import apply_preferences, preferences_requested
from yixian.web.portal.matters.open_form import open_form
from yixian.web.portal.matters.status import matter_of_receipt
from yixian.web.portal.public_library import question_of_code


class AnyCodeForm(forms.Form):
    """One field for whatever stands on a card, a receipt, a note or a paper."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Number or code"),
        help_text=_(
            "From your card, a receipt, a letter, the foot of an account, or a telephone that called you."
        ),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "digits"}),
        error_messages={"required": _("Please enter the code.")},
    )


@open_form
def any_code(request: HttpRequest) -> HttpResponse:
    """The field; sent, the page where the code belongs, or a sentence that says what it is and where to go."""
    with override(preferences_requested(request)):
        response = _answered(request) if request.method == "POST" else _page(request, AnyCodeForm())
    apply_preferences(request, response)
    return response


def _answered(request: HttpRequest) -> HttpResponse:
    form = AnyCodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    typed = form.cleaned_data["code"]
    kind = kind_of(typed)
    if kind == CodeKind.SIXTEEN:
        found = matter_of_receipt(request, at=timezone.now())
        return found or render(
            request, "portal/card.html", {"form": CardForm(initial={"code": typed}), "from_code": True}
        )
    if kind == CodeKind.QUESTION:
        return question_of_code(request)
    return _page(request, form, kind=kind, **_looked_up(kind, typed))


def _looked_up(kind: CodeKind, typed: str) -> dict[str, Any]:
    """Whose a telephone number is, and what a check code belongs to, as far as everybody may know."""
    if kind == CodeKind.PHONE:
        phone = phone_of(typed)
        ours = (office for office in public_offices() if phone_of(office.phone) == phone)
        return {"looked_up": True, "office": next(ours, None)}
    if kind == CodeKind.CHECK:
        plain = "".join(mark for mark in unicodedata.normalize("NFKC", typed) if mark.isalnum())
        return {"looked_up": True, "calculation": calculation_of(plain)}
    return {}


def _page(
    request: HttpRequest, form: AnyCodeForm, *, kind: CodeKind | None = None, status: int = 200, **found: Any
) -> HttpResponse:
    return render(request, "portal/any_code.html", {"form": form, "kind": kind, **found}, status=status)
