"""办到哪一步: the receipt opens one matter, tells all of it in plain words, and leaves nothing behind in the browser."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.kernel.received.pictures import jpeg
from tests.kernel.received.voice_note_samples import recorded
from tests.matters.place import AT, Place, days
from tests.matters.test_handling import OPINION
from tests.web.portal.matters.conftest import Clock
from tests.web.portal.matters.forms import WORDS, code_on, own, page_of, raised, typed
from yixian.matters.actions import converse, decide, hand_over, pause, take_on
from yixian.matters.actions.escalate import escalate
from yixian.matters.actions.open_identity import note_reading, open_identity
from yixian.matters.choices import NotificationChannel
from yixian.matters.models import Matter, MatterMessage, MatterVerdict
from yixian.matters.shown_files import address_token


def accepted(place: Place) -> str:
    """The matter at the bureau, which deals with it; its number."""
    number = Matter.objects.get().number
    hand_over.forward(number, place.organisations["bureau"].pk, "", actor=place.actor("petition"), at=days(1))
    take_on.accept_matter(number, actor=place.actor("clerk"), at=days(2))
    return number


def answered(place: Place) -> str:
    """The same, decided and told."""
    number = accepted(place)
    decide.decide(number, OPINION, actor=place.actor("clerk"), at=days(20))
    converse.write_to_person(
        number,
        uuid.uuid4(),
        "意见已出。",
        NotificationChannel.PORTAL,
        actor=place.actor("clerk"),
        at=days(21),
    )
    return number


def test_the_receipt_opens_it_however_it_is_typed(place: Place, client: Client) -> None:
    code = raised(client)
    fours = [code[start : start + 4] for start in range(0, 16, 4)]
    full_width = code.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    for written in (code, " ".join(fours), "-".join(fours), full_width):
        assert WORDS in page_of(own(client, written))


@pytest.fixture
def few_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a test need not guess a thousand times."""
    monkeypatch.setattr("yixian.matters.person_access.GUESSES_PER_SOURCE", 5)


@pytest.mark.usefixtures("few_guesses")
def test_wrong_digits_are_told_alike_and_slow_down(place: Place, client: Client) -> None:
    raised(client)
    statuses = [own(client, f"{number:016d}").status_code for number in range(6)]
    assert set(statuses[:5]) == {404}
    assert statuses[5] == 429
    assert own(client, "12").status_code == 422
    assert own(client, "").status_code == 422


def test_a_village_that_mistypes_thirty_receipts_still_opens_its_own(place: Place, client: Client) -> None:
    code = raised(client)
    for number in range(31):
        assert own(client, f"{number:016d}").status_code == 404
    assert own(client, code).status_code == 200


@pytest.mark.usefixtures("few_guesses")
def test_another_source_is_not_slowed_down(place: Place, client: Client) -> None:
    code = raised(client)
    for number in range(6):
        own(client, f"{number:016d}")
    other = Client(REMOTE_ADDR="10.9.8.7")
    assert own(client, code).status_code == 429
    assert own(other, code).status_code == 200


def test_no_cookie_for_a_stranger_and_the_code_in_no_address(place: Place, client: Client) -> None:
    form = typed(photos=[SimpleUploadedFile("a.jpg", jpeg())])
    responses = [client.get("/raise/"), client.get("/status/"), client.get("/how-long/")]
    receipt = client.post("/raise/", form)
    code = code_on(receipt)
    responses += [
        receipt,
        client.post("/raise/", typed(words="")),
        client.post("/raise/", typed(do="card")),
        own(client, code),
        own(client, "0000000000000000"),
        own(client, code, do="write", key=str(uuid.uuid4()), words="再说一句"),
        own(client, code, do="review", reason="不服"),
        own(client, code, do="judge"),
    ]
    groups = re.compile(r"[\s-]*".join(code))
    for response in responses:
        assert not response.cookies
        assert response["Cache-Control"] == "no-store"
        assert not any(groups.search(f"{name}: {value}") for name, value in response.items())
        page = response.content.decode()
        for address in re.findall(r"""(?:href|src|action|formaction|content)=["']([^"']*)["']""", page):
            assert not groups.search(address)
        assert "Location" not in response
        assert " style=" not in page
        assert "<script>" not in page
    assert not client.cookies


