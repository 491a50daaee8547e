"""走一遍: the ways that people take most, from the first click to the last."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.visits import Visitor, hand_in, show_card
from yixian.demo.note import PASSWORD

NewVisitor = Callable[..., Visitor]


def test_a_clerk_signs_in_and_lands_on_today(house: House, visitor: NewVisitor) -> None:
    clerk = visitor()
    clerk.go("/staff/")
    assert "/accounts/login/" in clerk.page.url
    clerk.page.fill("input[name=login]", "clerk")
    clerk.page.fill("input[name=password]", PASSWORD)
    clerk.page.keyboard.press("Enter")
    clerk.page.wait_for_url("**/staff/")
    assert clerk.complaints == []


def test_a_wrong_password_is_said_in_words(visitor: NewVisitor) -> None:
    stranger = visitor()
    stranger.go("/accounts/login/")
    stranger.page.fill("input[name=login]", "nobody-of-this-house")
    stranger.page.fill("input[name=password]", "not the password")
    stranger.page.keyboard.press("Enter")
    expect(stranger.page.get_by_role("alert").first).to_be_visible()
    assert "/accounts/login/" in stranger.page.url


@pytest.mark.parametrize("width", [390, 1440])
def test_searching_by_name_opens_the_household(width: int, house: House, visitor: NewVisitor) -> None:
    card = house.note.cards[0]
    clerk = visitor("clerk", width=width)
    clerk.go("/staff/households/")
    clerk.page.fill("#q", card.head_name)
    clerk.page.wait_for_url("**q=*")
    link = clerk.page.locator("#results a", has_text=card.household_no).or_(
        clerk.page.locator("#results a", has_text=card.head_name)
    )
    link.first.click()
    clerk.page.wait_for_url("**/staff/households/*/")
    expect(clerk.page.locator("h1")).to_contain_text(card.head_name)
    expect(clerk.page.locator("main")).to_contain_text(card.household_no)
    assert clerk.complaints == []


def test_a_cadre_cannot_open_what_the_clerk_sees(house: House, visitor: NewVisitor) -> None:
    cadre, clerk = visitor("cadre"), visitor("clerk")
    clerk.go("/staff/households/?sort=no")
    own = {link.get_attribute("href") for link in links(cadre, "/staff/households/")}
    foreign = next(
        str(link.get_attribute("href"))
        for link in links(clerk, "/staff/households/?sort=no")
        if link.get_attribute("href") not in own
    )
    response = cadre.go(foreign)
    assert response.status == 404


def links(guest: Visitor, path: str) -> list:  # type: ignore[type-arg]
    guest.go(path)
    return guest.page.locator(
        "#results a[href^='/staff/households/']:not([href*='?']):not([href*='export'])"
    ).all()


def test_an_old_villager_shows_the_card_and_reads_in_large_print(house: House, visitor: NewVisitor) -> None:
    villager = visitor(width=390)
    show_card(villager.page, house)
    expect(villager.page.locator("main")).to_contain_text("元")
    before = text_size(villager)
    with villager.page.expect_navigation():
        villager.page.locator("button[name=large][value='1']").first.evaluate("button => button.click()")
    assert text_size(villager) >= before * 1.2
    assert villager.too_wide() == []
    assert villager.complaints == []


def test_the_card_is_given_back(house: House, visitor: NewVisitor) -> None:
    villager = visitor(width=390)
    show_card(villager.page, house)
    villager.page.locator("form[action='/leave/'] button").first.evaluate("button => button.click()")
    villager.page.wait_for_url("**/left/")
    villager.go("/ours/")
    assert "/ours/" not in villager.page.url


def test_a_wrong_pin_tells_nothing(house: House, visitor: NewVisitor) -> None:
    stranger = visitor(width=390)
    stranger.go("/")
    stranger.page.fill("input[name=code]", house.note.cards[-1].code)
    stranger.page.fill("input[name=pin]", "000000")
    stranger.page.click("form.card-form .btn-primary")
    expect(stranger.page.get_by_role("alert")).to_be_visible()
    assert house.note.cards[-1].head_name not in stranger.page.content()


def test_a_workbook_is_handed_in_and_checked_while_one_watches(worked: House, visitor: NewVisitor) -> None:
    clerk = visitor("clerk")
    hand_in(clerk.page, worked.home.parent / "template.xlsx")
    expect(clerk.page.locator("main")).to_contain_text("template.xlsx")
    assert clerk.complaints == []


@pytest.mark.parametrize(("language", "nothing"), [("", "还没有选择文件"), ("en", "No file chosen yet")])
def test_a_file_is_chosen_by_keyboard_in_the_language_of_the_page(
    language: str, nothing: str, worked: House, visitor: NewVisitor
) -> None:
    clerk = visitor("clerk", language=language)
    template = worked.home.parent / "template.xlsx"
    clerk.page.on("filechooser", lambda chooser: chooser.set_files(template))
    clerk.go("/staff/imports/")
    told = clerk.page.locator("#workbook-name")
    expect(told).to_have_text(nothing)
    clerk.page.focus("main .page-head a.btn")
    clerk.page.keyboard.press("Tab")
    expect(clerk.page.locator("label[for=workbook]")).to_have_css("outline-style", "solid")
    clerk.page.keyboard.press("Enter")
    expect(told).to_have_text("template.xlsx")
    assert clerk.complaints == []


def test_an_english_browser_meets_chinese_until_the_switch_is_pressed(visitor: NewVisitor) -> None:
    stranger = visitor()
    stranger.go("/")
    html = stranger.page.locator("html")
    expect(html).to_have_attribute("lang", "zh-Hans", ignore_case=True)
    stranger.page.click("button[name=language][value=en]")
    expect(html).to_have_attribute("lang", "en")
    stranger.go("/accounts/login/")
    expect(html).to_have_attribute("lang", "en")


def test_the_keyboard_alone_reaches_the_search(visitor: NewVisitor) -> None:
    clerk = visitor("clerk")
    clerk.go("/staff/households/")
    clerk.page.keyboard.press("Tab")
    first = clerk.page.evaluate("document.activeElement.getAttribute('href') ?? ''")
    assert first.startswith("#")  # the way past the navigation comes first
    for _press in range(40):
        clerk.page.keyboard.press("Tab")
        if clerk.page.evaluate("document.activeElement.id") == "q":
            return
    raise AssertionError("the search field is not reached within 40 steps")


def text_size(guest: Visitor) -> float:
    """The size of running text, in pixels."""
    return float(
        guest.page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('main p, main li, main td')).fontSize)"
        )
    )
