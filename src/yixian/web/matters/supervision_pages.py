"""督办的页面: supervision orders in a list, one with what followed, and a new one about anything on the staff pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from yixian.kernel.actors import Actor
from yixian.matters import limits, supervision_steps
from yixian.matters.access import SUPERIORS
from yixian.matters.actions import supervise
from yixian.matters.choices import SupervisionStage
from yixian.matters.queries.supervision import SupervisionView, get_supervision, supervision_list
from yixian.matters.queries.supervision_receivers import supervision_receivers
from yixian.web.forms import day_field
from yixian.web.matters.step_forms import words_field
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import BADGE, DATE, Badge, soft
from yixian.web.ui.filters import Tabs
from yixian.web.ui.forms import FormPage, Submission
from yixian.web.ui.lists import Action, ListPage
from yixian.web.ui.organisation_field import OrganisationField
from yixian.web.ui.steps import StepPage, StepPages, asking, taking
from yixian.web.ui.tables import Column, Empty, Table

_TONES = {
    SupervisionStage.ORDERED: "warn",
    SupervisionStage.REPLIED: "river",
    SupervisionStage.CLOSED: "good",
}


def stage_badge(row: SupervisionView) -> Badge:
    """Where an order stands; red where its day is over without a reply."""
    if row.days_over:
        over = ngettext("%(n)s day overdue", "%(n)s days overdue", row.days_over)
        return Badge(over % {"n": row.days_over}, "bad")
    return Badge(row.stage.label, _TONES[row.stage])


def _tabs(actor: Actor) -> list[tuple[str, Any]]:
    """All that are open first: whoever opens the list has ordered some, must reply to some, or only follows them."""
    own = [("ordered", _("Ordered by us"))] if actor.has_any(SUPERIORS) else []
    return [("open", _("All open")), *own, ("reply", _("Wait for our reply")), ("closed", _("Closed"))]


ORDERS = ListPage(
    url="staff:supervision_orders",
    title=_("Supervision orders"),
    lead=_(
        "What leaders ordered, to whom and by which day; each is followed until whoever ordered it closes it."
    ),
    table=Table[SupervisionView](
        _("Supervision orders"),
        (
            Column(
                "about",
                _("About"),
                lambda row: row.order.about,
                link=lambda row: reverse("staff:supervision_order", args=[row.order.pk]),
                under=lambda row: soft(row.order.words),
                place="lead",
            ),
            Column("organisation", _("Who must act"), lambda row: row.order.organisation.label),
            Column(
                "by",
                _("Ordered by"),
                lambda row: row.order.by_organisation.label,
                under=lambda row: soft(str(row.order.by)),
                unsorted="few leaders order",
            ),
            Column("due", _("Reply by"), lambda row: row.due_on, DATE, place="labelled"),
            Column("stage", _("Status"), stage_badge, BADGE, place="corner", unsorted="as the tabs say"),
        ),
        Empty(
            _("No supervision order stands here"),
            _("A leader orders from the page of a matter or of a shortage."),
        ),
    ),
    rows=lambda query: supervision_list(query.actor, at=query.at, tab=query["tab"]),
    counted=lambda n: ngettext("%(number)s order", "%(number)s orders", n) % {"number": f"{n:,}"},
    tabs=Tabs("tab", _("Which orders"), _tabs),
    actions=(Action("staff:supervision_new", _("New order"), "pen", is_primary=True),),
)


class _WordsForm(forms.Form):
    """What was done."""

    words = words_field(_("What has been done about it"), rows=6)


class _CloseForm(forms.Form):
    """A word, if there is one."""

    words = words_field(_("A word (optional)"), rows=3, most=limits.MAX_REASON, required=False)


class _SendBackForm(forms.Form):
    """What is missing, and by when."""

    words = words_field(_("What is still missing"), rows=4, most=limits.MAX_REASON)
    due_on = day_field(label=_("They reply by"))


class _OrderForm(forms.Form):
    """A new order: about what, to whom, what, by when."""

    about = forms.CharField(label=_("About"), max_length=120)
    link = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    organisation = OrganisationField(label=_("Who must act"))
    words = words_field(_("What you order"), rows=5, most=limits.MAX_REASON)
    due_on = day_field(label=_("They reply by"))

    def __init__(self, asked: Submission) -> None:
        named = {
            name: asked.request.GET.get(name, "")[:most] for name, most in (("about", 120), ("link", 200))
        }
        super().__init__(asked.data, initial=named)
        field: Any = self.fields["organisation"]
        field.fill(supervision_receivers(asked.actor, at=asked.at))


NEW = FormPage(
    title=_("New supervision order"),
    lead=_(
        "With a day and a reply. It stands on the first page of whoever must reply, and comes back to you to be closed."
    ),
    form=_OrderForm,
    action=lambda asked: supervise.supervise(
        asked.given["about"],
        asked.given["link"],
        asked.given["organisation"],
        asked.given["words"],
        asked.given["due_on"],
        actor=asked.actor,
        at=asked.at,
    ),
    to=lambda _asked, order: reverse("staff:supervision_order", args=[order.pk]),
    done=_("Ordered. They reply by that day; then you close it or send it back."),
    button=_("Order it"),
    back=lambda _asked: (reverse("staff:supervision_orders"), _("Supervision orders")),
)

STEPS = StepPages(
    prefix="staff:supervision_",
    subject=lambda asked: get_supervision(asked.actor, asked.kwargs["order_id"], at=asked.at),
    title=lambda view: view.order.about,
    to=lambda view: reverse("staff:supervision_order", args=[view.order.pk]),
    crumb=("staff:supervision_orders", _("Supervision orders")),
    pages=(
        StepPage(
            step=supervision_steps.REPLY,
            button=_("Reply"),
            done=_("Replied. Whoever ordered it closes it or sends it back."),
            act=taking(supervise.reply),
            form=asking(_WordsForm),
        ),
        StepPage(
            step=supervision_steps.CLOSE,
            button=_("It is done: close it"),
            done=_("Closed."),
            act=taking(supervise.close),
            form=asking(_CloseForm),
        ),
        StepPage(
            step=supervision_steps.SEND_BACK,
            button=_("It is not enough: send it back"),
            done=_("Sent back, with the new day."),
            act=taking(supervise.send_back),
            form=asking(_SendBackForm),
            css="",
        ),
    ),
)


@require_GET
def order_page(request: HttpRequest, order_id: int) -> HttpResponse:
    """One order: what was ordered, by when, what was replied, and what can be done now."""
    view = get_supervision(actor_of(request), order_id, at=timezone.now())
    context = {
        "view": view,
        "badge": stage_badge(view).__html__(),
        "steps": STEPS.offered(request, view, view),
    }
    return render(request, "matters/supervision_order.html", context)
