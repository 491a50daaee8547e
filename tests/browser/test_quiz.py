"""答一次题: a whole quiz on a phone, with the keyboard alone, from the first question to the result."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.visits import Visitor, begin_quiz


def test_a_cadre_takes_a_quiz_on_a_phone(house: House, visitor: Callable[..., Visitor]) -> None:
    cadre = visitor("cadre", width=390)
    begin_quiz(cadre.page)
    attempt = int(re.search(r"/quizzes/(\d+)/", cadre.page.url).group(1))
    questions = kept(house, attempt)
    assert len(questions) == 5
    for number, question in enumerate(questions, 1):
        assert cadre.page.url.endswith(f"/staff/quizzes/{attempt}/{number}/")
        wrong = number == 2
        answer(cadre.page, question, wrong=wrong)
        expect(cadre.page.get_by_role("status")).to_contain_text("不对" if wrong else "答对")
        expect(cadre.page.locator("blockquote.clause").last).to_contain_text(
            question["cited"][0]["text"][0][:20]
        )
        assert cadre.barriers() == []
        assert cadre.too_wide() == []
        cadre.page.locator(".btn-row .btn-primary").focus()
        with cadre.page.expect_navigation():
            cadre.page.keyboard.press("Enter")
    assert cadre.page.url.endswith(f"/staff/quizzes/{attempt}/")
    expect(cadre.page.locator(".figure")).to_have_text("4 / 5")
    assert cadre.barriers() == []
    assert cadre.too_wide() == []
    cadre.go("/staff/quizzes/")
    expect(cadre.page.locator("main")).to_contain_text(questions[1]["cited"][0]["text"][0][:20])
    assert cadre.complaints == []


def kept(house: House, attempt: int) -> list:  # type: ignore[type-arg]
    with closing(sqlite3.connect(f"file:{house.home / 'yixian.sqlite3'}?mode=ro", uri=True)) as connection:
        (text,) = connection.execute(
            "SELECT questions FROM quizzes_quizattempt WHERE id = ?", [attempt]
        ).fetchone()
    return list(json.loads(text))


def answer(page: Page, question: dict, *, wrong: bool) -> None:  # type: ignore[type-arg]
    """Answer by the keyboard: an amount is typed, an option reached with Tab and the arrows."""
    if question["right"] < 0:
        minor = question["minor"] + wrong
        page.locator("#answer").focus()
        page.keyboard.type(f"{minor // 100}.{minor % 100:02d}")
        page.keyboard.press("Enter")
    else:
        position = (question["right"] + wrong) % len(question["options"])
        page.locator("input[name=answer]").first.focus()
        page.keyboard.press("Space")
        for _step in range(position):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
