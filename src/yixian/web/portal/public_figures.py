"""公开数字页: how fast and how well each office deals with what people raise, quarter by quarter, for everybody."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yixian.kernel.languages import language
from yixian.matters.figures.formula import TEXTS
from yixian.matters.figures.metrics_queries import published_figures, published_quarters
from yixian.web.portal.figure_sentences import said


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The latest quarter, or the one that was asked for."""
    quarters = published_quarters()
    asked = _day(request.GET.get("quarter", ""))
    first = asked if asked in quarters else next(iter(quarters), None)
    shown = published_figures(first) if first else None
    texts = [shown.formula.text(name, language()) for name in TEXTS] if shown else []
    whole = said(shown.whole) if shown and shown.whole.has_numbers else None
    bodies = [said(row) for row in shown.with_numbers] if shown else []
    context = {
        "whole": whole,
        "bodies": bodies,
        "quarters": quarters,
        "first": first,
        "shown": shown,
        "texts": texts,
    }
    return render(request, "figures/public.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
