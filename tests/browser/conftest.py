"""Debian's Chromium before the real product."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.house import House, own_county, served, write_template
from tests.browser.questions import Answer, answer_question, hand_in_question
from tests.browser.readers import Readers, choose_language
from tests.browser.sign_ins import SignIns
from tests.browser.visits import Visitor, begin_quiz, hand_in, take_down_matter

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTHS = {"phone": 390, "desk": 1440}
PATIENCE_MS = 60_000
"""How long a page may take to become as it should be, on the slowest machine; what is wrong stays wrong for longer."""

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A copy of the county of one's own, served until the last test."""
    home, note = own_county(tmp_path_factory)
    with served(home, "--workers", "1") as address:
        yield House(address, home, note)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sign_ins(house: House, browser: Browser) -> SignIns:
    """The sign-ins of the house's people, by user name; the card's is under "card"."""
    return SignIns(browser, house)


@pytest.fixture(scope="session")
def worked(house: House, browser: Browser, sign_ins: SignIns) -> House:
    """The house after a clerk has handed in a workbook and answered a question, begun a quiz, and taken a matter down."""
    template = house.home.parent / "template.xlsx"
    write_template(house.home, template)
    context = browser.new_context(base_url=house.address, storage_state=sign_ins.of("clerk"))
    page = context.new_page()
    hand_in(page, template)
    hand_in_question(page, "祖坟的龙脉谁来看？")
    answer = Answer("坟墓按单价补，别的没有定。", "坟墓怎么补？", "Graves have a price.", "What of graves?")
    answer_question(page, "龙脉", answer)
    begin_quiz(context.new_page())
    take_down_matter(context.new_page())
    context.close()
    return house


@pytest.fixture
def visitor(house: House, browser: Browser, sign_ins: SignIns) -> Iterator[Callable[..., Visitor]]:
    """Makes a visitor: as whom, on a screen of what width, having chosen which language, with an English browser."""
    contexts: list[BrowserContext] = []

    def make(name: str = "", *, width: int = WIDTHS["desk"], language: str = "") -> Visitor:
        contexts.append(opened(browser, house, sign_ins.of(name) if name else None, language))
        guest = Visitor(contexts[-1].new_page())
        guest.draw_at(width)
        return guest

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def reader(house: House, browser: Browser, sign_ins: SignIns) -> Iterator[Readers]:
    """Gives the visitor who only reads a page, and leaves nothing behind: one browser window for all that the same one reads."""
    readers = Readers(lambda state: opened(browser, house, state, ""), sign_ins, house)
    yield readers
    readers.leave()


def opened(browser: Browser, house: House, state: Any, language: str) -> BrowserContext:
    """A browser of one's own, signed in as its state says, and with a language chosen."""
    context = browser.new_context(locale="en-GB", base_url=house.address, storage_state=state)
    context.set_default_timeout(PATIENCE_MS)
    choose_language(context, house, language)
    return context
