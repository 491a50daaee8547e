"""朗读: what is said for what is written — sums, units, codes, fields with what stands in them — and that one can pause."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import Visitor

NewVisitor = Callable[..., Visitor]

# A voice that says everything at once and writes down what it was given; "held" keeps the first sentence going.
VOICE = """
window.heard = [];
window.held = false;
Object.defineProperty(window, "SpeechSynthesisUtterance", {value: function (text) { this.text = text; }});
Object.defineProperty(window, "speechSynthesis", {value: {
  cancel() {},
  speak(words) {
    window.heard.push([words.text, words.rate, words.lang]);
    if (!window.held) queueMicrotask(() => words.onend());
  },
}});
"""


def _heard(page: Page) -> list[str]:
    return [text for text, _rate, _lang in page.evaluate("window.heard")]


def _read(guest: Visitor, path: str) -> list[str]:
    guest.page.add_init_script(VOICE)
    guest.go(path)
    guest.page.locator("[data-read-aloud]").click()
    guest.page.wait_for_function(
        "document.querySelector('[data-read-aloud]').getAttribute('aria-pressed') === 'false'"
    )
    return _heard(guest.page)


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        (
            "",
            "砖混结构正房 86.4 m² × 530.00 元/m² = ¥45,792.00",
            "砖混结构正房 86.4 平方米乘以530 元每平方米等于45792元",
        ),
        ("", "2026-12-01 8:30–12:00，增加 12%", "2026年12月1日 8点30分到12点，增加 百分之12"),
        (
            "",
            "电话 08871234567 卡号 1234 5678 9012 3456",
            "电话 0 8 8 7 1 2 3 4 5 6 7 卡号 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6",
        ),
        ("", "共 12,345,678.50 元", "共 12345678.5 元"),
        (
            "en",
            "86.4 m² × 530.00 yuan/m² = ¥45,792.00",
            "86.4 square metres times 530 yuan per square metres is 45792 yuan",
        ),
        ("en", "receipt 1234567890123456", "receipt 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6"),
    ],
)
def test_signs_and_numbers_are_said_as_a_person_says_them(
    language: str, written: str, said: str, visitor: NewVisitor
) -> None:
    guest = visitor(width=390, language=language)
    guest.page.add_init_script(VOICE)
    guest.go("/genuine/")
    guest.page.evaluate(
        "written => { const p = document.createElement('p'); p.textContent = written;"
        " document.querySelector('main').replaceChildren(p); }",
        written,
    )
    guest.page.locator("[data-read-aloud]").click()
    assert _heard(guest.page) == [said]


def test_a_form_is_read_with_what_stands_in_it(visitor: NewVisitor) -> None:
    guest = visitor(width=390)
    guest.page.add_init_script(VOICE)
    guest.go("/raise/")
    page = guest.page
    page.locator("textarea[name=words]").fill("围墙少量了两米")
    page.get_by_label("实物的丈量、清点").check()
    page.locator("[data-read-aloud]").click()
    heard = "\n".join(_heard(page))
    assert "写着 围墙少量了两米" in heard
    assert "还没有写" in heard
    assert "按钮，" in heard
    assert "实物的丈量、清点，选中" in heard
    assert "补偿单价或者标准，没有选" in heard


def test_one_can_pause_go_on_and_slow_down(visitor: NewVisitor) -> None:
    guest = visitor(width=390)
    guest.page.add_init_script(VOICE)
    guest.go("/genuine/")
    page = guest.page
    page.evaluate("window.held = true")
    page.locator("[data-read-aloud]").click()
    first = _heard(page)
    pause, slower = page.locator("[data-read-pause]"), page.locator("[data-read-slower]")
    pause.click()
    expect(pause).to_have_text("接着读")
    pause.click()
    assert _heard(page) == [*first, first[0]], "the piece is begun again"
    slower.click()
    assert page.evaluate("window.heard.at(-1)[1]") < page.evaluate("window.heard[0][1]")
    page.locator("[data-read-aloud]").click()
    expect(pause).to_be_hidden()
    expect(page.locator(".being-read")).to_have_count(0)
