"""Enketo and ODK Web Forms, web clients of ODK forms that others wrote, in a browser: they fill forms as a person would.

They come from npm at set-up (`scripts/setup.py --for-tests`), locked by hash, with Node from a wheel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page, Route

from tests.oracles.filled import Filled

NAMES = ("enketo", "web_forms")
_BUNDLES = Path(__file__).parent / "node_modules" / ".bundles"
_SITE = "https://clients.test"
_PAGE = (
    '<!doctype html><html lang="zh"><meta charset="utf-8"><script type="module" src="/{name}.js"></script>'
)
_REPEAT = re.compile(r"^\w+\[(\d+)\]/")


class WebClient:
    """One of the clients, in a page of its own."""

    def __init__(self, page: Page, name: str) -> None:
        self._page = page
        page.route(f"{_SITE}/**", lambda route: _serve(route, name))
        page.goto(f"{_SITE}/page")
        page.wait_for_function("window.ready === true", timeout=60_000)

    def fill(self, form: Path, cases: Mapping[str, Mapping[str, str]]) -> dict[str, Filled]:
        """Every case filled in: answers by path, like ``item[2]/building/length``."""
        given = [{"answers": dict(answers), "repeats": _repeats(answers)} for answers in cases.values()]
        found = self._page.evaluate(
            "([form, cases]) => window.fillAll(form, cases)", [form.read_text(encoding="utf-8"), given]
        )
        return {
            name: Filled(one["xml"].encode(), tuple(one["refused"]))
            for name, one in zip(cases, found, strict=True)
        }


def _repeats(answers: Mapping[str, str]) -> int:
    return max((int(found[1]) for path in answers if (found := _REPEAT.match(path))), default=1)


def _serve(route: Route, name: str) -> None:
    if route.request.url.endswith(".js"):
        route.fulfill(
            content_type="text/javascript", body=(_BUNDLES / f"{name}.js").read_text(encoding="utf-8")
        )
    else:
        route.fulfill(content_type="text/html", body=_PAGE.format(name=name))
