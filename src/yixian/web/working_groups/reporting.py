"""报告页: freeze a version, note to whom it went and what they answered, and say that no more is waited for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yixian.kernel.errors import NotFound, YixianError
from yixian.kernel.permission import require_person
from yixian.web.forms import day_field, put_error
from yixian.web.paper.single import pdf
from yixian.web.request_actor import actor_of
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.send_report import (
    Letter,
    Recipient,
    end_replies,
    freeze_report,
    record_reply,
    send_report,
)
from yixian.working_groups.choices import GroupStage, RecipientKind, ReplyVerdict
from yixian.working_groups.limits import MAX_NAME, MAX_NUMBER, MAX_WORDS, REPLY_DAYS
from yixian.working_groups.queries import get_group, group_view
from yixian.working_groups.queries.reports import reply_scan, reports, sent
from yixian.working_groups.queries.reports import report_file as frozen_file

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OptionsForm(forms.Form):
    """The ways out, in the group's own words."""

    options = forms.CharField(
        label=_("The options, with what speaks for each"),
        max_length=MAX_WORDS,
        help_text=_("It goes into the report as it stands; name nobody."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class SendForm(forms.Form):
    """To whom a version went."""

    number = forms.ChoiceField(label=_("Version"))
    kind = forms.ChoiceField(label=_("Who"), choices=RecipientKind.choices)
    name = forms.CharField(label=_("Name of the body"), max_length=MAX_NAME)
    sent_on = day_field(label=_("Sent on"))
    reply_days = forms.IntegerField(label=_("Reply within so many working days"), min_value=1, max_value=120)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """What came back."""

    received_on = day_field(label=_("Received on"))
    number = forms.CharField(label=_("Number of the letter"), max_length=MAX_NUMBER, required=False)
    verdict = forms.ChoiceField(
        label=_("What it says"), choices=ReplyVerdict.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In their words, in short"), max_length=MAX_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )
    scan = forms.FileField(
        label=_("Photograph of the letter (may be left out)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, group_id: int) -> HttpResponse:
    """The report's versions, to whom they went, and what they answered; posted to, a version is frozen."""
    actor, now = actor_of(request), timezone.now()
    view = group_view(get_group(actor, group_id))
    form = OptionsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            freeze_report(group_id, form.cleaned_data["options"], actor=actor, at=now)
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Frozen. Read it, then send it."))
            return redirect("staff:group_report", group_id)
    return _page(request, view, form, status=422 if form.errors else 200)


@require_POST
def send(request: HttpRequest, group_id: int) -> HttpResponse:
    """Note that a version was sent."""
    actor = actor_of(request)
    view = group_view(get_group(actor, group_id))
    require_person(actor, OPENERS)
    form = SendForm(request.POST, numbers=[one.number for one in reports(view.group)])
    if form.is_valid():
        given = form.cleaned_data
        recipient = Recipient(
            RecipientKind(given["kind"]), given["name"], given["sent_on"], given["reply_days"]
        )
        try:
            send_report(group_id, int(given["number"]), recipient, actor=actor, at=timezone.now())
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Noted. The day of the reply is counted in working days."))
            return redirect("staff:group_report", group_id)
    return _page(request, view, OptionsForm(), send_form=form, status=422)


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, group_id: int, dispatch_id: int) -> HttpResponse:
    """Note what a recipient answered."""
    actor, now = actor_of(request), timezone.now()
    require_person(actor, OPENERS)
    view = group_view(get_group(actor, group_id))
    one = next((row for row in sent(view.group, at=now) if row.dispatch.pk == dispatch_id), None)
    if one is None:
        raise NotFound("report.not_found", _("There is no such report."))
    form = ReplyForm(
        request.POST or None, request.FILES or None, initial={"received_on": timezone.localdate(now)}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        scan = given["scan"]
        letter = Letter(
            received_on=given["received_on"],
            verdict=ReplyVerdict(given["verdict"]),
            words=given["words"],
            number=given["number"],
            scan=(scan.name, scan.read()) if scan else None,
        )
        try:
            record_reply(group_id, dispatch_id, letter, actor=actor, at=now)
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The reply is noted."))
            return redirect("staff:group_report", group_id)
    context = {"view": view, "group": view.group, "one": one, "form": form}
    return render(request, "working_groups/reply.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, group_id: int) -> HttpResponse:
    """Say that no more replies are waited for."""
    actor = actor_of(request)
    get_group(actor, group_id)
    try:
        end_replies(group_id, request.POST.get("reason", ""), actor=actor, at=timezone.now())
    except YixianError as error:
        messages.error(request, error.sentence)
        return redirect("staff:group_report", group_id)
    messages.success(request, _("Noted. Next, have it decided."))
    return redirect("staff:group", group_id)


@require_GET
def report_file(request: HttpRequest, group_id: str, number: str, file_format: str) -> HttpResponse:
    """A version as it was frozen."""
    found, content = frozen_file(actor_of(request), int(group_id), int(number), file_format)
    name = f"group-{group_id}-report-{found.number}"
    if file_format == "pdf":
        return pdf(content, f"{name}.pdf")
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@require_GET
def letter(request: HttpRequest, group_id: int, reply_id: int) -> HttpResponse:
    """The photograph of a letter."""
    response = HttpResponse(reply_scan(actor_of(request), group_id, reply_id), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="letter-{reply_id}.jpg"'
    response["Cache-Control"] = "no-store"
    return response


def _page(
    request: HttpRequest,
    view: Any,
    form: OptionsForm,
    *,
    send_form: SendForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    versions, rows = reports(view.group), sent(view.group, at=now)
    initial = {"sent_on": timezone.localdate(now), "reply_days": REPLY_DAYS}
    context = {
        "view": view,
        "group": view.group,
        "versions": versions,
        "sent": rows,
        "silent": any(row.reply is None for row in rows),
        "form": form,
        "send_form": send_form or SendForm(numbers=[one.number for one in versions], initial=initial),
        "may_lead": actor_of(request).has_any(OPENERS),
        "may_freeze": view.has(GroupStage.SEEN) and not view.has(GroupStage.DECIDED),
        "ended": view.has(GroupStage.REPLIED),
    }
    return render(request, "working_groups/report.html", context, status=status)
