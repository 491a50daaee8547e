"""回避: the recusals of a household and of a helper, and the form by which one is declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.duty import recusal_steps as steps
from yixian.duty.actions.recusals import DECLARED, RecusalInput, declare_recusal
from yixian.duty.choices import RecusalGround
from yixian.duty.queries import assigned_helpers, recusals_of_helper, recusals_of_household
from yixian.duty.queries.recusals import RecusalView
from yixian.registry.access import get_household
from yixian.registry.queries import get_helper
from yixian.web.forms import day_field
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import DAYS, Badge, Text, soft
from yixian.web.ui.crumbs import household_crumb
from yixian.web.ui.people_field import HelperForm, PeopleField
from yixian.web.ui.steps import StepPage, StepPages
from yixian.web.ui.tables import Column, Empty, Table


class RecusalForm(HelperForm):
    """Who must not stand beside the household, on what ground, from when and by which paper."""

    helper = PeopleField(_("Who must not stand beside them"), rows=1)
    ground = forms.ChoiceField(
        label=_("Ground"), choices=[(ground.value, ground.label) for ground in DECLARED]
    )
    degree = forms.TypedChoiceField(
        label=_("Degree of kinship"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("not kin")),
            (1, _("1: parents and children")),
            (2, _("2: brothers, sisters, grandparents, grandchildren")),
            (3, _("3: uncles, aunts, nephews, nieces")),
        ],
    )
    on = day_field(label=_("From which day"))
    document = forms.CharField(label=_("Document"), max_length=120, required=False)
    beyond = forms.IntegerField(
        label=_("Others may take so many more than their places"), min_value=0, max_value=5, initial=0
    )

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """A recusal."""
        recusal = RecusalInput(
            household_id=self.asked.subject.pk,
            helper_id=values["helper"].pk,
            ground=RecusalGround(values["ground"]),
            first=values["on"],
            degree=values["degree"],
            document=values["document"],
            beyond=values["beyond"],
        )
        return {"given": recusal}


def _page_of(household: Any) -> str:
    return reverse("staff:duty_recusals", args=[household.pk])


STEPS = StepPages(
    prefix="staff:duty_recusals_",
    subject=lambda asked: get_household(asked.actor, asked.kwargs["household_id"]),
    state=lambda _asked, household: household,
    title=lambda household: str(household_crumb(household)[1]),
    to=_page_of,
    template="duty/step_page.html",
    pages=(
        StepPage(
            step=steps.DECLARE,
            button=_("Declare it"),
            done=_("Declared. Where they stood beside the household, somebody else takes over on that day."),
            act=lambda asked: declare_recusal(**asked.given, actor=asked.actor, at=asked.at),
            form=lambda asked: RecusalForm(asked, on=asked.on),
            inline=True,
        ),
    ),
)


def _ground(row: RecusalView) -> str:
    return f"{row.ground_label} ({row.degree})" if row.degree else row.ground_label


def _table(heading: Text, name: Callable[[RecusalView], str], **lead: Any) -> Table[RecusalView]:
    return Table[RecusalView](
        _("Recusals"),
        (
            Column("who", heading, name, place="lead", **lead),
            Column(
                "ground",
                _("Ground"),
                _ground,
                under=lambda row: "" if row.is_in_force else format_html(" {}", Badge(_("not in force"))),
            ),
            Column("days", _("Days"), lambda row: (row.valid_from, row.valid_until), DAYS, place="labelled"),
            Column("document", _("Document"), lambda row: row.document or None),
        ),
        Empty(_("No recusal is declared")),
        css="",
    )


BY_HELPER = _table(
    _("Who must not stand beside them"),
    lambda row: row.helper_name,
    link=lambda row: address_of("staff:duty_recusals_helper", row.helper_id),
    under=lambda row: soft(row.organisation_name),
)
BY_HOUSEHOLD = _table(
    _("Household"),
    lambda row: row.head_name or row.household_no,
    link=lambda row: address_of("staff:duty_recusals", row.household_id),
    under=lambda row: soft(row.household_no),
)


@require_GET
def of_household(request: HttpRequest, household_id: int) -> HttpResponse:
    """The recusals of a household; planners declare another."""
    actor, on = actor_of(request), timezone.localdate()
    household = get_household(actor, household_id)
    context = {
        "household": household,
        "recusal_table": BY_HELPER,
        "rows": recusals_of_household(actor, household, on=on),
        "assigned_helpers": assigned_helpers(actor, household, on=on),
        "steps": STEPS.offered(request, household, household),
    }
    return render(request, "duty/recusals/household.html", context)


@require_GET
def of_helper(request: HttpRequest, helper_id: int) -> HttpResponse:
    """The recusals of a helper with households in reach."""
    actor = actor_of(request)
    helper = get_helper(actor, helper_id)
    rows = recusals_of_helper(actor, helper.pk, on=timezone.localdate())
    context = {"helper": helper, "recusal_table": BY_HOUSEHOLD, "rows": rows}
    return render(request, "duty/recusals/helper.html", context)
