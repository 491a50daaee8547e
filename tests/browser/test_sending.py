"""送出: on a poor line a form says that nothing was sent, keeps what was typed, and tells how far a large file is."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.visits import Visitor

NewVisitor = Callable[..., Visitor]
PRESS = "field => [...field.form.querySelectorAll('button.btn-primary')].at(-1).click()"
"""Press the last of the buttons that send the form of a field."""

WORDS = "水沟堵了，下雨就淹。"


@pytest.mark.parametrize(("who", "path"), [("", "/raise/"), ("clerk", "/staff/matters/new/")])
def test_without_signal_nothing_is_sent_and_nothing_lost(who: str, path: str, visitor: NewVisitor) -> None:
    person = visitor(who, width=390) if who else visitor(width=390)
    person.go(path)
    field = person.page.locator("form[method=post] textarea").first
    field.fill(WORDS)
    person.page.context.set_offline(True)
    field.evaluate(PRESS)
    expect(person.page.locator("[data-line]")).to_contain_text("没有信号，还没有送出")
    expect(field).to_have_value(WORDS)
    person.page.context.set_offline(False)
    person.go("/staff/matters/" if who else "/")
    person.go(path)
    field = person.page.locator("form[method=post] textarea").first
    expect(field).to_have_value(WORDS)
    person.page.get_by_role("button", name="不要了").click()
    expect(field).to_have_value("")
    person.go(path)
    expect(person.page.locator("form[method=post] textarea").first).to_have_value("")
    assert person.complaints == []


def test_a_visit_half_written_is_there_again(visitor: NewVisitor) -> None:
    cadre = visitor("cadre", width=390)
    cadre.go("/staff/field/")
    cadre.page.locator('a[href$="/visit/"]').first.click()
    cadre.page.wait_for_url("**/visit/")
    path = urlsplit(cadre.page.url).path
    day, box = (
        cadre.page.locator("#id_on"),
        cadre.page.locator('[data-visit-form] input[type="checkbox"]').first,
    )
    day.fill("2026-01-05")
    box.check()
    cadre.go("/staff/field/")
    cadre.go(path)
    expect(day).to_have_value("2026-01-05")
    expect(box).to_be_checked()
    cadre.page.locator("[data-visit-form] > .notice").get_by_role("button", name="不要了").click()
    expect(day).not_to_have_value("2026-01-05")
    expect(cadre.page.locator("[data-visit-form] > .notice")).to_have_count(0)
    assert cadre.complaints == []


def test_what_was_sent_is_not_kept(visitor: NewVisitor) -> None:
    stranger = visitor(width=390)
    stranger.go("/raise/")
    stranger.page.fill("#id_words", WORDS)
    stranger.page.click("label[for=who-unnamed]")
    stranger.page.click("form.raise > .btn-wide")
    stranger.page.wait_for_selector(".receipt-code")
    stranger.go("/raise/")
    expect(stranger.page.locator("#id_words")).to_have_value("")
