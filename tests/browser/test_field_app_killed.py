"""The phone's browser killed again and again: nothing lost, nothing doubled, and nothing to be read in its folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FLAGS
from tests.browser.field_team import FieldTeam, make_field_team
from tests.browser.house import House, environment, free_port
from tests.browser.test_field_app import set_up, unlock

MARKER = "MARKER7391HOUSEHOLD"
FINISHED = """async ({id, marker}) => {
  const {finish, keepFile} = await import("/static/field_app/outbox.js");
  await keepFile(id, "wall.jpg", new TextEncoder().encode(marker.repeat(500)));
  const inner = `<household_id>${marker}</household_id><meta><instanceID>uuid:${id}</instanceID></meta>`;
  const xml = `<data id="killed" version="1">${inner}</data>`;
  await finish(id, `draft/${id}`, xml, ["wall.jpg"], {form: {zh: "表", en: "sheet"}, household: marker, head: marker});
}"""
SEND = """async (secret) => (await import("/static/field_app/outbox.js")).send(secret)"""
STATES = """async () => (await (await import("/static/field_app/database.js")).all("outbox")).map((row) => [row.id, row.state])"""
PLAIN = """async (marker) => { localStorage.setItem("control", marker); }"""


class KilledPhone:
    """A Chromium with a folder of its own, which is killed with all its processes."""

    def __init__(self, browser: Browser, house: House, folder: Path) -> None:
        self.folder = folder
        self._port = free_port()
        self._browser = browser
        self._house = house
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Page:
        """A page of the app in a browser that begins anew, on the folder as it was left."""
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            with contextlib.suppress(FileNotFoundError):
                (self.folder / name).unlink()
        chromium = shutil.which("chromium")
        assert chromium is not None
        self._process = subprocess.Popen(
            [
                chromium,
                "--headless=new",
                *FLAGS,
                f"--remote-debugging-port={self._port}",
                f"--user-data-dir={self.folder}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        await_debugger(self._port)
        connected = self._browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{self._port}")
        page = connected.contexts[0].new_page()
        page.goto(f"{self._house.address}/field/")
        page.locator("body[data-ready]").wait_for()
        return page

    def kill(self) -> None:
        """All its processes at once, as a battery that is taken out."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


def await_debugger(port: int) -> None:
    for _ in range(240):
        with contextlib.suppress(URLError, ConnectionError, TimeoutError):
            urlopen(f"http://127.0.0.1:{port}/json/version", timeout=2).close()
            return
        time.sleep(0.25)
    raise AssertionError("the browser does not begin")


@pytest.fixture(scope="module")
def team(house: House) -> FieldTeam:
    return make_field_team(house.home, environment())


@pytest.fixture
def killed_phone(browser: Browser, house: House, tmp_path: Path) -> Iterator[KilledPhone]:
    phone = KilledPhone(browser, house, tmp_path / "profile")
    yield phone
    phone.kill()


def files_with(word: str, folder: Path) -> list[Path]:
    forms = (word.encode(), word.encode("utf-16-le"))
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and any(form in path.read_bytes() for form in forms)
    ]


@pytest.mark.proof(cases=200, slice=3)
def test_no_sheet_is_lost_or_sent_twice_and_none_can_be_read(
    cases: Iterator[int], killed_phone: KilledPhone, team: FieldTeam, house: House
) -> None:
    """Killed right after a sheet was acknowledged; every other time in the midst of sending."""
    page = killed_phone.start()
    set_up(page, team)
    finished: list[str] = []
    for number in cases:
        sheet = f"killed-{number}-{time.time_ns()}"
        page.evaluate(FINISHED, {"id": sheet, "marker": MARKER})
        finished.append(sheet)
        if number % 2:
            page.evaluate(f"(secret) => {{ ({SEND})(secret); }}", team.secret)
        killed_phone.kill()
        page = killed_phone.start()
        unlock(page)
        expect(page.locator("h1")).to_have_text("实物调查（演示）")
        assert {name for name, _state in page.evaluate(STATES)} == set(finished)
    assert files_with(MARKER, killed_phone.folder) == []
    assert page.evaluate(SEND, team.secret) == "sent"
    assert {state for _name, state in page.evaluate(STATES)} == {"sent"}
    received = [
        str(one[0])
        for one in house.rows(
            "SELECT instance_id FROM survey_sheetsubmission WHERE form_id = 'killed' ORDER BY id"
        )
    ]
    assert sorted(received) == sorted(finished)
    page.evaluate(PLAIN, MARKER)
    page.close()
    time.sleep(6)  # Chromium writes it down within five seconds
    killed_phone.kill()
    assert files_with(MARKER, killed_phone.folder), "the search would have found a word that is not sealed"
