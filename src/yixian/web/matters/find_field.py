"""查找: people in office and households, found below the field in which somebody types their name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.registry.queries import find_helpers, households
from yixian.web.request_actor import actor_of
from yixian.web.ui.filters import Search, asked_for

_MAX = 12


class FindField(forms.CharField):
    """A number or a name; whoever is found by what is typed is listed below it. It must be called household or helper."""

    finder = "matters/find.html"

    def __init__(self, *, name: str, **options: Any) -> None:
        attrs = {
            "autocomplete": "off",
            "hx-get": reverse_lazy("staff:matter_find"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#found_{name}",
            "hx-include": "this",
            "hx-swap": "innerHTML",
            "data-find": "",
        }
        super().__init__(required=False, max_length=60, widget=forms.TextInput(attrs=attrs), **options)
        self.finds = name


_HOME = Search(_("Household"), name="household")
_PERSON = Search(_("Name"), name="helper")


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Households in reach (``household``), or people in office (``helper``), each to be put into the field."""
    actor, on = actor_of(request), timezone.localdate()
    asked = asked_for(request, _HOME, _PERSON)
    home, person = asked["household"], asked["helper"]
    context = {
        "search": home or person,
        "homes": list(households(actor, on=on, search=home)[:_MAX]) if home else [],
        "people": find_helpers(actor, person, on=on, limit=_MAX) if person else [],
    }
    return render(request, "matters/found.html", context)
