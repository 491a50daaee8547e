"""系统页: an administrator sees whether everything that must happen again and again does happen."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from yixian.kernel import scheduled_tasks
from yixian.kernel.actions.run_scheduled_tasks import run_all
from yixian.kernel.actions.try_sending_again import try_sending_again
from yixian.kernel.actors import PUBLIC
from yixian.kernel.choices import MessageChannel
from yixian.kernel.errors import NotPermitted
from yixian.kernel.models import Event, Heartbeat, OutgoingMessage, SendingAttempt, WaitingMessage
from yixian.kernel.sending.delivery_board import delivery_board
from yixian.web.staff.scheduled_task_rows import COUNT_LABELS, TASK_TITLES

BUDGET = 25
NUMBER, WORDS = "13800138000", "您反映的事已经受理。"


def page_of(browse) -> str:
    response = browse("admin").get("/staff/system/")
    assert response.status_code == 200
    return response.content.decode()


def tags(page: str) -> list[str]:
    return re.findall(r'class="tag (tag-\w+)">(\w+)<', page)


def test_what_never_ran_is_late_in_red(browse) -> None:
    page = page_of(browse)
    assert tags(page) == [("tag-bad", "逾期")] * len(scheduled_tasks.scheduled_tasks())
    assert "yixian tick" in page


def test_what_ran_is_in_order_and_says_what_it_did(browse) -> None:
    run_all(at=timezone.now())
    page = page_of(browse)
    assert tags(page) == [("tag-good", "正常")] * len(scheduled_tasks.scheduled_tasks())
    assert "过期的登录 0" in page
    assert "yixian tick" not in page


def test_what_fails_says_how_often_and_is_late_in_the_end(browse) -> None:
    now = timezone.now()
    run_all(at=now)
    Heartbeat.objects.filter(name="kernel.tidy").update(failures=2, last_error="OperationalError")
    assert ("tag-warn", "没有办成") in tags(page_of(browse))
    assert "OperationalError × 2" in page_of(browse)
    Heartbeat.objects.filter(name="kernel.tidy").update(last_well_at=now - timedelta(hours=4))
    assert ("tag-bad", "逾期") in tags(page_of(browse))


def test_the_first_page_warns_an_administrator(browse) -> None:
    late = r'class="warn">\s*<dt>逾期的定时工作</dt>'
    assert re.search(late, browse("admin").get("/staff/").content.decode())
    run_all(at=timezone.now())
    assert not re.search(late, browse("admin").get("/staff/").content.decode())


@pytest.mark.django_db
def test_every_tick_and_every_count_has_its_words() -> None:
    counted = {(run.name, count) for run in run_all(at=timezone.now()) for count in run.counts}
    assert {task.name for task in scheduled_tasks.scheduled_tasks()} <= TASK_TITLES.keys()
    assert counted <= COUNT_LABELS.keys()


def test_the_page_keeps_its_budget(browse, django_assert_max_num_queries) -> None:
    client = browse("admin")
    with django_assert_max_num_queries(BUDGET):
        client.get("/staff/system/")


@pytest.fixture
def given_up(db: None) -> list[OutgoingMessage]:
    """Two text messages that were given up, and one that waits."""
    messages = [
        OutgoingMessage.objects.create(
            channel="sms",
            recipient=NUMBER,
            text=WORDS,
            subject_kind="matter",
            subject_id=7,
            key=uuid4(),
            asked_at=timezone.now(),
        )
        for _number in range(3)
    ]
    for message in messages[:2]:
        SendingAttempt.objects.create(
            message=message, at=timezone.now(), outcome="given_up", error="GatewayAnswer 401"
        )
    WaitingMessage.objects.create(message=messages[2])
    return messages


def test_the_board_says_how_sending_goes_and_never_to_whom(browse, given_up) -> None:
    page = page_of(browse)
    assert page.count("未开通") == len(MessageChannel)
    assert "GatewayAnswer 401 × 2" in page
    assert "/staff/system/sending/sms/again/" in page
    assert "/staff/system/sending/email/again/" not in page
    assert NUMBER not in page
    assert WORDS not in page


def test_what_is_set_up_is_called_so(browse, settings) -> None:
    settings.YIXIAN_CHANNELS = {"sms": {"outbox": "x"}}
    page = page_of(browse)
    assert (page.count("已开通"), page.count("未开通")) == (1, 1)


def test_an_administrator_has_it_tried_again_and_the_ledger_says_who(browse, given_up) -> None:
    client = browse("admin")
    response = client.post("/staff/system/sending/sms/again/", follow=True)
    assert "重新发送 2 条通知。" in response.content.decode()
    assert WaitingMessage.objects.filter(held_by=None).count() == 3
    event = Event.objects.get(kind="message.again")
    assert event.data == {"channel": "sms", "messages": 2}
    assert event.actor_label.startswith("user:")
    assert "GatewayAnswer" not in page_of(browse)
    client.post("/staff/system/sending/sms/again/")
    assert Event.objects.filter(kind="message.again").count() == 1
    assert SendingAttempt.objects.filter(outcome="again").count() == 2


def test_nobody_else_may_and_there_is_no_other_channel(browse, given_up) -> None:
    assert browse("clerk").post("/staff/system/sending/sms/again/").status_code == 403
    assert browse("admin").post("/staff/system/sending/fax/again/").status_code == 404
    assert browse("admin").get("/staff/system/sending/sms/again/").status_code == 405
    with pytest.raises(NotPermitted):
        try_sending_again(MessageChannel.SMS, actor=PUBLIC, at=timezone.now())
    with pytest.raises(NotPermitted):
        delivery_board(PUBLIC, at=timezone.now())
    assert SendingAttempt.objects.filter(outcome="again").count() == 0
