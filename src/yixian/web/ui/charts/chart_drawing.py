"""绘图: a declared chart over its rows, drawn — SVG with its title, description, legend, and the table it was drawn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yixian.web.ui.cells import Text
from yixian.web.ui.charts.bars import draw_bars, draw_shares
from yixian.web.ui.charts.declared import Chart, ChartKind
from yixian.web.ui.charts.marks import pattern_id, patterns
from yixian.web.ui.charts.over_time import draw_columns, draw_lines
from yixian.web.ui.exports import text_link
from yixian.web.ui.file_names import file_name

_DRAWERS: dict[ChartKind, Callable[[Chart[Any], Sequence[Any]], tuple[str, int]]] = {
    ChartKind.BARS: draw_bars,
    ChartKind.SHARES: draw_shares,
    ChartKind.COLUMNS: draw_columns,
    ChartKind.LINES: draw_lines,
}


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """What the template shows: the drawing, what each look stands for, and the same rows as a table and as a file."""

    chart: Chart[Any]
    rows: Sequence[Any]
    svg: SafeString
    legend: list[tuple[SafeString, Text]]
    file: str

    @property
    def file_name(self) -> str:
        """What the table is called once it is saved; without suffix."""
        return file_name(self.chart.title, on=timezone.localdate())


def draw_chart(chart: Chart[Any], rows: Sequence[Any]) -> DrawnChart:
    """Draw it. Everything from the rows is escaped."""
    drawn, height = _DRAWERS[chart.kind](chart, rows)
    name = chart.name
    looks = patterns(name, [series.tone for series in chart.series])
    svg = mark_safe(  # noqa: S308 - its parts are escaped where they are made
        f'<svg class="drawing" role="img" aria-labelledby="{name}-title" aria-describedby="{name}-said" width="100%"'
        f' height="{height}"><title id="{name}-title">{escape(chart.title)}</title>'
        f'<desc id="{name}-said">{escape(described(chart, rows))}</desc>{looks}{drawn}</svg>'
    )
    return DrawnChart(chart, rows, svg, _legend(chart), text_link(chart.table, rows))


def described(chart: Chart[Any], rows: Sequence[Any]) -> str:
    """The drawing in words: how many rows, and where each series is highest and lowest."""
    parts = [f"{chart.unit}."]
    for series in chart.series:
        known = [(value, row) for row in rows if (value := series.value(row)) is not None]
        if known:
            high, low = max(known, key=lambda one: one[0]), min(known, key=lambda one: one[0])
            parts.append(
                _("%(series)s: highest %(high)s (%(high_at)s), lowest %(low)s (%(low_at)s).")
                % {
                    "series": series.name,
                    "high": chart.shown(high[0]),
                    "high_at": chart.label(high[1]),
                    "low": chart.shown(low[0]),
                    "low_at": chart.label(low[1]),
                }
            )
    parts.append(_("The table below says the same."))
    return " ".join(parts)


def _legend(chart: Chart[Any]) -> list[tuple[SafeString, Text]]:
    found = [(_swatch(chart, order), series.name) for order, series in enumerate(chart.series)]
    if len(found) == 1 and not chart.target:
        return []
    if chart.target:
        mark = '<svg class="swatch" aria-hidden="true"><line class="target" x1="50%" x2="50%" y1="0" y2="100%"/></svg>'
        found.append((mark_safe(mark), chart.target_name))  # noqa: S308 - a constant
    return found


def _swatch(chart: Chart[Any], order: int) -> SafeString:
    if chart.kind is ChartKind.LINES:
        css = f"path series-{order % 4 + 1}{f' is-{chart.series[order].tone}' if chart.series[order].tone else ''}"
        inside = f'<line class="{css}" x1="0" x2="100%" y1="50%" y2="50%"/>'
    else:
        inside = f'<rect width="100%" height="100%" fill="url(#{pattern_id(chart.name, order)})"/>'
    return mark_safe(f'<svg class="swatch" aria-hidden="true">{inside}</svg>')  # noqa: S308 - ids of the declaration
