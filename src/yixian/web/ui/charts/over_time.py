"""走势图: columns and lines over weeks, with a scale above its lines and what has not come yet set apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yixian.web.ui.cells import Text
from yixian.web.ui.charts.declared import Chart, Number
from yixian.web.ui.charts.marks import css_of, group, line, pattern_id, rectangle, words
from yixian.web.ui.charts.scales import Scale, scale_of

PLOT, TOP, AXIS = 180, 22, 24
"""Pixels of the drawing's height, of the room above it for the highest number, and of the names of weeks below."""

_HEIGHT = TOP + PLOT + AXIS


def draw_columns(chart: Chart[Any], rows: Sequence[Any]) -> tuple[str, int]:
    """The SVG of columns of series on top of each other, and its height in pixels."""
    values = [[series.value(row) or 0 for series in chart.series] for row in rows]
    scale = scale_of([sum(own) for own in values])
    parts = [_frame(chart, rows, scale)]
    slot = 100 / max(len(rows), 1)
    for place, (row, own) in enumerate(zip(rows, values, strict=True)):
        parts.append(_column(chart, row, own, scale, place * slot + slot * 0.14, slot * 0.72))
    return "".join(parts), _HEIGHT


def _column(chart: Chart[Any], row: Any, values: list[Number], scale: Scale, x: float, width: float) -> str:
    floor, parts = float(TOP + PLOT), []
    for order, value in enumerate(values):
        height = PLOT * scale.at(value) / 100
        if value:
            height = max(height, 2)
            parts.append(rectangle(x, floor - height, width, height, pattern_id(chart.name, order)))
            floor -= height
    ahead = chart.is_ahead is not None and chart.is_ahead(row)
    return group(parts, _said(chart, row, values), "ahead" if ahead else "")


def draw_lines(chart: Chart[Any], rows: Sequence[Any]) -> tuple[str, int]:
    """The SVG of a line for each series, and its height in pixels. A row without a value breaks its line."""
    values = [[series.value(row) for series in chart.series] for row in rows]
    scale = scale_of([value for own in values for value in own])
    slot = 100 / max(len(rows), 1)
    across = [place * slot + slot / 2 for place in range(len(rows))]
    drawn = "".join(
        _path(order, series.tone, [own[order] for own in values], across, scale)
        for order, series in enumerate(chart.series)
    )
    plot = (
        f'<svg x="0" y="{TOP}" width="100%" height="{PLOT}" viewBox="0 0 100 {PLOT}" preserveAspectRatio="none">'
        f"{drawn}</svg>"
    )
    points = [
        group(_points(chart, own, x, scale), _said(chart, row, own))
        for row, own, x in zip(rows, values, across, strict=True)
    ]
    return "".join([_frame(chart, rows, scale), plot, *points]), _HEIGHT


def _path(order: int, tone: str, values: list[Number | None], across: list[float], scale: Scale) -> str:
    d, is_drawn = [], False
    for value, x in zip(values, across, strict=True):
        if value is not None:
            d.append(f"{'L' if is_drawn else 'M'}{x:.2f} {PLOT - PLOT * scale.at(value) / 100:.1f}")
        is_drawn = value is not None
    return f'<path class="path {css_of(order, tone)}" d="{" ".join(d)}"/>' if d else ""


def _points(chart: Chart[Any], values: Sequence[Number | None], x: float, scale: Scale) -> list[str]:
    """A disc for the first series, a square for the second: they differ without colour."""
    found = []
    for order, (series, value) in enumerate(zip(chart.series, values, strict=True)):
        if value is None:
            continue
        y, css = TOP + PLOT - PLOT * scale.at(value) / 100, f"point {css_of(order, series.tone)}"
        if order % 2:
            found.append(
                f'<rect class="{css}" x="{x:.2f}%" y="{y - 4:.1f}" width="8" height="8" transform="translate(-4 0)"/>'
            )
        else:
            found.append(f'<circle class="{css}" cx="{x:.2f}%" cy="{y:.1f}" r="4.5"/>')
    return found


def _frame(chart: Chart[Any], rows: Sequence[Any], scale: Scale) -> str:
    """Lines across with what they stand for, the names of rows below, and the line behind which everything is ahead."""
    parts = []
    for value in scale.marks:
        y = TOP + PLOT - PLOT * scale.at(value) / 100
        parts.append(line(0, y, 100, y, "grid" if value else "zero"))
        if value:
            shown = chart.shown(int(value) if value == int(value) else value)
            parts.append(words(0, y - 5, shown, "scale"))
    slot = 100 / max(len(rows), 1)
    for place, row in enumerate(rows):
        name: Text = chart.short(row) if chart.short else chart.label(row)
        if name:
            parts.append(words(place * slot + slot / 2, TOP + PLOT + 17, name, "scale middles"))
    ahead = chart.is_ahead
    first = next((n for n, row in enumerate(rows) if ahead(row)), None) if ahead else None
    if first:
        parts.append(line(first * slot, 4, first * slot, TOP + PLOT, "now"))
    return "".join(parts)


def _said(chart: Chart[Any], row: Any, values: Sequence[Number | None]) -> str:
    said = [
        f"{series.name} {chart.shown(value)}"
        for series, value in zip(chart.series, values, strict=True)
        if value is not None
    ]
    return f"{chart.label(row)}: {' · '.join(said)}"
