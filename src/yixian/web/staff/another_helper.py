"""代为登记换人: a household asks for another helper at the counter, by telephone or on a visit, and staff write it down."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yixian.duty.actions.ask_another import ask_another, withdraw_request
from yixian.duty.choices import RequestChannel
from yixian.duty.queries import assigned_helpers
from yixian.duty.queries.handovers import free_again_on
from yixian.registry.access import get_household
from yixian.registry.choices import HelperKind
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import status_of_form, submit

_SETTLED = _("Somebody else takes over tomorrow.")
_OPEN = _("Nobody else has a place now: the request stays open, and the helper stays until then.")

_CHANNELS = (RequestChannel.COUNTER, RequestChannel.PHONE, RequestChannel.VISIT)


class RequestForm(forms.Form):
    """Which of the two, by which door they asked, and why if they said so."""

    role = forms.ChoiceField(label=_("In place of whom"), choices=())
    channel = forms.ChoiceField(
        label=_("How they asked"), choices=[(door.value, door.label) for door in _CHANNELS]
    )
    reason = forms.CharField(
        label=_("Why, if they said so"),
        help_text=_(
            "Do not ask. Once a year nobody has to say; neither the helper nor those who lead them read it."
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "POST"])
def household_another(request: HttpRequest, household_id: int) -> HttpResponse:
    """Write the request down; whoever can takes over tomorrow, or it stays open."""
    actor, now = actor_of(request), timezone.now()
    household = get_household(actor, household_id)
    on = timezone.localdate(now)
    responsible = {
        view.role: f"{view.role_label} · {view.name}"
        for view in assigned_helpers(actor, household, on=on)
        if view.part == "first"
    }
    form = RequestForm(request.POST or None)
    form.fields["role"].choices = list(responsible.items())  # type: ignore[attr-defined]

    onward = submit(
        request,
        form,
        lambda given: ask_another(
            household.pk,
            HelperKind(given["role"]),
            given["reason"],
            RequestChannel(given["channel"]),
            actor=actor,
            at=now,
        ),
        to=reverse("staff:household", args=[household.pk]),
        done=lambda made: _SETTLED if made.settled_at else _OPEN,
    )
    free = {label: free_again_on(household, role, on=on) for role, label in responsible.items()}
    context = {"household": household, "form": form, "free": free.items()}
    return onward or render(request, "staff/households/another.html", context, status=status_of_form(form))


@require_POST
def request_withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    """The household took its request back."""
    made = withdraw_request(request_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The request is taken back."))
    return redirect("staff:household", made.household_id)
