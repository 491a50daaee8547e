"""一线的页面: the form keeps what was typed, a stopped promise shows what is decided; fixed numbers of queries."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.kernel.received.pictures import jpeg, placed_jpeg
from tests.visits.place import AT, DAY, Place, help_by, make_place, visited
from yixian.duty.models import Pairing
from yixian.kernel.models import RecordRead
from yixian.kernel.received.upload import Upload
from yixian.registry.actions.reindex import reindex_households
from yixian.registry.models import Organisation
from yixian.visits.models import (
    Promise,
    PromiseOutcome,
    Visit,
    VisitAcknowledgement,
    VisitObjection,
    VisitPhoto,
)

Browse = Callable[[str], Client]


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Path) -> Iterator[Place]:
    """The place, on its own day."""
    settings.MEDIA_ROOT = tmp_path
    with patch.object(timezone, "now", return_value=AT):
        yield make_place()


@pytest.fixture
def browse(place: Place) -> Browse:
    """A browser in Chinese in which somebody has signed in; "family" shows the card of the household."""

    def signed_in(name: str) -> Client:
        client = Client()
        if name == "family":
            card = place.card()
            client.post("/c/", {"code": card.code, "pin": card.pin})
        else:
            client.force_login(place.users[name])
        return client

    return signed_in


def typed(place: Place, **changes: Any) -> dict[str, Any]:
    """A whole form."""
    values = {
        "key": str(uuid.uuid4()),
        "on": str(DAY),
        "begun": "10:20",
        "kind": "visit",
        "present": [place.head],
        "said": "坐下来谈了账目。",
        "text_0": "请水管站的人来看蓄水池",
        "due_0": "2026-03-09",
    }
    return values | changes


def page_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def record(place: Place) -> str:
    return f"/staff/field/{place.ours.pk}/visit/"


def test_a_visit_goes_on_to_its_confirmation(place: Place, browse: Browse) -> None:
    photos = [SimpleUploadedFile("一.jpg", placed_jpeg(), "image/jpeg"), SimpleUploadedFile("二.jpg", jpeg())]
    response = browse("cadre").post(record(place), typed(place, photos=photos))
    visit = Visit.objects.get()
    assert response["Location"] == f"/staff/field/visits/{visit.pk}/acknowledge/"
    assert VisitPhoto.objects.count() == 2
    asked_by_htmx = browse("cadre").post(record(place), typed(place), headers={"HX-Request": "true"})
    assert asked_by_htmx["HX-Redirect"].endswith("/acknowledge/")


def test_three_times_the_same_is_one(place: Place, browse: Browse) -> None:
    form, client = typed(place), browse("cadre")
    addresses = {client.post(record(place), form)["Location"] for _time in range(3)}
    assert len(addresses) == Visit.objects.count() == Promise.objects.count() == 1


def test_what_was_typed_stays_and_the_library_offers_clauses(place: Place, browse: Browse) -> None:
    form = typed(place, text_0="", due_0="", text_2="祖坟每座给你们补八百块", due_2="2026-04-01")
    response = browse("cadre").post(record(place), form)
    page = page_of(response)
    assert response.status_code == 422
    assert not Visit.objects.exists()
    for told in (
        "祖坟每座给你们补八百块",
        "坐下来谈了账目。",
        "这里说到了钱、单价或政策上的事",
        "“八百块”",
        form["key"],
    ):
        assert told in page, told
    assert 'data-cite="T5-LOCAL|list-1"' in page
    assert 'data-cite-in="id_cited_2"' in page


def test_another_amount_is_stopped_naming_the_decided_one(place: Place, browse: Browse) -> None:
    form = typed(place, text_0="单坟补八百元", cited_0="T5-LOCAL|list-1")
    page = page_of(browse("cadre").post(record(place), form))
    assert "“八百元”和定下的不一样" in page
    assert "500 元" in page


def test_what_nobody_decided_may_not_be_promised(place: Place, browse: Browse) -> None:
    page = page_of(browse("cadre").post(record(place), typed(place, text_0="给您家小儿子留一个名额")))
    assert "这件事没有定，不能承诺" in page
    assert "data-cite=" not in page


def test_a_photograph_that_is_none_is_named(place: Place, browse: Browse) -> None:
    fake = SimpleUploadedFile("院坝.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/jpeg")
    page = page_of(browse("cadre").post(record(place), typed(place, photos=[fake])))
    assert "院坝.jpg：不管叫什么名字，这不是 JPEG、PNG 或 WebP 照片。" in page


@pytest.mark.parametrize(
    "changes", [{"key": "x"}, {"present": ["nobody"]}, {"kind": "letter"}, {"on": "gestern"}]
)
def test_nonsense_is_a_faulty_form(place: Place, browse: Browse, changes: dict[str, Any]) -> None:
    assert browse("cadre").post(record(place), typed(place, **changes)).status_code == 422


def test_pin_signature_or_a_reason(place: Place, browse: Browse) -> None:
    card, visit = place.card(), visited(place)
    address, client = f"/staff/field/visits/{visit.pk}/acknowledge/", browse("cadre")
    wrong = client.post(address, {"way": "pin", "pin": "12"})
    assert wrong.status_code == 422
    assert "密码不对，或者该户还没有移民卡。" in page_of(wrong)
    assert "请在框里签名。" in page_of(client.post(address, {"way": "signature", "strokes": ""}))
    assert client.post(address, {"way": "none", "why_not": "电话里谈的"}).status_code == 302
    assert client.post(address, {"way": "pin", "pin": card.pin}).status_code == 302
    assert client.get(address)["Location"] == f"/staff/field/visits/{visit.pk}/"
    assert [row.way for row in VisitAcknowledgement.objects.order_by("pk")] == ["none", "pin"]


def test_settled_by_one_side_and_answered_by_the_other(place: Place, browse: Browse) -> None:
    visited(place, help_by(-2), ago=9)
    promise, family = Promise.objects.get(), browse("family")
    assert "已过期，至今没有办到" in page_of(family.get("/ours/promises/"))
    address = f"/staff/field/promises/{promise.pk}/"
    refused = browse("cadre").post(address, {"outcome": "broken", "on": str(DAY)})
    assert "请用一句话写明原因。" in page_of(refused)
    browse("cadre").post(address, {"outcome": "kept", "on": str(DAY)})
    assert "承诺的人说办到了，户里还没有说" in page_of(family.get("/ours/promises/"))
    asked_again = page_of(family.post(f"/ours/promises/{promise.pk}/", {"outcome": "broken"}))
    assert "是没有办到吗？" in asked_again
    assert not PromiseOutcome.objects.filter(said_by="household").exists()
    family.post(f"/ours/promises/{promise.pk}/", {"outcome": "broken", "confirmed": "1"})
    told = page_of(browse("township").get(f"/staff/field/{place.ours.pk}/"))
    assert "户里说没有办到，承诺的人说法不同" in told
    assert PromiseOutcome.objects.count() == 2


def test_the_household_reads_and_objects(place: Place, browse: Browse) -> None:
    visit = visited(place, photos=(Upload("a.jpg", jpeg()),), said="老人同意先搬")
    family, photo = browse("family"), VisitPhoto.objects.get()
    page = page_of(family.get("/ours/promises/"))
    assert "老人同意先搬" in page
    picture = family.get(f"/ours/photographs/{photo.pk}.jpg")
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/jpeg", "no-store")
    assert picture.content.startswith(b"\xff\xd8")
    empty = family.post(f"/ours/visits/{visit.pk}/", {"words": " "})
    assert empty.status_code == 422
    assert family.post(f"/ours/visits/{visit.pk}/", {"words": "我没有同意"}).status_code == 302
    assert VisitObjection.objects.get().words == "我没有同意"
    assert "我没有同意" in page_of(browse("township").get(f"/staff/field/visits/{visit.pk}/"))
    other = {"Sec-Fetch-Site": "cross-site"}
    assert family.post(f"/ours/visits/{visit.pk}/", {"words": "x"}, headers=other).status_code == 403


def test_each_visit_stands_on_the_households_page_with_its_day(place: Place, browse: Browse) -> None:
    days = [visited(place, ago=ago).on for ago in (1, 40)]
    page = page_of(browse("cadre").get(f"/staff/field/{place.ours.pk}/"))
    assert [f'<strong class="num">{day.isoformat()}</strong>' in page for day in days] == [True, True]


def test_photographs_are_sent_to_those_who_reach_them(place: Place, browse: Browse) -> None:
    visited(place, photos=(Upload("a.jpg", jpeg()),))
    address = f"/staff/field/photographs/{VisitPhoto.objects.get().pk}.jpg"
    before = RecordRead.objects.count()
    assert browse("cadre").get(f"{address}?small=1").status_code == 200
    assert RecordRead.objects.count() == before
    picture = browse("auditor").get(address)
    assert (picture.status_code, picture["Cache-Control"], picture["X-Content-Type-Options"]) == (
        200,
        "no-store",
        "nosniff",
    )
    assert RecordRead.objects.latest("pk").what == "visit photograph"
    assert browse("stranger").get(address).status_code == 404
    assert browse("county").get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_reading_is_noted_and_told_to_the_household(place: Place, browse: Browse) -> None:
    visit = visited(place)
    browse("auditor").get(f"/staff/field/visits/{visit.pk}/")
    browse("township").get(f"/staff/field/{place.ours.pk}/")
    page = page_of(browse("family").get("/ours/record/"))
    assert "走访记录" in page
    assert "走访与承诺" in page


def test_mine_shows_what_is_due_and_can_be_narrowed(place: Place, browse: Browse) -> None:
    visited(place, help_by(-2), ago=40)
    reindex_households([place.ours.pk, place.theirs.pk])
    page = page_of(browse("cadre").get("/staff/field/"))
    for told in ("赵近壹", "1 项承诺过期", "40 天前去过", record(place)):
        assert told in page, told
    assert "禤远壹" not in page
    assert "赵近壹" in page_of(browse("cadre").get("/staff/field/", {"wait": "late", "q": "赵近"}))
    assert "您的户里没有符合的" in page_of(browse("cadre").get("/staff/field/", {"q": "钱"}))
    results = browse("cadre").get("/staff/field/", headers={"HX-Request": "true"})
    assert "<html" not in page_of(results)


def test_leads_see_figures_and_not_words_on_the_households_page(place: Place, browse: Browse) -> None:
    visited(place, help_by(-2, "陪老人去看病"), ago=9, said="老人说腿疼")
    page = page_of(browse("county").get(f"/staff/households/{place.ours.pk}/"))
    assert "1 项过期" in page
    assert "腿疼" not in page
    assert "看病" not in page
    assert f"/staff/field/{place.ours.pk}/" not in page
    assert f"/staff/field/{place.ours.pk}/" in page_of(
        browse("township").get(f"/staff/households/{place.ours.pk}/")
    )


def test_the_board_and_its_table(place: Place, browse: Browse) -> None:
    Organisation.objects.filter(pk=place.cadre.organisation_id).update(name="=2+2")
    visited(place, help_by(-2), ago=9)
    page = page_of(browse("township").get("/staff/visits/"))
    for told in ("近溪镇", "100%", "每户至少每 30 天走访一次", "赵近壹"):
        assert told in page, told
    assert "禤远壹" not in page
    table = browse("township").get("/staff/visits/export.csv").getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[1] == ["乡镇", "近溪镇", "1", "1", "100", "0", "9", "0", "1", "0"]
    assert rows[2][:2] == ["机构", "'=2+2"]


@pytest.mark.parametrize(
    ("name", "address", "most"),
    [
        ("cadre", "/staff/field/", 26),
        ("cadre", "/staff/field/{ours}/", 60),
        ("cadre", "/staff/field/{ours}/visit/", 24),
        ("township", "/staff/visits/", 30),
        ("family", "/ours/promises/", 26),
    ],
)
def test_pages_ask_no_more_the_more_there_is(
    place: Place, browse: Browse, name: str, address: str, most: int
) -> None:
    def asked() -> int:
        client.get(address.format(ours=place.ours.pk))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address.format(ours=place.ours.pk)).status_code == 200
        return len(queries)

    visited(place, help_by(-2), help_by(3), ago=9)
    client = browse(name)
    few = asked()
    for ago in range(1, 9):
        visited(place, help_by(ago), ago=ago, photos=(Upload("a.jpg", jpeg()),))
    assert asked() <= few + 1 <= most


def test_a_correction_through_its_page(place: Place, browse: Browse) -> None:
    visit = visited(place, said="院坝四十平", others="妹夫")
    address = f"/staff/field/visits/{visit.pk}/correct/"
    page = page_of(browse("cadre").get(address))
    assert "院坝四十平" in page
    assert "妹夫" in page
    form = {**typed(place, said="院坝四十二平"), "why": ""}
    assert browse("cadre").post(address, form).status_code == 422
    assert browse("cadre").post(address, form | {"why": "听错了"}).status_code == 302
    shown = page_of(browse("auditor").get(f"/staff/field/visits/{visit.pk}/"))
    for told in ("院坝四十二平", "院坝四十平", "听错了"):
        assert told in shown, told


def test_whoever_left_the_household_reaches_nothing_of_it(place: Place, browse: Browse) -> None:
    visit = visited(place)
    Pairing.objects.filter(helper=place.cadre).update(valid_until=DAY)
    for address in (f"/staff/field/{place.ours.pk}/", record(place), f"/staff/field/visits/{visit.pk}/"):
        assert browse("cadre").get(address).status_code == 404
