"""离岗走一遍: a leaving announced, confirmed and handed over; somebody suddenly away, stood in for; the map by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.house import House, own_county, served
from tests.browser.visits import Visitor, sign_in

_FREE = """1 = 1 AND kind = 'cadre' AND places > 0 AND valid_until IS NULL
AND id NOT IN (SELECT helper_id FROM duty_absence) AND id NOT IN (SELECT helper_id FROM duty_leadership)
AND (SELECT count(*) FROM duty_pairing p WHERE p.helper_id = registry_helper.id AND p.valid_until IS NULL) > 1"""


@pytest.fixture(scope="module")
def leaving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A county of its own: people leave it."""
    home, note = own_county(tmp_path_factory)
    with served(home, "--workers", "1") as address:
        yield House(address, home, note)


@pytest.fixture
def clerk(leaving: House, browser: Browser) -> Iterator[Visitor]:
    """A clerk at a desk."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        base_url=leaving.address,
        storage_state=sign_in(browser, leaving, "clerk"),
    )
    yield Visitor(context.new_page())
    context.close()


def number_of(house: House) -> str:
    """The number of a cadre who stands beside households, leads nowhere and is not away."""
    return house.text_of("registry_helper", "helper_no", house.first_id("registry_helper", _FREE))


def take(page: Page, number: str) -> None:
    """Find somebody by number and take them from what is found."""
    page.fill("#find", number)
    page.click(f"[data-add^='{number} ']")
    expect(page.locator("[data-people]")).to_have_value(re.compile(rf"^{re.escape(number)} "))


def test_a_leaving_from_preview_to_hand_over(leaving: House, clerk: Visitor) -> None:
    page = clerk.page
    clerk.go("/staff/duty/absences/announce/")
    take(page, number_of(leaving))
    page.select_option("#id_kind", "leave")
    first = timezone.localdate() + timedelta(days=40)
    page.fill("#id_first", first.isoformat())
    page.fill("#id_until", (first + timedelta(days=5)).isoformat())
    page.fill("#id_reason", "探亲")
    page.click("main form[method=post] button.btn-primary")
    expect(page.locator("h1")).to_have_text("会怎样")
    while page.locator("button:has-text('确认预告')").count() == 0:
        page.select_option("#beyond", "5")
        page.locator("form:has(#beyond) button").click()
    assert clerk.barriers() == []
    page.click("button:has-text('确认预告')")
    page.wait_for_url("**/staff/duty/absences/*/")
    page.click("table.list tbody a >> nth=0")
    for kind in ("accepted", "acknowledged"):
        page.click(f"a[href$='/{kind}/']")
        page.fill("#id_note", "电话")
        page.click("main form[method=post] button.btn-primary")
    expect(page.locator(".page-head .tag")).to_have_class("tag tag-good")
    assert clerk.complaints == []


def test_a_sudden_absence_changes_the_board_until_it_is_solved(leaving: House, clerk: Visitor) -> None:
    page = clerk.page
    number = number_of(leaving)
    clerk.go("/staff/duty/absences/sudden/")
    take(page, number)
    page.fill("#id_reason", "住院")
    page.click("main form[method=post] button.btn-primary")
    page.wait_for_url("**/staff/duty/absences/*/")
    address = page.url
    name = page.locator("h1").inner_text().split()[0]
    clerk.go("/staff/duty/")
    expect(page.locator(".notice-bad")).to_contain_text(name)
    page.goto(address)
    page.select_option("#cover_beyond", "5")
    page.click("button:has-text('落实代管人')")
    clerk.go("/staff/duty/")
    expect(page.locator("main")).not_to_contain_text(f"{name} 突然")
    assert clerk.complaints == []


def test_the_map_is_gone_through_by_keyboard(clerk: Visitor) -> None:
    page = clerk.page
    clerk.go("/staff/duty/map/?all=1")
    page.locator("a.mark").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/duty/map/?area=*")
    assert clerk.complaints == []
