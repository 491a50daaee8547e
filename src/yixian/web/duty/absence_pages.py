"""离岗: who is away and who is going to be; somebody suddenly away; who stands in for them, and that they are back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from yixian.duty.access import COVERERS
from yixian.duty.actions.sudden_absence import cover_absence, end_absence, report_sudden_absence
from yixian.duty.choices import FOR_GOOD, AbsenceKind
from yixian.duty.queries import absences, get_absence, left_with_lead
from yixian.duty.queries.handovers import handover_rows, view
from yixian.kernel.errors import Refused, YixianError
from yixian.kernel.permission import require
from yixian.registry.queries import get_helper
from yixian.web.duty.board_tables import HANDOVERS
from yixian.web.duty.place_and_day import requested_area
from yixian.web.forms import day_field, put_error
from yixian.web.request_actor import actor_of
from yixian.web.ui.paging import page_of
from yixian.web.ui.people_field import people_field, people_named, written


class SuddenForm(forms.Form):
    """Who, and what is known."""

    helper = people_field(gettext_lazy("Who"), rows=1)
    reason = forms.CharField(label=gettext_lazy("What is known"), max_length=200)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_helper(self) -> Any:
        """The helper themselves."""
        people = people_named(self.cleaned_data["helper"], self.actor, on=timezone.localdate(), most=1)
        if not people:
            raise forms.ValidationError(_("Say who."))
        return people[0]


class BackForm(forms.Form):
    """From which day on they are back."""

    on = day_field(label=gettext_lazy("Back from"))


class BeyondForm(forms.Form):
    """How many more than their places everybody may take."""

    beyond = forms.TypedChoiceField(
        label=gettext_lazy("Let everybody take"),
        coerce=int,
        choices=[
            (0, gettext_lazy("no more than a stand-in may")),
            *((count, gettext_lazy("%s more") % count) for count in range(1, 6)),
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


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report that somebody is suddenly away."""
    actor = actor_of(request)
    require(actor, COVERERS)
    named = request.GET.get("helper", "")
    known = named.isascii() and named.isdigit()
    initial = {"helper": written([get_helper(actor, int(named))])} if known else {}
    form = SuddenForm(request.POST or None, actor=actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            helper = form.cleaned_data["helper"]
            absence = report_sudden_absence(
                helper.pk, form.cleaned_data["reason"], actor=actor, at=timezone.now()
            )
        except YixianError as error:
            put_error(form, error)
        else:
            messages.warning(
                request, _("Noted. The township's lead stands in from now on; confirm stand-ins next.")
            )
            return redirect("staff:duty_absence", absence.pk)
    return render(request, "duty/absences/sudden.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    """One absence with its hand-overs; a stand-in is confirmed here, and a return noted."""
    actor, now = actor_of(request), timezone.now()
    today = timezone.localdate(now)
    shown = get_absence(actor, absence_id, at=now)
    back, beyond = BackForm(initial={"on": today}), BeyondForm()
    if request.method == "POST":
        if request.POST.get("do") == "cover":
            beyond = BeyondForm(request.POST)
            answer = _cover(request, absence_id, beyond)
        else:
            back = BackForm(request.POST)
            answer = _end(request, absence_id, back)
        if answer:
            return answer
    rows = handover_rows(actor, on=today, absence_id=absence_id)
    page = page_of(rows, request.GET.get("page"), size=50)
    over = shown.valid_until is not None and shown.valid_until <= today
    context = {
        "absence": shown,
        "today": today,
        "is_over": over,
        "page": page,
        "handovers": HANDOVERS,
        "rows": [view(row, today) for row in page.rows],
        "left": left_with_lead(actor, absence_id, on=today),
        "is_open": shown.kind == AbsenceKind.SUDDEN and shown.covered_at is None and not over,
        "may_act": actor.has_any(COVERERS),
        "can_end": shown.kind not in FOR_GOOD and not over,
        "back": back,
        "beyond": beyond,
    }
    status = 422 if back.errors or beyond.errors else 200
    return render(request, "duty/absences/page.html", context, status=status)


def _open(row: Any) -> bool:
    return row.kind == AbsenceKind.SUDDEN and row.covered_at is None


def _cover(request: HttpRequest, absence_id: int, form: BeyondForm) -> HttpResponse | None:
    require(actor_of(request), COVERERS)
    if not form.is_valid():
        return None
    try:
        plan = cover_absence(
            absence_id, beyond=form.cleaned_data["beyond"], actor=actor_of(request), at=timezone.now()
        )
    except Refused as error:
        messages.error(request, error.sentence)
        return redirect("staff:duty_absence", absence_id)
    messages.success(
        request,
        ngettext(
            "%(count)s household has a stand-in.", "%(count)s households have a stand-in.", len(plan.begun)
        )
        % {"count": len(plan.begun)},
    )
    if plan.lacking:
        messages.warning(
            request,
            _("%(count)s stay with the township's lead: nobody has a place. %(why)s")
            % {"count": len(plan.lacking), "why": " ".join(dict.fromkeys(plan.sentences))},
        )
    return redirect("staff:duty_absence", absence_id)


def _end(request: HttpRequest, absence_id: int, form: BackForm) -> HttpResponse | None:
    require(actor_of(request), COVERERS)
    if not form.is_valid():
        return None
    try:
        end_absence(absence_id, form.cleaned_data["on"], actor=actor_of(request), at=timezone.now())
    except YixianError as error:
        put_error(form, error)
        return None
    messages.success(request, _("Noted. From that day on their households are with them again."))
    return redirect("staff:duty_absence", absence_id)
