"""一件诉求: its page tells everything but who, and offers only the steps that may be taken now."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.kernel.received.pictures import jpeg
from tests.matters.place import EARTH_TIMBER, Place
from tests.matters.test_handling import OPINION
from yixian.matters.access import get_matter
from yixian.matters.actions import converse, decide, hand_over, pause, sort_matter, take_on
from yixian.matters.actions.escalate import escalate
from yixian.matters.actions.say_verdict import say_verdict
from yixian.matters.choices import LinkKind, MeetingKind, NotificationChannel, Verdict
from yixian.matters.intake import Complainant
from yixian.matters.models import IdentityOpening, MatterReading
from yixian.matters.person_access import MatterCredential
from yixian.matters.procedures import shipped
from yixian.matters.queries import steps_for
from yixian.web.matters.step_pages import STEPS

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
BUDGET = 75
STEP = re.compile(r"/staff/matters/\d{10}/([a-z_]+)/")
NAME, PHONE = "禤隐名", "13777770001"


def ago(count: int) -> datetime:
    return timezone.now() - timedelta(days=count)


def texts(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def address(number: str) -> str:
    return f"/staff/matters/{number}/"


def full_life(place: Place) -> str:
    """A matter in which everything has happened that a page can show."""
    receipt = place.raised(
        "土木房的单价太低，重建不起。",
        at=ago(60),
        wanted="提高单价。",
        people=(Complainant(NAME, PHONE),),
        clauses=(EARTH_TIMBER,),
        item_line="L-0007",
        payment="P-0009",
        files=(("a.jpg", jpeg()),),
    )
    number, clerk = receipt.matter.number, place.actor("clerk")
    hand_over.forward(
        number, place.organisations["bureau"].pk, "请办理。", actor=place.actor("petition"), at=ago(59)
    )
    take_on.accept_matter(number, "我们会去看。", actor=clerk, at=ago(58))
    converse.write_note(number, uuid.uuid4(), "同村还有三户。", actor=clerk, at=ago(57))
    minutes = pause.Minutes(MeetingKind.MEDIATION, ago(50).date(), "双方到场", "谈了单价。", "村部", "再议。")
    pause.write_minutes(number, minutes, actor=clerk, at=ago(50))
    decide.decide(number, OPINION, actor=clerk, at=ago(30))
    converse.write_to_person(
        number, uuid.uuid4(), "意见已作出。", NotificationChannel.CALL, actor=clerk, at=ago(29)
    )
    say_verdict(MatterCredential(code=receipt.code), Verdict.PARTLY, 3, "话说清了。", at=ago(28))
    twin = place.raised("另一件", at=ago(20))
    hand_over.forward(
        twin.matter.number, place.organisations["bureau"].pk, "", actor=place.actor("petition"), at=ago(19)
    )
    sort_matter.link_matters(number, twin.matter.number, LinkKind.SAME, actor=clerk, at=ago(10))
    return number


def test_the_page_shows_everything_but_who(place: Place, browse: Browse) -> None:
    number = full_life(place)
    page = texts(browse("clerk").get(address(number)))
    for said in (
        "土木房的单价太低，重建不起。",
        "提高单价。",
        "L-0007",
        "P-0009",
        "#c-table-rural",
        "请办理。",
        "我们会去看。",
        "同村还有三户。",
        "谈了单价。",
        "经实地核查",
        "意见已作出。",
        "话说清了。",
        "两河县移民局",
        "同一件事，重提或从别的渠道又提",
        "请求复查",
        "/staff/matters/files/",
        "opinions/1.pdf",
    ):
        assert said in page, said
    assert NAME not in page
    assert PHONE not in page


def test_every_step_is_limited_by_kind_month_and_person(place: Place, browse: Browse) -> None:
    number, clerk = full_life(place), str(place.users["clerk"])

    def steps(**asked: str) -> str:
        page = texts(browse("clerk").get(address(number), {"list": "wait=any", **asked}))
        return page[page.index('<ol class="timeline">') :].partition("</section>")[0]

    assert "请办理。" in steps()
    assert "请办理。" not in steps(by=clerk)
    assert "我们会去看。" in steps(by=clerk)
    assert "请办理。" in steps(by="no such person")
    month = f"{timezone.localtime(ago(58)):%Y-%m}"
    assert "我们会去看。" in steps(by=clerk, month=month)
    page = texts(browse("clerk").get(address(number), {"list": "wait=any", "by": clerk}))
    assert '<input type="hidden" name="list" value="wait=any">' in page


def test_a_matter_is_asked_for_by_its_number_alone(place: Place, browse: Browse) -> None:
    receipt = place.raised()
    petition = browse("petition")
    assert petition.get(address(receipt.matter.number)).status_code == 200
    assert petition.get(address(str(receipt.matter.pk))).status_code == 404
    assert browse("water").get(address(receipt.matter.number)).status_code == 404
    assert browse("admin").get(address(receipt.matter.number)).status_code == 403


def test_opening_the_page_is_noted_once_an_hour(place: Place, browse: Browse) -> None:
    receipt = place.raised()
    for _again in range(2):
        browse("petition").get(address(receipt.matter.number))
    assert MatterReading.objects.filter(matter=receipt.matter, by=place.users["petition"]).count() == 1


@pytest.mark.parametrize("who", ["petition", "clerk", "lead", "county", "monitor", "auditor", "finance"])
def test_only_the_steps_that_may_be_taken_are_offered_and_each_has_a_page(
    place: Place, browse: Browse, who: str
) -> None:
    numbers = [full_life(place), place.raised(at=ago(3)).matter.number]
    offered = place.raised(at=ago(2)).matter.number
    hand_over.offer(
        offered,
        place.organisations["bureau"].pk,
        "归移民局管。",
        "三定方案",
        actor=place.actor("petition"),
        at=ago(1),
    )
    client = browse(who)
    for number in (*numbers, offered):
        response = client.get(address(number))
        if response.status_code == 404:
            continue
        matter = get_matter(place.actor(who), number, at=timezone.now())
        may = steps_for(place.actor(who), matter, at=timezone.now())
        assert set(STEP.findall(texts(response))) - {"opinions"} == may
        assert may <= set(STEPS.by_name)
        for step in may:
            assert client.get(f"{address(number)}{step}/").status_code == 200, step


def test_a_step_that_may_not_be_taken_is_refused_and_an_unknown_one_is_not_there(
    place: Place, browse: Browse
) -> None:
    receipt = place.raised()
    number = receipt.matter.number
    petition = browse("petition")
    assert petition.post(f"{address(number)}close/").status_code == 409
    assert petition.get(f"{address(number)}delete/").status_code == 404
    assert browse("auditor").post(f"{address(number)}accept/", {"reason": ""}).status_code == 409
    assert browse("monitor").post(f"{address(number)}accept/", {"reason": ""}).status_code == 403
    assert browse("cadre").post(f"{address(number)}accept/", {"reason": ""}).status_code == 403


def test_who_raised_it_is_opened_with_a_reason_for_a_day_and_noted(place: Place, browse: Browse) -> None:
    receipt = place.raised(people=(Complainant(NAME, PHONE),))
    number, petition = receipt.matter.number, browse("petition")
    sealed = texts(petition.get(address(number)))
    assert "本人看得到您开启过" in sealed
    refused = petition.post(f"{address(number)}identity/", {"reason": " "})
    assert refused.status_code == 422
    assert NAME not in texts(refused)
    assert petition.post(f"{address(number)}identity/", {"reason": "要上门核对。"}).status_code == 302
    opened = texts(petition.get(address(number)))
    assert NAME in opened
    assert PHONE in opened
    assert "24 小时内有效" in opened
    assert NAME not in texts(browse("petition2").get(address(number)))
    assert IdentityOpening.objects.get().reason == "要上门核对。"
    assert NAME not in texts(browse("county").get(address(number)))


def test_of_a_matter_without_a_name_it_says_that_nothing_is_kept(place: Place, browse: Browse) -> None:
    receipt = place.raised(anonymous=True)
    page = texts(browse("petition").get(address(receipt.matter.number)))
    assert "这件事没有留名" in page
    assert "/identity/" not in page


def test_a_year_without_holidays_is_named_and_a_day_that_may_move_is_marked(
    place: Place, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = shipped().calendar.years[-1].year
    monkeypatch.setattr(timezone, "now", lambda: datetime(known, 12, 20, 2, tzinfo=UTC))
    number = place.raised(at=timezone.now()).matter.number
    page = texts(browse("petition").get(address(number)))
    assert f"{known + 1} 年的节假日还没有录入" in page
    assert "还可能变动" not in page
    assert "还算不出" in texts(browse("petition").get("/staff/matters/", {"tab": "open"}))
    monkeypatch.setattr(timezone, "now", lambda: datetime(known, 3, 2, 2, tzinfo=UTC))
    assert "还可能变动" in texts(
        browse("petition").get(address(place.raised(at=timezone.now()).matter.number))
    )


def test_missed_limits_and_who_was_told_stand_there(place: Place, browse: Browse) -> None:
    receipt = place.raised(at=ago(40))
    escalate(at=timezone.now())
    page = texts(browse("petition").get(address(receipt.matter.number)))
    assert "standing-late" in page
    assert "上报" in page
    assert re.search(r"逾期 \d+ 天", page)


def test_the_page_keeps_its_budget(
    place: Place, browse: Browse, django_assert_max_num_queries: Callable
) -> None:
    number = full_life(place)
    client = browse("clerk")
    client.get(address(number))
    with django_assert_max_num_queries(BUDGET):
        assert client.get(address(number)).status_code == 200


def test_attachments_are_for_those_who_see_the_matter_and_are_kept_nowhere(
    place: Place, browse: Browse
) -> None:
    receipt = place.raised(files=(("a.jpg", jpeg()),))
    file = receipt.matter.files.get()
    where = f"/staff/matters/files/{file.pk}/"
    response = browse("petition").get(where)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "no-store"
    assert len(browse("petition").get(where, {"small": "1"}).content) <= len(response.content)
    assert browse("water").get(where).status_code == 404


def test_nothing_on_the_pages_is_inline(place: Place, browse: Browse) -> None:
    number = full_life(place)
    clerk = browse("clerk")
    for page in (address(number), "/staff/matters/", "/staff/matters/new/", f"{address(number)}sort/"):
        text = texts(clerk.get(page))
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", text), page
