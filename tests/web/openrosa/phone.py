"""手机: a client that speaks OpenRosa as ODK Collect does, with the credential of one device."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.engines.survey.filling import PICTURE
from tests.survey.yard import Yard, picture_content
from yixian.survey.actions.issue_device import issue_device
from yixian.survey.models import FieldDevice

BOUNDARY = "a-boundary"
RESPONSE = "{http://openrosa.org/http/response}"


@dataclass
class Phone:
    """A device of the yard's team, issued now."""

    yard: Yard
    device: FieldDevice
    secret: str

    @property
    def headers(self) -> dict[str, str]:
        """What it sends with everything."""
        given = base64.b64encode(f"device-{self.device.pk}:{self.secret}".encode()).decode()
        return {"X-OpenRosa-Version": "1.0", "Authorization": f"Basic {given}"}

    def get(self, address: str) -> HttpResponse:
        """Fetch something."""
        return Client().get(address, headers=self.headers)  # type: ignore[return-value]

    def post(self, content: bytes, kind: str = f"multipart/form-data; boundary={BOUNDARY}") -> HttpResponse:
        """Post something to the address for submissions, whatever it is."""
        response: Any = Client(enforce_csrf_checks=True).post(
            "/openrosa/submission", content, content_type=kind, headers=self.headers
        )
        return response  # type: ignore[no-any-return]

    def send(self, name: str, files: dict[str, bytes] | None = None, **changes: str) -> HttpResponse:
        """Send the yard's sheet of this id with its picture, or with other files."""
        came = {PICTURE: picture_content()} if files is None else files
        return self.post(multipart(self.yard.xml(name, **changes), came))


def make_phone(yard: Yard) -> Phone:
    """Give the yard's team another device."""
    device, secret = issue_device(yard.team.pk, "手机2", 30, actor=yard.actor("clerk"), at=timezone.now())
    return Phone(yard, device, secret)


def multipart(form: bytes | None, files: dict[str, bytes], *, more: bytes = b"") -> bytes:
    """As OkHttp writes it: the form first, then each file under its own name."""
    parts = [] if form is None else [_part("xml_submission_file", "form.xml", "text/xml", form)]
    parts += [_part(name, name, "image/png", file) for name, file in files.items()]
    return b"".join(parts) + more + f"--{BOUNDARY}--\r\n".encode()


def said(response: HttpResponse) -> str:
    """What an OpenRosaResponse says."""
    assert response["Content-Type"] == "text/xml; charset=utf-8", response.content[:300]
    root: Element = ElementTree.fromstring(response.content)
    assert root.tag == f"{RESPONSE}OpenRosaResponse"
    text = root.findtext(f"{RESPONSE}message")
    assert text
    return text


def _part(name: str, filename: str, kind: str, content: bytes) -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\nContent-Type: {kind}\r\n'
    return f"--{BOUNDARY}\r\n{head}Content-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n"
