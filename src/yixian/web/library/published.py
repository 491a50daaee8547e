"""公开答复: what the policy desk answered and published, each with what it rests on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yixian.policies.answers import answer_list, public_answer
from yixian.web.library.entry_points import EntryPoint
from yixian.web.library.library_rows import answer_row
from yixian.web.library.shelf import SEARCH
from yixian.web.ui.filters import asked_for
from yixian.web.ui.paging import window_of


def answers(request: HttpRequest, entry_point: EntryPoint) -> HttpResponse:
    """All published answers, latest first."""
    today = timezone.localdate()
    search = asked_for(request, SEARCH)["q"]
    page = window_of(answer_list(search, today=today), request.GET.get("page"))
    rows = [answer_row(view, entry_point, today) for view in page.rows]
    context = {
        "entry_point": entry_point,
        "base": entry_point.base,
        "search": search,
        "page": page,
        "answers": rows,
    }
    return render(request, "library/answers.html", context)


def answer(request: HttpRequest, entry_point: EntryPoint, question_id: int) -> HttpResponse:
    """One published answer with its earlier versions."""
    today = timezone.localdate()
    versions = [answer_row(view, entry_point, today) for view in public_answer(question_id, today)]
    context = {
        "entry_point": entry_point,
        "base": entry_point.base,
        "row": versions[0],
        "earlier": versions[1:],
    }
    return render(request, "library/answer.html", context)
