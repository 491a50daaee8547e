"""注记: where names stand on a map — none over another or over a mark, those that find no room are left to the table.

Names keep the drawing's units, which a phone shows at half their size; there they are written larger. So each is placed
twice: as it is on a phone, and, where it finds room only on a wide screen, for that alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from yixian.web.ui.maps.projection import MARGIN, WIDTH

WIDE_SIZE, PHONE_SIZE = 15, 27
"""The height of a name in units; `maps.css` writes them so."""

_OFFSETS = ((0, 1.5), (0, -0.9), (0, 2.6), (0, -2.0))
"""Where a name is tried, in heights below its point."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name with the middle of its line; ``is_wide`` where a phone has no room for it."""

    name: str
    x: float
    y: float
    is_wide: bool


def place_names(
    wanted: Iterable[tuple[str, float, float]], taken: Iterable[Box], height: int
) -> list[PlacedName]:
    """Place what finds room, the first wanted first. ``taken`` are boxes (left, top, right, bottom) that stay free."""
    names, boxes = list(wanted), list(taken)
    on_phones = _placed(names, boxes, PHONE_SIZE, height)
    kept = [_box(one.name, one.x, one.y, WIDE_SIZE) for one in on_phones]
    left = [one for one in names if one[0] not in {placed.name for placed in on_phones}]
    wide = _placed(left, [*boxes, *kept], WIDE_SIZE, height)
    return [*on_phones, *(PlacedName(one.name, one.x, one.y, is_wide=True) for one in wide)]


def _placed(
    names: list[tuple[str, float, float]], taken: list[Box], size: int, height: int
) -> list[PlacedName]:
    boxes, found = list(taken), []
    for name, x, y in names:
        for across, down in _OFFSETS:
            box = _box(name, x + across * size, y + down * size, size)
            if _is_inside(box, height) and not any(_overlap(box, other) for other in boxes):
                boxes.append(box)
                found.append(PlacedName(name, x + across * size, y + down * size, is_wide=False))
                break
    return found


def _box(name: str, x: float, y: float, size: int) -> Box:
    """The box of a line whose baseline lies at y."""
    half = sum(1.0 if unicodedata.east_asian_width(one) in "WF" else 0.56 for one in name) * size / 2
    return x - half - 2, y - size, x + half + 2, y + size * 0.3


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_inside(box: Box, height: int) -> bool:
    return box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height - MARGIN / 2
