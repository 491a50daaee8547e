"""现场办公的页面: sessions in a list, one to read and to print, a new one, and what was decided with what became of it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from yixian.outreach import decision_steps
from yixian.outreach.actions import follow_decision
from yixian.outreach.actions.record_on_site import record_on_site
from yixian.outreach.choices import DecisionState
from yixian.outreach.limits import MAX_NOTE
from yixian.outreach.on_site_read_models import DecisionView, SessionRow
from yixian.outreach.queries.on_site import decision_list, get_decision, get_session, session_list
from yixian.web.forms import day_field
from yixian.web.outreach.on_site_form import OnSiteForm
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import BADGE, DATE, LINES, NUMBER, Badge, soft
from yixian.web.ui.filters import Place, Tabs
from yixian.web.ui.forms import FormPage
from yixian.web.ui.lists import Action, ListPage
from yixian.web.ui.steps import StepPage, StepPages, taking
from yixian.web.ui.tables import Column, Empty, Table

TONES = {
    DecisionState.OPEN: "warn",
    DecisionState.OVERDUE: "bad",
    DecisionState.DONE: "river",
    DecisionState.NOT_DONE: "warn",
    DecisionState.CLOSED: "good",
}


def state_badge(view: DecisionView) -> Badge:
    """Where a decision stands; with the days that it is over."""
    if view.days_over:
        over = ngettext("%(n)s day overdue", "%(n)s days overdue", view.days_over)
        return Badge(over % {"n": view.days_over}, "bad")
    return Badge(view.state.label, TONES[view.state])


SESSIONS = ListPage(
    url="outreach:sessions",
    export="outreach:sessions_export",
    title=_("Leaders on the spot"),
    lead=_("Where leaders were, what was raised and decided there, and whether it was carried out."),
    table=Table[SessionRow](
        _("Leaders on the spot"),
        (
            Column(
                "on",
                _("Day"),
                lambda row: row.session.on,
                DATE,
                link=lambda row: reverse("outreach:session", args=[row.session.pk]),
                place="lead",
            ),
            Column(
                "place",
                _("Location"),
                lambda row: row.session.area.label,
                under=lambda row: soft(row.session.place),
            ),
            Column(
                "leaders", _("Leaders"), lambda row: row.leaders, LINES, unsorted="several people in one cell"
            ),
            Column(
                "decisions",
                _("Decisions"),
                lambda row: row.decisions,
                NUMBER,
                unsorted="read for the page shown",
            ),
            Column(
                "waiting", _("Not carried out yet"), lambda row: row.waiting, NUMBER, unsorted="as decisions"
            ),
            Column("overdue", _("Overdue"), lambda row: row.overdue, NUMBER, unsorted="as decisions"),
            Column(
                "denied",
                _("Households that deny it"),
                lambda row: row.denied,
                NUMBER,
                unsorted="as decisions",
            ),
        ),
        Empty(_("No session is written down here yet"), _("Leaders and the bureau write them down.")),
    ),
    rows=lambda query: session_list(query.actor, at=query.at, area_path=query["area"]),
    counted=lambda n: ngettext("%(number)s session", "%(number)s sessions", n) % {"number": f"{n:,}"},
    filters=(Place(),),
    actions=(
        Action("outreach:decisions", _("What was decided"), "pen"),
        Action("outreach:session_new", _("Write down a session"), "pen", is_primary=True),
    ),
)

DECISIONS = ListPage(
    url="outreach:decisions",
    export="outreach:decisions_export",
    title=_("Decided on the spot"),
    lead=_("Each decision is followed to its end: whose it is, by when, and what became of it."),
    table=Table[DecisionView](
        _("Decided on the spot"),
        (
            Column(
                "words",
                _("Decision"),
                lambda row: row.decision.words,
                link=lambda row: reverse("outreach:decision", args=[row.decision.pk]),
                place="lead",
                unsorted="free words",
            ),
            Column("place", _("Location"), lambda row: row.session.area.label),
            Column("organisation", _("Whose it is"), lambda row: row.decision.organisation.label),
            Column("due", _("By which day"), lambda row: row.due_on, DATE, place="labelled"),
            Column("state", _("State"), state_badge, BADGE, place="corner", unsorted="the tabs do it"),
        ),
        Empty(_("No decision stands here"), _("They come from the sessions of leaders on the spot.")),
    ),
    rows=lambda query: decision_list(query.actor, at=query.at, tab=query["tab"], area_path=query["area"]),
    counted=lambda n: ngettext("%(number)s decision", "%(number)s decisions", n) % {"number": f"{n:,}"},
    tabs=Tabs(
        "tab",
        _("Which decisions"),
        (
            ("open", _("All open")),
            ("ours", _("Ours to carry out")),
            ("reported", _("Wait for a leader")),
            ("closed", _("Seen to their end")),
        ),
    ),
    filters=(Place(),),
    actions=(Action("outreach:sessions", _("Leaders on the spot")),),
)

NEW = FormPage(
    title=_("Write down a session on the spot"),
    lead=_(
        "Decisions go to the first page of whoever must carry them out, and come back to the leaders of the place. "
        "Everybody may read day, place, decisions and their state."
    ),
    form=OnSiteForm,
    action=lambda asked: record_on_site(**asked.given, actor=asked.actor, at=asked.at),
    to=lambda _asked, session: reverse("outreach:session", args=[session.pk]),
    done=_("Written down. Each decision stands on the first page of whoever must carry it out."),
    button=_("Write it down"),
    back=lambda _asked: (reverse("outreach:sessions"), _("Leaders on the spot")),
    template="outreach/session_new.html",
)


class _SaidForm(forms.Form):
    """What was done with it, or why not."""

    words = forms.CharField(
        label=_("With what, or why not"), max_length=MAX_NOTE, widget=forms.Textarea(attrs={"rows": 5})
    )


class _CloseForm(forms.Form):
    """A word, if there is one."""

    words = forms.CharField(
        label=_("A word (optional)"),
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class _BackForm(forms.Form):
    """What is missing, and by when."""

    words = forms.CharField(
        label=_("What is still missing"), max_length=MAX_NOTE, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_on = day_field(label=_("By which day"))


STEPS = StepPages(
    prefix="outreach:decision_",
    subject=lambda asked: get_decision(asked.actor, asked.kwargs["decision_id"], at=asked.at),
    state=lambda _asked, view: view,
    title=lambda view: view.decision.words,
    to=lambda view: reverse("outreach:decision", args=[view.decision.pk]),
    crumb=("outreach:decisions", _("Decided on the spot")),
    pages=(
        StepPage(
            step=decision_steps.DONE,
            button=_("It is carried out"),
            done=_("Noted. A leader of the place closes it or sends it back."),
            act=taking(follow_decision.report_done),
            form=lambda asked: _SaidForm(asked.data),
        ),
        StepPage(
            step=decision_steps.NOT_DONE,
            button=_("It cannot be carried out"),
            done=_("Noted. A leader of the place closes it or sends it back."),
            act=taking(follow_decision.report_not_done),
            form=lambda asked: _SaidForm(asked.data),
            css="",
        ),
        StepPage(
            step=decision_steps.CLOSE,
            button=_("It is seen to its end: close it"),
            done=_("Closed."),
            act=taking(follow_decision.close_decision),
            form=lambda asked: _CloseForm(asked.data),
        ),
        StepPage(
            step=decision_steps.SEND_BACK,
            button=_("It is not enough: send it back"),
            done=_("Sent back, with the new day."),
            act=taking(follow_decision.send_decision_back),
            form=lambda asked: _BackForm(asked.data),
            css="",
        ),
    ),
)


@require_GET
def session_page(request: HttpRequest, session_id: int) -> HttpResponse:
    """One session, to read and to print."""
    view = get_session(actor_of(request), session_id, at=timezone.now())
    decisions = [(one, state_badge(one).__html__()) for one in view.decisions]
    return render(request, "outreach/session.html", {"view": view, "decisions": decisions})


@require_GET
def decision_page(request: HttpRequest, decision_id: int) -> HttpResponse:
    """One decision: whose, by when, what was said of it, and what can be done now."""
    view = get_decision(actor_of(request), decision_id, at=timezone.now())
    context = {
        "view": view,
        "badge": state_badge(view).__html__(),
        "steps": STEPS.offered(request, view, view),
    }
    return render(request, "outreach/decision.html", context)
