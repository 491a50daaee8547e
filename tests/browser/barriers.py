"""障碍: what axe finds against WCAG 2.2 AA and good practice, asked once about what is the same.

The whole of axe takes a second of a page. Half of that is the contrast of every text, which depends on nothing but computed
colours and sizes: each combination of these is measured where it appears first, and texts with something positioned over
or under them everywhere. And a page whose elements, attributes and visible parts are those of one without barriers, on a
screen of the same width, is without barriers, too: so are most pages in their second language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ["en", "zh-Hans", "zh-hans", "zh-CN"]

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
_QUESTIONS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


@dataclass
class Sound:
    """What was found without a barrier in this process: pages by their structure, and combinations of colours."""

    pages: set[int] = field(default_factory=set)
    contrasts: set[int] = field(default_factory=set)


def barriers(page: Page, sound: Sound) -> list[str]:
    """What stands in somebody's way on a page, as it is drawn now; what is found sound is remembered."""
    page.evaluate(_QUESTIONS)
    seen = page.evaluate("barriers.look", LANGUAGES)
    if seen["found"] or seen["structure"] in sound.pages:
        return list(seen["found"])
    if not seen["ready"]:
        page.evaluate(_AXE)
    answer = page.evaluate("barriers.find", [STANDARDS, sorted(sound.contrasts)])
    if not answer["found"]:
        sound.pages.add(seen["structure"])
        sound.contrasts.update(answer["contrasts"])
    return list(answer["found"])
