"""回执号的数字: finding a receipt's sixteen digits in what somebody wrote, and keeping them out of what staff read.

Whoever holds the digits can speak as the person. People quote the mail that brought them, or dictate them on the telephone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from yixian.matters.codes import code_index
from yixian.matters.limits import RECEIPT_DIGITS
from yixian.matters.models import Matter

MASK = "*" * RECEIPT_DIGITS
_MAX_TRIED = 20_000
"""Places in one text at which sixteen digits may begin; in a text with more all long numbers are masked."""

_BATCH = 500
_GAP = r"[\s.,:、·•_\-‐-―−－—~/|>+*\[\]]{0,4}"
_DIGITS = re.compile(rf"\d(?:{_GAP}\d){{{RECEIPT_DIGITS - 1},}}")


def receipts_in(text: str) -> list[Matter]:
    """The matters whose receipts stand in a text, in its order: also after other numbers, in full-width digits, with blanks,
    dashes or dots between them.
    """
    codes = [code for _start, _end, code in _windows(_plain(text))]
    known = _known(codes[:_MAX_TRIED])
    return list({known[code].pk: known[code] for code in codes if code in known}.values())


def without_receipts(text: str) -> str:
    """The text with the digits of every receipt in it masked. Other numbers stay as they are."""
    plain = _plain(text)
    windows = list(_windows(plain))
    if len(windows) > _MAX_TRIED:
        places = [(run.start(), run.end()) for run in _DIGITS.finditer(plain)]
    else:
        known = _known(code for _start, _end, code in windows)
        places = [(start, end) for start, end, code in windows if code in known]
    shown, position = [], 0
    for start, end in places:
        shown += [text[position:start], MASK] if start >= position else []
        position = max(position, end)
    return "".join([*shown, text[position:]])


def _windows(plain: str) -> Iterator[tuple[int, int, str]]:
    """Every sixteen digits in a row, from where to where in the text, whatever stands between them."""
    for run in _DIGITS.finditer(plain):
        places = [place for place in range(run.start(), run.end()) if plain[place].isdigit()]
        for first in range(len(places) - RECEIPT_DIGITS + 1):
            chosen = places[first : first + RECEIPT_DIGITS]
            yield chosen[0], chosen[-1] + 1, "".join(plain[place] for place in chosen)


def _plain(text: str) -> str:
    """The text with plain digits and signs, one character for one, so that places stay."""
    folded = (unicodedata.normalize("NFKC", character) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, folded, strict=True))


def _known(codes: Iterable[str]) -> dict[str, Matter]:
    """The matters of those codes that are a receipt's."""
    tried = {code_index(code): code for code in dict.fromkeys(codes) if code.isascii()}
    indexes = list(tried)
    found: dict[str, Matter] = {}
    for start in range(0, len(indexes), _BATCH):
        rows = Matter.objects.filter(code_index__in=indexes[start : start + _BATCH]).select_related("area")
        found |= {tried[matter.code_index]: matter for matter in rows}
    return found
