"""更正的各处: a field of several lines, each a kind of change with its values, chosen from what the household has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.matters.remedies import RemedyKind, remedy_kinds
from yixian.matters.remedy_lines import Remedies, RemedyLine

MAX_LINES = 8
"""So many lines can be put right by one decision: more than a house has mistakes, fewer than one overlooks."""

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value of a line as it is drawn: its name, label, what may be chosen (else it is typed), and what stands there."""

    name: str
    label: str
    options: Options
    value: str
    kinds: str


class _Lines(forms.Widget):
    """What was sent of each line, by its number, and of which household."""

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> dict[str, Any]:
        names = ["kind", *value_names()]
        lines = [{one: str(data.get(f"{name}-{n}-{one}", "") or "") for one in names} for n in numbers()]
        return {"household": str(data.get(f"{name}-household", "") or ""), "lines": lines}


class RemedyField(forms.Field):
    """Nothing, or the lines of one household. ``homes`` are households as (id, number), ``known`` what may be chosen of them."""

    drawn_by = "matters/remedy_lines.html"
    widget = _Lines

    def __init__(self, homes: Sequence[tuple[int, str]], known: Mapping[str, Options]) -> None:
        super().__init__(label=gettext_lazy("Corrections that follow from it"), required=False)
        self.homes, self.known, self.sent = homes, known, {}  # type: ignore[var-annotated]

    def clean(self, value: dict[str, Any]) -> Remedies | None:
        """The lines whose kind was chosen."""
        self.sent = value
        kinds = {kind.name: kind for kind in remedy_kinds()}
        chosen = [(n, one) for n, one in enumerate(value["lines"], 1) if one["kind"]]
        if not chosen:
            return None
        if value["household"] not in {str(pk) for pk, _no in self.homes}:
            raise forms.ValidationError(_("Say of which household."))
        faults = [fault for n, one in chosen if (fault := _fault(n, one, kinds.get(one["kind"])))]
        if faults:
            raise forms.ValidationError(faults)
        lines = (
            RemedyLine(one["kind"], {name: one[name] for name, _label in kinds[one["kind"]].fields})
            for _n, one in chosen
        )
        return Remedies(int(value["household"]), tuple(lines))

    @property
    def kinds(self) -> list[RemedyKind]:
        """What may be put right."""
        return remedy_kinds()

    @property
    def household(self) -> str:
        """The household that was chosen."""
        return str(self.sent.get("household", ""))

    @property
    def shown(self) -> list[tuple[int, str, list[ShownValue], bool]]:
        """The lines to be drawn: number, kind, values, and whether it stands open: those that hold something, and the first."""
        lines = self.sent.get("lines") or [{} for _n in numbers()]
        return [
            (n, line.get("kind", ""), self._values(line), n == 1 or bool(line.get("kind")))
            for n, line in enumerate(lines, 1)
        ]

    def _values(self, line: Mapping[str, str]) -> list[ShownValue]:
        labels = {name: str(label) for kind in remedy_kinds() for name, label in kind.fields}
        return [
            ShownValue(name, labels[name], self.known.get(name, ()), line.get(name, ""), kinds_with(name))
            for name in value_names()
        ]


def value_names() -> list[str]:
    """The names of all values that some kind of change asks for."""
    names = dict.fromkeys(name for kind in remedy_kinds() for name, _label in kind.fields)
    return sorted(names, key=lambda name: name == "quantity")  # how much comes after of what


def kinds_with(name: str) -> str:
    """The kinds of change that ask for a value, as classes of its field."""
    return " ".join(f"of-{kind.name}" for kind in remedy_kinds() if name in dict(kind.fields))


def numbers() -> range:
    """The numbers of the lines."""
    return range(1, MAX_LINES + 1)


def _fault(n: int, line: Mapping[str, str], kind: RemedyKind | None) -> str:
    """What is wrong with a line; "" if nothing is."""
    if kind is None:
        return _("Line %(number)s: there is no such change.") % {"number": n}
    missing = [str(label) for name, label in kind.fields if not line[name].strip()]
    if not missing:
        return ""
    return _("Line %(number)s: %(what)s must be filled in.") % {"number": n, "what": _(", ").join(missing)}
