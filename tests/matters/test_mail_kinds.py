"""来信的种类: each mail becomes a matter, an addition to one, or a refusal that is counted; none twice, none looped, none cut."""

from __future__ import annotations

import base64
import quopri
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import pytest

from tests.matters.place import AT, Place, days
from tests.matters.test_mail import channels, mail
from yixian.kernel.models import OutgoingMessage
from yixian.matters.actions import converse, pause, receive_mail, take_on
from yixian.matters.actions.receive_mail import ACKNOWLEDGED_A_DAY, fetch_mails, take, take_mail
from yixian.matters.choices import IntakeChannel, MailOutcome, NotificationChannel
from yixian.matters.matter_state import state_of
from yixian.matters.models import MailTaken, Matter, MatterMessage, MatterPerson
from yixian.matters.receipt_digits import MASK, without_receipts

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]

__all__ = ["channels"]
FROM = "zhao@example.net"


def sent(
    subject: str = "房子的事", text: str = "土木房补得太低。", sender: str = FROM, **heads: str
) -> bytes:
    message = mail(subject, text, **heads)
    del message["From"]
    message["From"] = sender
    return message.as_bytes()


def answer_to(message: OutgoingMessage) -> str:
    return f"<{message.key}@county.example>"


# ---- what a machine wrote


@pytest.mark.parametrize(
    "content",
    [
        sent("自动回复: Your matter 0123456789", "您好，我正在休假，无法亲自回复。"),
        sent(X_Autoreply="yes"),
        sent(Auto_Submitted="auto-replied"),
        sent("Undelivered Mail Returned to Sender", sender="MAILER-DAEMON@mx.example"),
    ],
)  # fmt: skip
def test_what_a_machine_wrote_is_refused_counted_and_shown(
    place: Place, content: bytes, channels: Path
) -> None:
    for _again in range(2):
        assert take(content, at=AT).outcome == MailOutcome.REFUSED
    assert not Matter.objects.exists()
    assert not OutgoingMessage.objects.exists()
    row = MailTaken.objects.get()
    assert row.reason in {"auto_reply", "undeliverable"}
    assert row.shown_subject


@pytest.mark.parametrize(
    ("head", "value", "answers"), [("Precedence", "list", 1), ("Auto_Submitted", "auto-generated", 0)]
)
def test_a_person_through_a_list_or_a_form_is_heard(
    place: Place, channels: Path, head: str, value: str, answers: int
) -> None:
    assert take_mail(sent(**{head: value}), at=AT) is not None
    assert OutgoingMessage.objects.count() == answers


@pytest.mark.parametrize(
    "content",
    [
        sent(sender="noreply@bank.example"),
        sent(sender="Do-Not-Reply+7@x.example"),
        sent(Auto_Submitted="auto-generated"),
    ],
)
def test_what_nobody_reads_is_a_matter_and_is_not_answered(
    place: Place, channels: Path, content: bytes
) -> None:
    assert take(content, at=AT).outcome == MailOutcome.MATTER
    assert MailTaken.objects.get().acknowledged is False
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_receipt_within_a_forwarded_mail_is_masked_in_whatever_encoding(
    place: Place, encoding: str
) -> None:
    receipt = take_mail(sent(), at=AT)
    assert receipt is not None
    written = f"From: b@example.com\r\nSubject: x\r\n\r\nreceipt {receipt.code_in_fours}\r\n".encode()
    part = base64.encodebytes(written) if encoding == "base64" else quopri.encodestring(written)
    heads = f"From: {FROM}\r\nSubject: Fwd\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    assert take_mail(heads.encode() + part, at=AT) is not None
    words = " ".join(matter.text.words for matter in Matter.objects.all())
    assert f"receipt {MASK}" in words
    assert receipt.code_in_fours not in words


def test_two_machines_do_not_talk_for_long(place: Place, channels: Path) -> None:
    """A machine whose answers bear no head at all, each with a number and a subject of its own."""
    take_mail(sent("房子的事"), at=AT)
    for number in range(12):
        take_mail(sent(f"第{number}次", "您好，我正在休假。"), at=AT + timedelta(minutes=5 * number))
    assert OutgoingMessage.objects.count() == ACKNOWLEDGED_A_DAY
    take_mail(sent("明天的事", "另一件。"), at=days(2))
    assert OutgoingMessage.objects.count() == ACKNOWLEDGED_A_DAY + 1
    assert Matter.objects.count() == 14


