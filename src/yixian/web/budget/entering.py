"""录入与确认: a form with a field for every head; another person confirms what was entered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from yixian.budget.access import PROPOSERS
from yixian.budget.actions.enter_budget import (
    Approved,
    confirm_budget,
    enter_beyond,
    enter_budget,
    withdraw_budget,
)
from yixian.budget.budget_read_models import BudgetHeadView
from yixian.budget.queries import allocation_at, budget_heads_for
from yixian.domain.money import MoneyError, format_fen, parse_minor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.kernel.permission import require_person
from yixian.registry.queries.areas import work_places
from yixian.web.forms import day_field
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import FormPage, Submission, lead_on

_MAX_LENGTH = 30


class BudgetForm(forms.Form):
    """The document, and a sum for each head."""

    document = forms.CharField(
        label=_("Document"), max_length=120, help_text=_("Number and title of what approved it")
    )
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    valid_from = day_field(label=_("In force from"))

    def __init__(
        self,
        *args: Any,
        budget_heads: list[BudgetHeadView],
        sums: dict[str, int],
        required: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.budget_heads = budget_heads
        for budget_head in budget_heads:
            self.fields[budget_head.code] = forms.CharField(
                label=budget_head.title(language()),
                max_length=_MAX_LENGTH,
                required=required,
                initial=format_fen(sums[budget_head.code]) if budget_head.code in sums else "",
                widget=forms.TextInput(
                    attrs={"inputmode": "decimal", "autocomplete": "off", "class": "money"}
                ),
            )

    def clean(self) -> dict[str, Any]:
        """Every sum in fen; a wrong one is named at its head."""
        given = super().clean() or self.cleaned_data
        amounts = {}
        for budget_head in self.budget_heads:
            text = given.get(budget_head.code)
            if not text:
                continue
            try:
                amounts[budget_head.code] = parse_minor(text)
            except MoneyError:
                self.add_error(
                    budget_head.code, _("Write the amount in digits, to the smallest coin, such as 45792.00.")
                )
        given["amounts"] = amounts
        return given


def _place(asked: Submission) -> Any:
    require_person(asked.actor, PROPOSERS)
    place_id = asked.kwargs["place_id"]
    area = next((one for one in work_places(asked.actor) if one.pk == place_id), None)
    if area is None:
        raise NotFound("area.not_found", _("There is no such area."))
    return area


def _whole_form(asked: Submission) -> BudgetForm:
    """A field for every head, beginning with the budget in force."""
    path = asked.subject.path
    allocation = allocation_at(path, asked.on)
    sums = {code: one.total_fen for code, one in allocation.budget_heads.items()} if allocation else {}
    return _form(asked, budget_heads_for(path, asked.on), sums, required=True)


def _beyond_form(asked: Submission) -> BudgetForm:
    allocation = allocation_at(asked.subject.path, asked.on)
    return _form(
        asked,
        [one.budget_head for one in allocation.budget_heads.values()] if allocation else [],
        {},
        required=False,
    )


def _form(
    asked: Submission, budget_heads: list[BudgetHeadView], sums: dict[str, int], *, required: bool
) -> BudgetForm:
    initial = {"valid_from": asked.on}
    return BudgetForm(asked.data, budget_heads=budget_heads, sums=sums, required=required, initial=initial)


def _approved(asked: Submission) -> Approved:
    given = asked.given
    return Approved(given["document"], given["reason"], given["valid_from"], given["amounts"])


_ENTER = FormPage(
    title=_("Enter the budget"),
    lead=_(
        "A sum for every head, in yuan; 0 where nothing is approved. What was entered before stays in the list."
    ),
    subject=_place,
    form=_whole_form,
    action=lambda asked: enter_budget(asked.subject.pk, _approved(asked), actor=asked.actor, at=asked.at),
    to=lambda _asked, version: reverse("staff:budget_version", args=[version.pk]),
    done=_("Entered. Another person must confirm it before it holds."),
    button=_("Enter it"),
    back=lambda asked: (f"{reverse('staff:budget')}?area={asked.subject.pk}", _("Budget")),
    template="budget/enter.html",
)
enter = _ENTER.page

_BEYOND = replace(
    _ENTER,
    title=_("Decision beyond a head"),
    lead=_("Enter by how much, under the heads that it concerns; the others stay empty."),
    form=_beyond_form,
    action=lambda asked: enter_beyond(asked.subject.pk, _approved(asked), actor=asked.actor, at=asked.at),
)


def enter_more(request: HttpRequest, place_id: int) -> HttpResponse:
    """Enter a decision beyond single heads; where no budget holds yet, the way to entering one."""
    asked = Submission(request, actor_of(request), timezone.now(), {"place_id": place_id})
    area = _place(asked)
    allocation = allocation_at(area.path, asked.on)
    if allocation is None or allocation.area.pk != area.pk:
        return redirect("staff:budget_enter", area.pk)
    return _BEYOND.page(request, place_id=place_id)


@require_POST
def confirm(request: HttpRequest, version_id: int) -> HttpResponse:
    """Confirm an entry as the second person."""
    confirm_budget(version_id, actor=actor_of(request), at=timezone.now())
    to = reverse("staff:budget_version", args=[version_id])
    return lead_on(request, to, _("Confirmed. It holds from its day on."))


@require_POST
def withdraw(request: HttpRequest, version_id: int) -> HttpResponse:
    """Take an entry back."""
    withdraw_budget(version_id, actor=actor_of(request), at=timezone.now())
    to = reverse("staff:budget_version", args=[version_id])
    return lead_on(request, to, _("Taken back. It stays in the list."))
