"""排印: from a Typst template and plain data to a PDF/A-2b file, the same bytes for the same inputs.

A template is one ``.typ`` file that reads ``data.json``. Its fonts are those of the machine (Debian:
``fonts-noto-cjk``; what that lacks is taken from any other installed font). A character that no font has is printed
as 〓, as printers do, and named in ``data.missing``, so that the sheet can ask for it to be written in by hand.
"""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import typst

from yixian.kernel.errors import Refused

STANDARD: Final = "a-2b"
"""PDF/A-2b, ISO 19005-2: everything needed to show the page is inside the file, for the archive."""

PRINTERS_BLANK = "〓"
"""下驮: the printer's mark for a character that is not in the case (U+3013)."""

_UNSHOWN = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{(?P<code>[0-9a-fA-F]+)\}")
_ATTEMPTS = 3

_press_lock = threading.Lock()


def typeset(template: Path, data: Mapping[str, Any], *, files: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of a template filled with plain JSON data; ``files`` are images it names.

    The template must set its document's date from the data: nothing here reads a clock. Raises `Refused`
    (``paper.unprintable``) with the compiler's own words if the sheet cannot be set.
    """
    sources = dict(files or {}) | {"main.typ": template.read_bytes()}
    with _press_lock:
        return _press().run(sources, data)


class _Press:
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
                    raise Refused("paper.unprintable", f"The sheet cannot be printed: {error}") from error
                self._unshown |= found
        raise Refused("paper.unprintable", "The sheet holds too many characters that no font here has.")

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
def _press() -> _Press:
    return _Press()