def test_our_own_mail_come_back_is_no_matter(place: Place, channels: Path) -> None:
    take_mail(sent(), at=AT)
    number = answer_to(OutgoingMessage.objects.get())
    assert take(sent("Your matter", number=number), at=AT).outcome == MailOutcome.REFUSED
    assert Matter.objects.count() == 1


# ---- what belongs to a matter


@pytest.mark.parametrize("head", ["In_Reply_To", "References"])
def test_an_answer_to_our_mail_adds_to_its_matter_and_is_not_acknowledged(
    place: Place, channels: Path, head: str
) -> None:
    receipt = take_mail(sent(), at=AT)
    ours = OutgoingMessage.objects.get()
    quoted = "补充：还有一间偏房。\n\n> " + ours.text.replace("\n", "\n> ")
    taken = take(
        sent("Re: " + ours.title, quoted, "son@example.org", **{head: f"<1@x> {answer_to(ours)}"}), at=days(1)
    )
    assert taken.outcome == MailOutcome.ADDED
    message = MatterMessage.objects.get(matter=receipt.matter)
    assert "还有一间偏房" in message.words
    assert MASK in message.words
    assert receipt.code_in_fours not in message.words
    assert OutgoingMessage.objects.count() == 1


def test_an_answer_ends_the_wait_for_it(place: Place, channels: Path) -> None:
    receipt = take_mail(sent(), at=AT)
    number, petition = receipt.matter.number, place.actor("petition")
    take_on.accept_matter(number, actor=petition, at=days(1))
    pause.wait_for_person(number, "缺照片。", "条例第三十四条", actor=petition, at=days(2))
    asked = OutgoingMessage.objects.order_by("pk").last()
    take_mail(sent("回复：照片", "照片在家里墙上。", In_Reply_To=answer_to(asked)), at=days(3))
    decide = [one for one in state_of(receipt.matter, at=days(4)).course.clocks if one.clock.id == "decide"]
    assert [one.paused for one in decide] == [False]


@pytest.mark.parametrize(
    "words",
    [
        "您好，我最近正在休假中，无法亲自回复您的邮件。我将在假期结束后，尽快给您回复。",
        "您的来信已经收到，我会尽快给您回复。谢谢！",
        "I am out of the office until Monday.",
    ],
)
def test_what_a_machine_may_have_said_ends_no_wait_and_is_not_answered(
    place: Place, channels: Path, words: str
) -> None:
    receipt = take_mail(sent(), at=AT)
    number, petition = receipt.matter.number, place.actor("petition")
    take_on.accept_matter(number, actor=petition, at=days(1))
    pause.wait_for_person(number, "缺照片。", "条例第三十四条", actor=petition, at=days(2))
    asked = OutgoingMessage.objects.order_by("pk").last()
    assert (
        take(sent("Re: 您的事项", words, In_Reply_To=answer_to(asked)), at=days(2)).outcome
        == MailOutcome.ADDED
    )
    decide = [one for one in state_of(receipt.matter, at=days(4)).course.clocks if one.clock.id == "decide"]
    assert [one.paused for one in decide] == [True]
    before = OutgoingMessage.objects.count()
    assert take(sent("没有题目", words, "li@example.net"), at=days(2)).outcome == MailOutcome.MATTER
    assert OutgoingMessage.objects.count() == before


def test_a_second_mail_to_ones_own_first_adds_to_it_but_not_a_strangers(place: Place) -> None:
    receipt = take_mail(sent(number="<first@example.net>"), at=AT)
    assert (
        take(sent("Re: 房子", "补充一句。", In_Reply_To="<first@example.net>"), at=days(1)).outcome
        == MailOutcome.ADDED
    )
    other = take(
        sent("Re: 房子", "我也是。", "li@example.net", In_Reply_To="<first@example.net>"), at=days(1)
    )
    assert other.outcome == MailOutcome.MATTER
    assert MatterMessage.objects.filter(matter=receipt.matter).count() == 1


def test_the_matters_number_serves_its_own_sender_alone(place: Place) -> None:
    number = take_mail(sent(), at=AT).matter.number
    assert take(sent(f"Re: Your matter {number}", "还有。"), at=days(1)).outcome == MailOutcome.ADDED
    assert take(sent(f"Re: {number}", "还有。", "li@example.net"), at=days(1)).outcome == MailOutcome.MATTER


