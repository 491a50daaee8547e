"""公开答复: what the desk answered and published, with what each answer rests on and whether that still holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Clause, Document
from yixian.domain.policy.question_words import found_in, parts_to_look_for
from yixian.kernel.errors import NotFound
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.search import matching_any_ids, matching_ids
from yixian.policies.choices import AnswerOutcome
from yixian.policies.library import Shelved, document_on
from yixian.policies.models import PolicyAnswer, PolicyCitation
from yixian.policies.queries import read_pack

ANSWERS = "policy_answer"
"""The kind under which published answers are searched."""

_MAX_COMPARED = 200
"""Published answers, the latest first, that are compared with a question."""

_MAX_FITTING = 5


@dataclass(frozen=True, slots=True)
class AnswerCitation:
    """引用: a clause in the words it had when it was cited, with the document as it stands today.

    ``reworded`` says that the document is still in force and the clause's words are no longer these.
    """

    row_id: int
    shelved: Shelved
    version: str
    document: Document
    clause: Clause
    reworded: bool

    @property
    def ended_on(self) -> date | None:
        """From which day it is no longer in force; None while it is."""
        force = self.shelved.force
        return None if force.binds else force.end or force.begin


@dataclass(frozen=True, slots=True)
class AnswerView:
    """答复: one version in words. ``asked`` is the question as it was published, empty where it was not."""

    question_id: int
    version: int
    corrects: int | None
    correction: str
    corrected: bool
    outcome: str
    outcome_label: str
    words_zh: str
    words_en: str
    asked_zh: str
    asked_en: str
    is_public: bool
    answered_at: datetime
    answered_by: str
    on_date: date
    cited: tuple[AnswerCitation, ...]
    draft: Shelved | None

    @property
    def is_decided(self) -> bool:
        """Whether it rests on clauses."""
        return self.outcome == AnswerOutcome.CITED

    @property
    def ended(self) -> tuple[AnswerCitation, ...]:
        """What it rests on and is no longer in force."""
        return tuple(row for row in self.cited if row.ended_on is not None)

    def words(self, lang: str) -> str:
        """The answer in a language, in Chinese where the desk wrote no other."""
        return self.words_en or self.words_zh if lang == "en" else self.words_zh

    def asked(self, lang: str) -> str:
        """The published question in a language, in Chinese where the desk wrote no other."""
        return self.asked_en or self.asked_zh if lang == "en" else self.asked_zh


def answer_views(rows: Iterable[PolicyAnswer], today: date) -> list[AnswerView]:
    """These answers in words."""
    return [_view(row, today) for row in rows]


def current_answers() -> QuerySet[PolicyAnswer]:
    """The newest version of every answer, latest first, with what it cites."""
    return with_citations(PolicyAnswer.objects.filter(corrected_by=None)).order_by("-answered_at", "-pk")


def with_citations(rows: QuerySet[PolicyAnswer]) -> QuerySet[PolicyAnswer]:
    """Answers with what a page shows of them, in a fixed number of statements."""
    citations = PolicyCitation.objects.select_related("clause__pack_version").defer(
        "clause__pack_version__content"
    )
    rows = rows.select_related("answered_by", "corrected_by", "corrects", "draft_pack")
    return rows.defer("draft_pack__content").prefetch_related(
        Prefetch("citations", queryset=citations.order_by("pk"))
    )


def public_answers(search: str = "") -> QuerySet[PolicyAnswer]:
    """The published answers, latest first; with a search, those that hold every word of it."""
    rows = current_answers().filter(is_public=True)
    return rows.filter(question_id__in=matching_ids(ANSWERS, search)) if search.strip() else rows


def answer_list(search: str = "", *, today: date) -> ResultSet[AnswerView]:
    """The same in words, to be read a page at a time."""
    return ResultSet(public_answers(search), read=partial(answer_views, today=today))


def public_answer_words() -> list[tuple[int, str, str]]:
    """Of every published answer, the latest first: its question's id, the question as published and the answer, in Chinese."""
    rows = PolicyAnswer.objects.filter(corrected_by=None, is_public=True).order_by("-answered_at", "-pk")
    return list(rows.values_list("question_id", "public_zh", "words_zh"))


def answers_fitting(words: list[str]) -> list[PolicyAnswer]:
    """The published answers that hold most of a question's words, the best first; at most five.

    One that holds less than half of the question's letters, or no more than half of what the best holds, is left out: it
    answers something else.
    """
    asked = sum(map(len, words))
    ids = matching_any_ids(ANSWERS, parts_to_look_for(words))
    rows = (
        list(current_answers().filter(is_public=True, question_id__in=ids)[:_MAX_COMPARED]) if words else []
    )
    pieces = {row.pk: _pieces(row, words) for row in rows}
    rows = [row for row in rows if sum(map(len, pieces[row.pk])) * 2 >= asked]
    held = {row.pk: sum(len(piece) ** 2 for piece in pieces[row.pk]) for row in rows}
    best = max(held.values(), default=0)
    fitting = [row for row in rows if held[row.pk] * 2 > best]
    return sorted(fitting, key=lambda row: -held[row.pk])[:_MAX_FITTING]


def public_answer(question_id: int, today: date) -> list[AnswerView]:
    """Every version that was published of one answer, the newest first. Raises `NotFound` unless the newest is public."""
    rows = list(
        with_citations(PolicyAnswer.objects.filter(question_id=question_id, is_public=True)).order_by(
            "-version"
        )
    )
    if not rows or hasattr(rows[0], "corrected_by"):
        raise NotFound("answer.not_found", _("There is no such answer."))
    return answer_views(rows, today)


def _pieces(row: PolicyAnswer, words: list[str]) -> tuple[str, ...]:
    return found_in(words, f"{row.public_zh} 0 {row.public_en} 0 {row.words_zh} 0 {row.words_en}").pieces


def _view(row: PolicyAnswer, today: date) -> AnswerView:
    draft = document_on(row.draft_pack.pack_id, row.draft_document, today) if row.draft_pack else None
    return AnswerView(
        question_id=row.question_id,
        version=row.version,
        corrects=row.corrects.version if row.corrects else None,
        correction=row.correction,
        corrected=hasattr(row, "corrected_by"),
        outcome=row.outcome,
        outcome_label=str(row.get_outcome_display()),
        words_zh=row.words_zh,
        words_en=row.words_en,
        asked_zh=row.public_zh,
        asked_en=row.public_en,
        is_public=row.is_public,
        answered_at=row.answered_at,
        answered_by=str(row.answered_by),
        on_date=row.on_date,
        cited=tuple(_cited(citation, today) for citation in row.citations.all()),
        draft=draft,
    )


def _cited(citation: PolicyCitation, today: date) -> AnswerCitation:
    row = citation.clause
    document = read_pack(row.pack_version_id).documents[row.document]
    clause = document.clauses[row.clause]
    shelved = document_on(row.pack_version.pack_id, row.document, today)
    now = shelved.document.clauses.get(row.clause)
    reworded = shelved.force.binds and (now is None or (now.zh, now.en) != (clause.zh, clause.en))
    return AnswerCitation(row.pk, shelved, row.pack_version.version, document, clause, reworded)
