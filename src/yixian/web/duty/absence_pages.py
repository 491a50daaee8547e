"""离岗: who is away and who is going to be; somebody suddenly away; who stands in for them, and that they are back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.duty import absence_steps as steps
from yixian.duty.access import COVERERS
from yixian.duty.actions.call_off_absence import call_off_absence
from yixian.duty.actions.sudden_absence import cover_absence, end_absence, report_sudden_absence
from yixian.duty.choices import FOR_GOOD, AbsenceKind
from yixian.duty.queries import absences, get_absence, left_with_lead
from yixian.kernel.permission import require
from yixian.web.duty.duty_lists import HANDOVERS_OF_ABSENCE
from yixian.web.duty.place_and_day import requested_area
from yixian.web.forms import day_field
from yixian.web.request_actor import actor_of
from yixian.web.ui.filters import ListQuery
from yixian.web.ui.forms import FormPage, Submission
from yixian.web.ui.people_field import HelperForm, PeopleField
from yixian.web.ui.steps import StepPage, StepPages, taking


class SuddenForm(HelperForm):
    """Who, and what is known."""

    helper = PeopleField(_("Who"), rows=1)
    reason = forms.CharField(label=_("What is known"), max_length=200)


class BackForm(forms.Form):
    """From which day on they are back."""

    on = day_field(label=_("Back from"))


class WhyForm(forms.Form):
    """Why it is called off."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class BeyondForm(forms.Form):
    """How many more than their places everybody may take."""

    beyond = forms.TypedChoiceField(
        label=_("Let everybody take"),
        coerce=int,
        choices=[
            (0, _("no more than a stand-in may")),
            *((count, _("%s more") % count) for count in range(1, 6)),
        ],
    )


@require_GET
def absence_list(request: HttpRequest) -> HttpResponse:
    """Who is away today or later, in a place."""
    actor, now = actor_of(request), timezone.now()
    area, today = requested_area(request, actor), timezone.localdate(now)
    rows = absences(actor, on=today, at=now, area_path=area.path if area else "")
    context = {
        "area": area,
        "open": [row for row in rows if row.kind == AbsenceKind.SUDDEN and row.covered_at is None],
        "away": [
            row for row in rows if row.valid_from <= today and (row.kind not in FOR_GOOD) and not _open(row)
        ],
        "coming": [row for row in rows if row.valid_from > today],
        "left": [row for row in rows if row.kind in FOR_GOOD and row.valid_from <= today],
    }
    return render(request, "duty/absences/list.html", context)


def _open(row: Any) -> bool:
    return row.kind == AbsenceKind.SUDDEN and row.covered_at is None


SUDDEN = FormPage(
    title=_("Somebody is suddenly away"),
    lead=_(
        "From this moment the township's lead stands in for their households, and every board says so, "
        "until stand-ins are confirmed."
    ),
    subject=lambda asked: require(asked.actor, COVERERS),
    form=SuddenForm,
    action=lambda asked: report_sudden_absence(
        asked.given["helper"].pk, asked.given["reason"], actor=asked.actor, at=asked.at
    ),
    to=lambda _asked, absence: reverse("staff:duty_absence", args=[absence.pk]),
    done=_("Noted. The township's lead stands in from now on; confirm stand-ins next."),
    button=_("Report it"),
    back=lambda _asked: (reverse("staff:duty_absences"), _("Absences and departures")),
    template="duty/form_page.html",
)


def _cover(asked: Submission) -> Any:
    """The households that got a stand-in; a warning names why others did not."""
    plan = taking(cover_absence)(asked)
    if plan.lacking:
        left = gettext("%(count)s stay with the township's lead: nobody has a place. %(why)s")
        why = " ".join(dict.fromkeys(plan.sentences))
        messages.warning(asked.request, left % {"count": len(plan.lacking), "why": why})
    return plan


STEPS = StepPages(
    prefix="staff:duty_absence_",
    subject=lambda asked: get_absence(asked.actor, asked.kwargs["absence_id"], at=asked.at),
    state=lambda _asked, absence: absence,
    title=lambda absence: str(absence.name),
    to=lambda absence: reverse("staff:duty_absence", args=[absence.absence_id]),
    crumb=("staff:duty_absences", _("Absences and departures")),
    template="duty/step_page.html",
    pages=(
        StepPage(
            step=steps.COVER,
            button=_("Confirm stand-ins"),
            done=lambda plan: (
                ngettext(
                    "%(count)s household has a stand-in.",
                    "%(count)s households have a stand-in.",
                    len(plan.begun),
                )
                % {"count": len(plan.begun)}
            ),
            act=_cover,
            form=lambda asked: BeyondForm(asked.data),
            why=_(
                "The nearest who have a place stand in from today on. Who cannot be helped stays with the township's lead "
                "and stays listed here."
            ),
            inline=True,
        ),
        StepPage(
            step=steps.END,
            button=_("Note the return"),
            done=_("Noted. From that day on their households are with them again."),
            act=taking(end_absence),
            form=lambda asked: BackForm(asked.data, initial={"on": asked.on}),
            css="",
            inline=True,
        ),
        StepPage(
            step=steps.CALL_OFF,
            button=_("Call it off"),
            done=_("Called off. Everybody stands beside their households as before."),
            act=taking(call_off_absence),
            form=lambda asked: WhyForm(asked.data),
            why=_(
                "The hand-overs announced for it are undone, and the places of those who would have taken over are free again."
            ),
            css="",
            inline=True,
        ),
    ),
)


def absence_page(request: HttpRequest, absence_id: int) -> HttpResponse:
    """One absence with its hand-overs, and what is to be done about it."""

    def around(query: ListQuery) -> dict[str, Any]:
        absence = query.subject
        is_over = absence.valid_until is not None and absence.valid_until <= query.on
        return {
            "absence": absence,
            "left": left_with_lead(query.actor, absence_id, on=query.on),
            "is_open": _open(absence) and not is_over,
            "is_for_good": absence.kind in FOR_GOOD,
            "is_called_off": absence.is_called_off,
            "offered": STEPS.named(request, absence, absence),
        }

    return HANDOVERS_OF_ABSENCE.answer(request, {"absence_id": absence_id}, around)
