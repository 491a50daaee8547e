"""读者: whoever only looks at pages keeps the browser window, with the files in its cache, from one test to the next.

A window of one's own for every page costs more than the page: a process, and every style sheet and script anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext

from tests.browser.house import House
from tests.browser.sign_ins import SignIns
from tests.browser.visits import Visitor


class Readers:
    """The reader of now. Tests that are ordered by reader open few windows; only one is open at a time."""

    def __init__(
        self, open_context: Callable[[Any], BrowserContext], sign_ins: SignIns, house: House
    ) -> None:
        self._open_context, self._sign_ins, self._house = open_context, sign_ins, house
        self._state: Any = None
        self._context: BrowserContext | None = None
        self._visitor: Visitor | None = None

    def of(self, name: str, language: str, *, width: int) -> Visitor:
        """Somebody by user name (nobody: "") who has chosen a language (none: ""), on a screen of a width."""
        state = self._sign_ins.of(name) if name else None
        if self._context is None or self._visitor is None or state != self._state:
            self.leave()
            self._context, self._state = self._open_context(state), state
            self._visitor = Visitor(self._context.new_page())
        choose_language(self._context, self._house, language)
        self._visitor.complaints.clear()
        self._visitor.draw_at(width)
        return self._visitor

    def leave(self) -> None:
        """Close the window."""
        if self._context is not None:
            self._context.close()
        self._context = self._visitor = self._state = None


def choose_language(context: BrowserContext, house: House, language: str) -> None:
    """As the switch of the page does it; "" takes the choice back."""
    context.clear_cookies(name="django_language")
    if language:
        context.add_cookies([{"name": "django_language", "value": language, "url": house.address}])
