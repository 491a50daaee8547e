"""信号与工作组一览: what is asked by many, until when it is to be answered, and how far each working group has come."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yixian.kernel.permission import require_person
from yixian.web.periods_chart import PERIODS_CHART
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import BADGE, DATE, NUMBER, Badge, soft
from yixian.web.ui.forms import status_of_form, submit
from yixian.web.ui.lists import Action, ListPage
from yixian.web.ui.tables import Column, Empty, Table
from yixian.web.working_groups.signal_map import signal_map
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.answer_signal import answer_signal
from yixian.working_groups.choices import GroupStage
from yixian.working_groups.limits import ANSWER_DAYS, MAX_WORDS
from yixian.working_groups.queries import (
    get_signal,
    signal_view,
    signal_views,
    signals,
)
from yixian.working_groups.queries.groups import GroupView, group_list, key_of_signal
from yixian.working_groups.queries.signals import SignalView
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
        label=_("The same in English (optional)"),
        max_length=MAX_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _state(one: SignalView) -> Badge:
    """Whether a signal is answered, or by when it is to be."""
    day = one.due_on and one.due_on.isoformat()
    if one.is_answered:
        return Badge(_("Answered"), "good")
    if one.is_overdue:
        return Badge(gettext("Overdue since %(day)s") % {"day": day}, "bad")
    if day:
        return Badge(gettext("To be answered by %(day)s") % {"day": day}, "warn")
    return Badge(_("To be answered; the calendar of that year is missing"), "warn")


def _group_link(one: SignalView) -> str:
    if one.group is None:
        return ""
    address = reverse("staff:group", args=[one.group.pk])
    return format_html(' <a class="keep-whole" href="{}">{}</a>', address, _("Working group"))


SIGNALS = Table[SignalView](
    _("Signals"),
    (
        Column(
            "clause",
            _("Clause"),
            lambda one: one.clause.title,
            link=lambda one: address_of("staff:signal", one.signal.pk),
            under=lambda one: soft(f"{one.topic} · {timezone.localdate(one.signal.detected_at)}"),
            place="lead",
        ),
        Column("area", _("Area"), lambda one: one.area),
        Column("households", _("Households"), lambda one: one.signal.households, NUMBER),
        Column("villages", _("Villages"), lambda one: one.signal.villages, NUMBER),
        Column("owner", _("Who answers"), lambda one: one.owner),
        Column("state", _("Status"), _state, BADGE, under=_group_link),
    ),
    Empty(
        _("No signal"),
        _("Nowhere do ten households or more ask the same beyond what is usual. It is counted every hour."),
    ),
    css="",
    sorted_by="signals",
)

_FOUND = "found from its steps"

GROUPS = ListPage(
    url="staff:groups",
    title=_("Working groups"),
    lead=_(
        "When many households ask the same under one clause, it is looked into, decided, and everybody who asked is answered."
    ),
    table=Table[GroupView](
        _("Working groups"),
        (
            Column(
                "name",
                _("Working group"),
                lambda view: view.group.title,
                link=lambda view: address_of("staff:group", view.group.pk),
                place="lead",
            ),
            Column("area", _("Area"), lambda view: view.group.area.label),
            Column(
                "here",
                _("Status"),
                lambda view: Badge(view.here.label, "good" if view.here == GroupStage.CLOSED else "river"),
                BADGE,
                unsorted=_FOUND,
            ),
            Column(
                "next",
                _("What comes next"),
                lambda view: view.coming and view.coming.group_stage.label,
                unsorted=_FOUND,
            ),
            Column("opened", _("Opened"), lambda view: timezone.localdate(view.group.opened_at), DATE),
        ),
        Empty(_("No working group yet"), _("One is opened from a signal, with a question to answer.")),
        css="",
    ),
    rows=lambda query: group_list(query.actor),
    counted=lambda n: (
        ngettext("%(number)s working group", "%(number)s working groups", n) % {"number": f"{n:,}"}
    ),
    actions=(Action("staff:group_new", _("Open one without a signal")),),
    template="working_groups/board.html",
    context=lambda query: {
        "declared": SIGNALS,
        "signals": signal_views(signals(query.actor)[:_MAX_SIGNALS], at=query.at),
        "days": ANSWER_DAYS,
    },
)


@require_http_methods(["GET", "POST"])
def signal(request: HttpRequest, signal_id: int) -> HttpResponse:
    """One signal: what is asked where since when, and its public answer."""
    actor, now = actor_of(request), timezone.now()
    row = get_signal(actor, signal_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        require_person(actor, OPENERS)
    onward = submit(
        request,
        form,
        lambda given: answer_signal(row.pk, **given, actor=actor, at=now),
        to=reverse("staff:signal", args=[row.pk]),
        done=_("Answered. Everybody can read it."),
    )
    if onward:
        return onward
    tally = household_count(
        row.area_path,
        key_of_signal(row),
        since=monday(row.since_week),
        known=row.households,
        topic=row.topic,
    )
    shown = signal_view(row, at=now)
    context = {
        "one": shown,
        "map": signal_map(actor, shown, on=timezone.localdate(now)),
        "household_count": tally,
        "periods_chart": PERIODS_CHART,
        "similar_matters": household_count_sentence(tally.households, tally.villages, tally.others),
        "form": form,
        "may_answer": actor.has_any(OPENERS),
    }
    return render(request, "working_groups/signal.html", context, status=status_of_form(form))
