"""每页多重: how many bytes each declared page costs a phone that has nothing of it yet, and when it first shows something.

    yixian demo --home DIR --port 8100 &
    python -m benchmarks.weight --home DIR --address http://127.0.0.1:8100 [--slow] [NAME ...]

A line a page: requests, KB on the wire, the ratio to the portal's front page; with ``--slow`` the first contentful paint in
seconds at 400 kbit/s, 400 ms and a processor slowed four times. Ends with 1 where a page is above the limits below.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Browser, sync_playwright

from yixian.cli.product import open_home

MAX_KB, MAX_PAINT = 150.0, 2.0
PASSWORD = "front-line-demo"  # noqa: S105 - of the invented county
_FRONT = "portal:home"
_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
_SLOWER = 4


@dataclass(frozen=True)
class Weight:
    """What one page costs."""

    name: str
    requests: int
    kilobytes: float
    paint: float | None


def weigh(
    browser: Browser, address: str, name: str, path: str, cookies: list[Any], *, is_slow: bool
) -> Weight:
    """Load a page with an empty cache, as somebody who has signed in."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies(cookies)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    sizes: list[float] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    if is_slow:
        line.send("Network.emulateNetworkConditions", _LINE)
        line.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(f"{address}{path}", wait_until="load", timeout=120_000)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    context.close()
    return Weight(name, len(sizes), sum(sizes) / 1024, None if paint is None or not is_slow else paint / 1000)


def addresses(home: Path, names: list[str]) -> Iterator[tuple[str, str, str]]:
    """(name, who, path) of each declared page that the county has something for."""
    from tests.browser.test_pages import IDS, NAMED, PAGES  # noqa: PLC0415 - the product must be open

    county = sqlite3.connect(next(home.glob("*.sqlite3")))
    matter = county.execute("SELECT number FROM matters_matter ORDER BY id DESC LIMIT 1").fetchone()
    for name, (who, keys) in PAGES.items():
        if names and name not in names:
            continue
        given: dict[str, object] = {}
        for key in keys:
            value: object = NAMED.get(key) or (matter[0] if key == "matter_no" else None)
            if value is None:
                table, condition = IDS[key]
                value = county.execute(f"SELECT min(id) FROM {table} WHERE {condition}").fetchone()[0]
            given[key.partition(":")[0]] = value
        if None not in given.values():
            yield name, who, reverse(name, kwargs=given)


def signed_in(browser: Browser, address: str, who: str) -> list[Any]:
    """The cookies of somebody of the demonstration; of nobody for ""."""
    if not who or who == "card":
        return []
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/staff/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button.btn-primary").first.click()
    page.wait_for_load_state()
    cookies = context.cookies()
    context.close()
    return cookies


def main() -> int:
    """Weigh the pages and print a line for each, the heaviest last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--address", default="http://127.0.0.1:8100")
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM"))
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    open_home(str(given.home))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        known: dict[str, list[Any]] = {}
        front = weigh(browser, given.address, _FRONT, "/", [], is_slow=given.slow)
        found = [front]
        for name, who, path in addresses(given.home, given.names):
            if name == _FRONT or who == "card":
                continue
            if who not in known:
                known[who] = signed_in(browser, given.address, who)
            found.append(weigh(browser, given.address, name, path, known[who], is_slow=given.slow))
        browser.close()
    print(f"{'page':40} {'requests':>8} {'KB':>7} {'ratio':>6} {'paint, s':>9}")
    for one in sorted(found, key=lambda row: row.kilobytes):
        paint = "" if one.paint is None else f"{one.paint:.2f}"
        ratio = one.kilobytes / front.kilobytes
        print(f"{one.name:40} {one.requests:8} {one.kilobytes:7.1f} {ratio:6.1f} {paint:>9}")
    heavy = [one.name for one in found if one.kilobytes > MAX_KB or (one.paint or 0) > MAX_PAINT]
    if heavy:
        print(f"above {MAX_KB:.0f} KB or {MAX_PAINT:.0f} s: {', '.join(heavy)}")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
