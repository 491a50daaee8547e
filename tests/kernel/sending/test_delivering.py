"""发送: every message arrives, whatever fails, dies or runs beside it; and nobody reads it on the way."""

from __future__ import annotations

import json
import logging
import smtplib
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from django.core import mail
from pytest_django import Settings

from tests.kernel.conftest import Apart
from tests.kernel.sending.conftest import ADDRESS, AT, NUMBER, SYSTEM, WORDS, asked, email, sms
from tests.kernel.sending.servers import Gateway, gateway, mail_server
from yixian.kernel.actions.try_sending_again import try_sending_again
from yixian.kernel.choices import MessageChannel
from yixian.kernel.models import OutgoingMessage, SendingAttempt, WaitingMessage
from yixian.kernel.sending import channels, delivering
from yixian.kernel.sending.delivering import LEASE, MAX_SECONDS, send_waiting
from yixian.kernel.sending.delivery_board import given_up
from yixian.kernel.sending.delivery_status import WAITS
from yixian.kernel.sending.queue import due
from yixian.kernel.sending.sms_gateway import _reference

SECOND = timedelta(seconds=1)


def outcomes() -> list[str]:
    return list(SendingAttempt.objects.order_by("pk").values_list("outcome", flat=True))


def test_the_gateway_is_told_to_whom_what_and_by_which_key(phone: Gateway) -> None:
    message = asked()
    assert send_waiting(at=AT) == {"sent": 1, "failed": 0, "given_up": 0}
    (request,) = phone.asked
    assert request.body == {"to": NUMBER, "text": WORDS, "key": str(message.key)}
    assert request.headers["Authorization"] == "Bearer secret-token"
    assert request.headers["Idempotency-Key"] == str(message.key)
    assert SendingAttempt.objects.get().provider_ref == "g-1"
    assert WaitingMessage.objects.count() == 0


def test_what_was_sent_is_not_sent_again(phone: Gateway) -> None:
    asked()
    for hours in range(30):
        send_waiting(at=AT + timedelta(hours=hours))
    assert len(phone.asked) == 1


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_2xx_is_taken(phone: Gateway, status: int) -> None:
    phone.status, phone.answer = status, b""
    asked()
    send_waiting(at=AT)
    assert outcomes() == ["sent"]


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 404, 429, 500, 503])
def test_anything_else_is_not_and_nothing_is_followed(phone: Gateway, status: int) -> None:
    phone.status, phone.headers = status, {"Location": "/elsewhere"}
    asked()
    send_waiting(at=AT)
    assert outcomes() == ["failed"]
    assert SendingAttempt.objects.get().error == f"GatewayAnswer {status}"
    assert [one.path for one in phone.asked] == ["/send"]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ('{"code": -3, "msg": "no credit"}', "failed"),
        ('{"code": "isv.BUSINESS_LIMIT_CONTROL"}', "failed"),
        ('{"success": false}', "failed"),
        ('{"status": "error"}', "failed"),
        ('{"error": {"code": 40, "message": "x"}}', "failed"),
        ('{"errcode": 1014}', "failed"),
        ('{"code": 0}', "sent"),
        ('{"Code": "OK", "BizId": "9"}', "sent"),
        ('{"status": 0, "result": 0}', "sent"),
        ('{"error": null, "errors": [], "success": true}', "sent"),
        ('{"id": "7", "status": "queued"}', "sent"),
        ("accepted", "sent"),
    ],
)
def test_an_error_in_the_body_is_not_sent(phone: Gateway, answer: str, outcome: str) -> None:
    phone.answer = answer.encode()
    asked()
    send_waiting(at=AT)
    assert outcomes() == [outcome]


@pytest.mark.parametrize(
    ("success", "answer", "outcome"),
    [
        ("code=0", '{"code": 0}', "sent"),
        ("code=0", '{"code": 200}', "failed"),
        ("code=0", "", "failed"),
        ("code=0|200", '{"code": "200"}', "sent"),
        ("data.state=ok;code=0", '{"code": 0, "data": {"state": "OK"}}', "sent"),
        ("data.state=ok;code=0", '{"code": 0, "data": {"state": "no"}}', "failed"),
        ("code=2000", '{"code": 2000}', "sent"),
    ],
)
def test_what_is_declared_alone_is_success(
    phone: Gateway, settings: Settings, success: str, answer: str, outcome: str
) -> None:
    settings.YIXIAN_CHANNELS = {"sms": {**settings.YIXIAN_CHANNELS["sms"], "success": success}}
    phone.answer = answer.encode()
    asked()
    send_waiting(at=AT)
    assert outcomes() == [outcome]