@pytest.mark.parametrize(
    "written",
    [
        "{code}",
        "Re: 回执号：{fours}",
        "身份证530628197001011234 回执 {fours}",
        "20261130 {code}",
        "{dashes}",
        "{dots}",
        "{wide}",
        "电话13800138000，回执{code}",
    ],
)
def test_the_digits_are_found_however_they_are_written(place: Place, written: str) -> None:
    receipt = place.raised()
    code = receipt.code
    forms = {
        "code": code,
        "fours": receipt.code_in_fours,
        "dashes": receipt.code_in_fours.replace(" ", "－"),
        "dots": receipt.code_in_fours.replace(" ", "."),
        "wide": "".join(chr(ord(digit) + 0xFEE0) for digit in receipt.code_in_fours if digit != " "),
    }
    assert take(sent(written.format(**forms), "补充。"), at=days(1)).outcome == MailOutcome.ADDED


def test_one_senders_numbers_lock_nobody_out(place: Place) -> None:
    receipt = place.raised()
    for number in range(35):
        take_mail(
            sent(
                f"身份证5306281970010112{number:02d} 和 {number:016d}",
                "反映房屋。",
                f"a{number % 2}@example.net",
            ),
            at=AT,
        )
    assert take(sent(f"Re: {receipt.code}", "补充。"), at=AT).outcome == MailOutcome.ADDED


def test_an_id_number_is_no_receipt(place: Place) -> None:
    take_mail(sent("身份证530628197001011234 关于房屋", "反映房屋。"), at=AT)
    assert "530628197001011234" in Matter.objects.get().text.words


# ---- receipts in words that staff read


def test_no_receipts_digits_reach_the_staff(place: Place) -> None:
    other = place.raised()
    said = f"我的回执是{other.code_in_fours}，又说 {other.code}。身份证530628197001011234。"
    assert without_receipts(said) == f"我的回执是{MASK}，又说 {MASK}。身份证530628197001011234。"
    by_mail = take_mail(sent("又一件", said), at=AT).matter
    by_phone = place.raised(
        said, actor=place.actor("petition"), channel=IntakeChannel.PHONE, wanted=said
    ).matter
    for words in (by_mail.text.words, by_phone.text.words, by_phone.text.wanted):
        assert MASK in words
        assert other.code not in words.replace(" ", "")
    for joiner in ("：", "、", " + ", "**", "] ["):
        assert without_receipts(joiner.join(other.code_in_fours.split())) == MASK
    assert without_receipts("> 1234\n> 5678") == "> 1234\n> 5678"
    wrapped = other.code_in_fours.replace(" ", "\n> ")
    assert without_receipts(f"> {wrapped}") == f"> {MASK}"


# ---- whole, once, and when it came


def test_a_long_mail_is_kept_whole_and_both_sides_are_told(place: Place, channels: Path) -> None:
    text = "开头。" + "丁" * 12_000 + "最后：请把偏房补上。"
    receipt = take_mail(sent("长信", text), at=AT)
    assert take_mail(sent("长信", text, number="<other@x>"), at=AT) is not None
    words = receipt.matter.text.words
    assert str(len("长信\n\n" + text)) in words
    rest = [row.words for row in MatterMessage.objects.filter(matter=receipt.matter).order_by("pk")]
    whole = words.split("\n\n")[1] + "".join(rest)
    assert whole.count("丁") == 12_000
    assert whole.endswith("最后：请把偏房补上。")
    assert (
        "all of it was kept" in OutgoingMessage.objects.first().text
        or "全部" in OutgoingMessage.objects.first().text
    )


def test_a_long_answer_is_kept_whole_too(place: Place) -> None:
    receipt = place.raised()
    take_mail(sent(f"Re: {receipt.code}", "头" + "丁" * 6000 + "尾"), at=days(1))
    rows = [row.words for row in MatterMessage.objects.order_by("pk")]
    assert sum(row.count("丁") for row in rows) == 6000
    assert rows[-1].endswith("尾")


def test_a_mail_through_two_aliases_is_one_matter(place: Place, channels: Path) -> None:
    for to in ("xinfang@county.example", "yimin@county.example"):
        take_mail(sent("同一封", "同一封信", number="<m13@ex.cn>", Delivered_To=to), at=AT)
    take_mail(sent("同一封", "另一封信", number="<m13@ex.cn>"), at=AT)
    assert Matter.objects.count() == 2
    assert OutgoingMessage.objects.count() == 2


