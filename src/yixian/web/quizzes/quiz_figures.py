"""单位数字页: how the people of each body answer, by topic, month by month, and nobody's own result."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yixian.quizzes.choices import Topic
from yixian.quizzes.queries import MIN_PARTICIPANTS, ended_months, organisation_figures
from yixian.web.request_actor import actor_of


@require_GET
def quiz_organisations(request: HttpRequest) -> HttpResponse:
    """The figures of one month that has ended."""
    on = timezone.localdate()
    months = ended_months(on)
    asked = request.GET.get("month", "")
    month = next((one for one in months if f"{one:%Y-%m}" == asked), months[0])
    context = {
        "figures": organisation_figures(actor_of(request), month, on=on),
        "topics": Topic.labels,
        "months": months,
        "month": month,
        "fewest": MIN_PARTICIPANTS,
    }
    return render(request, "quizzes/organisations.html", context)
