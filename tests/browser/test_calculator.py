"""自己算一算: from an empty form to lines, a change and a printed sheet; on a phone, at a desk, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.house import House
from tests.browser.test_pages import LATIN
from tests.browser.visits import Visitor

NewVisitor = Callable[..., Visitor]

HOUSE = "house.main.earth_timber"
WORDS = {
    "": {"sum": "50,880.00 元", "calculate": "算一算", "add": "添加一行"},
    "en": {"sum": "50,880.00 yuan", "calculate": "Calculate", "add": "Add a row"},
}


@pytest.mark.parametrize(("language", "width"), [("", 390), ("en", 1440)])
def test_enter_see_the_lines_change_one_and_print(
    language: str, width: int, house: House, visitor: NewVisitor
) -> None:
    guest, words = visitor(width=width, language=language), WORDS[language]
    guest.go("/")
    guest.page.locator("main a[href='/reckon/']").click()
    enter(guest.page)
    guest.page.get_by_role("button", name=words["calculate"], exact=True).click()
    answer = guest.page.locator("#answer")
    expect(answer.locator(".figure").first).to_have_text(words["sum"])
    expect(answer.locator("h2").first).to_be_in_viewport()
    expect(answer.locator(".lines > li")).to_have_count(2)
    expect(answer.locator("blockquote").first).to_be_hidden()
    answer.locator("summary").first.click()
    expect(answer.locator("blockquote").first).to_be_visible()
    assert no_faults(guest, language) == []

    add_by_name(guest.page, "facility.earth_wall" if language else "土围墙", words["add"])
    guest.page.fill("#row-3-quantity", "0.0600")
    guest.page.get_by_role("button", name=words["calculate"], exact=True).click()
    expect(answer.locator(".lines > li")).to_have_count(3)
    assert guest.page.url.partition("#")[0].endswith("/reckon/")
    assert not guest.page.context.cookies() or language

    guest.page.emulate_media(media="print")
    expect(guest.page.locator("form#reckon")).to_be_hidden()
    expect(answer.locator(".print-only")).to_be_visible()
    expect(answer.locator("blockquote").nth(1)).to_be_visible()
    expect(answer.locator(".hash")).to_be_visible()
    assert guest.complaints == []


def test_what_is_missing_is_led_to(house: House, visitor: NewVisitor) -> None:
    guest = visitor(width=390)
    guest.go("/reckon/")
    guest.page.fill("#row-0-quantity", "很多")
    guest.page.get_by_role("button", name="算一算", exact=True).click()
    expect(guest.page.locator("#answer")).to_contain_text("还算不出来")
    expect(guest.page.locator("#row-0-quantity-fault")).to_contain_text("这不是数字")
    expect(guest.page.locator("#answer .figure")).to_have_count(0)
    assert no_faults(guest, "") == []
    guest.page.locator("#answer a[href='#row-0-quantity']").click()
    expect(guest.page.locator("#row-0-quantity")).to_be_focused()


def test_without_scripts_nothing_is_lacking(house: House, browser: Browser) -> None:
    context = browser.new_context(
        base_url=house.address, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto("/reckon/")
    enter(page)
    page.select_option("#new", "grave.single")
    page.get_by_role("button", name="添加一行").click()
    expect(page.locator("fieldset.thing")).to_have_count(4)
    page.get_by_role("button", name="去掉").nth(3).click()
    expect(page.locator("fieldset.thing")).to_have_count(3)
    page.get_by_role("button", name="恢复").click()
    expect(page.locator("fieldset.thing")).to_have_count(4)
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html.large")).to_have_count(1)
    expect(page.locator("#row-0-quantity")).to_have_value("60.5")
    page.locator("#row-0-quantity").press("Enter")
    expect(page.locator("#answer .figure").first).to_have_text("50,880.00 元")
    assert page.url.endswith("/reckon/#answer")
    assert [cookie["name"] for cookie in context.cookies()] == ["large"]
    context.close()


@pytest.mark.parametrize(("language", "width"), [("", 390), ("en", 1440)])
def test_our_own_account_and_what_a_change_would_change(
    language: str, width: int, house: House, visitor: NewVisitor
) -> None:
    guest = visitor("card", width=width, language=language)
    guest.go("/ours/")
    guest.page.locator("main a[href='/ours/reckon/']").click()
    first = guest.page.locator("fieldset.thing input[inputmode]").first
    first.fill(f"{float(first.input_value()) + 1:g}")
    guest.page.get_by_role("button", name=WORDS[language]["calculate"], exact=True).click()
    expect(guest.page.locator("#answer .changes > li").first).to_be_visible()
    assert guest.page.locator("#answer .changes > li").count() >= 2
    assert no_faults(guest, language) == []
    assert guest.complaints == []


def enter(page: Page) -> None:
    """Four persons in the country, in 60.5 m² of earth and timber."""
    page.select_option("#zone", "rural")
    page.fill("#home-persons", "４")
    page.select_option("#row-0-item", HOUSE)
    page.fill("#row-0-quantity", "60.5")


def add_by_name(page: Page, name: str, button: str) -> None:
    """Find a thing by a piece of its name, and add a row for it."""
    wanted = "Earth wall" if name.startswith("facility") else name
    page.fill("#find", wanted)
    expect(page.locator("#new option")).to_have_count(1)
    page.get_by_role("button", name=button).click()
    expect(page.locator("fieldset.thing")).to_have_count(4)
    expect(page.locator("#latest")).to_contain_text(wanted)


def no_faults(guest: Visitor, language: str) -> list[str]:
    """What is wrong with the page as it stands."""
    latin = [] if language else guest.latin_words(LATIN)
    return [*guest.barriers(), *guest.too_wide(), *latin]
