"""排印: PDF rendering — a Typst template and plain data to a PDF/A-2b file, the same bytes for the same inputs.

A template is one ``.typ`` file that reads ``data.json``. Its fonts are those of the machine (Debian:
``fonts-noto-cjk``; what that lacks is taken from any other installed font). A character that no font has is printed
as 〓, as printers do, and named in ``data.missing``, so that the sheet can ask for it to be written in by hand.
"""

from __future__ import annotations

import functools
import json
import os
import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import Refused
from yixian.lazy_imports import typst

STANDARD: Final = "a-2b"
"""PDF/A-2b, ISO 19005-2: everything needed to show the page is inside the file, for the archive."""

PRINTERS_BLANK = "〓"
"""下驮: the printer's mark for a character that is not in the case (U+3013)."""

_UNSHOWN = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{(?P<code>[0-9a-fA-F]+)\}")
_PAGES = re.compile(rb"/Type\s*/Pages\s*/Count (?P<count>\d+)")
_ATTEMPTS = 3

_DOCUMENTS_PER_PROCESS = 1
"""The compiler remembers what it laid out, hundreds of megabytes a large village: a process sets one and is let go."""

_renderer_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """印单: a template, the plain JSON data it is filled with, and the images it names.

    The template must set its document's date from the data: nothing here reads a clock.
    """

    template: Path
    data: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)


def printed_date(day: date) -> dict[str, int]:
    """A day as the templates' ``document.date`` takes it."""
    return {"year": day.year, "month": day.month, "day": day.day}


BatchRenderer = Callable[[PdfDocument], bytes]


def render_pdf(document: PdfDocument) -> bytes:
    """The order as a PDF. Raises `Refused` (``paper.unprintable``) with the compiler's own words if it cannot be set."""
    sources = dict(document.files) | {"main.typ": document.template.read_bytes()}
    with _renderer_lock:
        return _compositor().run(sources, document.data)


def render_pdfs(documents: Iterable[PdfDocument], *, renderer: BatchRenderer = render_pdf) -> Iterator[bytes]:
    """The PDFs of many orders, in their order, set side by side in processes of their own.

    Orders are drawn only a few ahead of what has been taken, so a whole county never stands in memory. ``renderer`` is a
    function of a module: what sets one order, if not plain `render_pdf`.
    """
    presses = os.cpu_count() or 1
    pool = ProcessPoolExecutor(
        presses, mp_context=get_context("spawn"), max_tasks_per_child=_DOCUMENTS_PER_PROCESS
    )
    waiting: deque[Future[bytes]] = deque()
    try:
        for document in documents:
            waiting.append(pool.submit(renderer, document))
            if len(waiting) > 2 * presses:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of this press has, as the root of its page tree says."""
    return max(int(found["count"]) for found in _PAGES.finditer(pdf))


class _Compositor:
    """One compiler, whose fonts are read once, and the characters that it has found no font for."""

    def __init__(self) -> None:
        self._compiler: Any = typst.Compiler()  # its type stubs do not know sources held in memory
        self._unshown: set[str] = set()

    def run(self, sources: dict[str, bytes], data: Mapping[str, Any]) -> bytes:
        for _attempt in range(_ATTEMPTS):
            try:
                return self._compile(sources, data)
            except typst.TypstError as error:
                found = unshown_characters(str(error.diagnostic))
                if not found - self._unshown:
                    raise Refused(
                        "paper.unprintable",
                        _("The sheet cannot be printed. Tell the administrator what it was."),
                        compiler=str(error),
                    ) from error
                self._unshown |= found
        raise Refused(
            "paper.unprintable", _("The sheet cannot be printed. Tell the administrator what it was.")
        )

    def _compile(self, sources: dict[str, bytes], data: Mapping[str, Any]) -> bytes:
        text = json.dumps(data, ensure_ascii=False)
        missing = sorted(self._unshown & set(text))
        if missing:
            text = text.translate({ord(character): PRINTERS_BLANK for character in missing})
        content = json.loads(text) | {"missing": [f"U+{ord(character):04X}" for character in missing]}
        packed = json.dumps(content, ensure_ascii=False).encode()
        pdf: bytes = self._compiler.compile(
            input=sources | {"data.json": packed},
            format="pdf",
            pdf_standards=STANDARD,
            pdf_tags=False,  # half the time and a fifth of the size; read-aloud is the portal's work
        )
        return pdf


def unshown_characters(diagnostic: str) -> set[str]:
    """The characters that a compiler's message says no font could show."""
    return {
        character
        for match in _UNSHOWN.finditer(diagnostic)
        for character in _ESCAPED.sub(_unescape, match["text"])
    }


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match["code"], 16))


@functools.cache
def _compositor() -> _Compositor:
    return _Compositor()
