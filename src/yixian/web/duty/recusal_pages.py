"""回避: the recusals of a household and of a helper, and the form by which one is declared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yixian.duty.access import PLANNERS
from yixian.duty.actions.recusals import DECLARED, RecusalInput, declare_recusal
from yixian.duty.choices import RecusalGround
from yixian.duty.queries import assigned_helpers, recusals_of_helper, recusals_of_household
from yixian.kernel.actors import Actor
from yixian.kernel.permission import require
from yixian.registry.access import get_household
from yixian.registry.queries import area_chain, get_helper
from yixian.web.forms import day_field
from yixian.web.request_actor import actor_of
from yixian.web.ui.forms import ActionForm, status_of_form, submit
from yixian.web.ui.people_field import people_field, people_named


class RecusalForm(ActionForm):
    """Who must not stand beside the household, on what ground, from when and by which paper."""

    helper = people_field(gettext_lazy("Who must not stand beside them"), rows=1)
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"), choices=[(ground.value, ground.label) for ground in DECLARED]
    )
    degree = forms.TypedChoiceField(
        label=gettext_lazy("Degree of kinship"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", gettext_lazy("not kin")),
            (1, gettext_lazy("1: parents and children")),
            (2, gettext_lazy("2: brothers, sisters, grandparents, grandchildren")),
            (3, gettext_lazy("3: uncles, aunts, nephews, nieces")),
        ],
    )
    on = day_field(label=gettext_lazy("From which day"))
    document = forms.CharField(label=gettext_lazy("Document"), max_length=120, required=False)
    beyond = forms.IntegerField(
        label=gettext_lazy("Others may take so many more than their places"),
        min_value=0,
        max_value=5,
        initial=0,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_helper(self) -> Any:
        """The helper themselves."""
        people = people_named(self.cleaned_data["helper"], self.actor, on=timezone.localdate(), most=1)
        if not people:
            raise forms.ValidationError(_("Say who."))
        return people[0]

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """A recusal, but for its household."""
        return {
            "helper_id": values.pop("helper").pk,
            "ground": RecusalGround(values.pop("ground")),
            "first": values.pop("on"),
            **values,
        }


@require_http_methods(["GET", "POST"])
def of_household(request: HttpRequest, household_id: int) -> HttpResponse:
    """The recusals of a household; planners declare another."""
    actor, on = actor_of(request), timezone.localdate()
    household = get_household(actor, household_id)
    if request.method == "POST":
        require(actor, PLANNERS)
    form = RecusalForm(request.POST or None, actor=actor, initial={"on": on})
    declared = submit(
        request,
        form,
        lambda given: declare_recusal(
            RecusalInput(household_id=household.pk, **given), actor=actor, at=timezone.now()
        ),
        to=reverse("staff:duty_recusals", args=[household.pk]),
        done=_("Declared. Where they stood beside the household, somebody else takes over on that day."),
    )
    if declared is not None:
        return declared
    context = {
        "household": household,
        "chain": area_chain(household.area),
        "rows": recusals_of_household(actor, household, on=on),
        "assigned_helpers": assigned_helpers(actor, household, on=on),
        "form": form,
        "may_declare": actor.has_any(PLANNERS) and not household.valid_until,
    }
    return render(request, "duty/recusals/household.html", context, status=status_of_form(form))


@require_GET
def of_helper(request: HttpRequest, helper_id: int) -> HttpResponse:
    """The recusals of a helper with households in reach."""
    actor = actor_of(request)
    helper = get_helper(actor, helper_id)
    rows = recusals_of_helper(actor, helper.pk, on=timezone.localdate())
    return render(request, "duty/recusals/helper.html", {"helper": helper, "rows": rows})
