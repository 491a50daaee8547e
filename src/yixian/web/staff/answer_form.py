"""答复表单: on which clauses in force the answer rests, its words, and what of the question is published."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy.legal_status import LegalStatus
from yixian.kernel.languages import language
from yixian.policies.choices import AnswerOutcome
from yixian.policies.library import ShelvedClause, clauses_of, documents_on

_MAX_WORDS_LENGTH = 4000
_MAX_QUESTION_LENGTH = 1000


def _long(rows: int, lang: str = "zh-Hans") -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off", "lang": lang})


class AnswerForm(forms.Form):
    """An answer. ``fitting`` are the clauses that hold words of the question: they stand first."""

    after = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What the answer rests on"), choices=AnswerOutcome.choices, widget=forms.RadioSelect
    )
    clauses = forms.MultipleChoiceField(label=_("Clauses in force"), required=False)
    draft = forms.ChoiceField(label=_("If it is not decided: the draft it stands in"), required=False)
    words_zh = forms.CharField(label=_("Answer in Chinese"), max_length=_MAX_WORDS_LENGTH, widget=_long(5))
    words_en = forms.CharField(
        label=_("Answer in English (optional)"),
        max_length=_MAX_WORDS_LENGTH,
        widget=_long(3, "en"),
        required=False,
    )
    is_public = forms.BooleanField(label=_("Publish question and answer in the library"), required=False)
    public_zh = forms.CharField(
        label=_("The question as it will be published, in Chinese"),
        help_text=_("Word it anew where it would name somebody. The original stays sealed to the desk."),
        max_length=_MAX_QUESTION_LENGTH,
        widget=_long(2),
        required=False,
    )
    public_en = forms.CharField(
        label=_("The published question in English (optional)"),
        max_length=_MAX_QUESTION_LENGTH,
        widget=_long(2, "en"),
        required=False,
    )
    names_nobody = forms.BooleanField(
        label=_("I have read question and answer: they name nobody"), required=False
    )
    correction = forms.CharField(
        label=_("Why the earlier answer is corrected"), max_length=400, required=False, widget=_long(2)
    )

    def __init__(self, *args: Any, today: date, fitting: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shelved = documents_on(today)
        clauses = clauses_of(row for row in shelved if row.force.binds)
        self.fitting = [clauses[row_id] for row_id in fitting if row_id in clauses]
        self.others = [clause for row_id, clause in clauses.items() if row_id not in fitting]
        self._choices("clauses").choices = [(str(row_id), str(row_id)) for row_id in clauses]
        drafts = [row for row in shelved if row.force.status == LegalStatus.DRAFT]
        self._choices("draft").choices = [
            ("", gettext("Nothing is decided or drafted about it")),
            *((":".join(row.key), row.document.title(language())) for row in drafts),
        ]
        if not self.initial.get("after") and str(self.data.get("after", "0")) in {"", "0"}:
            del self.fields["correction"]

    @property
    def fitting_choices(self) -> list[dict[str, Any]]:
        """The clauses that hold words of the question, as the page lists them."""
        return [self._choice(clause) for clause in self.fitting]

    @property
    def other_choices(self) -> list[dict[str, Any]]:
        """All other clauses in force."""
        return [self._choice(clause) for clause in self.others]

    def clean(self) -> dict[str, Any]:
        """A first answer corrects nothing."""
        return {"correction": "", **self.cleaned_data}

    def _choices(self, name: str) -> Any:
        return self.fields[name]

    def _choice(self, clause: ShelvedClause) -> dict[str, Any]:
        lang = language()
        chosen = self["clauses"].value() or []
        return {
            "id": clause.row_id,
            "title": clause.shelved.document.title(lang),
            "number": clause.shelved.document.number,
            "clause": clause.clause.id,
            "text": clause.clause.text(lang),
            "chosen": str(clause.row_id) in {str(row_id) for row_id in chosen},
        }
