"""提问与答复: how somebody asks and hands in, and how the policy desk answers, through the pages."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Answer:
    """What the desk writes."""

    words: str
    published_as: str
    words_en: str = ""
    published_as_en: str = ""


def ask(page: Page, question: str) -> None:
    """Ask on the page that is open."""
    page.fill("main form [name=text] >> nth=0", question)
    page.click("main form .btn-primary >> nth=0")
    page.wait_for_selector("#reply-title")


def hand_in_question(page: Page, question: str) -> str:
    """Ask on the portal, hand the question to the desk, and keep the code."""
    page.goto("/policy/ask/")
    ask(page, question)
    page.click("form[action='/policy/ask/desk/'] .btn-primary")
    return page.locator(".question-code").inner_text()


def answer_question(page: Page, question: str, answer: Answer) -> None:
    """As the desk: open a question by words of it, rest the answer on the first clause offered, publish it."""
    page.goto("/staff/helpdesk/")
    page.locator(".questions td a", has_text=question).click()
    page.locator(".clause-choice input").first.check()
    page.fill("[name=words_zh]", answer.words)
    page.fill("[name=words_en]", answer.words_en)
    page.fill("[name=public_zh]", answer.published_as)
    page.fill("[name=public_en]", answer.published_as_en)
    page.check("[name=names_nobody]")
    page.click(".answer-form .btn-primary")
    page.wait_for_selector(".notice-good, [role=status]")
