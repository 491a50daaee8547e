"""交接: what passes to whom and which step is missing; a step is noted, another successor chosen, a list taken along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yixian.duty.access import COVERERS
from yixian.duty.actions.hand_over import choose_successor, take_step
from yixian.duty.choices import HandoverStepKind, PairingPart
from yixian.duty.eligibility import Days
from yixian.duty.queries import candidates, get_absence, get_handover_view
from yixian.duty.queries.handovers import LATE, OFF, OPEN, get_handover, handover_rows, view
from yixian.kernel.actors import Actor
from yixian.kernel.errors import YixianError
from yixian.registry.choices import HelperKind
from yixian.registry.queries import find_helpers
from yixian.web.duty.open_items import open_items
from yixian.web.forms import day_field, put_error
from yixian.web.request_actor import actor_of, posted_id

_STEPS = [choice for choice in HandoverStepKind.choices if choice[0] != HandoverStepKind.ANOTHER]


class StepForm(forms.Form):
    """A step, the day of it and how it was done."""

    kind = forms.ChoiceField(label=gettext_lazy("Step"), choices=_STEPS)
    on = day_field(label=gettext_lazy("On"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("How it was done; needed where you note it for somebody else."),
    )


@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, handover_id: int) -> HttpResponse:
    """One hand-over: its steps, what is open, and who else could take it."""
    actor, today = actor_of(request), timezone.localdate()
    form = StepForm(initial={"on": today})
    fault = ""
    if request.method == "POST":
        if request.POST.get("do") == "successor":
            answer, fault = _choose(request, handover_id)
        else:
            form = StepForm(request.POST)
            answer = _step(request, handover_id, form)
        if answer:
            return answer
    shown = get_handover_view(actor, handover_id, on=today)
    may_choose = actor.has_any(COVERERS) and shown.state in {OPEN, LATE}
    search = request.GET.get("q", "").strip()[:60]
    taken = {step.kind for step in shown.steps}
    form.fields["kind"].choices = [choice for choice in _STEPS if choice[0] not in taken]  # type: ignore[attr-defined]
    context = {
        "handover": shown,
        "items": open_items(actor, [shown.household_id]).get(shown.household_id, []),
        "form": form,
        "can_step": shown.state != OFF and len(taken & {kind for kind, _label in _STEPS}) < len(_STEPS),
        "may_choose": may_choose,
        "candidates": _candidates(actor, handover_id, search) if may_choose else None,
        "search": search,
        "fault": fault,
    }
    status = 422 if form.errors or fault else 200
    return render(request, "duty/handovers/page.html", context, status=status)


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


def _step(request: HttpRequest, handover_id: int, form: StepForm) -> HttpResponse | None:
    get_handover(actor_of(request), handover_id)
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        take_step(
            handover_id,
            HandoverStepKind(given["kind"]),
            given["on"],
            given["note"],
            actor=actor_of(request),
            at=timezone.now(),
        )
    except YixianError as error:
        put_error(form, error)
        return None
    messages.success(request, _("Noted."))
    return redirect("staff:duty_handover", handover_id)


def _choose(request: HttpRequest, handover_id: int) -> tuple[HttpResponse | None, str]:
    try:
        made = choose_successor(
            handover_id,
            posted_id(request, "helper"),
            request.POST.get("note", "")[:200],
            actor=actor_of(request),
            at=timezone.now(),
        )
    except YixianError as error:
        if not error.field and error.key not in {
            "handover.rules",
            "handover.beside",
            "handover.off",
            "handover.over",
        }:
            raise
        return None, _(" ").join([error.sentence, *error.params.get("rules", [])])
    messages.success(request, _("Chosen. The hand-over before is called off, and this one takes its place."))
    return redirect("staff:duty_handover", made.pk), ""


def _candidates(actor: Actor, handover_id: int, search: str) -> Any:
    row = get_handover(actor, handover_id)
    pairing, today = row.pairing, timezone.localdate()
    role = HelperKind(row.role)
    asked = find_helpers(actor, search, on=today, kind=role.value) if search else []
    return candidates(
        actor,
        row.household,
        role,
        Days(pairing.valid_from, pairing.valid_until).common(today, None),
        standing_in=pairing.part == PairingPart.STAND_IN,
        without=pairing.helper_id,
        asked=tuple(helper.pk for helper in asked),
    )
