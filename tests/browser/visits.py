"""What a visitor does and meets: signing in, going to a page, and everything that would be wrong with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from tests.browser.barriers import Sound, barriers
from tests.browser.house import House
from yixian.demo.note import PASSWORD

_TOO_WIDE = """() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > room + 1)
        .slice(0, 5).map(e => e.outerHTML.slice(0, 120));
}"""

_VISIBLE_TEXT = """(languages) => {
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent.closest("script, style, code, pre, noscript, [translate=no]")) continue;
        const own = parent.closest("[lang]");
        if (own && own !== document.documentElement && !languages.includes(own.lang)) continue;
        if (parent.checkVisibility()) texts.push(walker.currentNode.textContent);
    }
    for (const e of document.querySelectorAll("[placeholder], [aria-label], [title]"))
        texts.push(e.placeholder ?? "", e.getAttribute("aria-label") ?? "", e.getAttribute("title") ?? "");
    return texts;
}"""

_WORDS_OF_THE_HOUSE = """() => [...document.querySelectorAll("nav, th, legend, button, .btn, h2, label")]
    .filter(e => !e.closest("[lang^=zh], [translate=no]") && !e.querySelector("[lang^=zh], select, input"))
    .map(e => e.innerText)"""

_SORTING = "document.activeElement.matches('th a.sorts') ? document.activeElement.closest('th').ariaSort : ''"
_MAX_STOPS = 120

_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")


_SOUND = Sound()
"""What all visitors of this process have found without a barrier."""

HEIGHT = 900
"""Of every screen, in pixels."""


class Visitor:
    """Somebody before a page, who notes everything the browser complains about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("response", self._on_response)

    def draw_at(self, width: int) -> None:
        """Draw the page on a screen of so many pixels."""
        if self.width != width:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})

    @property
    def width(self) -> int:
        """Of the screen, in pixels."""
        size = self.page.viewport_size
        assert size is not None
        return size["width"]

    def go(self, path: str) -> Response:
        """Go to a page of the house."""
        response = self.page.goto(path, wait_until="load")
        assert response is not None
        return response

    def language(self) -> str:
        """Which the page says that it is in."""
        return str(self.page.evaluate("document.documentElement.lang"))

    def barriers(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA and good practice."""
        return barriers(self.page, _SOUND)

    def too_wide(self) -> list[str]:
        """Elements that make the page scroll sideways."""
        found: list[str] = self.page.evaluate(_TOO_WIDE)
        return found

    def latin_words(self, allowed: frozenset[str]) -> list[str]:
        """Texts on a Chinese page with Latin words that are neither allowed nor part of a code or a number."""
        texts: list[str] = self.page.evaluate(_VISIBLE_TEXT, ["zh-hans", "zh-Hans", "zh-CN"])
        return [
            text.strip()
            for text in texts
            if any(word.casefold() not in allowed for word in _LATIN_WORD.findall(CODES.sub(" ", text)))
        ]

    def han_in_english(self, names: re.Pattern[str]) -> list[str]:
        """Words of the house itself that stand in Chinese on an English page; the register's own names may."""
        texts: list[str] = self.page.evaluate(_WORDS_OF_THE_HOUSE)
        return [text for text in texts if _HAN.search(names.sub(" ", text))]

    def sort_by_keyboard(self) -> None:
        """Skip to the content, reach the first heading that sorts with Tab, and sort by it, upwards and then downwards."""
        for direction in ("none", "ascending"):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate("document.activeElement.matches('a.skip')")
            self.page.keyboard.press("Enter")
            stops = 0
            while self.page.evaluate(_SORTING) == "":
                self.page.keyboard.press("Tab")
                stops += 1
                assert stops < _MAX_STOPS, "no heading is reached"
            assert self.page.evaluate(_SORTING) == direction
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        assert self.page.locator('th[aria-sort="descending"]').count() == 1

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console: {message.text}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status}: {response.url}")


CODES = re.compile(r"\S*[\d_./@:]\S*|\b[a-z]+(?:[.-][a-z_]+)+\b")
"""Texts that are the same in every language: numbers with letters, dotted codes, files, addresses."""


def sign_in(browser: Browser, house: House, name: str) -> Any:
    """Sign in once as a user of the demonstration, or as its first card; what the browser keeps of it."""
    context = browser.new_context(base_url=house.address, locale="en-GB")
    page = context.new_page()
    if name == "card":
        show_card(page, house)
    else:
        page.goto("/accounts/login/")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit], main form button.btn-primary")
        page.wait_for_url("**/staff/")
    state = context.storage_state()
    context.close()
    return state


def hand_in(page: Page, workbook: Path) -> None:
    """Upload a workbook and wait until its check has ended."""
    page.goto("/staff/imports/")
    page.set_input_files("input[name=workbook]", workbook)
    page.click("form[enctype] button")
    page.wait_for_url("**/staff/imports/*/")
    page.wait_for_selector("[data-job-open], progress", state="detached", timeout=300_000)


def begin_quiz(page: Page) -> None:
    """Begin a quiz, or go on with the one that is open."""
    page.goto("/staff/quizzes/")
    page.click("form[action$='/quizzes/begin/'] button")
    page.wait_for_url("**/staff/quizzes/*/*/")


def take_down_matter(page: Page) -> None:
    """Write down at the counter what somebody says, and wait for the receipt."""
    page.goto("/staff/matters/new/")
    page.fill("#id_words", "我家的晒坝没有量，请来补量。")
    page.check("#id_read_back")
    page.click("#taking-send")
    page.wait_for_url("**/receipt/")


def confirm_password(page: Page) -> None:
    """Give the password once more, and go on to the page that was asked for."""
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button[type=submit], main form button.btn-primary")


def show_card(page: Page, house: House) -> None:
    """Enter the first household card on the portal."""
    card = house.note.cards[0]
    page.goto("/")
    page.fill("input[name=code]", card.code)
    page.fill("input[name=pin]", card.pin)
    page.click("form.card-form .btn-primary")
    page.wait_for_url("**/ours/")
