"""模板标签: money, quantities and masks as every page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from yixian.domain.identity import dialled
from yixian.domain.money import format_fen
from yixian.kernel.actors import HOUSEHOLD_SESSION_KEY
from yixian.registry.english_terms import hours_in_english, in_english
from yixian.registry.queries.public_offices import offices_for_everybody
from yixian.web.account_groups import line_groups
from yixian.web.browser_names import browser_name
from yixian.web.spoken_pages import SpokenHere, spoken_here
from yixian.web.ui.charts import Chart, draw_chart
from yixian.web.ui.maps import MapView, draw_map
from yixian.web.ui.tables import Column, Heading, Table, headings_html

register = template.Library()


register.filter("browser", browser_name)
register.filter(dialled)
register.filter(in_english)
register.filter(hours_in_english)


register.simple_tag(offices_for_everybody)
register.filter(line_groups)


@register.filter
def yuan(fen: int | None) -> str:
    """Integer fen as "45,792.00"; empty for None."""
    return "" if fen is None else format_fen(fen)


@register.filter
def count(number: int | None) -> str:
    """A whole number with thousands separators; a dash for None."""
    return "—" if number is None else f"{number:,}"


@register.filter
def listed(values: Iterable[Any]) -> str:
    """Several in one line, parted as the language of the page parts them: "a, b", 甲、乙."""
    return pgettext("between items of a list", ", ").join(str(value) for value in values)


@register.filter
def quarter(first: date) -> str:
    """The quarter that begins on a day: "Q3 2026", 2026年第3季度."""
    return gettext("Q%(number)s %(year)s") % {"number": (first.month + 2) // 3, "year": first.year}


@register.filter
def quantity(value: Decimal | str | None) -> str:
    """A decimal without zeros at its end: "86.4"; empty for None."""
    if value in (None, ""):
        return ""
    number = Decimal(str(value)).normalize()
    return number_format(
        number.quantize(Decimal(1)) if number == number.to_integral_value() else number, use_l10n=False
    )


@register.filter
def km(metres: int | None) -> str:
    """Metres as kilometres with one decimal, "3.2"; a dash for None."""
    return "—" if metres is None else f"{metres / 1000:,.1f}"


@register.filter
def lasting(seconds: int) -> str:
    """A length of time in the two largest words that say it: "3 days 4 hours", "12 minutes"."""
    days, rest = divmod(max(0, int(seconds)), 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, rest = divmod(rest, 60)
    parts = [
        ngettext("%(n)s day", "%(n)s days", days) % {"n": f"{days:,}"} if days else "",
        ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes} if minutes and not days else "",
    ]
    said = " ".join(part for part in parts if part)
    return said or ngettext("%(n)s second", "%(n)s seconds", rest) % {"n": rest}


@register.filter
def entry(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The entry of a mapping under a key, or None."""
    return mapping.get(key) if mapping else None


@register.filter
def groups(text: str, size: int) -> str:
    """A long number in groups: "1234 5678"."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


@register.simple_tag(takes_context=True)
def may(context: Context, url_name: str) -> bool:
    """Whether the access matrix lets this actor ask for an address."""
    asked = getattr(context.get("request"), "may", None)
    return bool(asked and asked(url_name))


@register.simple_tag(takes_context=True)
def card_is_shown(context: Context) -> bool:
    """Whether a household's card is shown in this browser; a browser without a session is not asked for one."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return HOUSEHOLD_SESSION_KEY in request.session


@register.simple_tag(takes_context=True)
def recordings_here(context: Context) -> SpokenHere | None:
    """The recordings of the public text that the page is, and in which languages it has none."""
    request = context.get("request")
    return spoken_here(request) if request is not None else None


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """The page's own query string with some entries changed; an empty value takes an entry away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.inclusion_tag("ui/table.html", takes_context=True)
def table(context: Context, declared: Table[Any], rows: Sequence[Any], total: Any = None) -> dict[str, Any]:
    """A declared table with its rows, sorted as the address asks, and, below them, the row of their sums; or its empty state."""
    request = context.get("request") if declared.sorted_by else None
    asked = request.GET.get(declared.sorted_by, "") if request is not None else ""
    rows = declared.in_order(rows, asked)
    headings = [_heading(context, declared, column, asked) for column in declared.on_page]
    foot = "" if total is None else declared.rows_html([total])
    return {
        "table": declared,
        "headings": headings,
        "rows_html": declared.rows_html(rows) if rows else "",
        "foot": foot,
    }


@register.simple_tag
def heading_cells(headings: Iterable[Heading]) -> SafeString:
    """The cells of a table's head."""
    return headings_html(headings)


def _heading(context: Context, declared: Table[Any], column: Column[Any], asked: str) -> Heading:
    """A heading, with its link where the table can be sorted by its column."""
    if not declared.sorted_by or column.unsorted or context.get("request") is None:
        return Heading(column.heading, column.is_right)
    by, is_down = declared.sort(asked)
    wanted = f"-{column.name}" if by is column and not is_down else column.name
    direction = ("descending" if is_down else "ascending") if by is column else "none"
    href = with_query(context, **{declared.sorted_by: wanted})
    back = f"#{declared.anchor}" if declared.anchor else ""
    return Heading(column.heading, column.is_right, f"{href}{back}", direction)


@register.inclusion_tag("ui/chart.html", takes_context=True)
def chart(
    context: Context,
    declared: Chart[Any],
    rows: Sequence[Any],
    *,
    is_beside_its_table: bool = False,
    key: object = "",
) -> dict[str, Any]:
    """A declared chart over its rows, with the same as a table folded below it; or the table's empty state.

    ``is_beside_its_table`` where the page shows the table anyway. ``key`` tells several of one kind on a page apart.
    """
    drawn = draw_chart(declared.keyed(key), rows)
    return {"drawn": drawn, "is_beside_its_table": is_beside_its_table, "request": context.get("request")}


@register.inclusion_tag("ui/map.html")
def map_of(view: MapView) -> dict[str, Any]:
    """A map with its legend; the table beside it is the page's own."""
    return {"drawn": draw_map(view)}
