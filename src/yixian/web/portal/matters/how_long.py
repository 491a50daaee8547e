"""多久办完: how long everything takes, in plain words, as the county's procedures say it today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yixian.domain.procedure.definition import PERSON
from yixian.matters.queries import procedure_views
from yixian.matters.queries.how_long import LimitView
from yixian.web.portal.matters.clock_words import if_missed, limit


@require_GET
def procedure(request: HttpRequest) -> HttpResponse:
    """Every limit of every kind of matter."""
    rows = [
        {"procedure": one, "limits": [_limit_sentence(each) for each in one.limits]}
        for one in procedure_views()
    ]
    return render(request, "portal/matters/how_long.html", {"rows": rows})


def _limit_sentence(one: LimitView) -> dict[str, object]:
    of_person = one.of == PERSON
    return {
        "limit": one,
        "days": limit(one.days, working=one.working),
        "longer": limit(one.longer, working=one.working) if one.longer else "",
        "of_person": of_person,
        "if_missed": if_missed(one.ladder, of_person=of_person, working=one.working),
    }
