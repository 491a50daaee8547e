"""截图: the pictures in the documents, taken from a running demonstration.

    .venv/bin/yixian demo --households 1200 --home DIR
    .venv/bin/python scripts/screenshots.py --home DIR --address http://127.0.0.1:8000

Every page is taken in Chinese and in English, on a desk and on a phone where that tells more, into ``docs/images`` as
``<page>-<zh|en>[-phone].png``. A new card is issued to one household, and two altered workbooks are handed in and laid
aside again; nothing else in the demonstration changes. Needs Chromium and poppler's ``pdftoppm``; where ImageMagick's
``convert`` is at hand the pictures are made smaller.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from spoiled_workbooks import with_corrections, with_errors
from yixian.demo.note import PASSWORD, Note, read_note

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
LANGUAGES = {"zh": "zh-hans", "en": "en"}
"""What the product's language switch keeps in the browser."""

DESK, PHONE = (1440, 900), (390, 844)
COLOURS = "64"


@dataclass(frozen=True)
class Camera:
    """One browser window of one visitor, and the words that name its pictures."""

    page: Page
    language: str
    is_phone: bool

    def go(self, address: str) -> None:
        """Open a page and let it come to rest."""
        self.page.goto(address, wait_until="networkidle")

    def take(self, name: str, *, whole: int = 0) -> None:
        """Keep what the window shows; with ``whole`` the window grows with the page, to so many pixels at most."""
        before = self.page.viewport_size or {"width": DESK[0], "height": DESK[1]}
        if whole:
            height = min(whole, self.page.evaluate("document.documentElement.scrollHeight"))
            self.page.set_viewport_size({"width": before["width"], "height": max(height, before["height"])})
        self.page.evaluate("document.fonts.ready")
        file = picture(name, self.language, phone=self.is_phone)
        self.page.screenshot(path=file)
        self.page.set_viewport_size(before)
        shrink(file)


def picture(name: str, language: str, *, phone: bool = False) -> Path:
    """Where a picture is kept."""
    return IMAGES / f"{name}-{language}{'-phone' if phone else ''}.png"


def shrink(file: Path) -> None:
    """Fewer colours, fewer bytes; the picture stays as it is where ImageMagick is missing."""
    if shutil.which("convert"):
        command = [
            "convert",
            file,
            "+dither",
            "-colors",
            COLOURS,
            "-strip",
            "-define",
            "png:compression-level=9",
        ]
        subprocess.run([*command, f"PNG8:{file}"], check=True)


def entrance(camera: Camera, note: Note) -> None:
    """What everybody sees: the portal, and the way in for staff."""
    del note
    camera.go("/")
    camera.take("portal", whole=1400)
    camera.go("/accounts/login/")
    camera.take("sign-in")


def ours(camera: Camera, note: Note) -> None:
    """What a household sees with its card."""
    camera.go("/")
    camera.page.fill("input[name=code]", note.cards[0].code)
    camera.page.fill("input[name=pin]", note.cards[0].pin)
    camera.page.click("form.card-form .btn-primary")
    camera.page.wait_for_url("**/ours/")
    camera.take("our-account", whole=1800 if camera.is_phone else 900)
    if not camera.is_phone:
        print_first_page(camera, "/ours/statement.pdf", "statement")


def staff(camera: Camera, note: Note) -> None:
    """The clerk's day: what waits, a household found by pinyin, its page, and who stands beside whom."""
    sign_in(camera, "clerk")
    camera.go("/staff/")
    camera.take("today")
    camera.go("/staff/households/?q=wanglin")
    camera.take("households")
    household_of(camera, note.cards[0].household_no)
    camera.take("household", whole=1500 if camera.is_phone else 1250)
    camera.go("/staff/pairing/")
    camera.take("pairing", whole=1500 if camera.is_phone else 1100)
    camera.go("/staff/imports/")
    camera.take("imports")


def cadre(camera: Camera, note: Note) -> None:
    """The households a cadre stands beside."""
    del note
    sign_in(camera, "cadre")
    camera.go("/staff/")
    camera.take("cadre")


def imports(camera: Camera, workbooks: dict[str, Path]) -> None:
    """A workbook with errors and one with corrections, from handing in to laying aside."""
    sign_in(camera, "clerk")
    for name, file in workbooks.items():
        camera.go("/staff/imports/")
        camera.page.set_input_files("#workbook", file)
        camera.page.click("form[enctype] button.btn-primary")
        camera.page.wait_for_selector("form[action$='/discard/']", timeout=120_000)
        camera.take(name, whole=2000 if camera.is_phone else 1700)
        camera.page.click("form[action$='/discard/'] button")
        camera.page.wait_for_url("**/staff/imports/")


