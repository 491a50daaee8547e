"""请求发送: a message is written down once, sealed, and only if it can be sent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection, transaction

from tests.kernel.sending.conftest import ADDRESS, AT, NUMBER, SYSTEM, WORDS, asked, email, sms
from tests.kernel.sending.servers import Gateway
from yixian.kernel.choices import MessageChannel
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.models import Event, OutgoingMessage, WaitingMessage
from yixian.kernel.sending import Message, channels_available, send


@pytest.mark.django_db
def test_what_is_not_set_up_is_refused_and_nothing_is_queued() -> None:
    assert channels_available() == frozenset()
    for message in (sms(), email()):
        with pytest.raises(Refused) as refusal:
            asked(message)
        assert refusal.value.key == "sending.no_channel"
    assert OutgoingMessage.objects.count() == WaitingMessage.objects.count() == 0


def test_asked_three_times_it_is_one_message(phone: Gateway) -> None:
    message = sms()
    rows = {asked(message).pk for _again in range(3)}
    rows |= {asked(replace(message, recipient="+86 138-0013-8000", text=f" {WORDS} ")).pk}
    assert len(rows) == 1
    assert WaitingMessage.objects.count() == 1
    assert Event.objects.filter(kind="message.asked").count() == 1
    assert phone.asked == []


@pytest.mark.parametrize(
    "change",
    [{"text": "别的话"}, {"recipient": "13900139000"}, {"subject_id": 8}, {"subject_kind": "visit"}],
    ids=str,
)
def test_a_key_is_not_used_for_other_words(phone: Gateway, change: dict[str, object]) -> None:
    message = sms()
    asked(message)
    with pytest.raises(Refused) as refusal:
        asked(replace(message, **change))  # type: ignore[arg-type]
    assert refusal.value.key == "sending.key_taken"
    assert OutgoingMessage.objects.get().text == WORDS


def test_it_stands_or_falls_with_the_change_it_tells_of(phone: Gateway) -> None:
    with transaction.atomic():
        asked()
        transaction.set_rollback(True)
    assert OutgoingMessage.objects.count() == WaitingMessage.objects.count() == 0


@pytest.mark.django_db
def test_recipient_and_words_stand_sealed(settings) -> None:
    settings.YIXIAN_CHANNELS = {"sms": {}, "email": {}}
    asked()
    asked(email())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kernel_outgoingmessage")
        stored = repr(cursor.fetchall())
    told = repr(list(Event.objects.values_list()))
    for secret in (NUMBER, ADDRESS, WORDS, "受理告知"):
        assert secret not in stored + told
    assert {row.recipient for row in OutgoingMessage.objects.all()} == {NUMBER, ADDRESS}


@pytest.mark.parametrize(
    "number", ["13800138000", "138 0013 8000", "+86 13800138000", "１３８００１３８０００"]
)
def test_a_mobile_number_is_kept_in_one_form(phone: Gateway, number: str) -> None:
    assert asked(sms(to=number)).recipient == NUMBER


@pytest.mark.parametrize(
    "number", ["", "12800138000", "1380013800", "138001380001", "0870-4123456", "110", "a"]
)
def test_what_is_no_mobile_number_is_refused(phone: Gateway, number: str) -> None:
    refused(sms(to=number), "sending.mobile", "recipient")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "zhao",
        "zhao@",
        "zhao@example.org\nBcc: others@example.org",
        "zhao@example.org\r\n",
        "zhao@example.org, others@example.org",
        "Zhao <zhao@example.org>",
        '"zhao\\\nBcc: x"@example.org',
        f"{'z' * 64}@{'e' * 60}.{'e' * 60}.{'e' * 60}.{'e' * 60}.org",
    ],
)
def test_what_is_no_address_is_refused(post: None, address: str) -> None:
    refused(email(to=address), "sending.email", "recipient")


@pytest.mark.parametrize(
    "title", ["", " ", "a\nBcc: others@example.org", "a\rb", "a\x00b", "a\u2028b", "a" * 151]
)
def test_a_subject_is_one_line(post: None, title: str) -> None:
    refused(email(title=title), "sending.title", "title")


def test_words_have_a_limit(phone: Gateway, settings) -> None:
    settings.YIXIAN_CHANNELS = {"sms": {}, "email": {}}
    assert len(asked(sms("字" * 500)).text) == 500
    refused(sms("字" * 501), "sending.sms_long", "text")
    refused(sms(" \n"), "sending.empty", "text")
    assert len(asked(email("字" * 20_000)).text) == 20_000
    refused(email("字" * 20_001), "sending.email_long", "text")


def refused(message: Message, key: str, field: str) -> None:
    before = OutgoingMessage.objects.count()
    with pytest.raises(Invalid) as refusal:
        send(message, actor=SYSTEM, at=AT)
    assert (refusal.value.key, refusal.value.field) == (key, field)
    assert OutgoingMessage.objects.count() == before


def test_only_what_is_set_up_is_offered(settings) -> None:
    settings.YIXIAN_CHANNELS = {"sms": {"outbox": "x"}}
    assert channels_available() == {MessageChannel.SMS}
