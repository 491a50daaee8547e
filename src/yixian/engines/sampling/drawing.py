"""抽签: who is looked at, drawn from a seed that was made public before, so that anybody can draw again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256


def draw(ids: Iterable[str], n: int, seed_text: str) -> list[str]:
    """``n`` ids, in the order of SHA-256(seed_text || id), read as UTF-8.

    Every ``n`` ids are as likely as any others, and a draw of more begins with the draw of fewer. The order of ``ids`` does
    not matter. Raises ValueError for an id that is empty or stands twice, an empty seed, or more draws than ids.
    """
    frame = _frame(ids, n, seed_text)
    return sorted(frame, key=lambda one: _order(seed_text, one))[:n]


def draw_by_stratum(strata: Mapping[str, str], n: int, seed_text: str) -> list[str]:
    """``n`` ids, drawn systematically through strata (townships): each has its share, to within one.

    ``strata`` names the stratum of each id. The list is put in order by stratum and, within it, by SHA-256(seed_text || id);
    with N ids and u = SHA-256(seed_text) mod N, the drawn ones stand at places floor((u + i N) / n) for i = 0 .. n - 1,
    modulo N. Each id is drawn with probability n / N exactly. Raises ValueError as `draw` does.
    """
    frame = _frame(strata, n, seed_text)
    size = len(frame)
    listed = sorted(frame, key=lambda one: (strata[one], _order(seed_text, one)))
    start = int.from_bytes(sha256(seed_text.encode()).digest(), "big") % size if size else 0
    places = sorted((start + i * size) // n % size for i in range(n))
    return [listed[place] for place in places]


def _order(seed_text: str, one: str) -> bytes:
    return sha256((seed_text + one).encode()).digest()


def _frame(ids: Iterable[str], n: int, seed_text: str) -> list[str]:
    frame = list(ids)
    if "" in frame or len(set(frame)) < len(frame):
        raise ValueError("every id must be there once, and none be empty")
    if not seed_text:
        raise ValueError("there must be a seed, made public before the draw")
    if not 0 <= n <= len(frame):
        raise ValueError(f"{n} cannot be drawn from {len(frame)}")
    return frame
