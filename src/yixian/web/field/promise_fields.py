"""承诺栏: the boxes for promises in the form of a visit, and what a stopped promise shows beside its box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.kernel.errors import YixianError
from yixian.visits.choices import PromiseKind
from yixian.visits.limits import MAX_PROMISE_WORDS, MAX_PROMISES
from yixian.visits.promising.check import Stop, Why
from yixian.visits.promising.decided import ClauseChoice, DecidedFacts
from yixian.visits.visit_draft import PromiseDraft
from yixian.web.forms import day_field

_CHARACTERS_SHOWN = 34


@dataclass(frozen=True, slots=True)
class Stopped:
    """What a stopped promise shows beside its sentence: the decided amounts, clauses to choose from, drafts that speak of it."""

    decided: tuple[str, ...]
    offered: tuple[ClauseChoice, ...]
    drafts: tuple[str, ...]

    @property
    def says_more(self) -> bool:
        """Whether there is any of these."""
        return bool(self.decided or self.offered or self.drafts)


@dataclass(frozen=True, slots=True)
class PromiseBox:
    """The fields of one promise, and why it was stopped, if it was."""

    number: int
    text: Any
    cited: Any
    due: Any
    stopped: Stopped | None

    @property
    def is_open(self) -> bool:
        """Whether it is shown opened: the first one, and every one that holds something."""
        return self.number == 0 or bool(self.text.value() or self.text.errors or self.stopped)


def promise_form_fields(decided: DecidedFacts) -> dict[str, forms.Field]:
    """The form fields of all boxes, by name."""
    clauses = _grouped(decided.choices())
    fields: dict[str, forms.Field] = {}
    for number in range(MAX_PROMISES):
        fields[f"text_{number}"] = forms.CharField(
            label=gettext_lazy("What was promised"),
            required=False,
            max_length=MAX_PROMISE_WORDS,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        fields[f"due_{number}"] = day_field(label=gettext_lazy("By which day"), required=False)
        fields[f"cited_{number}"] = forms.ChoiceField(
            label=gettext_lazy("What it rests on"), required=False, choices=clauses
        )
    return fields


def promises_typed(given: Mapping[str, Any]) -> tuple[tuple[int, ...], tuple[PromiseDraft, ...]]:
    """The boxes that hold something, with what they hold."""
    numbers = tuple(
        number
        for number in range(MAX_PROMISES)
        if any(given.get(f"{name}_{number}") for name in ("text", "cited", "due"))
    )
    return numbers, tuple(_typed(given, number) for number in numbers)


def boxes_of(form: forms.Form, stopped: Mapping[int, Stopped]) -> list[PromiseBox]:
    """The boxes of a form, in order."""
    return [
        PromiseBox(
            number,
            form[f"text_{number}"],
            form[f"cited_{number}"],
            form[f"due_{number}"],
            stopped.get(number),
        )
        for number in range(MAX_PROMISES)
    ]


def stopped_in_words(error: YixianError, text: str, decided: DecidedFacts) -> Stopped | None:
    """What to show for a promise that was stopped; None for any other refusal."""
    stop = error.params.get("stop")
    if not isinstance(stop, Stop):
        return None
    uncited = stop.why in {Why.UNCITED, Why.UNKNOWN}
    return Stopped(
        decided=tuple(
            f"{amount:,f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:,f}"
            for amount in stop.decided
        ),
        offered=tuple(decided.about(text)) if uncited else (),
        drafts=tuple(decided.drafts_about(text)) if uncited else (),
    )


def _typed(given: Mapping[str, Any], number: int) -> PromiseDraft:
    cited = given.get(f"cited_{number}") or ""
    kind = PromiseKind.POLICY if cited else PromiseKind.HELP
    return PromiseDraft(given.get(f"text_{number}") or "", given.get(f"due_{number}"), kind, cited)


def _grouped(choices: list[ClauseChoice]) -> list[Any]:
    """The clauses under their documents, after what rests on none."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for choice in choices:
        groups.setdefault(choice.title, []).append((choice.key, _short(choice.words)))
    return [("", _("On myself or my office: we do it")), *groups.items()]


def _short(words: str) -> str:
    return words if len(words) <= _CHARACTERS_SHOWN else f"{words[:_CHARACTERS_SHOWN]}…"
