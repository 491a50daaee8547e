"""录入与确认: a form with a field for every head; another person confirms what was entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

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
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, YixianError
from yixian.kernel.languages import language
from yixian.kernel.permission import require_person
from yixian.registry.queries.areas import work_places
from yixian.web.forms import day_field, put_error
from yixian.web.request_actor import actor_of

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


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, place_id: int) -> HttpResponse:
    """Enter a whole budget, beginning with the one in force."""
    area = _place(request, place_id)
    today = timezone.localdate()
    allocation = allocation_at(area.path, today)
    sums = {code: one.total_fen for code, one in allocation.budget_heads.items()} if allocation else {}
    form = BudgetForm(
        request.POST or None,
        budget_heads=budget_heads_for(area.path, today),
        sums=sums,
        required=True,
        initial={"valid_from": today},
    )
    return _entered(request, area, form, enter_budget, {"beyond": False})


@require_http_methods(["GET", "POST"])
def enter_more(request: HttpRequest, place_id: int) -> HttpResponse:
    """Enter a decision beyond single heads."""
    area = _place(request, place_id)
    today = timezone.localdate()
    allocation = allocation_at(area.path, today)
    if allocation is None or allocation.area.pk != area.pk:
        return redirect("staff:budget_enter", area.pk)
    budget_heads = [one.budget_head for one in allocation.budget_heads.values()]
    form = BudgetForm(
        request.POST or None,
        budget_heads=budget_heads,
        sums={},
        required=False,
        initial={"valid_from": today},
    )
    return _entered(request, area, form, enter_beyond, {"beyond": True})


@require_POST
def confirm(request: HttpRequest, version_id: int) -> HttpResponse:
    """Confirm an entry as the second person."""
    confirm_budget(version_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Confirmed. It holds from its day on."))
    return redirect("staff:budget_version", version_id)


@require_POST
def withdraw(request: HttpRequest, version_id: int) -> HttpResponse:
    """Take an entry back."""
    withdraw_budget(version_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Taken back. It stays in the list."))
    return redirect("staff:budget_version", version_id)


def _place(request: HttpRequest, place_id: int) -> Any:
    actor: Actor = actor_of(request)
    require_person(actor, PROPOSERS)
    area = next((one for one in work_places(actor) if one.pk == place_id), None)
    if area is None:
        raise NotFound("area.not_found", _("There is no such area."))
    return area


def _entered(
    request: HttpRequest,
    area: Any,
    form: BudgetForm,
    act: Callable[..., Any],
    context: dict[str, Any],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        approved = Approved(given["document"], given["reason"], given["valid_from"], given["amounts"])
        at: datetime = timezone.now()
        try:
            version = act(area.pk, approved, actor=actor_of(request), at=at)
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Entered. Another person must confirm it before it holds."))
            return redirect("staff:budget_version", version.pk)
    context |= {
        "area": area,
        "form": form,
        "budget_heads": [form[budget_head.code] for budget_head in form.budget_heads],
    }
    return render(request, "budget/enter.html", context, status=422 if form.errors else 200)
