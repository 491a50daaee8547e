"""外业设备的页面: a device's credential, shown once when it is issued, and ended at once when it must end."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yixian.survey.actions.issue_device import issue_device, revoke_device
from yixian.survey.choices import DeviceStatus
from yixian.survey.device_settings import device_qr, user_name
from yixian.survey.queries import get_device, get_team
from yixian.survey.survey_read_models import DeviceRow
from yixian.web.request_actor import actor_of
from yixian.web.survey.campaign_forms import DeviceForm
from yixian.web.ui.attempts import attempt
from yixian.web.ui.cells import BADGE, MOMENT, NUMBER, Badge, soft
from yixian.web.ui.forms import FormPage, reason_field, status_of_form
from yixian.web.ui.tables import Column, Empty, Table

_TONES = {DeviceStatus.HOLDS: "good", DeviceStatus.REVOKED: "bad"}

DEVICES = Table[DeviceRow](
    _("Devices"),
    (
        Column(
            "label",
            _("Device"),
            lambda row: row.device.label,
            under=lambda row: soft(row.team),
            place="lead",
            unsorted="the latest first",
        ),
        Column(
            "state",
            _("State"),
            lambda row: Badge(row.status.label, _TONES.get(row.status, "")),
            BADGE,
            place="corner",
            unsorted="the latest first",
        ),
        Column("until", _("Holds until"), lambda row: row.device.expires_at, MOMENT, unsorted="as above"),
        Column("seen", _("Last seen"), lambda row: row.last_seen, MOMENT, unsorted="as above"),
        Column("sheets", _("Sheets that came"), lambda row: row.sheets, NUMBER, unsorted="as above"),
    ),
    Empty(_("No device yet"), _("A team's device sends its sheets, and can do nothing else.")),
)


class RevocationForm(forms.Form):
    """Why a device's credential ends."""

    reason = reason_field()


REVOKE = FormPage(
    title=_("Revoke a device"),
    lead=lambda asked: f"{asked.subject.label} · {asked.subject.team.name}",
    note=_("It holds at once. What is still on the device can be sent after a new credential is scanned."),
    subject=lambda asked: get_device(asked.actor, asked.kwargs["device_id"]),
    form=lambda asked: RevocationForm(asked.data),
    action=lambda asked: revoke_device(
        asked.kwargs["device_id"], asked.given["reason"], actor=asked.actor, at=asked.at
    ),
    to=lambda asked, _revocation: reverse("survey:campaign", args=[asked.subject.team.campaign_id]),
    done=_("Revoked. The device can do nothing any more."),
    button=_("Revoke it"),
    back=lambda asked: (
        reverse("survey:campaign", args=[asked.subject.team.campaign_id]),
        asked.subject.team.campaign.title,
    ),
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def device_new(request: HttpRequest, team_id: int) -> HttpResponse:
    """The form; after it the secret, on this one page and never again."""
    actor = actor_of(request)
    team = get_team(actor, team_id)
    form = DeviceForm(request.POST if request.method == "POST" else None)
    context = {"team": team, "form": form}
    if request.method == "POST":
        made = attempt(form, lambda given: issue_device(team_id, **given, actor=actor, at=timezone.now()))
        if made.is_done:
            device, secret = made.result
            server = request.build_absolute_uri("/")
            shown = context | {
                "device": device,
                "user_name": user_name(device),
                "secret": secret,
                "server": f"{server}openrosa",
                "code": mark_safe(device_qr(device, secret, server=server).decode()),  # noqa: S308 - drawn here
            }
            return render(request, "survey/device_issued.html", shown)
    return render(request, "survey/device_new.html", context, status=status_of_form(form))
