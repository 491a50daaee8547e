"""选条款: clauses of the library that are in force, the fitting ones first, ticked rather than typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from yixian.kernel.languages import language
from yixian.matters.intake import ClauseKey
from yixian.policies.clause_search import clauses_mentioning
from yixian.policies.library import ShelvedClause, clauses_of, documents_on

_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class ClauseChoice:
    """A clause as it is ticked."""

    value: str
    title: str
    number: str
    words: str


class ClauseField(forms.MultipleChoiceField):
    """Any number of clauses; cleaned to keys of the library. `fill` must be called before it is used."""

    widget = forms.CheckboxSelectMultiple
    drawn_by = "matters/clauses.html"

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.fitting: list[ClauseChoice] = []
        self.others: list[ClauseChoice] = []

    def fill(self, words: str, cited: Iterable[tuple[str, str, str]], *, on: date) -> None:
        """Offer what is in force on a day: first what is cited already and what holds words of a text."""
        clauses = clauses_of(row for row in documents_on(on) if row.force.binds)
        rows = {_key(clause): clause for clause in clauses.values()}
        hits = clauses_mentioning(words, on).decided if words.strip() else ()
        first = [*cited, *(_key(hit.clause) for hit in hits)]
        wanted = [key for key in dict.fromkeys(first) if key in rows]
        self.fitting = [_choice(key, rows[key]) for key in wanted]
        self.others = [_choice(key, clause) for key, clause in rows.items() if key not in wanted]
        self.choices = [(one.value, one.title) for one in (*self.fitting, *self.others)]

    def clean(self, value: Any) -> Any:
        """The keys of what was ticked."""
        return tuple(ClauseKey(*one.split(_BETWEEN)) for one in super().clean(value))


def _key(clause: ShelvedClause) -> tuple[str, str, str]:
    return (*clause.shelved.key, clause.clause.id)


def _choice(key: tuple[str, str, str], clause: ShelvedClause) -> ClauseChoice:
    lang, document = language(), clause.shelved.document
    words = clause.clause.plain(lang) or clause.clause.text(lang)
    return ClauseChoice(_BETWEEN.join(key), document.title(lang), document.number, words)
