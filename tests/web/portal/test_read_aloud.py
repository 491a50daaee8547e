"""朗读: what a page says is read aloud: of the words in its main part nearly all stand in a block that is read."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.web.portal.test_portal import visitor

OURS = ("/ours/", "/ours/people/", "/ours/household/", "/ours/versions/", "/ours/promises/")
PUBLIC = ("/", "/policy/prices/", "/offices/", "/genuine/", "/how-long/", "/budget/", "/policy/ask/")
SILENT = frozenset(
    {"form", "button", "select", "script", "style", "svg", "nav", "summary", "label", "caption", "thead"}
)
BLOCKS = frozenset({"h1", "h2", "h3", "p", "li", "dt", "dd", "blockquote"})
"""As in read_aloud.js, which reads the smallest of them; a block around others is only heard where the text stands in these."""

VOID = frozenset({"input", "br", "img", "use", "meta", "link", "path", "hr", "col"})


class Heard(HTMLParser):
    """Counts the letters of a page's main part that are read aloud, and those that are not."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool, bool]] = []
        self.letters = {True: 0, False: 0}
        self.unheard: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        _above, aloud, silent = self.open[-1] if self.open else ("", False, True)
        if tag == "main":
            silent = False
        row = tag == "tr" and any(name == "tbody" for name, _a, _s in self.open)
        hidden = (
            "hidden" in given or "aria-hidden" in given or "visually-hidden" in (given.get("class") or "")
        )
        here = aloud or "data-aloud" in given or tag in BLOCKS or row
        self.open.append((tag, here, silent or tag in SILENT or hidden))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and self.open and not self.open[-1][2]:
            self.letters[self.open[-1][1]] += len(words)
            if not self.open[-1][1]:
                self.unheard.append(words)


@pytest.mark.parametrize("path", [*OURS, *PUBLIC])
def test_nearly_all_of_a_page_is_read_aloud(valley, path: str) -> None:
    client = visitor(valley, valley.zhao) if path in OURS else Client()
    heard = Heard()
    heard.feed(client.get(path).content.decode())
    spoken, silent = heard.letters[True], heard.letters[False]
    assert spoken > 0
    assert spoken / (spoken + silent) >= 0.9, heard.unheard
