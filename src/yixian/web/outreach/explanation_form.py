"""讲解表单: an account to go through line by line — a box for each kind of line, and a place for a question at each."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yixian.compensation.account_read_models import AccountLineView
from yixian.outreach.choices import QuestionRoute
from yixian.outreach.explanation_draft import AskedQuestion, ExplanationDraft
from yixian.outreach.limits import MAX_WORDS
from yixian.registry.choices import Language
from yixian.web.account_groups import LineGroup
from yixian.web.forms import day_field

_ABOUT_ALL = 0


class ExplanationForm(forms.Form):
    """Day and language; of each kind of line whether it was gone through; the questions, in their words."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = day_field(label=_("On which day"))
    language = forms.ChoiceField(label=_("In which language"), choices=Language.choices)

    def __init__(self, *args: Any, groups: Sequence[LineGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for number, _group in enumerate(groups):
            self.fields[f"group_{number}"] = forms.BooleanField(
                label=_("Gone through; understood, but for what is asked"), required=False
            )
        for position in [_ABOUT_ALL, *(line.position for group in groups for line in group.lines)]:
            self.fields[f"words_{position}"] = _words_field(position)
            self.fields[f"route_{position}"] = forms.ChoiceField(
                label=_("Where it goes"),
                choices=QuestionRoute.choices,
                required=False,
                initial=QuestionRoute.HELPDESK,
            )

    @property
    def shown_groups(self) -> list[FormGroup]:
        """The kinds of lines with their fields, as the page shows them."""
        return [
            FormGroup(
                group,
                self[f"group_{number}"],
                [FormLine(line, *self._question(line.position)) for line in group.lines],
            )
            for number, group in enumerate(self.groups)
        ]

    @property
    def about_all(self) -> FormLine:
        """The place for a question about the account as a whole."""
        return FormLine(None, *self._question(_ABOUT_ALL))

    def draft(self, given: Mapping[str, Any]) -> ExplanationDraft:
        """What was typed."""
        explained = [
            line.position
            for number, group in enumerate(self.groups)
            if given[f"group_{number}"]
            for line in group.lines
        ]
        positions = [int(name.removeprefix("words_")) for name in self.fields if name.startswith("words_")]
        questions = [
            AskedQuestion(
                position, given[f"words_{position}"], given[f"route_{position}"] or QuestionRoute.HELPDESK
            )
            for position in positions
            if given[f"words_{position}"]
        ]
        return ExplanationDraft(
            version=given["version"],
            explained=frozenset(explained),
            on=given["on"],
            language=given["language"],
            questions=tuple(questions),
            key=given["key"],
        )

    def _question(self, position: int) -> tuple[forms.BoundField, forms.BoundField]:
        return self[f"words_{position}"], self[f"route_{position}"]


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line with the place for a question about it; no line where the question is about the whole."""

    line: AccountLineView | None
    words: forms.BoundField
    route: forms.BoundField

    @property
    def is_asked(self) -> bool:
        """Whether something stands in it, so that it is shown open."""
        return bool(self.words.value() or self.words.errors)


@dataclass(frozen=True, slots=True)
class FormGroup:
    """A kind of line with its box."""

    group: LineGroup
    box: forms.BoundField
    lines: list[FormLine]


def new_explanation_key() -> uuid.UUID:
    """The key of a form, made when its page is opened."""
    return uuid.uuid4()


def _words_field(position: int) -> forms.CharField:
    return forms.CharField(
        label=_("Their question, in their words")
        if position
        else _("A question about the whole, in their words"),
        required=False,
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
