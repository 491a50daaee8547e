"""登录: who is signed in before the house, and signs in again long before the product would ask for it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser

from tests.browser.house import House
from tests.browser.visits import sign_in
from yixian.web.portal.household_session import IDLE_LIMIT

FRESH_SECONDS = IDLE_LIMIT.total_seconds() / 2
"""A sign-in is handed out for so long: a card that nobody touches ends after `IDLE_LIMIT`, however slow the machine is."""


@dataclass
class SignIns:
    """What signing in leaves in a browser, shared by all tests of a run and renewed before it has grown old."""

    browser: Browser
    house: House
    _kept: dict[str, tuple[float, Any]] = field(default_factory=dict)

    def of(self, name: str) -> Any:
        """The browser's state after signing in as a user of the demonstration, or with its first card ("card")."""
        now = time.monotonic()
        if name not in self._kept or now - self._kept[name][0] > FRESH_SECONDS:
            self._kept[name] = now, sign_in(self.browser, self.house, name)
        return self._kept[name][1]
