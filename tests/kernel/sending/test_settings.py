"""通道设置: what the environment says is understood, or refused before anything is sent anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.kernel.conftest import Apart
from yixian.config.channels import channel_settings

OUTBOX = Path("/home/outbox")


def told(**environment: str) -> dict[str, dict[str, object]]:
    return channel_settings(environment, OUTBOX)


def test_nothing_is_set_up_unless_it_is_said() -> None:
    assert told() == told(YIXIAN_SMS_URL="", YIXIAN_EMAIL_URL="", YIXIAN_SMS_TOKEN="x") == {}


def test_a_gateway_with_its_token() -> None:
    found = told(YIXIAN_SMS_URL="https://sms.example.org/v1/send?app=7", YIXIAN_SMS_TOKEN="t-1")
    assert found == {"sms": {"url": "https://sms.example.org/v1/send?app=7", "token": "t-1"}}


def test_what_success_looks_like_is_declared() -> None:
    values = {"YIXIAN_SMS_URL": "https://sms.example.org/", "YIXIAN_SMS_SUCCESS": "code=0|200;data.state=ok"}
    assert told(**values)["sms"]["success"] == "code=0|200;data.state=ok"
    with pytest.raises(ValueError, match="YIXIAN_SMS_SUCCESS"):
        told(**values | {"YIXIAN_SMS_SUCCESS": "code"})


def test_a_mail_server() -> None:
    found = told(YIXIAN_EMAIL_URL="smtp+tls://yixian%40example.org:p%40ss%2F1@mail.example.org:2525")
    assert found["email"]["sender"] == "yixian@example.org"
    assert found["email"]["server"] == {
        "host": "mail.example.org",
        "port": 2525,
        "username": "yixian@example.org",
        "password": "p@ss/1",
        "use_tls": True,
        "use_ssl": False,
        "timeout": 10,
    }


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp+tls://m.example.org?from=a@example.org", 587, True, False),
        ("smtp+ssl://m.example.org?from=a@example.org", 465, False, True),
        ("smtp://127.0.0.1?from=a@example.org", 25, False, False),
    ],
)
def test_how_a_mail_server_is_spoken_to(url: str, port: int, tls: bool, ssl: bool) -> None:
    server = told(YIXIAN_EMAIL_URL=url)["email"]["server"]
    assert isinstance(server, dict)
    assert (server["port"], server["use_tls"], server["use_ssl"]) == (port, tls, ssl)


def test_into_a_folder() -> None:
    found = told(YIXIAN_SMS_URL="file:", YIXIAN_EMAIL_URL="file:")
    assert found == {"sms": {"outbox": "/home/outbox"}, "email": {"outbox": "/home/outbox"}}


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("YIXIAN_SMS_URL", "http://sms.example.org/send"),
        ("YIXIAN_SMS_URL", "file:///etc/passwd"),
        ("YIXIAN_SMS_URL", "ftp://sms.example.org"),
        ("YIXIAN_SMS_URL", "sms.example.org"),
        ("YIXIAN_SMS_URL", "https://"),
        ("YIXIAN_EMAIL_URL", "smtp://mail.example.org?from=a@example.org"),
        ("YIXIAN_EMAIL_URL", "smtp+tls://user:pass@mail.example.org"),
        ("YIXIAN_EMAIL_URL", "smtp+tls://mail.example.org?from=a@example.org%0ABcc:b@example.org"),
        ("YIXIAN_EMAIL_URL", "https://mail.example.org?from=a@example.org"),
    ],
)
def test_what_cannot_be_or_would_be_read_on_the_way_is_refused(name: str, url: str) -> None:
    with pytest.raises(ValueError, match=name):
        told(**{name: url})


def test_a_token_of_several_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="YIXIAN_SMS_TOKEN"):
        told(YIXIAN_SMS_URL="https://sms.example.org", YIXIAN_SMS_TOKEN="a\r\nX: y")


def test_invented_people_are_never_written_to() -> None:
    """Their numbers may be somebody's."""
    real = {
        "YIXIAN_SMS_URL": "https://sms.example.org",
        "YIXIAN_EMAIL_URL": "smtp+tls://a@example.org:b@m.example.org",
    }
    found = channel_settings(real, OUTBOX, invented=True)
    assert found == {"sms": {"outbox": "/home/outbox"}, "email": {"outbox": "/home/outbox"}}


@pytest.mark.sqlite_enough
def test_a_demonstration_is_known_by_its_note(apart: Apart) -> None:
    ask = "from django.conf import settings; print(sorted(settings.YIXIAN_CHANNELS['sms']))"
    real = {"YIXIAN_SMS_URL": "https://sms.example.org"}
    assert apart.run(ask, **real).stdout.strip() == "['token', 'url']"
    note = apart.folder / "demo.json"
    note.write_text(json.dumps({"households": 1, "seed": 1, "sign_ins": [], "cards": []}))
    try:
        assert apart.run(ask, **real).stdout.strip() == "['outbox']"
    finally:
        note.unlink()
