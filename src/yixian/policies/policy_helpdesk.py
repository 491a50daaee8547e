"""政策咨询台: the questions, as the desk sees them and as the one who asked does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from yixian.domain.deadlines import days_left
from yixian.domain.text import tokens
from yixian.kernel import throttle
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.permission import require
from yixian.kernel.prepared_results import prepared_results
from yixian.kernel.result_sets import ResultSet
from yixian.policies.access import HELPDESK
from yixian.policies.answers import AnswerView, answer_views, with_citations
from yixian.policies.codes import code_digest
from yixian.policies.models import PolicyAnswer, PolicyQuestion

_MAX_FIRST_WORDS = 40
"""Characters of a question that stand for it in a list of what waits."""

_ORDERS = {"due": ("due_on", "asked_at"), "asked": ("asked_at",), "channel": ("channel", "due_on")}

GUESSES_PER_SOURCE = 100
"""Wrong codes that one source may try before each further one doubles the wait: eight signs are 40 bits."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """提问: a question with its answers, the newest first. ``left`` counts the days until it is due, negative once overdue."""

    pk: int
    text: str
    asked_at: datetime
    channel_label: str
    due_on: date
    left: int
    name: str
    phone: str
    answers: tuple[AnswerView, ...]

    @property
    def answer(self) -> AnswerView | None:
        """The answer that counts."""
        return self.answers[0] if self.answers else None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return not self.answers

    @property
    def is_overdue(self) -> bool:
        """Whether it is open and its last day is over."""
        return self.is_open and self.left < 0

    @property
    def days_over(self) -> int:
        """Days since its last day."""
        return -self.left


@dataclass(frozen=True, slots=True)
class HelpdeskCounts:
    """How many questions are open, and how many of these are overdue."""

    open: int
    overdue: int


def helpdesk_counts(actor: Actor, today: date) -> HelpdeskCounts:
    """What waits at the desk. Raises `NotPermitted` for whoever is not of it."""
    require(actor, HELPDESK)
    counted = {"open": Count("pk"), "overdue": Count("pk", filter=Q(due_on__lt=today))}
    return HelpdeskCounts(**_open().aggregate(**counted))


def questions_to_answer(actor: Actor) -> ResultSet[Pending]:
    """Questions that nobody has answered, as things that wait for the desk: the first due first, by their first words."""
    return _unanswered().reading(_pending) if actor.has_any(HELPDESK) else NOTHING


@prepared_results({})
def _unanswered() -> QuerySet[PolicyQuestion]:
    return _open().order_by("due_on", "pk")


def _pending(rows: Sequence[PolicyQuestion]) -> list[Pending]:
    return [
        Pending(
            row.pk,
            Truncator(row.text).chars(_MAX_FIRST_WORDS),
            since=timezone.localdate(row.asked_at),
            due_on=row.due_on,
        )
        for row in rows
    ]


def question_list(
    actor: Actor, *, today: date, search: str = "", answered: bool = False
) -> ResultSet[QuestionView]:
    """The questions nobody has answered, the first due first, or those that are, the latest asked first.

    None is unsealed before it is shown, unless a search looks into the sealed words of all. Raises `NotPermitted`.
    """
    require(actor, HELPDESK)
    if answered:
        rows = PolicyQuestion.objects.filter(Exists(_answers())).order_by("-asked_at", "-pk")
    else:
        rows = _open().order_by("due_on", "pk")
    return ResultSet(_fitting(rows, search), _ORDERS, partial(question_views, today=today))


def get_question(actor: Actor, question_id: int, today: date) -> QuestionView:
    """One question. Raises `NotFound`."""
    require(actor, HELPDESK)
    row = PolicyQuestion.objects.filter(pk=question_id).first()
    if row is None:
        raise NotFound("question.not_found", _("There is no such question."))
    return question_view(row, today)


def question_by_code(code: str, *, source: str, at: datetime, today: date) -> QuestionView:
    """The question whose code this is, for the one who asked.

    Raises `NotFound` for a wrong code, `TooManyGuesses` while the source has tried too many.
    """
    subject = f"question-code:{source}"
    throttle.check(subject, at=at)
    row = PolicyQuestion.objects.filter(code_digest=code_digest(code)).first()
    if row is None:
        with transaction.atomic():
            throttle.failed(subject, at=at, free=GUESSES_PER_SOURCE)
        raise NotFound("question.code", _("There is no question with this code."))
    return question_view(row, today)


def question_view(row: PolicyQuestion, today: date) -> QuestionView:
    """A question in words, with every version of its answer."""
    return question_views([row], today)[0]


def question_views(rows: Iterable[PolicyQuestion], today: date) -> list[QuestionView]:
    """These questions in words, in a fixed number of statements."""
    rows = list(rows)
    answers: dict[int, list[AnswerView]] = {}
    found = with_citations(PolicyAnswer.objects.filter(question__in=rows)).order_by("-version")
    for answer in answer_views(found, today):
        answers.setdefault(answer.question_id, []).append(answer)
    return [
        QuestionView(
            row.pk,
            row.text,
            row.asked_at,
            str(row.get_channel_display()),
            row.due_on,
            days_left(row.due_on, today),
            row.name,
            row.phone,
            tuple(answers.get(row.pk, ())),
        )
        for row in rows
    ]


def _fitting(rows: QuerySet[PolicyQuestion], search: str) -> QuerySet[PolicyQuestion] | list[PolicyQuestion]:
    wanted = [tokens(word) for word in search.split()]
    if not any(wanted):
        return rows
    return [row for row in rows if all(_holds(tokens(row.text), word) for word in wanted)]


def _holds(text: list[str], wanted: list[str]) -> bool:
    """Whether the tokens stand in the text one after the other; the last one may be a beginning."""
    size = len(wanted)
    return any(
        text[at : at + size - 1] == wanted[:-1] and text[at + size - 1].startswith(wanted[-1])
        for at in range(len(text) - size + 1)
    )


def _open() -> QuerySet[PolicyQuestion]:
    return PolicyQuestion.objects.filter(~Exists(_answers()))


def _answers() -> QuerySet[PolicyAnswer]:
    return PolicyAnswer.objects.filter(question=OuterRef("pk"))