def test_a_gateway_that_is_not_there_is_a_failure(settings: Settings, db: None) -> None:
    with gateway() as gone:
        settings.YIXIAN_CHANNELS = {"sms": {"url": gone.url, "token": ""}}
    asked()
    send_waiting(at=AT)
    assert SendingAttempt.objects.get().error == "URLError ConnectionRefusedError"


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (b'{"ref": "a-1"}', "a-1"),
        (b'{"id": 17}', "17"),
        (b"", ""),
        (b"<html>", ""),
        (b'"text"', ""),
        (b'{"ref": "sent to 13800138000"}', ""),
        (b'{"ref": "x13800138000"}', ""),
        (b'{"ref": {"a": 1}}', ""),
    ],
)
def test_only_a_number_of_the_gateways_own_is_kept(answer: bytes, kept: str) -> None:
    assert _reference(answer, NUMBER) == kept


def test_it_is_tried_with_growing_waits_given_up_and_tried_again_when_asked(phone: Gateway) -> None:
    phone.status = 503
    message = asked()
    moment = AT
    for wait in (*WAITS, None):
        send_waiting(at=moment)
        tried = len(phone.asked)
        if wait is not None:
            send_waiting(at=moment + wait - SECOND)
            assert len(phone.asked) == tried
            moment = SendingAttempt.objects.latest("pk").at + wait
    assert outcomes() == ["failed"] * 5 + ["given_up"]
    send_waiting(at=AT + timedelta(days=365))
    assert len(phone.asked) == 6
    phone.status = 200
    later = moment + timedelta(days=1)
    assert try_sending_again(MessageChannel.SMS, actor=SYSTEM, at=later) == 1
    assert try_sending_again(MessageChannel.SMS, actor=SYSTEM, at=later) == 0
    send_waiting(at=later)
    assert outcomes()[6:] == ["again", "sent"]
    assert set(phone.keys) == {str(message.key)}


def test_one_bad_message_stops_no_other(phone: Gateway) -> None:
    phone.refused = {"13900139000"}
    for number in ("13900139000", "13800138000", "13900139000", "13700137000"):
        asked(sms(to=number))
    assert send_waiting(at=AT) == {"sent": 2, "failed": 2, "given_up": 0}


def test_a_message_that_cannot_be_opened_stops_no_other(phone: Gateway) -> None:
    broken = OutgoingMessage(
        channel="sms", text=WORDS, subject_kind="matter", subject_id=1, key="1" * 32, asked_at=AT
    )
    broken.recipient = NUMBER
    field = OutgoingMessage._meta.get_field("recipient")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(field, "get_prep_value", lambda value: "gone:AAAA")
        broken.save(force_insert=True)
    WaitingMessage.objects.create(message=broken)
    asked()
    assert send_waiting(at=AT) == {"sent": 1, "failed": 1, "given_up": 0}
    assert SendingAttempt.objects.filter(error="Refused").count() == 1


def test_whoever_has_waited_longest_comes_first_and_nobody_is_left_out(phone: Gateway) -> None:
    moments = [AT - timedelta(minutes=minutes) for minutes in (3, 9, 1, 7)]
    rows = {moment: asked(at=moment) for moment in moments}
    assert due(MessageChannel.SMS, at=AT) == [rows[moment].pk for moment in sorted(moments)]
    assert due(MessageChannel.SMS, at=AT - timedelta(minutes=5)) == [
        rows[moment].pk for moment in sorted(moments)[:2]
    ]
    send_waiting(at=AT)
    assert phone.keys == [str(rows[moment].key) for moment in sorted(moments)]


