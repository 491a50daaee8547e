"""登记: what is said at the counter, by telephone or in a letter is taken down once, read back, and has a receipt."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.kernel.received.pictures import jpeg
from tests.matters.place import EARTH_TIMBER, Place
from yixian.kernel.received.letter_recognition import Proposal
from yixian.matters.codes import in_fours
from yixian.matters.models import Matter
from yixian.matters.paper.receipts import status_address
from yixian.registry.actions.reindex import reindex_households
from yixian.web.matters import letters

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
NEW = "/staff/matters/new/"
CLAUSE = f"{EARTH_TIMBER.pack_id}|{EARTH_TIMBER.document}|{EARTH_TIMBER.clause}"


def texts(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def form(**changes: object) -> dict[str, object]:
    values = {
        "key": uuid.uuid4(),
        "channel": "counter",
        "words": "我家的晒坝没有量。",
        "kind": "grievance",
        "topic": "inventory",
        "joint": "1",
        "read_back": "on",
    }
    return values | changes


def taken(client: Client, **changes: object) -> Matter:
    response = client.post(NEW, form(**changes))
    assert response.status_code == 302, texts(response)
    return Matter.objects.get(number=response.url.split("/")[3])


def test_it_is_in_the_hands_of_whoever_was_asked_first_and_has_a_receipt(
    place: Place, browse: Browse
) -> None:
    clerk = browse("clerk")
    matter = taken(
        clerk,
        wanted="请来补量。",
        household=place.ours.household_no,
        clauses=[CLAUSE],
        item_line="L-7",
        shared="on",
        files=[SimpleUploadedFile("a.jpg", jpeg())],
    )
    assert matter.text.read_back
    assert matter.shared
    assert matter.area_path == place.ours.area_path
    assert matter.projection.holder == place.organisations["bureau"]
    assert matter.projection.assignee_id == place.users["clerk"].pk
    assert matter.people.get().household == str(place.ours.pk)
    assert matter.files.count() == 1
    page = texts(clerk.get(f"/staff/matters/{matter.number}/receipt/"))
    assert re.findall(r"\d{4} \d{4} \d{4} \d{4}", page) == [in_fours(matter.code)]
    for query in ({}, {"lang": "en"}, {"large": "1"}):
        assert clerk.get(f"/staff/matters/{matter.number}/receipt.pdf", query).content.startswith(b"%PDF")


def test_the_same_form_sent_again_is_the_same_matter(place: Place, browse: Browse) -> None:
    clerk, key = browse("clerk"), uuid.uuid4()
    assert taken(clerk, key=key) == taken(clerk, key=key)
    assert Matter.objects.count() == 1
    other = clerk.post(NEW, form(key=key, words="另一件事。"))
    assert other.status_code == 422
    assert "已经提交过" in texts(other)


@pytest.mark.parametrize("channel", ["counter", "phone"])
def test_what_is_spoken_is_read_back_first(place: Place, browse: Browse, channel: str) -> None:
    response = browse("clerk").post(NEW, form(channel=channel, read_back=""))
    assert response.status_code == 422
    page = texts(response)
    assert "请先念给本人听" in page
    assert "我家的晒坝没有量。" in page
    assert not Matter.objects.exists()


def test_a_letter_has_the_day_on_which_it_came(place: Place, browse: Browse) -> None:
    clerk, today = browse("clerk"), timezone.localdate()
    came, tomorrow = (today - timedelta(days=14)).isoformat(), (today + timedelta(days=1)).isoformat()
    assert "请写来信收到的日期" in texts(clerk.post(NEW, form(channel="letter", read_back="")))
    ahead = clerk.post(NEW, form(channel="letter", received_on=tomorrow))
    assert ahead.status_code == 422
    assert re.search(r'id="id_received_on".*?errorlist', texts(ahead), re.DOTALL)
    matter = taken(clerk, channel="letter", received_on=came, read_back="")
    assert timezone.localtime(matter.received_at).date().isoformat() == came
    assert matter.projection.holder == place.organisations["petition"]


def test_without_a_name_nothing_of_the_person_is_kept(place: Place, browse: Browse) -> None:
    clerk = browse("clerk")
    refused = clerk.post(NEW, form(anonymous="on", name="李四"))
    assert refused.status_code == 422
    assert "既然不留名" in texts(refused)
    matter = taken(clerk, anonymous="on")
    assert not matter.people.exists()
    assert "没有留名" in texts(clerk.get(f"/staff/matters/{matter.number}/receipt/"))


def test_many_raise_it_and_at_most_five_speak(place: Place, browse: Browse) -> None:
    people = {f"name_{number}": f"代表{number}" for number in range(2, 6)}
    matter = taken(browse("clerk"), joint="120", name="代表1", **people)
    assert matter.joint == 120
    assert [one.name for one in matter.people.order_by("position")] == [f"代表{n}" for n in range(1, 6)]
    assert browse("clerk").post(NEW, form(joint="120")).status_code == 422


def test_a_household_is_named_within_reach_alone(place: Place, browse: Browse) -> None:
    reindex_households([place.ours.pk, place.theirs.pk])
    cadre = browse("cadre")
    for name in (place.theirs.household_no, "禤远壹"):
        response = cadre.post(NEW, form(household=name))
        assert response.status_code == 422
        assert "没有找到" in texts(response)
    matter = taken(cadre, household=f"{place.ours.household_no} 赵近壹")
    assert matter.projection.holder == place.organisations["water"]
    assert place.ours.household_no in texts(cadre.get("/staff/matters/find/", {"household": "赵近"}))
    assert place.theirs.household_no in texts(
        browse("clerk").get("/staff/matters/find/", {"household": "远壹"})
    )
    assert place.theirs.household_no not in texts(cadre.get("/staff/matters/find/", {"household": "远壹"}))


@pytest.mark.parametrize("typed", ["{wide}", " {number} ", "{spaced}", "{dashed}", "{wide} 赵近壹"])
def test_a_households_number_may_be_typed_in_any_way(place: Place, browse: Browse, typed: str) -> None:
    number = place.ours.household_no
    ways = {
        "number": number,
        "wide": "".join(chr(ord(one) + 0xFEE0) if one.isascii() else one for one in number),
        "spaced": " ".join(number),
        "dashed": number.replace("-", " — "),
    }
    matter = taken(browse("cadre"), household=typed.format(**ways))
    assert matter.people.get().household == str(place.ours.pk)


def test_about_ones_own_office_it_is_taken_down_and_then_closed_to_oneself(
    place: Place, browse: Browse
) -> None:
    cadre = browse("cadre")
    matter = taken(
        cadre, about_official="on", organisation=place.organisations["water"].pk, subject_words="水利局的人"
    )
    assert matter.projection.holder != place.organisations["water"]
    page = texts(cadre.get(f"/staff/matters/{matter.number}/receipt/"))
    assert "办理情况不对您公开" in page
    assert cadre.get(f"/staff/matters/{matter.number}/").status_code == 404
    assert browse("water").get(f"/staff/matters/{matter.number}/").status_code == 404


def test_about_somebody_whom_nobody_has_named_only_those_outside_learn_of_it(
    place: Place, browse: Browse
) -> None:
    matter = taken(browse("clerk"), about_official="on", subject_words="有个干部")
    assert matter.projection.holder == place.organisations["audit"]
    assert browse("petition").get(f"/staff/matters/{matter.number}/").status_code == 404
    assert browse("auditor").get(f"/staff/matters/{matter.number}/").status_code == 200


def test_the_digits_are_shown_to_whoever_wrote_them_down_for_a_day(
    place: Place, browse: Browse, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    matter = taken(browse("clerk"))
    where = f"/staff/matters/{matter.number}/receipt/"
    assert browse("lead").get(where).status_code == 404
    assert browse("monitor").get(where).status_code == 403
    assert browse("clerk").get(where).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=25))
    late = browse("clerk").get(where)
    assert late.status_code == 409
    assert matter.code[:4] not in texts(late)


def test_the_digits_stand_behind_the_fragment_of_the_address() -> None:
    before, _hash, fragment = status_address("1234567890123456").partition("#")
    assert before.endswith("/status/")
    assert "1234" not in before
    assert fragment == "1234567890123456"


def test_a_file_that_is_none_keeps_the_form_and_is_named(place: Place, browse: Browse) -> None:
    bad = SimpleUploadedFile("virus.jpg", b"MZ" * 100)
    response = browse("clerk").post(NEW, form(files=[bad]))
    assert response.status_code == 422
    assert "virus.jpg" in texts(response)
    assert not Matter.objects.exists()


def test_a_letter_is_read_into_the_box_for_a_person_to_set_right(
    place: Place, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []

    def propose(photograph: bytes) -> Proposal:
        seen.append(photograph)
        return Proposal("尊敬的领导：晒坝没有量。", ())

    monkeypatch.setattr(letters, "propose_text", propose)
    clerk = browse("clerk")
    asked: dict[str, Any] = {"words": "已经写的话", "files": [SimpleUploadedFile("letter.jpg", jpeg())]}
    page = texts(clerk.post(f"{NEW}letter/", asked))
    assert "已经写的话\n\n尊敬的领导：晒坝没有量。" in page
    assert "逐字核对" in page
    assert seen[0].startswith(b"\xff\xd8")
    assert "没有认出文字" in texts(clerk.post(f"{NEW}letter/", {"words": ""}))
    assert not Matter.objects.exists()
    assert browse("monitor").post(f"{NEW}letter/").status_code == 403
