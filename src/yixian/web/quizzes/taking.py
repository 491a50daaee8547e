"""答题页: beginning a quiz, one question after another with its clause, the result and what to read again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.languages import language
from yixian.quizzes.actions.answer_question import answer_question
from yixian.quizzes.actions.start_quiz import start_quiz
from yixian.quizzes.queries import QuizView, own_quiz, own_quizzes, to_read_again
from yixian.quizzes.queries.own_quizzes import QuizRow
from yixian.web.quizzes.question_display import clause_display, question_display
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import CODE, MOMENT, Badge
from yixian.web.ui.tables import Column, Empty, Table

QUIZZES = Table[QuizRow](
    _("My quizzes"),
    (
        Column(
            "begun",
            _("Begun"),
            lambda row: row.started_at,
            MOMENT,
            link=lambda row: address_of("staff:quiz", row.attempt_id),
            under=lambda row: "" if row.finished_at else format_html(" {}", Badge(_("Not finished"), "warn")),
            place="lead",
        ),
        Column("answered", _("Questions answered"), lambda row: f"{row.answered} / {row.asked}", CODE),
        Column("right", _("Right"), lambda row: row.right, CODE),
    ),
    Empty(_("No quiz yet"), _("Begin one above; it takes some five minutes.")),
    css="",
)


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What a quiz is, one's own quizzes, and the clauses to read again."""
    return _start(request)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Draw a quiz and go to its first open question."""
    try:
        attempt = start_quiz(actor=actor_of(request), at=timezone.now())
    except Refused as error:
        return _start(request, refusal=error.sentence, status=409)
    quiz = own_quiz(actor_of(request), attempt.pk)
    return redirect("staff:quiz_question", quiz.attempt_id, (quiz.next_open or 0) + 1)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, attempt_id: int, number: int) -> HttpResponse:
    """One question; after its answer, whether it was right and the clause that says so."""
    actor = actor_of(request)
    given, fault = "", ""
    if request.method == "POST":
        given = request.POST.get("answer", "")[:40]
        try:
            answer_question(attempt_id, number - 1, given, actor=actor, at=timezone.now())
        except Invalid as error:
            fault = error.sentence
        else:
            return redirect("staff:quiz_question", attempt_id, number)
    quiz = own_quiz(actor, attempt_id)
    if not 1 <= number <= len(quiz.questions):
        raise NotFound("quiz.not_found", _("There is no such quiz."))
    context: dict[str, Any] = {
        "quiz": quiz,
        "number": number,
        "asked": question_display(quiz.questions[number - 1], language()),
        "given": given,
        "fault": fault,
        "following": _following(quiz, number),
    }
    return render(request, "quizzes/question.html", context, status=422 if fault else 200)


@require_GET
def result(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """A quiz of one's own whole; while a question is open, that question."""
    quiz = own_quiz(actor_of(request), attempt_id)
    if quiz.next_open is not None:
        return redirect("staff:quiz_question", attempt_id, quiz.next_open + 1)
    lang = language()
    context = {
        "quiz": quiz,
        "pack_title": quiz.pack_title_zh if lang == "zh" else quiz.pack_title_en,
        "asked": [question_display(answered, lang) for answered in quiz.questions],
    }
    return render(request, "quizzes/result.html", context)


def _start(request: HttpRequest, *, refusal: str = "", status: int = 200) -> HttpResponse:
    actor, lang = actor_of(request), language()
    context = {
        "quiz_table": QUIZZES,
        "quizzes": own_quizzes(actor),
        "again": [clause_display(cited, lang) for cited in to_read_again(actor)],
        "refusal": refusal,
    }
    return render(request, "quizzes/start.html", context, status=status)


def _following(quiz: QuizView, number: int) -> int | None:
    """The number of the next open question after this one, else of any open one; None where there is none."""
    open_ones = [
        one.position + 1 for one in quiz.questions if not one.is_answered and one.position + 1 != number
    ]
    return next((one for one in open_ones if one > number), open_ones[0] if open_ones else None)
