"""收信与告知: a mail is a matter from its arrival, once; and the person hears of each step by what they left."""

from __future__ import annotations

import uuid
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.kernel.received.pictures import jpeg
from tests.matters.place import AT, Place, days
from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import Refused
from yixian.kernel.models import OutgoingMessage
from yixian.matters.actions import converse, hand_over, take_on
from yixian.matters.actions.receive_mail import mailbox_settings, take_mail
from yixian.matters.choices import NotificationChannel
from yixian.matters.intake import Complainant
from yixian.matters.models import Matter, MatterMessage, MatterPerson

pytestmark = pytest.mark.django_db


def mail(subject: str = "房子的事", text: str = "土木房补得太低。", **heads: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "老赵 <zhao@example.net>"
    message["To"] = "ask@county.example"
    message["Subject"] = subject
    message["Message-ID"] = heads.pop("number", f"<{uuid.uuid4().hex}@example.net>")
    for name, value in heads.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


@pytest.fixture
def channels(settings: Any, tmp_path: Path) -> Path:
    """Both ways of sending, into a folder."""
    settings.YIXIAN_CHANNELS = {"email": {"outbox": str(tmp_path)}, "sms": {"outbox": str(tmp_path)}}
    return tmp_path


def test_a_mail_is_one_matter_however_often_it_is_seen(place: Place, channels: Path) -> None:
    content = mail().as_bytes()
    receipts = [take_mail(content, at=days(number)) for number in range(3)]
    matter = Matter.objects.get()
    assert {one.matter.pk for one in receipts} == {matter.pk}
    assert matter.received_at == AT
    assert "土木房补得太低" in matter.text.words
    assert MatterPerson.objects.get().email == "zhao@example.net"
    told = OutgoingMessage.objects.get()
    assert told.recipient == "zhao@example.net"
    assert receipts[0].code_in_fours in told.text


def test_a_reply_with_the_receipt_number_is_no_new_matter(place: Place) -> None:
    receipt = place.raised()
    assert (
        take_mail(mail(f"Re: {receipt.code_in_fours}", "补充：还有一间偏房。").as_bytes(), at=days(1)) is None
    )
    assert Matter.objects.count() == 1
    assert MatterMessage.objects.get().words == "补充：还有一间偏房。"


def test_photographs_are_kept_and_what_cannot_be_is_named(place: Place) -> None:
    message = mail()
    message.add_attachment(jpeg(), maintype="image", subtype="jpeg", filename="房.jpg")
    message.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="材料.pdf")
    receipt = take_mail(message.as_bytes(), at=AT)
    assert receipt.matter.files.count() == 1
    assert "材料.pdf" in receipt.matter.text.words


def test_what_a_machine_sent_by_itself_is_no_matter(place: Place) -> None:
    assert take_mail(mail(Auto_Submitted="auto-replied").as_bytes(), at=AT) is None
    assert not Matter.objects.exists()


def test_a_mail_that_cannot_be_read_still_has_its_clock(place: Place) -> None:
    for _again in range(2):
        take_mail(b"\x00\x01 nothing of a mail", at=AT)
    assert Matter.objects.get().anonymous


def test_where_the_inbox_is() -> None:
    box = mailbox_settings("imaps://a%40b:p%3Aw@mail.example:1993/INBOX?done=Archive")
    assert (box.user, box.password, box.port, box.done_folder, box.tls) == (
        "a@b",
        "p:w",
        1993,
        "Archive",
        True,
    )
    assert mailbox_settings("") is None
    with pytest.raises(ValueError, match="YIXIAN_MAILBOX_URL"):
        mailbox_settings("http://mail.example")


def test_each_step_is_told_to_whoever_left_a_number_and_says_nothing_of_it(
    place: Place, channels: Path
) -> None:
    receipt = place.raised(people=(Complainant("赵大", "13800001234", ""),))
    number = receipt.matter.number
    hand_over.forward(number, place.organisations["bureau"].pk, "", actor=place.actor("petition"), at=days(1))
    take_on.accept_matter(number, actor=place.actor("clerk"), at=days(2))
    texts = list(OutgoingMessage.objects.order_by("pk").values_list("text", flat=True))
    assert len(texts) == 3
    for text in texts:
        assert number in text
        assert "土木" not in text
        assert "赵大" not in text
        assert receipt.code not in text.replace(" ", "")


def test_nobody_is_told_where_nothing_is_set_up_or_nothing_was_left(place: Place, settings: Any) -> None:
    settings.YIXIAN_CHANNELS = {}
    place.raised(people=(Complainant("赵大", "13800001234", ""),))
    assert not OutgoingMessage.objects.exists()
    receipt = place.raised()
    with pytest.raises(Refused) as refused:
        converse.write_to_person(
            receipt.matter.number,
            uuid.uuid4(),
            "您好。",
            NotificationChannel.SMS,
            actor=place.actor("petition"),
            at=days(1),
        )
    assert refused.value.key == "matter.no_way"
    assert not MatterMessage.objects.exists()


def test_words_go_out_by_the_way_that_was_chosen(place: Place, channels: Path) -> None:
    receipt = place.raised(people=(Complainant("赵大", "13800001234", ""),), actor=PUBLIC)
    key = uuid.uuid4()
    for _again in range(2):
        converse.write_to_person(
            receipt.matter.number,
            key,
            "请来大厅一趟。",
            NotificationChannel.SMS,
            actor=place.actor("petition"),
            at=days(1),
        )
    assert [row.text for row in OutgoingMessage.objects.all()].count("请来大厅一趟。") == 1
    assert OutgoingMessage.objects.count() == 1
