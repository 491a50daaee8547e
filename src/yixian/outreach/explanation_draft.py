"""讲解草稿: an explanation as it is typed, checked against the account's lines before anything is written."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import Invalid
from yixian.outreach.choices import QuestionRoute
from yixian.outreach.limits import MAX_QUESTIONS, MAX_WORDS
from yixian.registry.choices import Language


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it was asked: about the line at ``position``, or about the whole account (0)."""

    position: int
    words: str
    route: str = QuestionRoute.HELPDESK


@dataclass(frozen=True, slots=True)
class ExplanationDraft:
    """An explanation as it is typed: of which version, and which of its lines (``explained``) were gone through."""

    version: int
    explained: frozenset[int]
    on: date
    language: str = Language.MANDARIN
    questions: tuple[AskedQuestion, ...] = ()
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def require_whole(draft: ExplanationDraft, titles: Mapping[int, str]) -> None:
    """Raise `Invalid` unless every line (``titles`` by position) was explained, and every question is about one of them."""
    left = [title for position, title in titles.items() if position not in draft.explained]
    if left:
        named = "、".join(dict.fromkeys(left[:5]))
        raise Invalid(
            "explanation.lines",
            _("Not every line was gone through yet: %(titles)s"),
            field="explained",
            titles=named,
        )
    if draft.language not in Language.values:
        raise Invalid("explanation.language", _("Choose the language spoken."), field="language")
    if len(draft.questions) > MAX_QUESTIONS:
        raise Invalid(
            "explanation.questions", _("Ten questions at most; explain the account once more instead.")
        )
    for asked in draft.questions:
        require_question(asked, titles)


def require_question(asked: AskedQuestion, titles: Mapping[int, str]) -> None:
    """Raise `Invalid` for a question without words, too long, of no known route, or about a line that is not there."""
    place = f"words_{asked.position}"
    if not asked.words.strip():
        raise Invalid("explanation.no_words", _("Write down the question in their words."), field=place)
    if len(asked.words) > MAX_WORDS:
        raise Invalid(
            "explanation.long_words",
            _("A question has eight hundred characters at most."),
            field=place,
        )
    if asked.route not in QuestionRoute.values:
        raise Invalid("explanation.route", _("Say where the question goes."), field=f"route_{asked.position}")
    if asked.position and asked.position not in titles:
        raise Invalid("explanation.line", _("This account has no such line."), field=place)
