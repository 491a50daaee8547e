"""撤回与宣告无效的页面: take back what nobody signed; propose, and decide, that a signed agreement be void."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yixian.compensation.access import DRAWERS_UP, VOID_PROPOSERS, require_acting_for
from yixian.compensation.actions.draw_up_agreement import withdraw_draw_up
from yixian.compensation.actions.end_agreement import declare_void, propose_void
from yixian.compensation.queries import get_agreement
from yixian.kernel.errors import YixianError
from yixian.registry.access import get_household
from yixian.web.asking import actor_of
from yixian.web.forms import put_error


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class VoidForm(WithdrawForm):
    """Why, and by which document, it is to be void."""

    document = forms.CharField(label=_("Document that decides it"), max_length=120)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Ask for the reason, then take the agreement back."""
    actor = actor_of(request)
    view = get_agreement(actor, agreement_id)
    require_acting_for(actor, get_household(actor, view.household_id), DRAWERS_UP)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_draw_up(agreement_id, form.cleaned_data["reason"], actor=actor, at=timezone.now())
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The agreement is withdrawn."))
            return redirect("agreements:agreement", agreement_id)
    context = {"agreement": view, "form": form}
    return render(request, "agreements/withdraw.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Propose that the agreement be void; another person decides."""
    actor = actor_of(request)
    view = get_agreement(actor, agreement_id)
    require_acting_for(actor, get_household(actor, view.household_id), VOID_PROPOSERS)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            propose_void(agreement_id, given["reason"], given["document"], actor=actor, at=timezone.now())
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Proposed. Another person must decide before it has any effect."))
            return redirect("agreements:agreement", agreement_id)
    context = {"agreement": view, "form": form}
    return render(request, "agreements/void.html", context, status=422 if form.errors else 200)


@require_POST
def void_decide(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Decide on somebody else's proposal."""
    declare_void(agreement_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The agreement is void."))
    return redirect("agreements:agreement", agreement_id)
