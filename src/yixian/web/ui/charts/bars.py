"""横条: bars below the names of their rows, on a common scale; and rows as wholes divided into shares."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from yixian.web.ui.charts.declared import Chart
from yixian.web.ui.charts.marks import group, line, pattern_id, rectangle, words
from yixian.web.ui.charts.scales import Scale, scale_of

NAME, BAR, GAP, AXIS = 20, 14, 12, 22
"""Pixels of a row's name, of a bar, of the room below a row, and of the axis."""

_ACROSS = 0.82
"""The share of the width that the longest bar may take: the rest is for the value at its end."""

_LETTER = 2.2
"""The share of the width, in per cent, that a letter of a value takes on a phone."""

_ROOM_IN_SHARE = 11
"""A share of at least so many per cent bears its number."""


def draw_bars(chart: Chart[Any], rows: Sequence[Any]) -> tuple[str, int]:
    """The SVG of bars, and its height in pixels."""
    target = chart.target
    goals = [target(row) for row in rows] if target else []
    scale = scale_of([*(series.value(row) for row in rows for series in chart.series), *goals])
    step = NAME + BAR * len(chart.series) + GAP
    height = step * len(rows)
    parts = [_axis(chart, scale, height)]
    for place, row in enumerate(rows):
        parts.append(_row(chart, row, scale, place * step))
    return "".join(parts), height + AXIS


def _axis(chart: Chart[Any], scale: Scale, height: int) -> str:
    found = []
    for value, side in zip(scale.marks, ("starts", "middles", "ends"), strict=True):
        x = scale.at(value) * _ACROSS
        found.append(line(x, 0, x, height, "zero" if not value else "grid"))
        found.append(words(x, height + 16, chart.shown(_plain(value)), f"scale {side}"))
    return "".join(found)


def _plain(value: Decimal) -> Any:
    return int(value) if value == value.to_integral_value() else value


def _row(chart: Chart[Any], row: Any, scale: Scale, top: int) -> str:
    label, values = chart.label(row), [series.value(row) for series in chart.series]
    parts = [words(0, top + 15, label, "name")]
    known = [(order, value) for order, value in enumerate(values) if value is not None]
    for order, value in known:
        parts.append(_bar(chart, order, value, scale, top + NAME + order * BAR))
    goal = chart.target(row) if chart.target else None
    if goal is not None:
        x = scale.at(goal) * _ACROSS
        parts.append(line(x, top + NAME - 3, x, top + NAME + BAR * len(values), "target"))
    for order, value in known:
        shown = str(chart.shown(value))
        end = _start_of_value(max(scale.at(value), scale.at(0)) * _ACROSS, len(shown), goal, scale)
        parts.append(words(end, top + NAME + order * BAR + 10, shown, "value", 5))
    return group(parts, f"{label}: {' · '.join(_said(chart, known, goal))}")


def _start_of_value(end: float, letters: int, goal: Any, scale: Scale) -> float:
    """Where a bar's value is written: at its end, or past the target's line where that would run through it."""
    line_at = scale.at(goal) * _ACROSS if goal is not None else end
    return line_at if end <= line_at < end + (letters + 1) * _LETTER else end


def _said(chart: Chart[Any], known: list[tuple[int, Any]], goal: Any) -> list[str]:
    found = [f"{chart.series[order].name} {chart.shown(value)}" for order, value in known]
    return found if goal is None else [*found, f"{chart.target_name} {chart.shown(goal)}"]


def _bar(chart: Chart[Any], order: int, value: Any, scale: Scale, y: int) -> str:
    start, end = sorted((scale.at(0) * _ACROSS, scale.at(value) * _ACROSS))
    width = max(end - start, 0.3 if value else 0)
    return rectangle(start, y, width, BAR - 3, pattern_id(chart.name, order))


def draw_shares(chart: Chart[Any], rows: Sequence[Any]) -> tuple[str, int]:
    """The SVG of rows that are divided into shares, and its height in pixels."""
    step = NAME + BAR + 4 + GAP
    return "".join(_divided(chart, row, place * step) for place, row in enumerate(rows)), step * len(rows)


def _divided(chart: Chart[Any], row: Any, top: int) -> str:
    label = chart.label(row)
    values = [series.value(row) or 0 for series in chart.series]
    whole = sum(values)
    parts, said, start = [words(0, top + 15, label, "name")], [], 0.0
    for order, (series, value) in enumerate(zip(chart.series, values, strict=True)):
        width = float(Decimal(str(value)) * 100 / Decimal(str(whole))) if whole else 0.0
        if width:
            parts.append(rectangle(start, top + NAME, width, BAR + 4, pattern_id(chart.name, order), "share"))
        if width >= _ROOM_IN_SHARE:
            parts.append(words(start + width / 2, top + NAME + 13, f"{width:.0f}%", "value middles"))
        said.append(f"{series.name} {chart.shown(value)}")
        start += width
    return group(parts, f"{label}: {' · '.join(said)}")
