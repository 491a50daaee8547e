"""撤回与宣告无效的页面: take back what nobody signed; propose, and decide, that a signed agreement be void."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from yixian.compensation.access import DRAWERS_UP, VOID_PROPOSERS, require_acting_for
from yixian.compensation.actions.draw_up_agreement import withdraw_draw_up
from yixian.compensation.actions.end_agreement import declare_void, propose_void
from yixian.compensation.agreement_read_models import AgreementView
from yixian.compensation.queries import get_agreement
from yixian.kernel.roles import Role
from yixian.registry.access import get_household
from yixian.web.agreements.crumbs import agreement_crumb, list_crumb
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import FormPage, Submission, lead_on


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class VoidForm(WithdrawForm):
    """Why, and by which document, it is to be void."""

    document = forms.CharField(label=_("Document that decides it"), max_length=120)


def _agreement_for(roles: frozenset[Role]) -> Callable[[Submission], AgreementView]:
    """The agreement, for those of these roles who act for its household."""

    def agreement(asked: Submission) -> AgreementView:
        view = get_agreement(asked.actor, asked.kwargs["agreement_id"])
        require_acting_for(asked.actor, get_household(asked.actor, view.household_id), roles)
        return view

    return agreement


WITHDRAW = FormPage(
    title=_("Withdraw the agreement"),
    lead=_("Nobody has signed yet. The withdrawn agreement stays in the list."),
    subject=_agreement_for(DRAWERS_UP),
    form=lambda asked: WithdrawForm(asked.data),
    action=lambda asked: withdraw_draw_up(asked.subject.pk, **asked.given, actor=asked.actor, at=asked.at),
    to=lambda asked, _ended: agreement_crumb(asked.subject)[0],
    done=_("The agreement is withdrawn."),
    button=_("Withdraw"),
    crumbs=lambda _asked: [list_crumb()],
    back=lambda asked: agreement_crumb(asked.subject),
)

VOID = FormPage(
    title=_("Propose that it be void"),
    lead=_("It has no effect until another person has decided on it. The account itself stays as it is."),
    subject=_agreement_for(VOID_PROPOSERS),
    form=lambda asked: VoidForm(asked.data),
    action=lambda asked: propose_void(asked.subject.pk, **asked.given, actor=asked.actor, at=asked.at),
    to=lambda asked, _proposed: agreement_crumb(asked.subject)[0],
    done=_("Proposed. Another person must decide before it has any effect."),
    button=_("Propose"),
    crumbs=lambda _asked: [list_crumb()],
    back=lambda asked: agreement_crumb(asked.subject),
)


@require_POST
def void_decide(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Decide on somebody else's proposal."""
    declare_void(agreement_id, actor=actor_of(request), at=timezone.now())
    return lead_on(request, reverse("agreements:agreement", args=[agreement_id]), _("The agreement is void."))