def card(camera: Camera, note: Note) -> None:
    """A card as it is issued, and on paper; the household is none of those whose cards the demonstration prints."""
    sign_in(camera, "clerk")
    camera.go("/staff/households/?sort=no")
    kept = {one.household_no for one in note.cards}
    for row in camera.page.locator("#results tbody tr").all():
        if not any(number in row.inner_text() for number in kept):
            row.locator("a").first.click()
            break
    camera.page.wait_for_url("**/staff/households/*/")
    address = f"{camera.page.url}card/"
    camera.go(address)
    camera.page.click("main form:not([action]) button")
    camera.page.wait_for_selector("[data-print]")
    camera.take("card")


def sign_in(camera: Camera, name: str) -> None:
    """Sign in as a user of the demonstration."""
    camera.go("/accounts/login/")
    camera.page.fill("input[name=login]", name)
    camera.page.fill("input[name=password]", PASSWORD)
    camera.page.click("main button[type=submit], main form button.btn-primary")
    camera.page.wait_for_url("**/staff/")
    camera.page.wait_for_load_state("networkidle")


def household_of(camera: Camera, number: str) -> None:
    """Open the page of the household with a number."""
    camera.go(f"/staff/households/?q={number}")
    camera.page.locator("#results tbody a").first.click()
    camera.page.wait_for_url("**/staff/households/*/")
    camera.page.wait_for_load_state("networkidle")


def print_first_page(camera: Camera, address: str, name: str) -> None:
    """The first page of a PDF as a picture."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "paper.pdf"
        answer = camera.page.request.get(address)
        pdf.write_bytes(answer.body())
        file = picture(name, camera.language)
        command = [
            "pdftoppm",
            "-png",
            "-r",
            "80",
            "-f",
            "1",
            "-l",
            "1",
            "-singlefile",
            pdf,
            file.with_suffix(""),
        ]
        subprocess.run(command, check=True)
    shrink(file)


def exported(browser: Browser, address: str, folder: Path) -> Path:
    """The demonstration's own workbook, written and fetched on the pages."""
    context = browser.new_context(base_url=address)
    camera = Camera(context.new_page(), "zh", is_phone=False)
    sign_in(camera, "clerk")
    camera.go("/staff/imports/")
    camera.page.click("form[action$='/export/'] button")
    onward = camera.page.locator("a[href$='.xlsx']")
    onward.wait_for(timeout=300_000)
    file = folder / "workbook.xlsx"
    file.write_bytes(camera.page.request.get(str(onward.get_attribute("href"))).body())
    context.close()
    return file


def take_all(browser: Browser, address: str, note: Note, workbooks: dict[str, Path], chosen: str) -> None:
    """Every picture, in both languages, on desk and phone."""
    series: dict[str, Callable[[Camera], None]] = {
        "entrance": lambda camera: entrance(camera, note),
        "ours": lambda camera: ours(camera, note),
        "staff": lambda camera: staff(camera, note),
        "cadre": lambda camera: cadre(camera, note),
        "imports": lambda camera: imports(camera, workbooks),
        "card": lambda camera: card(camera, note),
    }
    for name, shoot in series.items():
        for language, switched in LANGUAGES.items():
            for width, height in (DESK, PHONE):
                if chosen not in {"", name}:
                    continue
                context = browser.new_context(base_url=address, viewport={"width": width, "height": height})
                context.add_cookies([{"name": "django_language", "value": switched, "url": address}])
                shoot(Camera(context.new_page(), language, is_phone=width == PHONE[0]))
                context.close()


def main() -> None:
    """Take the pictures of the demonstration that answers at an address."""
    parser = argparse.ArgumentParser(description="Take the pictures in the documents.")
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="where the demonstration answers")
    parser.add_argument("--home", type=Path, default=ROOT / "var", help="its home folder, with its cards")
    parser.add_argument(
        "--only", default="", help="one series: entrance, ours, staff, cadre, imports or card"
    )
    options = parser.parse_args()
    note = read_note(options.home)
    if note is None:
        parser.error(f"no demonstration stands in {options.home}: name its folder with --home")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        workbooks = {}
        if options.only in {"", "imports"}:
            source = exported(browser, options.address, Path(folder))
            workbooks = {"import-errors": with_errors(source), "import-differences": with_corrections(source)}
        take_all(browser, options.address, note, workbooks, options.only)
        browser.close()


if __name__ == "__main__":
    main()
