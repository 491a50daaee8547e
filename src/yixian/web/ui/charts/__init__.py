"""图表: charts declared once over the rows of a table and drawn as SVG on the server (`docs/ui.md`)."""

from yixian.web.ui.charts.chart_drawing import DrawnChart, draw_chart
from yixian.web.ui.charts.declared import Chart, ChartKind, Series

__all__ = ["Chart", "ChartKind", "DrawnChart", "Series", "draw_chart"]
