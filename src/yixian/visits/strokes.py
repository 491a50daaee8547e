"""签字笔画: a signature drawn on the screen, from points to SVG path data; only digits, M and L ever come out of it."""

from __future__ import annotations

import json

from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import Invalid

WIDTH, HEIGHT = 1000, 400
"""The paper it is drawn on, in units of its own."""

_MAX_TEXT = 100_000
_MAX_STROKES = 200
_MAX_POINTS = 6_000
_MIN_POINTS = 12
"""A dot is no signature."""


def path_of(text: str) -> str:
    """The path of strokes given as JSON, ``[[[x, y], ...], ...]`` in whole units of the paper.

    Raises `Invalid` for field ``strokes`` for anything else, for points off the paper, too many, or too few to be a name.
    """
    strokes = _read(text)
    points = [point for stroke in strokes for point in stroke]
    if len(strokes) > _MAX_STROKES or len(points) > _MAX_POINTS:
        raise Invalid(
            "signature.long", _("The signature is too long. Clear it and sign again."), field="strokes"
        )
    if len(points) < _MIN_POINTS:
        raise Invalid("signature.empty", _("Please sign in the box."), field="strokes")
    return " ".join(
        f"{'L' if number else 'M'}{x} {y}" for stroke in strokes for number, (x, y) in enumerate(stroke)
    )


def _read(text: str) -> list[list[tuple[int, int]]]:
    try:
        given = json.loads(text[: _MAX_TEXT + 1]) if text else []
        return [[_point(pair) for pair in stroke] for stroke in given]
    except (ValueError, TypeError, RecursionError) as error:
        raise Invalid(
            "signature.faulty",
            _("The signature did not arrive whole. Please sign again."),
            field="strokes",
        ) from error


def _point(pair: object) -> tuple[int, int]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise ValueError("a point has two numbers")
    x, y = pair
    if type(x) is not int or type(y) is not int or not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
        raise ValueError("a point lies on the paper")
    return x, y
