"""A device's secret opens what it must, nothing else, and nothing once it has ended."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.survey.yard import Yard
from tests.web.openrosa.phone import Phone, said
from yixian.survey.actions.issue_device import revoke_device
from yixian.survey.models import DeviceLastSeen, FieldDevice

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]
SUBMISSION = "/openrosa/submission"


def test_without_the_header_of_openrosa_nothing_is_answered(phone: Phone) -> None:
    headers = {"Authorization": phone.headers["Authorization"]}
    for address in ("/openrosa/formList", SUBMISSION):
        response: Any = Client().get(address, headers=headers)
        assert response.status_code == 400
        assert "X-OpenRosa-Version" in said(response)


@pytest.mark.parametrize(
    "authorization",
    ["", "Basic", "Basic !!!", "Basic " + base64.b64encode(b"a:b").decode(), "Bearer x", "Basic /w=="],
)
def test_a_secret_that_is_nobodys_is_asked_for(phone: Phone, authorization: str) -> None:
    response: Any = Client().get(
        SUBMISSION, headers={"X-OpenRosa-Version": "1.0", "Authorization": authorization}
    )
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith('Basic realm="')
    assert said(response).startswith("没有设备用这个凭证")


def test_the_field_app_is_told_so_without_a_dialog_of_its_browser(phone: Phone) -> None:
    headers = {"X-OpenRosa-Version": "1.0", "X-Requested-With": "XMLHttpRequest"}
    response: Any = Client().post(SUBMISSION, headers=headers)
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith('FieldApp realm="')


def test_the_head_of_the_submission_address_is_204(phone: Phone) -> None:
    response: Any = Client().head(SUBMISSION, headers=phone.headers)
    assert (response.status_code, response.content) == (204, b"")
    assert response["X-OpenRosa-Version"] == "1.0"
    assert response["X-OpenRosa-Accept-Content-Length"] == "10485760"


def test_a_revoked_device_is_out_at_once_and_is_told_so(phone: Phone, yard: Yard) -> None:
    assert phone.get(SUBMISSION).status_code == 204
    revoke_device(phone.device.pk, "丢了", actor=yard.actor("clerk"), at=timezone.now())
    for response in (phone.get(SUBMISSION), phone.get("/openrosa/formList"), phone.send("a")):
        assert response.status_code == 403
        assert "手机里的东西都还在" in said(response)


def test_a_device_whose_term_is_over_is_out(phone: Phone) -> None:
    FieldDevice.objects.filter(pk=phone.device.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert phone.send("a").status_code == 403


def test_it_is_noted_when_a_device_was_last_seen(phone: Phone, yard: Yard) -> None:
    assert not DeviceLastSeen.objects.exists()
    phone.get(SUBMISSION)
    first = DeviceLastSeen.objects.get(device=phone.device).at
    phone.get(SUBMISSION)
    assert DeviceLastSeen.objects.get(device=phone.device).at == first
    DeviceLastSeen.objects.update(at=first - timedelta(minutes=6))
    phone.get(SUBMISSION)
    assert DeviceLastSeen.objects.get(device=phone.device).at >= first
    assert not DeviceLastSeen.objects.filter(device=yard.device).exists()