def test_a_get_with_the_digits_shows_nothing(place: Place, client: Client) -> None:
    code = raised(client)
    assert WORDS not in page_of(client.get("/status/", {"code": code}))


@pytest.mark.parametrize("path", ["/raise/", "/status/"])
@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}]
)
def test_forms_of_other_sites_are_refused(
    place: Place, client: Client, path: str, headers: dict[str, str]
) -> None:
    assert client.post(path, typed(), headers=headers).status_code == 403
    assert not Matter.objects.exists()


def test_every_limit_in_plain_words(place: Place, client: Client, clock: Clock) -> None:
    code = raised(client)
    page = page_of(own(client, code))
    assert "两河县信访局" in page
    assert "最晚2026年3月17日" in page
    assert "还剩15天" in page
    assert "系统会自己报告" in page
    clock.at = days(15)
    assert "今天是最后一天" in page_of(own(client, code))
    clock.at = days(18)
    assert escalate(at=clock.at)["failed"] == 0
    late = page_of(own(client, code))
    assert "已经晚了3天" in late
    assert "系统已经告诉了谁" in late


def test_a_year_without_a_calendar_is_said_and_not_guessed(
    place: Place, client: Client, clock: Clock
) -> None:
    code = raised(client)
    accepted(place)
    clock.at = AT + timedelta(days=1200)
    response = own(client, code)
    assert response.status_code == 200


def test_the_office_asks_and_the_person_answers(place: Place, client: Client, clock: Clock) -> None:
    code = raised(client)
    number = accepted(place)
    pause.wait_for_person(number, "请补一张房屋照片。", "第二十条", actor=place.actor("clerk"), at=days(3))
    clock.at = days(4)
    page = page_of(own(client, code))
    assert "请补一张房屋照片。" in page
    assert "现在暂停" in page
    key = str(uuid.uuid4())
    form = {
        "do": "write",
        "key": key,
        "words": "照片在这里。",
        "photos": [SimpleUploadedFile("a.jpg", jpeg())],
    }
    for _time in range(3):
        sent = own(client, code, **form | {"photos": [SimpleUploadedFile("a.jpg", jpeg())]})
        assert sent.status_code == 200
    matter = Matter.objects.get()
    assert MatterMessage.objects.count() == 1
    assert matter.files.count() == 1
    assert list(matter.events.order_by("seq").values_list("kind", flat=True))[-1] == "person_answered"
    after = page_of(own(client, code))
    assert "照片在这里。" in after
    assert "单位要请您做一件事" not in after


def test_an_empty_answer_stays_where_it_was(place: Place, client: Client) -> None:
    code = raised(client)
    response = own(client, code, do="write", key=str(uuid.uuid4()), words="  ")
    assert response.status_code == 422
    assert not MatterMessage.objects.exists()
    bad = own(
        client,
        code,
        do="write",
        key=str(uuid.uuid4()),
        words="看这个",
        photos=[SimpleUploadedFile("坏的.svg", b"<svg/>")],
    )
    assert bad.status_code == 422
    assert "坏的.svg" in page_of(bad)
    assert "看这个" in page_of(bad)
    assert not MatterMessage.objects.exists()


