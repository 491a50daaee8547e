"""标出: a text in stretches, each with whether it is what somebody looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from yixian.domain.text import half_width

Highlight = tuple[str, bool]
"""(text, whether it was looked for)"""


def marked(text: str, pieces: Iterable[str]) -> list[Highlight]:
    """The text with every occurrence of the pieces marked, longest first; the stretches together are the text.

    Capital letters and full-width ones count as the plain ones; Latin pieces count at the beginning of a word.
    """
    wanted = sorted({piece for piece in pieces if piece}, key=len, reverse=True)
    if not wanted:
        return [(text, False)]
    pattern = re.compile("|".join(_pattern(piece) for piece in wanted))
    plain = "".join(_plain(letter) for letter in text)
    stretches, end = [], 0
    for hit in pattern.finditer(plain):
        stretches += [(text[end : hit.start()], False), (text[hit.start() : hit.end()], True)]
        end = hit.end()
    return [stretch for stretch in [*stretches, (text[end:], False)] if stretch[0]]


def _pattern(piece: str) -> str:
    return rf"(?<![a-z0-9]){re.escape(piece)}[a-z0-9]*" if piece.isascii() else re.escape(piece)


def _plain(letter: str) -> str:
    """One letter for one letter, so that places stay the same."""
    plain = half_width(letter).lower()
    return plain if len(plain) == 1 else letter
