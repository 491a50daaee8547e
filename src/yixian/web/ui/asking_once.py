"""再问一遍: what touches many, or cannot be taken back, is named with its numbers, and done when it is pressed once more.

Nothing is kept in between: the page carries what was posted along, and works without a script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yixian.web.ui.cells import Text
from yixian.web.ui.forms import Link

CONFIRMED = "confirmed"
_OWN = {CONFIRMED, "csrfmiddlewaretoken"}


@dataclass(frozen=True, slots=True)
class Question:
    """What would be done: a title, sentences that say how many and what, the words of the button, and the way back."""

    title: Text
    sentences: Sequence[Text]
    button: Text
    back: Link


def ask_once(request: HttpRequest, question: Question) -> HttpResponse | None:
    """The page that asks; None once it was answered yes."""
    if request.POST.get(CONFIRMED) == "yes":
        return None
    carried = [(name, value) for name, values in request.POST.lists() if name not in _OWN for value in values]
    context = {"question": question, "carried": carried, "crumbs": [question.back]}
    return render(request, "ui/ask_once.html", context)