def test_a_decision_is_shown_with_its_reasons_and_can_be_reviewed(
    place: Place, client: Client, clock: Clock
) -> None:
    code = raised(client)
    answered(place)
    clock.at = days(22)
    page = page_of(own(client, code))
    for told in (
        OPINION.facts,
        OPINION.reasons,
        OPINION.asked,
        "/policy/documents/danjiangkou-2009/D2009-215/",
    ):
        assert told in page
    assert "最晚可以在2026年4月22日提出" in page
    empty = own(client, code, do="review", reason=" ")
    assert empty.status_code == 422
    for _time in range(3):
        asked = own(client, code, do="review", reason="没有说清为什么。\r\n再看看。")
        assert asked.status_code == 200
        assert "由上一级再看一遍" in page_of(asked)
    assert Matter.objects.get().events.filter(kind="review_requested").count() == 1
    assert own(client, code, do="review", reason="另一个理由").status_code == 409


def test_the_letter_is_the_answer_to_a_form(place: Place, client: Client, clock: Clock) -> None:
    code = raised(client, who="named", name="张三", phone="13500000000")
    number = accepted(place)
    decide.decide(number, OPINION, actor=place.actor("clerk"), at=days(20))
    decision = Matter.objects.get().decisions.get()
    clock.at = days(20)
    assert own(client, code, do="letter", decision=str(decision.pk)).status_code == 404
    converse.write_to_person(
        number,
        uuid.uuid4(),
        "意见已出。",
        NotificationChannel.PORTAL,
        actor=place.actor("clerk"),
        at=days(21),
    )
    clock.at = days(22)
    letter = own(client, code, do="letter", decision=str(decision.pk))
    assert letter["Content-Type"] == "application/pdf"
    assert letter.content.startswith(b"%PDF")
    assert code not in str(letter.headers)
    assert not letter.cookies
    for other in (str(decision.pk + 1), "", "x"):
        assert own(client, code, do="letter", decision=other).status_code == 404


def test_only_the_person_says_what_became_of_it(place: Place, client: Client, clock: Clock) -> None:
    code = raised(client)
    early = own(client, code, do="judge", verdict="resolved", satisfied="5")
    assert early.status_code == 409
    answered(place)
    clock.at = days(22)
    for wrong in ({"verdict": "resolved"}, {"satisfied": "3"}, {"verdict": "resolved", "satisfied": "9"}, {}):
        assert own(client, code, do="judge", **wrong).status_code == 422
    for _time in range(3):
        said = own(client, code, do="judge", verdict="partly", satisfied="2", words="只办了一半")
        assert said.status_code == 200
    row = MatterVerdict.objects.get()
    assert (row.verdict, row.satisfied, row.words, row.by) == ("partly", 2, "只办了一半", None)
    own(client, code, do="judge", verdict="resolved", satisfied="4")
    assert MatterVerdict.objects.count() == 2


def test_who_looked_and_who_opened_the_identity_is_told(place: Place, client: Client) -> None:
    code = raised(client, who="named", name="张三", phone="13500000000")
    matter = Matter.objects.get()
    petition = place.actor("petition")
    note_reading(matter, actor=petition, at=AT)
    open_identity(matter.number, "需要打电话核实", actor=petition, at=AT)
    page = page_of(own(client, code))
    assert "需要打电话核实" in page
    assert str(place.users["petition"]) in page
    assert "张三" not in page


def test_what_staff_say_among_themselves_is_not_shown(place: Place, client: Client) -> None:
    code = raised(client)
    number = accepted(place)
    converse.write_note(number, uuid.uuid4(), "内部备注", actor=place.actor("clerk"), at=days(3))
    assert "内部备注" not in page_of(own(client, code))


