"""信号与工作组一览: what is asked by many, until when it is to be answered, and how far each working group has come."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from yixian.kernel.errors import YixianError
from yixian.kernel.permission import require_person
from yixian.web.forms import put_error
from yixian.web.request_actor import actor_of
from yixian.web.ui.paging import page_of
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.answer_signal import answer_signal
from yixian.working_groups.limits import ANSWER_DAYS, MAX_WORDS
from yixian.working_groups.queries import (
    get_signal,
    group_view,
    groups,
    signal_view,
    signal_views,
    signals,
)
from yixian.working_groups.queries.groups import key_of_signal
from yixian.working_groups.report.paper import household_count_sentence
from yixian.working_groups.signals.household_counts import household_count
from yixian.working_groups.weeks import monday

_MAX_SIGNALS = 20


class AnswerForm(forms.Form):
    """The public answer to a signal."""

    words_zh = forms.CharField(
        label=_("What you answer everybody, in Chinese"),
        max_length=MAX_WORDS,
        help_text=_("With reasons. Everybody can read it at once; name nobody."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    words_en = forms.CharField(
        label=_("The same in English (may stay empty)"),
        max_length=MAX_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_GET
def group_board(request: HttpRequest) -> HttpResponse:
    """Signals first, then working groups."""
    actor, now = actor_of(request), timezone.now()
    page = page_of(groups(actor), request.GET.get("page"))
    context = {
        "signals": signal_views(signals(actor)[:_MAX_SIGNALS], at=now),
        "page": page,
        "views": [group_view(group) for group in page.rows],
        "days": ANSWER_DAYS,
    }
    return render(request, "working_groups/board.html", context)


@require_http_methods(["GET", "POST"])
def signal(request: HttpRequest, signal_id: int) -> HttpResponse:
    """One signal: what is asked where since when, and its public answer."""
    actor, now = actor_of(request), timezone.now()
    row = get_signal(actor, signal_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        require_person(actor, OPENERS)
        if form.is_valid():
            try:
                answer_signal(row.pk, **form.cleaned_data, actor=actor, at=now)
            except YixianError as error:
                put_error(form, error)
            else:
                messages.success(request, _("Answered. Everybody can read it."))
                return redirect("staff:signal", row.pk)
    tally = household_count(
        row.area_path,
        key_of_signal(row),
        since=monday(row.since_week),
        known=row.households,
        topic=row.topic,
    )
    context = {
        "one": signal_view(row, at=now),
        "household_count": tally,
        "similar_matters": household_count_sentence(tally.households, tally.villages, tally.others),
        "form": form,
        "may_answer": actor.has_any(OPENERS),
    }
    return render(request, "working_groups/signal.html", context, status=422 if form.errors else 200)