def test_a_slow_gateway_is_left_after_a_while_and_gone_on_with(
    phone: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(5):
        asked()
    clock = iter(range(0, 10_000, 25))
    monkeypatch.setattr(delivering.time, "monotonic", lambda: next(clock))
    assert send_waiting(at=AT)["sent"] == 2
    assert send_waiting(at=AT)["sent"] == 2
    assert send_waiting(at=AT)["sent"] == 1


def test_a_channel_that_is_set_up_no_more_costs_nobody_an_attempt(phone: Gateway, settings: Settings) -> None:
    asked()
    set_up, settings.YIXIAN_CHANNELS = settings.YIXIAN_CHANNELS, {}
    send_waiting(at=AT)
    assert outcomes() == []
    settings.YIXIAN_CHANNELS = set_up
    send_waiting(at=AT + timedelta(days=9))
    assert outcomes() == ["sent"]


def test_what_another_process_has_in_hand_is_left_to_it_until_its_lease_is_over(phone: Gateway) -> None:
    asked()
    WaitingMessage.objects.update(held_by="0" * 32, held_until=AT + LEASE)
    send_waiting(at=AT + LEASE - SECOND)
    assert phone.asked == []
    send_waiting(at=AT + LEASE)
    assert outcomes() == ["sent"]


@pytest.mark.parametrize("other", ["sent", "given_up", "failed"])
def test_what_another_tried_between_looking_and_taking_is_not_tried_again(
    phone: Gateway, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    message = asked()
    looked = due(MessageChannel.SMS, at=AT)
    SendingAttempt.objects.create(message=message, at=AT, outcome=other)
    monkeypatch.setattr(delivering, "due", lambda channel, *, at: looked)
    send_waiting(at=AT)
    assert phone.asked == []
    assert WaitingMessage.objects.filter(held_by=None).count() == (other == "failed")
    assert WaitingMessage.objects.exclude(held_by=None).count() == 0


def test_what_was_sent_in_the_end_is_not_given_up(phone: Gateway) -> None:
    """Two processes had it in hand, and the slower one noted last."""
    message = asked()
    for outcome in ("sent", "given_up"):
        SendingAttempt.objects.create(message=message, at=AT, outcome=outcome)
    assert not given_up(MessageChannel.SMS).exists()
    assert try_sending_again(MessageChannel.SMS, actor=SYSTEM, at=AT) == 0


def test_what_somebody_still_has_in_hand_is_not_put_back(phone: Gateway) -> None:
    message = asked()
    WaitingMessage.objects.update(held_by="0" * 32, held_until=AT + LEASE)
    SendingAttempt.objects.create(message=message, at=AT, outcome="given_up")
    assert try_sending_again(MessageChannel.SMS, actor=SYSTEM, at=AT) == 0
    assert WaitingMessage.objects.get().held_until == AT + LEASE
    assert outcomes() == ["given_up"]


def test_a_place_in_the_queue_is_there_exactly_while_something_is_left_to_do(phone: Gateway) -> None:
    phone.refused = {"13900139000"}
    for number in ("13900139000", "13800138000"):
        asked(sms(to=number))
    places = []
    for hours in range(16):
        send_waiting(at=AT + timedelta(hours=hours))
        places.append(WaitingMessage.objects.count())
    assert places[0] == 1
    assert places[-1] == 1  # 1 + 5 + 30 minutes, 2 and 12 hours are not over yet
    send_waiting(at=AT + timedelta(hours=40))
    assert outcomes().count("given_up") == 1
    assert WaitingMessage.objects.count() == 0


def test_nobody_reads_it_in_the_log_or_among_the_attempts(
    settings: Settings, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    with gateway() as phone, mail_server() as server, caplog.at_level(logging.DEBUG):
        phone.status, phone.answer, server.refuses = 500, f"no {NUMBER}: {WORDS}".encode(), True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.YIXIAN_CHANNELS = {
            "sms": {"url": phone.url, "token": ""},
            "email": {"sender": "y@example.org", "server": {"host": "127.0.0.1", "port": server.port}},
        }
        asked()
        asked(email())
        assert send_waiting(at=AT)["failed"] == 2
    told = caplog.text + repr(list(SendingAttempt.objects.values_list()))
    assert "SMTPRecipientsRefused" in told
    for secret in (NUMBER, ADDRESS, WORDS):
        assert secret not in told


def test_an_email_is_written_as_it_should_be(post: None) -> None:
    message = asked(email())
    send_waiting(at=AT)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([ADDRESS], "受理告知", WORDS)
    assert (sent.from_email, sent.cc, sent.bcc) == ("yixian@example.org", [], [])
    assert sent.message()["Message-ID"] == f"<{message.key}@example.org>"


def test_an_email_really_goes_over_the_wire(settings: Settings, db: None) -> None:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        told = {"host": "127.0.0.1", "port": server.port, "use_tls": False, "timeout": 5}
        settings.YIXIAN_CHANNELS = {"email": {"sender": "yixian@example.org", "server": told}}
        asked(email())
        assert send_waiting(at=AT)["sent"] == 1
    ((sender, recipients, wire),) = server.taken
    assert (sender, recipients) == ("yixian@example.org", [ADDRESS])
    arrived = message_from_bytes(wire.encode())
    assert str(make_header(decode_header(arrived["Subject"]))) == "受理告知"
    assert WORDS in arrived.get_payload(decode=True).decode()  # type: ignore[union-attr]


def test_a_server_that_asks_for_no_encryption_is_not_told_the_password(settings: Settings, db: None) -> None:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        told = {"host": "127.0.0.1", "port": server.port, "username": "u", "password": "p", "use_tls": True}
        settings.YIXIAN_CHANNELS = {"email": {"sender": "yixian@example.org", "server": told}}
        asked(email())
        assert send_waiting(at=AT)["failed"] == 1
    assert server.taken == []
    assert SendingAttempt.objects.get().error == smtplib.SMTPNotSupportedError.__name__


def test_a_demonstration_writes_into_a_folder(settings: Settings, db: None, tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    settings.YIXIAN_CHANNELS = {"sms": {"outbox": str(folder)}, "email": {"outbox": str(folder)}}
    message = asked()
    asked(email())
    assert send_waiting(at=AT)["sent"] == 2
    texts = {file.name.split("-")[2]: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    assert texts["sms"] == f"To: {NUMBER}\n\n{WORDS}\n"
    assert texts["email"] == f"To: {ADDRESS}\nSubject: 受理告知\n\n{WORDS}\n"
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in folder.iterdir())
    channels.transport_of(MessageChannel.SMS).deliver(message)
    assert len(list(folder.iterdir())) == 2


_ASK = """
import sys
from datetime import UTC, datetime
from uuid import UUID
from yixian.kernel.actors import system_actor
from yixian.kernel.choices import MessageChannel
from yixian.kernel.sending import Message, send
at = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)

def ask(key):
    message = Message(MessageChannel.SMS, "13800138000", "text", "matter", 7, UUID(int=key))
    return send(message, actor=system_actor("test"), at=at).pk
"""

_DIE_BEFORE_NOTING = f"""{_ASK}
import os, signal
from yixian.kernel.sending import delivering
ask(1)
delivering._note = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
delivering.send_waiting(at=at)
"""

_SEND = """
from datetime import UTC, datetime, timedelta
from yixian.kernel.models import SendingAttempt, WaitingMessage
from yixian.kernel.sending.delivering import send_waiting
counts = send_waiting(at=datetime(2026, 3, 1, 2, 0, tzinfo=UTC) + timedelta(seconds={seconds}))
print(counts["sent"], WaitingMessage.objects.count())
"""


def test_killed_between_sending_and_noting_it_is_sent_again_with_the_same_key(apart: Apart) -> None:
    with gateway() as phone:
        there = {"YIXIAN_SMS_URL": phone.url}
        assert apart.run(_DIE_BEFORE_NOTING, **there).returncode == -9
        assert len(phone.asked) == 1
        lease = int(LEASE.total_seconds())
        early = apart.run(_SEND.format(seconds=lease - 1), **there)
        assert early.stdout.split() == ["0", "1"], early.stderr
        late = apart.run(
            _SEND.format(seconds=lease + MAX_SECONDS), **there
        )  # it may have been taken late in its run
        assert late.stdout.split() == ["1", "0"], late.stderr
        assert len(phone.keys) == 2
        assert len(set(phone.keys)) == 1


_RACE = f"""{_ASK}
import json, threading
from django.db import connection
from yixian.kernel.models import SendingAttempt, OutgoingMessage
from yixian.kernel.sending.delivering import send_waiting
runners = 6
together = threading.Barrier(runners)
asked, counts = [], []

def runner():
    together.wait()
    for key in range(100, 120):
        asked.append(ask(key))
    together.wait()
    counts.append(send_waiting(at=at)["sent"])
    connection.close()

threads = [threading.Thread(target=runner) for _ in range(runners)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps([len(asked), len(set(asked)), sum(counts)]))
"""


def test_asked_and_sent_by_many_at_once_each_message_goes_out_once(apart: Apart) -> None:
    with gateway() as phone:
        result = apart.run(_RACE, YIXIAN_SMS_URL=phone.url)
        assert result.returncode == 0, result.stderr
        assert json.loads(result.stdout) == [120, 20, 20]
        assert Counter(Counter(phone.keys).values()) == {1: 20}


_AGAIN = f"""{_ASK}
import json, threading
from django.db import connection
from yixian.kernel.actions.try_sending_again import try_sending_again
from yixian.kernel.models import SendingAttempt, WaitingMessage
runners, messages = 6, [ask(key) for key in range(200, 230)]
WaitingMessage.objects.filter(message_id__in=messages).delete()
for message in messages:
    SendingAttempt.objects.create(message_id=message, at=at, outcome="given_up")
together = threading.Barrier(runners)
counts = []

def runner():
    together.wait()
    counts.append(try_sending_again(MessageChannel.SMS, actor=system_actor("test"), at=at))
    connection.close()

threads = [threading.Thread(target=runner) for _ in range(runners)]
for thread in threads: thread.start()
for thread in threads: thread.join()
again = SendingAttempt.objects.filter(message_id__in=messages, outcome="again").count()
places = WaitingMessage.objects.filter(message_id__in=messages)
print(json.dumps([sum(counts), again, places.filter(held_by=None).count()]))
places.delete()
"""


def test_put_back_by_many_at_once_each_message_is_put_back_once(apart: Apart) -> None:
    result = apart.run(_AGAIN, YIXIAN_SMS_URL="file:")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == [30, 30, 30]
