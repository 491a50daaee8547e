"""政策文库与咨询台: a villager asks on a phone and reads clauses; asks what stands nowhere, and comes back for the answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.questions import Answer, answer_question, ask
from tests.browser.test_pages import LATIN
from tests.browser.visits import Visitor

NewVisitor = Callable[..., Visitor]

NOWHERE = "我叫石小凤，灵龟石淹了找谁？"
WORDS = {
    "": {"ask": "问一问", "decided": "有效的价", "nothing": "没有找到", "waits": "尚未答复"},
    "en": {
        "ask": "Ask a question",
        "decided": "price in force",
        "nothing": "Nothing was found",
        "waits": "Not answered yet",
    },
}


@pytest.mark.parametrize(("language", "width"), [("", 390), ("en", 1440)])
def test_a_villager_asks_and_comes_back_for_the_answer(
    language: str, width: int, house: House, visitor: NewVisitor
) -> None:
    guest, words = visitor(width=width, language=language), WORDS[language]
    page = guest.page
    guest.go("/")
    page.locator("main").get_by_role("link", name=words["ask"]).click()
    ask(page, "我家的围墙怎么赔？" if not language else "What is paid for my walls?")
    expect(page.locator("#reply-title")).to_contain_text(words["decided"])
    expect(page.locator(".hits").first).to_contain_text("国调办征地〔2009〕215号")
    expect(page.locator(".reply-part .clause-prices").first).to_contain_text("53")
    assert faults(guest, language) == []

    ask(page, NOWHERE)
    expect(page.locator("#reply-title")).to_contain_text(words["nothing"])
    expect(page.locator(".reply-part")).to_have_count(0)
    assert faults(guest, language) == []
    page.click("form[action='/policy/ask/desk/'] .btn-primary")
    code = page.locator(".question-code").inner_text()
    assert faults(guest, language) == []
    come_back(page, code)
    expect(page.locator("main")).to_contain_text(words["waits"])
    assert faults(guest, language) == []

    answer_as_helpdesk(visitor("clerk"))

    come_back(page, code)
    expect(page.locator(".answer-words")).to_have_text("石头不在补偿表里，迁移的办法没有定。")
    assert faults(guest, language) == []
    guest.go("/policy/answers/")
    expect(page.locator("main")).to_contain_text("淹没的奇石怎么办？")
    expect(page.locator("main")).not_to_contain_text("石小凤")
    assert not page.context.cookies() or language
    assert guest.complaints == []


def test_on_another_day_other_things_count_and_the_page_prints_whole(
    house: House, visitor: NewVisitor
) -> None:
    guest = visitor(width=1440)
    guest.go("/policy/")
    page = guest.page
    expect(page.locator("#group-in_force")).to_be_visible()
    page.fill("#on", "2019-01-01")
    page.click("form[role=search] .btn-primary")
    expect(page.locator("#group-in_force")).to_have_count(0)
    expect(page.locator("#group-later")).to_be_visible()
    page.locator("[role=status] a").click()
    page.locator(".documents .title").first.click()
    expect(page.locator("ol.hits > li").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("ol.hits > li").first).to_be_visible()
    expect(page.locator("main .btn-row")).to_be_hidden()
    expect(page.locator("main .print-only")).to_be_visible()
    expect(page.locator("main .facts code")).to_contain_text("/policy/documents/danjiangkou-2009/")
    expect(page.locator("main .facts")).to_contain_text("国调办征地〔2009〕215号")
    assert guest.complaints == []


def test_the_whole_way_by_keyboard(house: House, visitor: NewVisitor) -> None:
    guest = visitor(width=390)
    guest.go("/policy/ask/")
    page = guest.page
    page.locator("[name=text]").focus()
    page.keyboard.type("围墙怎么赔")
    page.keyboard.press("Tab")
    expect(page.locator("main form .btn-primary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#reply-title")).to_be_visible()


def answer_as_helpdesk(clerk: Visitor) -> None:
    clerk.go("/staff/")
    expect(clerk.page.locator(".work a[href^='/staff/helpdesk/']").first).to_contain_text(
        "药材地"
    )  # overdue since before
    clerk.go("/staff/helpdesk/")
    expect(clerk.page.locator(".questions td a").first).to_contain_text("药材地")
    answer_question(
        clerk.page, "灵龟石", Answer("石头不在补偿表里，迁移的办法没有定。", "淹没的奇石怎么办？")
    )
    expect(clerk.page.locator("main")).to_contain_text("已公开")
    assert faults(clerk, "", names=("clerk",)) == []
    assert clerk.complaints == []


def come_back(page: Page, code: str) -> None:
    page.goto("/policy/question/")
    page.fill("[name=code]", code.lower())
    page.click("main form .btn-primary")


def faults(guest: Visitor, language: str, names: tuple[str, ...] = ()) -> list[str]:
    found = guest.barriers() + guest.too_wide()
    return found if language else found + guest.latin_words(LATIN | set(names))
