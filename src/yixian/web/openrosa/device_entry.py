"""设备准入: lets a field device in by its secret (HTTP Basic, RFC 7617), to the OpenRosa addresses and to no others.

Only what shows the header X-OpenRosa-Version is answered: no page of another site can make a browser send it, so a secret that a
browser has kept cannot be used from there.
"""

from __future__ import annotations

import base64
import binascii
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from yixian.kernel.errors import NotPermitted
from yixian.survey.actions.see_device import see_device
from yixian.web.openrosa.answers import message, refusal

if TYPE_CHECKING:
    from yixian.survey.models import FieldDevice


def refused_entry(request: HttpRequest) -> HttpResponse | None:
    """Put the device that asks on the request; the answer to who is none."""
    if "X-OpenRosa-Version" not in request.headers:
        return message(
            lambda: _(
                "This address is for ODK Collect and other clients of OpenRosa: X-OpenRosa-Version is missing."
            ),
            status=HTTPStatus.BAD_REQUEST,
            nature="submit_error",
        )
    try:
        device = see_device(_secret(request.headers.get("Authorization", "")), at=timezone.now())
    except NotPermitted as error:
        return refusal(error)
    if device is None:
        answer = message(
            lambda: _("No device has this credential: scan the team's code anew."),
            status=HTTPStatus.UNAUTHORIZED,
            nature="submit_error",
        )
        answer["WWW-Authenticate"] = _challenge(request)
        return answer
    request.field_device = device  # type: ignore[attr-defined]
    return None


def device_of(request: HttpRequest) -> FieldDevice:
    """The device that the gate has let in."""
    device: FieldDevice = request.field_device  # type: ignore[attr-defined]
    return device


def _challenge(request: HttpRequest) -> str:
    """Basic; under a name of its own for our own app, or its browser would ask for a password over it and hold the answer."""
    scheme = "FieldApp" if request.headers.get("X-Requested-With") == "XMLHttpRequest" else "Basic"
    return f'{scheme} realm="Yixian survey", charset="UTF-8"'


def _secret(authorization: str) -> str:
    """The password of a Basic credential; "" for anything else. The name before it says nothing that the secret does not."""
    scheme, _space, given = authorization.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(given.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
