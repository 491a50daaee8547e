"""点名: a field for helpers by number or name, one a line; every one that is not found, or is not the only one, is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.kernel.actors import Actor
from yixian.registry.queries import get_helper, helpers_named
from yixian.web.ui.forms import ActionForm, Submission

_BETWEEN = re.compile(r"[\r\n,，、;；]+")
_HELP = gettext_lazy("Number or full name, one a line. Search below if you do not know the number.")


class PeopleField(forms.CharField):
    """The field, and a search below it. `people_named` reads it."""

    finder = "duty/find.html"

    def __init__(self, label: Any, *, rows: int = 3) -> None:
        area = forms.Textarea(
            attrs={"rows": rows, "data-people": "", "autocomplete": "off", "spellcheck": "false"}
        )
        super().__init__(label=label, max_length=4000, widget=area, help_text=_HELP)


class HelperForm(ActionForm):
    """A form with a `PeopleField` called ``helper``, which names one; an address may name them (``?helper=`` and a key)."""

    def __init__(self, asked: Submission, **initial: Any) -> None:
        initial["helper"] = written(helpers_in_address(asked.request, asked.actor))
        super().__init__(asked.data, initial=initial)
        self.asked = asked

    def clean_helper(self) -> Any:
        """The helper themselves."""
        people = people_named(self.cleaned_data["helper"], self.asked.actor, on=self.asked.on, most=1)
        if not people:
            raise forms.ValidationError(_("Say who."))
        return people[0]


def people_named(text: str, actor: Actor, *, on: date, most: int) -> list[Any]:
    """The helpers that the text names. Raises `forms.ValidationError` with a sentence for each that cannot be told."""
    names = [_name(part) for part in _BETWEEN.split(text) if part.strip()]
    if len(names) > most:
        raise forms.ValidationError(_("So many at once are too many: %(most)s at most.") % {"most": most})
    found = helpers_named(actor, names, on=on)
    faults = [fault for name in names if (fault := _fault(name, found[name]))]
    if faults:
        raise forms.ValidationError(faults)
    people = [found[name][0] for name in names]
    if len({row.pk for row in people}) != len(people):
        raise forms.ValidationError(_("Somebody is named twice."))
    return people


def helpers_in_address(request: HttpRequest, actor: Actor) -> list[Any]:
    """The helper whom the address names (``?helper=`` and a key), with whom a form begins; nobody if it names none."""
    named = request.GET.get("helper", "")
    return [get_helper(actor, int(named))] if named.isascii() and named.isdigit() else []


def written(people: Sequence[Any]) -> str:
    """The helpers as the field shows them."""
    return "\n".join(f"{row.helper_no} {row.person.name}" for row in people)


def _name(part: str) -> str:
    """A number where the part begins with one, as the search writes it; else the whole as a name."""
    words = part.split()
    return words[0] if len(words) > 1 and any(sign.isdigit() for sign in words[0]) else part.strip()


def _fault(name: str, found: Sequence[Any]) -> str:
    if not found:
        return _("There is nobody in service of this number or name: %(name)s") % {"name": name}
    if len(found) > 1:
        numbers = _(", ").join(f"{row.helper_no} ({row.organisation.label})" for row in found[:5])
        return _("Several are called %(name)s; give the number: %(numbers)s") % {
            "name": name,
            "numbers": numbers,
        }
    return ""
