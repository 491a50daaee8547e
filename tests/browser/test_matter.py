"""一件事的来回: somebody without an account raises something on a phone, comes back with the receipt, and leaves no trace.

Both without a script and with one; a voice note is spoken into the page where the browser can record by itself.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FLAGS
from tests.browser.house import House
from tests.browser.test_pages import LATIN, LOOKED_AT
from tests.browser.visits import Visitor
from tests.kernel.received.pictures import jpeg

WORDS = "我家的晒坝没有量。\n请派人来再量一次。"
LANGUAGE_AND_PRINT = {"django_language", "large"}


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photograph on the phone."""
    file = tmp_path / "晒坝.jpg"
    file.write_bytes(jpeg(800, 600))
    return file


@pytest.fixture(scope="module")
def speaking(browser: Browser) -> Iterator[Browser]:
    """A Chromium with a microphone in which a tone is heard."""
    flags = [*FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    another = browser.browser_type.launch(executable_path=shutil.which("chromium"), args=flags)
    yield another
    another.close()


def write(page: Page, words: str = WORDS) -> None:
    """Fill in what one must, giving no name."""
    page.fill("#id_words", words)
    page.click("label[for=who-unnamed]")


def send(page: Page) -> str:
    """Send it; the sixteen digits of the receipt."""
    page.click("form.raise > .btn-wide")
    page.wait_for_selector(".receipt-code")
    return re.sub(r"\D", "", page.inner_text(".receipt-code"))


@pytest.mark.parametrize(("language", "width"), LOOKED_AT.items())
def test_there_and_back(
    language: str, width: int, worked: House, visitor: Callable[..., Visitor], picture: Path
) -> None:
    guest = visitor("", width=width, language=language)
    page = guest.page
    guest.go("/")
    page.click(".entry >> nth=0")
    write(page)
    page.set_input_files("#photos", picture)
    expect(page.locator("[data-chosen]")).to_contain_text(picture.name)
    code = send(page)
    assert len(code) == 16
    assert_sound(guest, worked, language)
    page.click("form[action='/status/'] button")
    page.wait_for_selector("#standing-title")
    expect(page.locator(".own-words")).to_contain_text(WORDS.split("\n")[1])
    page.wait_for_function("() => document.querySelector('.own-files img').naturalWidth > 0")
    assert_sound(guest, worked, language)
    page.fill("#talk-words", "再补充一句。")
    page.click("#talk form button[value=write]")
    page.wait_for_selector(".talk-ours")
    assert_sound(guest, worked, language)
    assert code not in page.url
    assert {one["name"] for one in page.context.cookies()} <= LANGUAGE_AND_PRINT
    assert page.evaluate("() => [localStorage.length, sessionStorage.length]") == [0, 0]


def test_the_code_on_the_receipt_fills_in_the_digits_and_leaves_the_address(
    worked: House, visitor: Callable[..., Visitor]
) -> None:
    guest = visitor("", width=390)
    guest.go("/raise/")
    write(guest.page)
    code = send(guest.page)
    guest.go("/left/")
    guest.go(f"/status/#{code}")
    assert guest.page.input_value("#id_code").replace(" ", "") == code
    assert code not in guest.page.url
    guest.page.click("[data-receipt-form] button")
    guest.page.wait_for_selector("#standing-title")


def test_changing_the_language_in_the_middle_loses_nothing(
    worked: House, visitor: Callable[..., Visitor]
) -> None:
    page = visitor("", width=390).page
    page.goto("/raise/")
    write(page)
    page.check("#id_about_official")
    page.fill("#id_subject", "某人")
    page.click("button[name=language]")
    page.wait_for_selector("html[lang=en]")
    expect(page.locator("#id_words")).to_have_value(WORDS)
    expect(page.locator("#id_subject")).to_have_value("某人")
    expect(page.locator("#who-unnamed")).to_be_checked()
    code = send(page)
    page.click("button[name=language]")
    page.wait_for_selector("html[lang=zh-hans]")
    assert re.sub(r"\D", "", page.inner_text(".receipt-code")) == code


def test_what_is_closed_again_is_not_sent(worked: House, visitor: Callable[..., Visitor]) -> None:
    page = visitor("", width=390).page
    page.goto("/raise/")
    page.check("#id_about_official")
    page.select_option("#id_office", index=2)
    page.uncheck("#id_about_official")
    expect(page.locator("#id_office")).to_have_value("")
    expect(page.locator("#id_office")).to_be_hidden()


def test_without_a_script(worked: House, browser: Browser, picture: Path) -> None:
    context = browser.new_context(base_url=worked.address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/raise/")
    write(page)
    expect(page.locator("#photos")).to_be_visible()
    expect(page.locator("[data-recorder]")).to_be_hidden()
    page.set_input_files("#photos", picture)
    assert len(send(page)) == 16
    page.click("form[action='/status/'] button")
    page.wait_for_selector(".own-files img")
    context.close()


def test_a_browser_that_cannot_record_offers_the_file_alone(worked: House, browser: Browser) -> None:
    context = browser.new_context(base_url=worked.address)
    context.add_init_script("delete window.MediaRecorder")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/raise/")
    expect(page.locator("[data-recorder]")).to_be_hidden()
    expect(page.locator("label[for=sound]")).to_be_visible()
    write(page)
    assert len(send(page)) == 16
    assert errors == []
    context.close()


def test_a_voice_note_is_spoken_into_the_page(worked: House, speaking: Browser) -> None:
    context = speaking.new_context(base_url=worked.address, locale="zh-CN")
    page = context.new_page()
    guest = Visitor(page)
    guest.go("/raise/")
    page.click("[data-record]")
    page.wait_for_selector("[data-record].recording")
    page.wait_for_timeout(1200)
    page.click("[data-record]")
    page.wait_for_selector("[data-listen]:not([hidden])")
    page.wait_for_function("() => document.querySelector('[data-sound]').files.length === 1")
    page.click("[data-listen]")
    page.click("label[for=who-unnamed]")
    assert len(send(page)) == 16
    page.click("form[action='/status/'] button")
    page.wait_for_selector("audio")
    playable = "audio => new Promise(told => { audio.oncanplay = () => told(audio.duration); audio.load(); })"
    page.locator("audio").evaluate("audio => audio.preload = 'auto'")
    assert page.locator("audio").evaluate(playable) > 0.5
    assert guest.complaints == []
    context.close()


def test_the_card_in_the_middle_of_writing(worked: House, visitor: Callable[..., Visitor]) -> None:
    guest = visitor("", width=390)
    page = guest.page
    guest.go("/raise/")
    page.fill("#id_words", WORDS)
    page.click("button[value=card]")
    card = worked.note.cards[0]
    page.fill("input[name=code]", card.code)
    page.fill("input[name=pin]", card.pin)
    page.click("form.card-form .btn-primary")
    page.wait_for_selector("#who-card")
    expect(page.locator("#id_words")).to_have_value(WORDS)
    expect(page.locator("#who-card")).to_be_checked()
    assert_sound(guest, worked, "")
    send(page)
    guest.go("/ours/matters/")
    page.click(".matters a >> nth=0")
    page.wait_for_selector("#standing-title")
    assert_sound(guest, worked, "")


def assert_sound(guest: Visitor, house: House, language: str) -> None:
    """The page is whole, quiet, open to everybody, and in one language."""
    assert guest.barriers() == []
    assert guest.too_wide() == []
    assert guest.complaints == []
    if language:
        assert guest.han_in_english(house.names()) == []
    else:
        assert guest.latin_words(LATIN) == []


def test_a_photograph_is_made_smaller_before_it_is_sent(
    worked: House, visitor: Callable[..., Visitor]
) -> None:
    """As a phone takes them: twelve megapixels, several megabytes. What is sent can still be read."""
    large = BytesIO()
    Image.effect_noise((4000, 3000), 60).convert("RGB").save(large, "JPEG", quality=90)
    assert large.tell() > 3_000_000
    guest = visitor("", width=390, language="")
    guest.go("/raise/")
    guest.page.set_input_files(
        "#photos", {"name": "坡上.png", "mimeType": "image/jpeg", "buffer": large.getvalue()}
    )
    guest.page.wait_for_function("() => document.querySelector('#photos').files[0].name === '坡上.jpg'")
    size = guest.page.evaluate("() => document.querySelector('#photos').files[0].size")
    assert size < large.tell() / 3
    sides = guest.page.evaluate(
        "async () => { const one = await createImageBitmap(document.querySelector('#photos').files[0]);"
        " return [one.width, one.height]; }"
    )
    assert sides == [1600, 1200]
    expect(guest.page.locator("[data-chosen]")).to_contain_text("坡上.jpg")
