"""网页正文: an HTML body as the text that a reader of it sees; what is quoted is marked with >, as in plain mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

_UNREAD = frozenset(
    {"head", "math", "noscript", "object", "script", "select", "style", "svg", "template", "title"}
)
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "tr",
    "ul",
})  # fmt: skip
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "ul", "ol", "blockquote"})
_DEEPEST_QUOTE = 12
_OUT_OF_THE_TEXT = re.compile(
    r"<(!--|[!?]|(script|style|template|noscript|svg|math)\b)", re.IGNORECASE | re.ASCII
)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def page_text(page: str) -> str:
    """The text of an HTML page: one line a paragraph, cells of a table parted by tabs, scripts and styles left out."""
    reader = _Reader()
    reader.feed(_closed("".join(_seen(page))))
    reader.close()
    return reader.text()


def _seen(page: str) -> Iterator[str]:
    """The page without comments, declarations, scripts and styles, in one go over it.

    The library's parser goes back to the start of each one that does not end, for hours where there are many; and stops at
    declarations that word processors write.
    """
    start = 0
    while found := _OUT_OF_THE_TEXT.search(page, start):
        yield page[start : found.start()]
        start = _after(page, found)
    yield page[start:]


def _after(page: str, found: re.Match[str]) -> int:
    """Where the text goes on; ``<style/>`` holds nothing, although a browser would not show the rest of the page."""
    if found[2] is None:
        closing = "-->" if found[1] == "!--" else ">"
    else:
        closing = ">"
        opened = page.find(closing, found.end())
        if opened > 0 and page[opened - 1] != "/":
            end = re.compile(rf"</{found[2]}[^>]*>", re.IGNORECASE | re.ASCII).search(page, opened)
            return end.end() if end else len(page)
    place = page.find(closing, found.end())
    return len(page) if place < 0 else place + len(closing)


def _closed(page: str) -> str:
    """The page without tags that begin after the last one ended: they are text."""
    last = page.rfind(">") + 1
    return page[:last] + page[last:].replace("<", "&lt;")


class _Reader(HTMLParser):
    """Writes lines as the tags go by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._unread = ""
        self._unread_depth = 0
        self._quoted = 0
        self._kept = 0

    def text(self) -> str:
        """Everything that was read."""
        self._end_line()
        while self._lines and not self._lines[-1].strip("> "):
            self._lines.pop()
        return "\n".join(self._lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._unread = ""
        if not self._unread and tag not in _UNREAD:
            self._begin(tag, dict(attrs))
        elif not self._unread or tag == self._unread:
            self._unread, self._unread_depth = tag, self._unread_depth + 1 if self._unread else 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<object/>`` opens nothing."""
        if tag not in _UNREAD:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self._unread:
            self._end(tag)
        elif tag == self._unread:
            self._unread_depth -= 1
            self._unread = tag if self._unread_depth else ""

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        if self._kept:
            first, *others = data.split("\n")
            self._write(first)
            for other in others:
                self._end_line(even_empty=True)
                self._write(other)
        else:
            words = _SPACES.sub(" ", data)
            self._write(
                words.lstrip(" ") if not self._line or self._line[-1].endswith((" ", "\t")) else words
            )

    def _begin(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in _BLOCKS:
            self._end_block(tag)
        if tag == "br":
            self._end_line(even_empty=True)
        elif tag == "li":
            self._write("· ")
        elif tag == "blockquote":
            self._quoted += 1
        elif tag == "pre":
            self._kept += 1
        elif tag in {"td", "th"} and self._line:
            self._write("\t")
        elif tag == "img" and attributes.get("alt"):
            self.handle_data(f"[{attributes['alt']}]")

    def _end(self, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        self._end_block(tag)
        if tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)
        elif tag == "pre":
            self._kept = max(0, self._kept - 1)

    def _write(self, words: str) -> None:
        if words:
            self._line.append(words)

    def _end_block(self, tag: str) -> None:
        self._end_line()
        if tag in _SPACED and self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._mark)

    def _end_line(self, *, even_empty: bool = False) -> None:
        line = "".join(self._line).rstrip()
        if line or even_empty:
            self._lines.append(self._mark + line)
        self._line.clear()

    @property
    def _mark(self) -> str:
        return "> " * min(self._quoted, _DEEPEST_QUOTE)
