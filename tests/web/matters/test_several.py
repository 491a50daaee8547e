"""批量: several matters are marked, named with what cannot be done and why, and handled all together or not at all."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from tests.matters.place import Place
from yixian.kernel.errors import Refused
from yixian.matters.actions import hand_over, take_on
from yixian.matters.choices import IntakeChannel, Topic
from yixian.matters.intake import Subject
from yixian.matters.models import Matter, MatterMessage
from yixian.matters.queries import steps_for

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
LIST = "/staff/matters/"


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def texts(response: object) -> str:
    return b"".join(response).decode()  # type: ignore[call-overload]


def offered_to_bureau(place: Place, words: str) -> Matter:
    matter = place.raised(words, at=ago(3)).matter
    bureau = place.organisations["bureau"].pk
    hand_over.forward(matter.number, bureau, "", actor=place.actor("petition"), at=ago(2))
    return matter


def kinds(matter: Matter) -> list[str]:
    return list(matter.events.order_by("seq").values_list("kind", flat=True))


def test_the_list_says_how_each_begins_and_the_file_does_not(place: Place, browse: Browse) -> None:
    place.raised("土木房的单价太低，重建不起。" * 5, at=ago(1))
    page = texts(browse("petition").get(LIST))
    assert ("土木房的单价太低，重建不起。" * 3)[:39] + "…</span>" in page
    assert "土木房的单价太低，重建不起" not in texts(browse("petition").get(f"{LIST}export.csv"))


def test_today_says_how_each_begins(place: Place, browse: Browse) -> None:
    offered_to_bureau(place, "水沟堵了，下雨就淹。")
    assert "水沟堵了，下雨就淹。" in texts(browse("clerk").get("/staff/"))
    assert "水沟堵了" not in texts(browse("water").get("/staff/"))


def test_several_are_taken_over_and_what_cannot_be_is_named(place: Place, browse: Browse) -> None:
    first, second = offered_to_bureau(place, "第一件"), offered_to_bureau(place, "第二件")
    taken = offered_to_bureau(place, "第三件")
    hand_over.accept_handover(taken.number, actor=place.actor("clerk"), at=ago(1))
    clerk = browse("clerk")
    asked = {"row": [first.number, second.number, taken.number], "list": "tab=offered"}
    page = texts(clerk.get(f"{LIST}several/take_over/", asked))
    assert "这 2 件照办" in page
    assert "这 1 件办不了" in page
    hidden = re.findall(r'name="row" value="(\d+)"', page)
    assert set(hidden) == {first.number, second.number}
    answer = clerk.post(f"{LIST}several/take_over/", {"row": hidden, "list": "tab=offered"})
    assert answer.headers["Location"] == f"{LIST}?tab=offered"
    assert kinds(first)[-1] == kinds(second)[-1] == "handover_accepted"


def test_where_one_is_refused_none_is_done(place: Place, browse: Browse) -> None:
    first, taken = offered_to_bureau(place, "第一件"), offered_to_bureau(place, "第二件")
    hand_over.accept_handover(taken.number, actor=place.actor("clerk"), at=ago(1))
    rows = [first.number, taken.number]
    answer = browse("clerk").post(f"{LIST}several/take_over/", {"row": rows})
    assert answer.status_code in {409, 422}
    assert f"一件也没有办：{taken.number} 办不了" in texts(answer)
    assert kinds(first)[-1] == "forwarded"


def test_what_is_out_of_reach_is_not_there(place: Place, browse: Browse) -> None:
    number = place.raised(
        "信访局的人骂人。",
        at=ago(1),
        topic=Topic.CONDUCT,
        subjects=(Subject(organisation_id=place.organisations["petition"].pk),),
    ).matter.number
    petition = browse("petition")
    assert petition.get(f"{LIST}several/accept/", {"row": number}).status_code == 404
    own = place.raised("路没修完。", at=ago(1)).matter
    page = texts(petition.get(f"{LIST}several/accept/", {"row": [own.number, number]}))
    assert "您已经看不到这一件" in page
    assert "骂人" not in page
    answer = petition.post(f"{LIST}several/accept/", {"row": [own.number, number]})
    assert "accepted" not in kinds(own)
    assert answer.status_code in {409, 422}


def test_nothing_marked_leads_back_and_readers_have_no_boxes(place: Place, browse: Browse) -> None:
    place.raised(at=ago(1))
    answer = browse("petition").get(f"{LIST}several/accept/", {"list": "tab=open"})
    assert answer.headers["Location"] == f"{LIST}?tab=open"
    assert 'name="row"' in texts(browse("petition").get(LIST))
    assert 'name="row"' not in texts(browse("monitor").get(LIST))
    assert browse("monitor").get(f"{LIST}several/accept/").status_code == 403
    assert browse("petition").get(f"{LIST}several/else/").status_code == 404


def test_several_are_given_to_a_colleague_and_told_the_same(place: Place, browse: Browse) -> None:
    both = [place.raised(words, at=ago(1)).matter for words in ("第一件", "第二件")]
    rows, petition = [matter.number for matter in both], browse("petition")
    page = texts(petition.get(f"{LIST}several/assign/", {"row": rows}))
    assert str(place.users["petition2"]) in page
    petition.post(f"{LIST}several/assign/", {"row": rows, "user": place.users["petition2"].pk})
    assert {matter.events.get(kind="assigned").assignee_id for matter in both} == {
        place.users["petition2"].pk
    }
    form = {"row": rows, "key": uuid.uuid4(), "words": "正在核实，本周回话。"}
    for _again in range(2):
        petition.post(f"{LIST}several/write/", form)
    assert [row.words for row in MatterMessage.objects.all()] == ["正在核实，本周回话。"] * 2


def test_from_one_matter_of_a_list_to_the_next(place: Place, browse: Browse) -> None:
    first, second, third = [place.raised(f"第{n}件", at=ago(9 - n)).matter.number for n in range(3)]
    petition = browse("petition")
    page = texts(petition.get(LIST, {"tab": "open", "topic": "price"}))
    href = re.search(rf'href="({LIST}{second}/[^"]*)"', page).group(1).replace("&amp;", "&")  # type: ignore[union-attr]
    assert parse_qs(urlsplit(href).query) == {"list": ["tab=open&topic=price"], "row": ["2"]}
    walked = texts(petition.get(href)).replace("&amp;", "&")
    assert f"{LIST}{first}/?list=tab%3Dopen%26topic%3Dprice&row=1" in walked
    assert f"{LIST}{third}/?list=tab%3Dopen%26topic%3Dprice&row=3" in walked
    assert "2 / 3" in walked
    assert f'href="{LIST}?tab=open&topic=price"' in walked
    step = re.search(rf'href="({LIST}{second}/accept/[^"]*)"', walked).group(1)  # type: ignore[union-attr]
    assert step.endswith("row=2")
    answer = petition.post(step, {"reason": ""})
    assert answer.headers["Location"] == f"{LIST}{second}/?list=tab%3Dopen%26topic%3Dprice&row=2"
    for broken in ("?row=2", "?list=area%3D999999&row=1", "?list=&row=0", "?list=&row=x"):
        assert petition.get(f"{LIST}{second}/{broken}").status_code == 200


def test_what_left_the_list_leaves_the_way_to_the_next(place: Place, browse: Browse) -> None:
    first, second = [place.raised(f"第{n}件", at=ago(9 - n)).matter.number for n in range(2)]
    take_on.refuse_matter(first, "不归这里管", "法院", actor=place.actor("petition"), at=ago(1))
    page = texts(browse("petition").get(f"{LIST}{first}/?list=tab%3Dopen%26q%3D{second}&row=1"))
    assert f"{LIST}{second}/?list=" in page
    assert " / " not in re.search(r'<nav class="walk.*?</nav>', page, re.DOTALL).group(0).replace("</", "")  # type: ignore[union-attr]


def test_an_offer_is_taken_back_until_it_was_taken_over(place: Place, browse: Browse) -> None:
    matter = offered_to_bureau(place, "转错了。")
    assert "take_back" in steps_for(place.actor("petition"), matter, at=ago(1))
    assert "take_back" not in steps_for(place.actor("clerk"), matter, at=ago(1))
    browse("petition").post(f"{LIST}{matter.number}/take_back/", {"reason": "应由水利局办"})
    assert kinds(matter)[-1] == "handover_withdrawn"
    assert "take_over" not in steps_for(place.actor("clerk"), matter, at=timezone.now())
    water = place.organisations["water"].pk
    hand_over.forward(matter.number, water, "", actor=place.actor("petition"), at=timezone.now())
    hand_over.accept_handover(matter.number, actor=place.actor("water"), at=timezone.now())
    with pytest.raises(Refused, match="offered to nobody"):
        hand_over.take_back(matter.number, "再撤", actor=place.actor("water"), at=timezone.now())


def test_the_usual_receivers_stand_first_and_any_other_is_typed(place: Place, browse: Browse) -> None:
    for _time in range(2):
        hand_over.forward(
            place.raised(at=ago(5), area_id=place.near.pk).matter.number,
            place.organisations["water"].pk,
            "",
            actor=place.actor("petition"),
            at=ago(4),
        )
    matter = place.raised(at=ago(1), area_id=place.near.pk).matter
    address, petition = f"{LIST}{matter.number}/forward/", browse("petition")
    page = texts(petition.get(address))
    assert re.findall(r'type="radio" name="to_organisation"[^>]*>([^<]+)<', page) == [
        "两河县水利局",
        "近溪镇领导班子",
        "两河县移民局",
    ]
    assert '<option value="两河县自然资源局">' in page
    assert "有好几个单位含这几个字" in texts(petition.post(address, {"to_organisation_typed": "两河县"}))
    assert "没有叫这个名称的单位" in texts(petition.post(address, {"to_organisation_typed": "气象局"}))
    assert petition.post(address, {}).status_code == 422
    assert petition.post(address, {"to_organisation_typed": "自然资源"}).status_code == 302
    assert matter.events.get(kind="forwarded").to_organisation == place.organisations["land"]


def test_what_the_petition_office_takes_down_is_registered_at_once(place: Place, browse: Browse) -> None:
    by_office = place.raised(
        actor=place.actor("petition"), at=ago(1), channel=IntakeChannel.COUNTER, read_back=True
    )
    assert kinds(by_office.matter) == ["received", "registered"]
    by_bureau = place.raised(
        actor=place.actor("clerk"), at=ago(1), channel=IntakeChannel.COUNTER, read_back=True
    )
    assert kinds(by_bureau.matter) == ["received"]
    assert kinds(place.raised(at=ago(1)).matter) == ["received"]
