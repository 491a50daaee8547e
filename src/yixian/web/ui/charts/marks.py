"""图元: the pieces of a drawing as SVG — looks that differ in colour and in pattern, texts, lines, rectangles in per cent.

Across, everything stands in per cent of the width and everything written keeps its size: a drawing is as legible on a phone
as on paper.
"""

from __future__ import annotations

from django.utils.html import escape

from yixian.web.ui.cells import Text

_PATTERNS = (
    "",
    '<path class="pattern" d="M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4"/>',
    '<circle class="pattern-dot" cx="2" cy="2" r="1.4"/><circle class="pattern-dot" cx="6" cy="6" r="1.4"/>',
    '<path class="pattern" d="M4,0 v8"/>',
)
"""What lies over the colour of a look: nothing, strokes, dots, upright lines."""


def css_of(order: int, tone: str) -> str:
    """The class of the series at a place among them."""
    return f"series-{order % len(_PATTERNS) + 1}{f' is-{tone}' if tone else ''}"


def pattern_id(chart: str, order: int) -> str:
    """The id of a look in one chart."""
    return f"{chart}-look-{order % len(_PATTERNS) + 1}"


def patterns(chart: str, tones: list[str]) -> str:
    """The looks of a chart's series."""
    return f"<defs>{''.join(_pattern(chart, order, tone) for order, tone in enumerate(tones))}</defs>"


def _pattern(chart: str, order: int, tone: str) -> str:
    look = order % len(_PATTERNS)
    return (
        f'<pattern id="{pattern_id(chart, order)}" class="{css_of(order, tone)}" width="8" height="8"'
        f' patternUnits="userSpaceOnUse"><rect class="ground" width="8" height="8"/>{_PATTERNS[look]}</pattern>'
    )


def rectangle(x: float, y: float, width: float, height: float, fill: str, css: str = "") -> str:
    """A rectangle: across in per cent, down in pixels; ``fill`` is the id of a look."""
    named = f' class="{css}"' if css else ""
    return f'<rect{named} x="{x:.2f}%" y="{y:.4g}" width="{width:.2f}%" height="{height:.4g}" fill="url(#{fill})"/>'


def line(x: float, y: float, to_x: float, to_y: float, css: str) -> str:
    """A straight line: across in per cent, down in pixels."""
    return f'<line class="{css}" x1="{x:.2f}%" y1="{y:.4g}" x2="{to_x:.2f}%" y2="{to_y:.4g}"/>'


def words(x: float, y: float, text: Text, css: str = "", dx: int = 0) -> str:
    """A line of text, escaped: across in per cent (and some pixels besides), down in pixels."""
    named = f' class="{css}"' if css else ""
    beside = f' dx="{dx}"' if dx else ""
    return f'<text{named} x="{x:.2f}%"{beside} y="{y:.4g}">{escape(text)}</text>'


def group(parts: list[str], title: Text, css: str = "") -> str:
    """Pieces that belong together, with what a pointer on them reads."""
    named = f' class="{css}"' if css else ""
    return f"<g{named}><title>{escape(title)}</title>{''.join(parts)}</g>"
