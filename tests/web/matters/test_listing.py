"""清单: everybody sees theirs, what is due first at the top; what leaves as a file names nobody and quotes nothing."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from tests.matters.place import Place
from yixian.kernel.actions.run_scheduled_tasks import run_all
from yixian.matters.actions import hand_over
from yixian.matters.actions.receive_matter import receive_matter
from yixian.matters.choices import IntakeChannel, Topic
from yixian.matters.intake import Complainant, Subject, Submission
from yixian.matters.queries import matter_view
from yixian.matters.queries.matter_board import TABS, matter_list

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
LIST = "/staff/matters/"
BUDGET = 45
"""Statements for a page of the list: sign-in, figures, the rows and what hangs on them, however many rows there are."""


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def texts(response: object) -> str:
    return b"".join(response).decode()  # type: ignore[call-overload]


def test_the_first_due_stands_first_and_what_is_over_is_red(place: Place, browse: Browse) -> None:
    late = place.raised("早的那件", at=ago(20))
    fresh = place.raised("晚的那件", at=ago(1))
    page = texts(browse("petition").get(LIST))
    assert page.index(late.matter.number) < page.index(fresh.matter.number)
    assert "tag-bad" in page
    assert "逾期" in page
    assert "还有 14 天" in page


def test_search_finds_numbers_and_words_of_what_one_may_see(place: Place, browse: Browse) -> None:
    wanted, other = place.raised("水沟堵了，下雨就淹。"), place.raised("路没修完。")
    for text in ("水沟堵了", wanted.matter.number, wanted.matter.number[:6]):
        page = texts(browse("petition").get(LIST, {"q": text, "tab": "open"}))
        assert wanted.matter.number in page
        assert f"{LIST}{other.matter.number}/" not in page
    assert "没有相符的诉求" in texts(browse("petition").get(LIST, {"q": "从没说过的话", "tab": "open"}))
    assert "没有相符的诉求" in texts(browse("water").get(LIST, {"q": "水沟堵了", "tab": "open"}))


def test_limits_by_topic_channel_and_place(place: Place, browse: Browse) -> None:
    price = place.raised("单价太低。", topic=Topic.PRICE, area_id=place.near.pk)
    road = place.raised("路没修完。", topic=Topic.PUBLIC_WORKS, area_id=place.far.pk)
    petition = browse("petition")
    for query in ({"topic": "price"}, {"area": str(place.near.pk)}):
        page = texts(petition.get(LIST, {"tab": "open", **query}))
        assert price.matter.number in page
        assert road.matter.number not in page
    assert "没有相符的诉求" in texts(petition.get(LIST, {"tab": "open", "channel": "hotline"}))
    assert petition.get(LIST, {"area": "999999"}).status_code == 404


def test_every_empty_tab_says_what_to_do(place: Place, browse: Browse) -> None:
    for tab in TABS:
        page = texts(browse("petition").get(LIST, {"tab": tab.name}))
        assert 'class="empty"' in page
        assert "没有相符的诉求" not in page


def test_whoever_only_reads_is_offered_no_work(place: Place, browse: Browse) -> None:
    place.raised()
    page = texts(browse("monitor").get(LIST))
    assert "我要办的" not in page
    assert "/staff/matters/new/" not in page
    assert browse("admin").get(LIST).status_code == 403
    assert browse("surveyor").get(LIST).status_code == 403


def test_what_is_about_an_official_is_in_no_list_count_or_file_of_theirs(
    place: Place, browse: Browse
) -> None:
    number = receive_matter(
        Submission(
            uuid.uuid4(),
            "信访局的人骂人。",
            topic=Topic.CONDUCT,
            channel=IntakeChannel.COUNTER,
            subjects=(Subject(organisation_id=place.organisations["petition"].pk),),
            read_back=True,
        ),
        actor=place.actor("clerk"),
        at=ago(1),
    ).matter.number
    for address in (LIST, f"{LIST}export.csv"):
        assert number not in texts(browse("petition").get(address, {"tab": "open"}))
    assert "没有相符的诉求" in texts(browse("petition").get(LIST, {"tab": "open", "q": number}))
    assert "<dd>1</dd>" not in texts(browse("petition").get(LIST, {"tab": "open"}))
    assert number in texts(browse("auditor").get(LIST, {"tab": "open"}))


def test_the_file_names_nobody_quotes_nothing_and_runs_nothing(place: Place, browse: Browse) -> None:
    place.organisations["petition"].name = "=cmd|calc"
    place.organisations["petition"].save()
    receipt = place.raised(
        "我家的晒坝没有量。", at=ago(20), people=(Complainant("赵近壹", "13800001111"),), wanted="补量"
    )
    petition = browse("petition")
    text = b"".join(petition.get(f"{LIST}export.csv", {"tab": "open"})).decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(petition.get(f"{LIST}export.xlsx"))))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert cells[1][0] == receipt.matter.number
    assert cells[1][-2:] == [datetime(2026, 11, 23), -3]  # noqa: DTZ001 - a day in Excel has no zone
    for said in (text, repr(cells)):
        assert receipt.matter.number in said
        assert "'=cmd|calc" in said
        for private in ("晒坝", "补量", "赵近壹", "13800001111", receipt.code):
            assert private not in said


def test_a_page_of_the_list_keeps_its_budget(
    place: Place, browse: Browse, django_assert_max_num_queries: Callable
) -> None:
    for number in range(30):
        place.raised(f"第{number}件", at=ago(number))
    hand_over.forward(
        place.raised().matter.number,
        place.organisations["water"].pk,
        "",
        actor=place.actor("petition"),
        at=timezone.now(),
    )
    client = browse("petition")
    client.get(LIST)
    with django_assert_max_num_queries(BUDGET):
        page = texts(client.get(LIST, {"tab": "open"}))
    assert page.count('lead-cell"') == 25
    assert "31 件诉求" in page


def test_today_tells_handlers_what_waits(place: Place, browse: Browse) -> None:
    place.raised(at=ago(20))
    offered = place.raised()
    hand_over.offer(
        offered.matter.number,
        place.organisations["water"].pk,
        "归你们管。",
        "三定方案",
        actor=place.actor("petition"),
        at=timezone.now(),
    )
    assert "有诉求逾期" in texts(browse("petition").get("/staff/"))
    assert "接收或者退回" in texts(browse("water").get("/staff/"))
    assert "接收或者退回" not in texts(browse("cadre").get("/staff/"))


def test_what_is_offered_is_due_when_silence_takes_it_over(place: Place, browse: Browse) -> None:
    """Five working days, and not the fifteen until the person must be told: the page of the matter says the same."""
    first, second = place.raised(at=ago(1)), place.raised(at=ago(1))
    for receipt, at in ((second, ago(1)), (first, timezone.now())):
        hand_over.offer(
            receipt.matter.number,
            place.organisations["water"].pk,
            "归你们管。",
            "三定方案",
            actor=place.actor("petition"),
            at=at,
        )
    rows = [
        (row.number, row.next_clock, row.next_due_on)
        for row in matter_list(place.actor("water"), at=timezone.now(), tab="offered").window(0, 9)
    ]
    due = {
        receipt.matter.number: next(
            clock.due_on
            for clock in matter_view(place.actor("water"), receipt.matter, at=timezone.now()).clocks
            if clock.id == "return"
        )
        for receipt in (second, first)
    }
    assert rows == [(number, "接收或者退回", day) for number, day in due.items()]


def test_the_household_page_of_staff_says_nothing_of_its_matters(place: Place, browse: Browse) -> None:
    receipt = place.by_household("我家的晒坝没有量，一直没有人来。", at=ago(2))
    page = texts(browse("clerk").get(f"/staff/households/{place.ours.pk}/"))
    for private in (receipt.matter.number, receipt.code, "晒坝没有量", f"{LIST}{receipt.matter.number}"):
        assert private not in page


def test_the_board_is_red_while_the_clocks_are_not_looked_at(place: Place, browse: Browse) -> None:
    assert "后台停住了" in texts(browse("petition").get(LIST))
    run_all(at=timezone.now())
    assert "后台停住了" not in texts(browse("petition").get(LIST))