def test_files_open_for_ten_minutes_and_for_nothing_else(place: Place, client: Client, clock: Clock) -> None:
    files = {
        "photos": [SimpleUploadedFile("a.jpg", jpeg(800, 600))],
        "sounds": [SimpleUploadedFile("v.webm", recorded("webm", 3.0))],
    }
    code = raised(client, **files)
    page = own(client, code).content.decode()
    addresses = sorted(set(re.findall(r'(/status/files/[^"?]+)', page)))
    assert len(addresses) == 2
    stranger = Client(REMOTE_ADDR="10.1.1.1")
    for address in addresses:
        response = stranger.get(address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"
        assert response["Content-Type"] in {"image/jpeg", "audio/mpeg"}
        assert not response.cookies
        assert stranger.get(f"{address}x").status_code == 404
        other = address.replace("/files/", "/files/9")
        assert stranger.get(other).status_code == 404
    (_one, signed), (two, _signed) = (one.removeprefix("/status/files/").split(":", 1) for one in addresses)
    assert stranger.get(f"/status/files/{two}:{signed}").status_code == 404
    sound = next(one for one in addresses if stranger.get(one)["Content-Type"] == "audio/mpeg")
    whole = stranger.get(sound).content
    part = stranger.get(sound, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.content == whole[10:20]
    assert part["Content-Range"] == f"bytes 10-19/{len(whole)}"
    last = stranger.get(sound, headers={"Range": "bytes=-5"})
    assert last.content == whole[-5:]
    open_end = stranger.get(sound, headers={"Range": "bytes=7-"})
    assert open_end.content == whole[7:]
    assert stranger.get(sound, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    for strange in ("bytes=5-1", "bytes=-", "bytes=a-b", "bytes=" + "9" * 5000 + "-", "lines=1-2"):
        assert stranger.get(sound, headers={"Range": strange}).status_code in {200, 416}


def test_an_address_is_over_after_ten_minutes(place: Place, client: Client) -> None:
    raised(client, photos=[SimpleUploadedFile("a.jpg", jpeg())])
    row = Matter.objects.get().files.get()
    token = address_token(row.pk)
    assert client.get(f"/status/files/{token}/").status_code == 200
    late = signing.time.time() + 601
    with patch.object(signing.time, "time", return_value=late):
        assert client.get(f"/status/files/{token}/").status_code == 404
    other = signing.TimestampSigner(salt="something else").sign(str(row.pk))
    assert client.get(f"/status/files/{other}/").status_code == 404


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "正常\u202e倒着写的\u202c文字",
    "零\u200b宽\u200d字\ufeff",
    "=cmd|' /C calc'!A0",
    "＝cmd|' /C calc'!A0",
    "{{ 7*7 }} {% load static %}",
    "</textarea><script>alert(2)</script>",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_out_harmless_on_every_page(
    place: Place, client: Client, browse: Callable[[str], Client], clock: Clock, text: str
) -> None:
    code = raised(
        client, words=text, wanted=text, subject=text, who="named", name=text[:60], phone="13500000000"
    )
    answered_pages: list[Any] = [
        own(client, code),
        own(client, code, do="write", key=str(uuid.uuid4()), words=text),
        own(client, code, do="review", reason=text),
        own(client, code, do="judge", verdict=text, satisfied="1", words=text),
        client.post(
            "/raise/", typed(words=text, name=text, area=text, office=text, item_line=text, clause=text)
        ),
        client.post("/raise/", typed(words=text, do="card")),
        client.post("/raise/", {"words": text, "topic": text, "item_line": text, "clause": f"{text}|a|b"}),
        own(client, text),
    ]
    for response in answered_pages:
        page = response.content.decode()
        assert "<script>" not in page
        assert "<img src=x" not in page
        assert " onerror=" not in page.replace("&quot;&gt;&lt;img src=x onerror", "")
        assert "</textarea><script" not in page
        assert " 49 " not in page
    kept = page_of(answered_pages[1])
    assert "\u202e" not in kept
    assert "\u200b" not in kept
    assert "\ufeff" not in kept


def test_a_receipt_typed_as_a_card_or_as_any_code_leads_to_the_matter(place) -> None:
    code = place.raised("水沟堵了，下雨就淹。").matter.code
    client = Client()
    for address, given in (("/c/", {"code": code, "pin": "123456"}), ("/code/", {"code": code})):
        page = client.post(address, given)
        assert page.status_code == 200
        assert "水沟堵了，下雨就淹。" in page.content.decode()
