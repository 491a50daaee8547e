"""交接: what passes to whom and which step is missing; a step is noted, another successor chosen, a list taken along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.duty import handover_steps as steps
from yixian.duty.actions.hand_over import choose_successor, take_step
from yixian.duty.choices import HandoverStepKind, PairingPart
from yixian.duty.eligibility import Days
from yixian.duty.queries import candidates, get_absence
from yixian.duty.queries.handovers import OFF, get_handover, handover_rows, view
from yixian.kernel.workflow import Step
from yixian.registry.choices import HelperKind
from yixian.registry.queries import find_helpers
from yixian.web.duty.candidate_choice import ABOUT, MAX_CANDIDATES, candidate_choice
from yixian.web.duty.open_items import open_items
from yixian.web.forms import day_field
from yixian.web.request_actor import actor_of
from yixian.web.ui.filters import asked_for
from yixian.web.ui.forms import Submission
from yixian.web.ui.steps import StepPage, StepPages, taking


class NoteForm(forms.Form):
    """The day of a step and how it was done."""

    on = day_field(label=_("On"))
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("How it was done; needed where you note it for somebody else."),
    )


class SuccessorForm(forms.Form):
    """Who takes it instead, and why them. Whether they may, the action says: with the rule that keeps them away."""

    helper = forms.IntegerField(label=_("Who may"))
    note = forms.CharField(label=_("Why them"), max_length=200)

    def __init__(self, asked: Submission) -> None:
        super().__init__(asked.data)
        self.fields["helper"].widget = forms.RadioSelect()
        self.search = asked_for(asked.request, ABOUT)["q"]
        self.candidates = _candidates(asked, self.search)
        shown = self.candidates.eligible[:MAX_CANDIDATES]
        self.fields["helper"].widget.choices = [(one.helper.pk, candidate_choice(one)) for one in shown]


def _candidates(asked: Submission, search: str) -> Any:
    pairing, role = asked.subject.pairing, HelperKind(asked.subject.role)
    about = find_helpers(asked.actor, search, on=asked.on, kind=role.value) if search else []
    return candidates(
        asked.actor,
        asked.subject.household,
        role,
        Days(pairing.valid_from, pairing.valid_until).common(asked.on, None),
        standing_in=pairing.part == PairingPart.STAND_IN,
        without=pairing.helper_id,
        asked=tuple(helper.pk for helper in about),
    )


def _note(kind: HandoverStepKind, step: Step[Any]) -> StepPage:
    return StepPage(
        step=step,
        button=kind.label,
        done=_("Noted."),
        act=lambda asked: take_step(
            asked.kwargs["handover_id"], kind, **asked.given, actor=asked.actor, at=asked.at
        ),
        form=lambda asked: NoteForm(asked.data, initial={"on": asked.on}),
        css="",
    )


def _page_of(handover: Any) -> str:
    return reverse("staff:duty_handover", args=[handover.pk])


STEPS = StepPages(
    prefix="staff:duty_handover_",
    subject=lambda asked: get_handover(asked.actor, asked.kwargs["handover_id"]),
    state=lambda _asked, handover: handover,
    title=lambda handover: view(handover, timezone.localdate()).head_name or handover.household.household_no,
    to=_page_of,
    crumb=("staff:duty_handovers", _("Hand-overs")),
    template="duty/handovers/step.html",
    pages=(
        *(_note(kind, step) for kind, step in steps.NOTES.items()),
        StepPage(
            step=steps.SUCCESSOR,
            button=_("Choose another successor"),
            done=_("Chosen. The hand-over before is called off, and this one takes its place."),
            act=taking(choose_successor, helper="helper_id"),
            form=SuccessorForm,
            css="btn-quiet",
            onward=lambda _asked, made: _page_of(made),
        ),
    ),
)


@require_GET
def handover_page(request: HttpRequest, handover_id: int) -> HttpResponse:
    """One hand-over: its steps, what is open, and what can be done next."""
    actor = actor_of(request)
    row = get_handover(actor, handover_id)
    shown = view(row, timezone.localdate())
    context = {
        "handover": shown,
        "from_phone": row.from_helper.work_phone if row.from_helper else "",
        "to_phone": row.pairing.helper.work_phone,
        "items": open_items(actor, [shown.household_id]).get(shown.household_id, []),
        "steps": [] if shown.state == OFF else STEPS.offered(request, row, row),
    }
    return render(request, "duty/handovers/page.html", context)


@require_GET
def paper(request: HttpRequest, absence_id: int) -> HttpResponse:
    """The hand-over list of one absence, to be printed: each household, to whom, the steps, and what is open."""
    actor, now = actor_of(request), timezone.now()
    today = timezone.localdate(now)
    absence = get_absence(actor, absence_id, at=now)
    rows = [view(row, today) for row in handover_rows(actor, on=today, absence_id=absence_id)]
    rows = [row for row in rows if row.state != OFF]
    items = open_items(actor, {row.household_id for row in rows})
    context = {
        "absence": absence,
        "today": today,
        "rows": [(row, items.get(row.household_id, [])) for row in rows],
    }
    return render(request, "duty/handovers/paper.html", context)
