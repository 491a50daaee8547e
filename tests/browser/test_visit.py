"""走访全程: on a phone a cadre records a visit with a photograph and a promise; the household confirms it, reads it, and says
that the promise was kept; the lead's board has changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.visits import Visitor
from tests.kernel.received.pictures import placed_jpeg
from yixian.demo.note import Card

Make = Callable[..., Visitor]
PHONE = 390


@pytest.fixture
def shown(house: House) -> tuple[int, Card]:
    """The household that is shown first: the demonstration's cadre stands beside it, and its card is known."""
    card = house.note.cards[0]
    with closing(sqlite3.connect(house.home / "yixian.sqlite3")) as connection:
        query = "SELECT id FROM registry_household WHERE household_no = ?"
        (household_id,) = connection.execute(query, (card.household_no,)).fetchone()
    return household_id, card


def figure(page: Page, label: str) -> int:
    """A whole number of the board."""
    text = page.locator(".figures > div", has_text=label).locator("dd").inner_text()
    return int("".join(mark for mark in text.split("/")[0].split("%")[-1] if mark.isdigit()))


def test_a_visit_from_the_door_to_the_board(
    shown: tuple[int, Card], visitor: Make, tmp_path: Path, house: House
) -> None:
    household_id, card = shown
    lead, cadre, family = visitor("lead"), visitor("cadre", width=PHONE), visitor("card", width=PHONE)
    lead.go("/staff/visits/")
    within, open_before = figure(lead.page, "按规则走访"), figure(lead.page, "未了结的承诺")

    cadre.go("/staff/field/")
    assert cadre.page.locator(".door").count() >= 1
    expect(cadre.page.locator(f"a[href='/staff/field/{household_id}/visit/']")).to_be_visible()
    cadre.go(f"/staff/field/{household_id}/visit/")
    page = cadre.page
    page.locator("[name=present]").first.check()
    page.fill("[name=said]", "老人说蓄水池又漏了，账目没有意见。")
    page.fill("[name=text_0]", "给你们多补3000元修水池")
    page.fill("[name=due_0]", _in_days(page, 5))
    photo = tmp_path / "水池.jpg"
    photo.write_bytes(placed_jpeg())
    page.set_input_files("[name=photos]", photo)
    expect(page.locator("[data-photo-preview] img")).to_be_visible()
    page.click("#visit-send")
    expect(page.locator("#visit-fields .errorlist").first).to_contain_text("有条款才能承诺")
    expect(page.locator("[name=said]")).to_have_value("老人说蓄水池又漏了，账目没有意见。")
    page.wait_for_function("document.querySelector('[name=photos]').files.length === 1")
    assert cadre.too_wide() == []
    page.fill("[name=text_0]", "请水管站的人来看蓄水池")
    page.click("#visit-send")
    page.wait_for_url("**/acknowledge/")
    assert cadre.too_wide() == []
    page.fill("[name=pin]", card.pin)
    page.get_by_role("button", name="用密码确认").click()
    page.wait_for_url(f"**/staff/field/{household_id}/")
    expect(page.locator(".notice-good")).to_contain_text("户里已确认")
    page.locator(".photos img").first.scroll_into_view_if_needed()
    picture = page.locator(".photos img").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0

    lead.go("/staff/visits/")
    assert figure(lead.page, "按规则走访") >= within
    assert figure(lead.page, "未了结的承诺") == open_before + 1

    family.go("/ours/promises/")
    promise = family.page.locator(".promise", has_text="请水管站的人来看蓄水池")
    expect(family.page.locator(".visits > li").first).to_contain_text("老人说蓄水池又漏了")
    expect(family.page.locator(".visits > li").first).to_contain_text("我们确认过")
    promise.get_by_role("button", name="办到了", exact=True).click()
    family.page.wait_for_url("**/ours/promises/")
    expect(promise.locator(".tag").first).to_have_text("户里说办到了")
    assert family.too_wide() == []

    lead.go("/staff/visits/")
    assert figure(lead.page, "未了结的承诺") == open_before
    lead.go(f"/staff/field/{household_id}/")
    expect(lead.page.locator(".promise", has_text="请水管站的人来看蓄水池")).to_contain_text("户里说办到了")
    refused = [one for one in cadre.complaints if "422" not in one]
    assert refused + family.complaints + lead.complaints == []


def test_a_name_signed_with_a_finger(shown: tuple[int, Card], visitor: Make, house: House) -> None:
    household_id, _card = shown
    cadre = visitor("cadre", width=PHONE)
    cadre.go(f"/staff/field/{household_id}/visit/")
    page = cadre.page
    page.locator("[name=present]").first.check()
    page.fill("[name=said]", "来送丈量的记录。")
    page.click("#visit-send")
    page.wait_for_url("**/acknowledge/")
    paper = page.locator("[data-paper]")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box is not None
    for across in (0.2, 0.5, 0.7):
        page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * 0.3)
        page.mouse.down()
        for step in range(8):
            page.mouse.move(
                box["x"] + box["width"] * (across + 0.02 * step),
                box["y"] + box["height"] * (0.3 + 0.05 * step),
            )
        page.mouse.up()
    page.get_by_role("button", name="用这个签名确认").click()
    page.wait_for_url(f"**/staff/field/{household_id}/")
    page.locator(".visit-day").first.click()
    expect(page.locator(".signed path")).to_be_attached()
    assert page.locator(".signed path").get_attribute("d").startswith("M")
    assert cadre.complaints == []


def test_a_clause_offered_is_put_in_with_a_touch(shown: tuple[int, Card], visitor: Make) -> None:
    household_id, _card = shown
    cadre = visitor("cadre", width=PHONE)
    cadre.go(f"/staff/field/{household_id}/visit/")
    page = cadre.page
    page.locator("[name=present]").first.check()
    page.fill("[name=said]", "问祖坟。")
    page.fill("[name=text_0]", "祖坟给你们补500元一座")
    page.fill("[name=due_0]", _in_days(page, 30))
    page.click("#visit-send")
    page.locator("[data-cite='T5-LOCAL|list-1']").click()
    expect(page.locator("[name=cited_0]")).to_have_value("T5-LOCAL|list-1")
    page.click("#visit-send")
    page.wait_for_url("**/acknowledge/")
    expect(page.locator(".promise")).to_contain_text("祖坟给你们补500元一座")


def _in_days(page: Page, days: int) -> str:
    """A day so many days from the day of the form."""
    on = page.input_value("[name=on]")
    return str(
        page.evaluate(f"new Date(Date.parse({json.dumps(on)}) + {days} * 864e5).toISOString().slice(0, 10)")
    )