@pytest.mark.parametrize(
    "sender", ["scanner@printer3", "老李 <li.@qq.com>", "li@my_host.cn", "张三@例子.中国", "<>", "nobody"]
)
def test_an_address_that_cannot_be_answered_is_heard_all_the_same(
    place: Place, channels: Path, sender: str
) -> None:
    message = mail()
    del message["From"]
    content = f"From: {sender}\r\n".encode() + message.as_bytes()
    receipt = take_mail(content, at=AT)
    assert "土木房补得太低" in receipt.matter.text.words
    assert not OutgoingMessage.objects.exists()
    names = MatterPerson.objects.values_list("name", flat=True)
    assert any("li.@qq.com" in name for name in names) == ("li.@qq.com" in sender)


def test_the_clock_runs_from_arrival(place: Place) -> None:
    arrived = AT - timedelta(days=2, hours=17)
    by_server = take_mail(sent("一"), at=AT, arrived_at=arrived)
    assert by_server.matter.received_at == arrived
    told = b"Received: from a by mx; " + arrived.strftime("%a, %d %b %Y %H:%M:%S +0000").encode() + b"\r\n"
    assert take_mail(told + sent("二"), at=AT).matter.received_at == arrived
    assert take_mail(sent("三", Date="Mon, 02 Mar 2020 09:00:00 +0000"), at=AT).matter.received_at == AT
    later = take_mail(sent("四"), at=AT, arrived_at=AT + timedelta(days=1))
    assert later.matter.received_at == AT


def test_a_mail_that_cannot_be_read_is_acknowledged_where_its_sender_can_be(
    place: Place, channels: Path
) -> None:
    message = mail("二十一张照片")
    for number in range(21):
        message.add_attachment(b"x", maintype="image", subtype="jpeg", filename=f"{number}.jpg")
    receipt = take_mail(message.as_bytes(), at=AT)
    assert MatterPerson.objects.get(matter=receipt.matter).email == FROM
    assert OutgoingMessage.objects.count() == 1


class Inbox:
    """A stand-in inbox of some mails."""

    def __init__(self, *contents: bytes) -> None:
        self.contents = dict(enumerate(contents))
        self.done: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None: ...

    def fetch_unseen(self) -> list[tuple[int, bytes]]:
        return [pair for pair in self.contents.items() if pair[0] not in self.done]

    def arrived_at(self, _uid: int) -> datetime:
        return datetime(2026, 3, 1, 8, tzinfo=UTC)

    def mark_done(self, uid: int) -> None:
        self.done.append(uid)


def test_the_tick_counts_refusals_and_one_bad_mail_holds_up_no_other(
    place: Place, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.YIXIAN_MAILBOX_URL = "imaps://a:b@mail.example/INBOX"
    inbox = Inbox(sent("一"), sent("坏"), sent(X_Autoreply="yes"), sent("三"))
    monkeypatch.setattr(receive_mail, "open_mailbox", lambda _settings: inbox)
    read = receive_mail.read_mail

    def stumbling(content: bytes) -> Any:
        if b"=?utf-8?" in content and read(content).subject == "坏":
            raise RuntimeError
        return read(content)

    monkeypatch.setattr(receive_mail, "read_mail", stumbling)
    assert fetch_mails(at=AT) == {"failed": 1, "refused": 1}
    assert Matter.objects.count() == 2
    assert {row.received_at for row in Matter.objects.all()} == {datetime(2026, 3, 1, 8, tzinfo=UTC)}
    assert fetch_mails(at=AT) == {"failed": 1, "refused": 0}


def test_whoever_writes_the_digits_into_a_message_hands_them_to_nobody(place: Place) -> None:
    """Mails are masked as they come; what is typed on a page, by the person or by the office, has its own way in."""
    receipt = place.raised()
    number, petition = receipt.matter.number, place.actor("petition")
    said = f"您的回执 {receipt.code_in_fours}，请收好。"
    converse.write_to_person(
        number, uuid.uuid4(), said, NotificationChannel.PORTAL, actor=petition, at=days(1)
    )
    (message,) = MatterMessage.objects.filter(matter=receipt.matter)
    assert message.words == f"您的回执 {MASK}，请收好。"


def test_few_bytes_that_nobody_can_read_stand_in_the_matter_as_they_came(place: Place) -> None:
    content = base64.b64encode("你好".encode("utf-16-le")).decode()
    head = f"From: {FROM}\nSubject: =?utf-8?B?5oi/5a2Q?=\nDate: Tue, 2 Sep 2025 10:00:00 +0800\n"
    body = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    taken = take(f"{head}{body}{content}\n".encode(), at=AT)
    words = Matter.objects.get().text.words
    assert taken.outcome == MailOutcome.MATTER
    for said in ("房子", "60 4F 7D 59", "你好 / `O}Y", "看不出是什么编码"):
        assert said in words
