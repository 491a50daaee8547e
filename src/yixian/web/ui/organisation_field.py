"""选单位: a field for one body of many — a few to choose from, any other typed by its name or a part of it (combobox).

What is typed is a name; the browser proposes those that hold it, without a list of hundreds to scroll through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from yixian.domain.text import plain_text

MAX_NAMED = 5
"""So many bodies are named where what was typed fits several."""


class _ChosenOrTyped(forms.TextInput):
    """Two inputs under one name: the body that is chosen, and the name that is typed."""

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> tuple[str, str]:
        return str(data.get(name, "") or ""), str(data.get(f"{name}_typed", "") or "")


class OrganisationField(forms.Field):
    """One body. `fill` says which there are; what holds is the body's id."""

    drawn_by = "ui/organisation_field.html"
    widget = _ChosenOrTyped

    def __init__(self, *, label: Any, **options: Any) -> None:
        super().__init__(label=label, **options)
        self.known: Mapping[int, str] = {}
        self.kept: int | None = None
        self.usual: Sequence[tuple[int, str]] = ()

    def fill(
        self,
        known: Sequence[tuple[int, str]],
        usual: Sequence[tuple[int, str]] = (),
        *,
        kept: tuple[int, str] | None = None,
    ) -> None:
        """The bodies that may be named, as (id, name), and those of them that stand first.

        ``kept`` stood there before, and may stay although it is none of them; its name means it and no namesake.
        """
        self.known, self.usual = dict([*known, *([kept] if kept else ())]), usual
        self.kept = kept[0] if kept else None

    @property
    def names(self) -> list[str]:
        """The names that the browser proposes."""
        return list(self.known.values())

    def clean(self, value: tuple[str, str]) -> int | None:
        """The id of the body that was chosen, or of the one that what was typed fits; typed counts before chosen."""
        chosen, typed = value
        wanted = "".join(plain_text(typed).split())
        if wanted:
            return self._named(wanted)
        if chosen.isascii() and chosen.isdigit() and int(chosen) in self.known:
            return int(chosen)
        if chosen:
            raise forms.ValidationError(_("That body cannot be named here. Choose another one."))
        if self.required:
            raise forms.ValidationError(_("Choose a body, or type its name."))
        return None

    def _named(self, wanted: str) -> int:
        names = {pk: "".join(plain_text(name).split()).lower() for pk, name in self.known.items()}
        exact = [pk for pk, name in names.items() if name == wanted.lower()]
        if self.kept in exact:
            return self.kept
        found = exact or [pk for pk, name in names.items() if wanted.lower() in name]
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("No body here bears this name: %(name)s") % {"name": wanted})
        several = _(", ").join(self.known[pk] for pk in found[:MAX_NAMED])
        raise forms.ValidationError(
            _("Several bear this name; type more of it: %(names)s") % {"names": several}
        )
