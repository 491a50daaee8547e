"""说一件事: with a card, a name or neither; once, however often it is sent; and nothing typed is lost to an error."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.kernel.received.pictures import placed_jpeg, png_bomb
from tests.kernel.received.voice_note_samples import recorded
from tests.matters.place import AT, EARTH_TIMBER, SYSTEM, Place
from tests.web.portal.matters.forms import WORDS, code_on, own, page_of, raised, typed
from yixian.kernel.models import Attempt
from yixian.matters.access import matter_scope
from yixian.matters.models import Matter, MatterFile, MatterLink, MatterPerson, MatterSubject
from yixian.matters.queries.identity import identities
from yixian.registry.actions.issue_cards import issue_cards


def file(content: bytes, name: str = "照片.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


def test_without_a_name_nothing_about_the_person_is_kept(place: Place, client: Client) -> None:
    raised(client, name="张三", phone="13500000000", who="unnamed")
    matter = Matter.objects.get()
    assert matter.anonymous
    assert not MatterPerson.objects.exists()
    assert matter.text.words == WORDS
    assert matter.recorded_by is None


def test_a_signed_in_official_raises_as_anybody(place: Place, browse: Callable[[str], Client]) -> None:
    raised(browse("clerk"))
    matter = Matter.objects.get()
    assert matter.recorded_by is None
    assert not matter.events.exclude(by=None).exists()


def test_with_a_name(place: Place, client: Client) -> None:
    raised(client, who="named", name="张三", phone="135 0000 0000", area=str(place.far.pk))
    matter = Matter.objects.get()
    assert [(one.name, one.phone) for one in identities(matter)] == [("张三", "135 0000 0000")]
    assert matter.area == place.far
    assert not matter.shared


def test_with_the_card(place: Place, family: Client) -> None:
    page = page_of(family.get("/raise/"))
    assert "赵近壹户" in page or "赵近壹" in page
    raised(family, who="card", shared="on", clause="|".join(_key()), item_line="L-1")
    matter = Matter.objects.get()
    assert matter.channel == "card"
    assert matter.shared
    assert matter.area == place.ours.area
    assert identities(matter)[0].household_id == place.ours.pk
    assert matter.clauses.get().clause == EARTH_TIMBER.clause


def test_a_card_that_is_not_shown_is_no_choice(place: Place, client: Client) -> None:
    response = client.post("/raise/", typed(who="card"))
    assert response.status_code == 422
    assert not Matter.objects.exists()


def test_showing_the_card_in_the_middle_keeps_what_was_written(place: Place, client: Client) -> None:
    card = issue_cards([place.ours.pk], actor=SYSTEM, at=AT)[0]
    form = typed(do="card", wanted="请再量一次。", several="on", joint="7")
    asked = client.post("/raise/", form)
    assert WORDS in page_of(asked)
    assert not asked.cookies
    wrong = client.post("/raise/", form | {"do": "show", "code": card.code, "pin": "000000"})
    assert wrong.status_code == 404
    assert WORDS in page_of(wrong)
    assert "000000" not in page_of(wrong)
    shown = client.post("/raise/", form | {"do": "show", "code": card.code, "pin": card.pin})
    page = page_of(shown)
    assert shown.status_code == 200
    assert WORDS in page
    assert "请再量一次。" in page
    assert 'value="card" checked' in page
    assert card.pin not in page
    assert raised(client, who="card")
    assert Matter.objects.get().channel == "card"


def test_sent_three_times_is_one_matter_and_one_receipt(place: Place, client: Client) -> None:
    form = typed()
    codes = {code_on(client.post("/raise/", form)) for _time in range(3)}
    assert len(codes) == Matter.objects.count() == 1


def test_another_matter_under_the_same_key_is_refused(place: Place, client: Client) -> None:
    form = typed()
    client.post("/raise/", form)
    again = client.post("/raise/", form | {"words": "另一件事"})
    assert again.status_code == 409
    assert "另一件事" in page_of(again)
    assert Matter.objects.count() == 1


def test_changing_language_or_print_keeps_everything_and_sends_nothing(place: Place, client: Client) -> None:
    form = {key: value for key, value in typed(wanted="请再量一次。").items() if key != "do"}
    response = client.post("/raise/", form | {"language": "en", "large": "1"})
    page = page_of(response)
    assert response.status_code == 200
    assert "In your own words" in page
    assert 'class="large"' in page
    assert WORDS in page
    assert form["key"] in page
    assert 'role="alert"' not in page
    assert set(response.cookies) == {"django_language", "large"}
    assert not Matter.objects.exists()


def test_a_receipt_in_the_other_language_is_the_same_receipt(place: Place, client: Client) -> None:
    form = typed(who="named", name="张三", phone="13500000000", words="第一行\n第二行")
    first = client.post("/raise/", form)
    again = {"do": "send", "key": form["key"], "words": "第一行\r\n第二行", "who": "unnamed"}
    second = client.post("/raise/", again | {"language": "en"})
    assert code_on(first) == code_on(second)
    assert "This is your receipt" in page_of(second)
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"words": " "}, ""),
        ({"who": ""}, "请选一项"),
        ({"who": "named", "name": "张三"}, "请填写姓名和电话"),
        ({"several": "on"}, "请填写一共几个人"),
        ({"several": "on", "joint": "0"}, ""),
        ({"several": "on", "joint": "很多"}, ""),
        ({"retaliation": "on"}, "请填写回执号"),
        ({"topic": "nonsense"}, ""),
        ({"area": "999999"}, ""),
        ({"office": "organisation-999999"}, ""),
        ({"clause": "no|such|clause"}, ""),
        ({"words": "长" * 5001}, ""),
        ({"key": "no uuid"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    place: Place, client: Client, changes: dict[str, str], sentence: str
) -> None:
    response = client.post("/raise/", typed(wanted="请再量一次。") | changes)
    page = page_of(response)
    assert response.status_code == 422
    assert not Matter.objects.exists()
    assert "请再量一次。" in page
    assert 'role="alert"' in page
    assert sentence in page
    if "words" not in changes:
        assert WORDS in page


def test_photographs_and_voice_come_along(place: Place, client: Client) -> None:
    files = {"photos": [file(placed_jpeg())], "sounds": [file(recorded("webm"), "voice.webm", "audio/webm")]}
    code = raised(client, words="", **files)
    matter = Matter.objects.get()
    assert [one.kind for one in matter.files.order_by("position")] == ["photo", "sound"]
    assert matter.text.words
    page = page_of(own(client, code))
    assert page.count("/status/files/") == 3


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big", b"\0" * 10_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        zip_bomb(),
        png_bomb(60_000, 60_000),
        b"\xff\xd8\xff\xe0 no picture",
        b"",
        b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024 + 1),
    ],
    ids=["svg", "zip bomb", "huge png", "damaged", "empty", "large"],
)
def test_a_file_that_cannot_be_kept_is_named_and_nothing_is_half_kept(
    place: Place, client: Client, content: bytes, tmp_path: Any
) -> None:
    good = file(placed_jpeg(), "好的.jpg")
    response = client.post("/raise/", typed(photos=[good, file(content, "坏的.jpg")]))
    page = page_of(response)
    assert response.status_code == 422
    assert "坏的.jpg" in page or not content
    assert WORDS in page
    assert not Matter.objects.exists()
    assert not MatterFile.objects.exists()
    assert not [one for one in (tmp_path / "matters").rglob("*") if one.is_file()]


def test_a_hundred_large_files_are_not_read_to_the_end(place: Place, client: Client) -> None:
    many = [file(b"\xff\xd8\xff" + bytes([number]) * 100, f"{number}.jpg") for number in range(40)]
    assert client.post("/raise/", typed(photos=many)).status_code == 422
    assert not Matter.objects.exists()


def test_about_an_office_nobody_there_sees_it(place: Place, client: Client) -> None:
    water = place.organisations["water"]
    name = place.cadre.person.name
    code = raised(client, about_official="on", office=f"organisation-{water.pk}", subject=name)
    matter = Matter.objects.get()
    subject = MatterSubject.objects.get()
    assert (subject.helper, subject.organisation) == (place.cadre, water)
    for who in ("water", "cadre", "colleague"):
        assert not matter_scope(place.actor(who), at=AT).filter(pk=matter.pk).exists()
    assert "水利局" in page_of(own(client, code))


def test_a_name_that_nobody_bears_leaves_the_office(place: Place, client: Client) -> None:
    raised(client, office=f"organisation-{place.organisations['water'].pk}", subject="查无此人")
    subject = MatterSubject.objects.get()
    assert subject.helper is None
    assert Matter.objects.get().text.subject_words == "查无此人"


def test_the_household_names_somebody_beside_it(place: Place, family: Client) -> None:
    assert place.cadre.person.name in page_of(family.get("/raise/"))
    raised(family, who="card", shared="on", office=f"helper-{place.cadre.pk}")
    matter = Matter.objects.get()
    assert MatterSubject.objects.get().helper == place.cadre
    assert not matter.shared


def test_strangers_cannot_name_helpers_by_number(place: Place, client: Client) -> None:
    assert place.cadre.person.name not in page_of(client.get("/raise/"))
    assert client.post("/raise/", typed(office=f"helper-{place.cadre.pk}")).status_code == 422


def test_trouble_made_for_it_is_linked_and_goes_above(place: Place, client: Client) -> None:
    first = raised(client)
    raised(client, words="有人因为我反映问题扣了我的工。", retaliation="on", earlier=first)
    link = MatterLink.objects.get()
    assert link.kind == "retaliation"
    assert link.other.text.words == WORDS
    assert link.matter.about_official
    holder = link.matter.events.get().to_organisation
    assert holder == place.organisations["audit"]
    assert not matter_scope(place.actor("petition"), at=AT).filter(pk=link.matter_id).exists()


def test_guessing_receipts_by_this_door_slows_down_too(
    place: Place, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yixian.matters.person_access.GUESSES_PER_SOURCE", 30)
    statuses = [
        client.post("/raise/", typed(retaliation="on", earlier=f"{number:016d}")).status_code
        for number in range(32)
    ]
    assert set(statuses[:30]) == {404}
    assert statuses[-1] == 429
    assert not Matter.objects.exists()
    assert Attempt.objects.count() == 1


def test_a_flood_is_slowed_down_and_what_was_typed_stays(place: Place, client: Client) -> None:
    answers = [client.post("/raise/", typed(words=f"第{number}件")) for number in range(31)]
    assert {one.status_code for one in answers[:30]} == {200}
    last = answers[-1]
    assert last.status_code == 429
    assert int(last["Retry-After"]) > 0
    assert "第30件" in page_of(last)


def test_several_together(place: Place, client: Client) -> None:
    raised(
        client,
        who="named",
        name="张三",
        phone="13500000000",
        several="on",
        joint="31",
        name_2="李四",
        phone_2="2",
        name_5="王五",
    )
    matter = Matter.objects.get()
    assert matter.joint == 31
    assert [one.name for one in identities(matter)] == ["张三", "李四", "王五"]


def test_from_a_line_of_the_account_and_of_the_survey(place: Place, family: Client) -> None:
    begun = family.post("/raise/", {"topic": "account", "item_line": "2-5", "clause": "|".join(_key())})
    page = page_of(begun)
    assert begun.status_code == 200
    assert "2-5" in page
    assert 'value="account"' in page
    assert 'value="card" checked' in page
    assert not Matter.objects.exists()


def test_the_first_deadlines_stand_on_the_receipt(place: Place, client: Client) -> None:
    page = page_of(client.post("/raise/", typed()))
    assert "两河县信访局" in page
    assert "2026年3月17日" in page
    assert "十五天" in page
    assert "已办好" not in page, "it is only taken down"


def _key() -> tuple[str, str, str]:
    return EARTH_TIMBER.pack_id, EARTH_TIMBER.document, EARTH_TIMBER.clause


def test_a_number_that_nobody_can_call_is_pointed_out_once(place, client) -> None:
    sent = typed(who="named", name="张三", phone="138 0000 12")
    page = client.post("/raise/", sent).content.decode()
    assert "手机是 11 位" in page
    assert 'name="phone_read" value="138 0000 12"' in page
    assert not Matter.objects.exists()
    again = client.post("/raise/", sent | {"phone_read": "138 0000 12"}).content.decode()
    assert "receipt-code" in again
    assert Matter.objects.count() == 1
