"""单元格: the kinds of cells a table is made of — how a value stands on a page, and as what it goes into a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yixian.domain.identity import dialled
from yixian.domain.money import format_fen, in_yuan

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise
else:
    Text = str | Promise
"""Words in the language of the page, or to be put into it when they are shown."""

FileValue = str | int | Decimal | date | None
"""What a file's cell may hold. Texts are made harmless and dates and numbers are given their form by the file's writer."""

_DAY = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")
_DASH = mark_safe('<span class="none">—</span>')


def in_html(value: Any) -> str:
    """A value as HTML; what is safe HTML stays. Django's own asks each text first whether it is to be translated later."""
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in a word. ``tone`` is "", "good", "warn", "bad" or "river": a colour that never stands alone."""

    label: Text
    tone: str = ""

    def __html__(self) -> str:
        """The word with its colour, for pages."""
        tone = f" tag-{self.tone}" if self.tone else ""
        return mark_safe(f'<span class="tag{tone}">{_words(self.label)}</span>')  # noqa: S308 - escaped here

    def __str__(self) -> str:
        return str(self.label)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of cell: its CSS class, its HTML (escaped), its value in a file with Excel's format and width."""

    css: str
    html: Callable[[Any], str]
    file: Callable[[Any], FileValue]
    excel: str = "@"
    width: int = 16

    def shown(self, value: Any) -> str:
        """The value as safe HTML; a dash where there is none. A `Badge` may stand for a value in any kind of cell."""
        if value is None or value == "":
            return _DASH
        return value.__html__() if isinstance(value, Badge) else self.html(value)

    def filed(self, value: Any) -> FileValue:
        """The value for a file."""
        if value is None or isinstance(value, Badge):
            return None if value is None else str(value)
        return self.file(value)


def soft(text: Text) -> SafeString:
    """A quieter line below the value of a cell; safe HTML, as of a link, stays what it is."""
    words = text if isinstance(text, SafeString) else _words(text)
    return mark_safe(f'<span class="soft small under">{words}</span>')  # noqa: S308 - escaped here


def _words(text: Text) -> str:
    """Words as HTML in which no line breaks a day at its hyphens. Not for what is HTML already: days stand in addresses, too."""
    return _DAY.sub(r'<span class="num">\g<0></span>', escape(str(text)))


def share(per_cent: int | None) -> SafeString:
    """A share in per cent, as words and as a bar, beside the number that it is of."""
    if per_cent is None:
        return SafeString()
    return mark_safe(  # noqa: S308 - a number
        f' <span class="share">{per_cent:d}%</span><svg class="share-bar" viewBox="0 0 100 4" preserveAspectRatio="none"'
        f' aria-hidden="true"><rect class="share-all" width="100" height="4"/><rect class="share-part"'
        f' width="{per_cent:d}" height="4"/></svg>'
    )


def _names(values: Iterable[Text]) -> str:
    """Names with the comma of the language behind each but the last; none is broken across lines, on a phone only if it must."""
    names, comma = [escape(str(value)) for value in values], str(_(", "))
    mark = comma.rstrip()
    closed = [*(f"{name}{mark}" for name in names[:-1]), *names[-1:]]
    return comma.removeprefix(mark).join(f'<span class="keep">{name}</span>' for name in closed) or _DASH


def _moment(value: datetime) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


def _days(value: tuple[date | None, date | None]) -> str:
    """From a day on, or until another."""
    first, last = (day.isoformat() if day else "" for day in value)
    return f"{first} – {last}" if last else _("from %(day)s on") % {"day": first}


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value)).normalize()


TEXT = Kind("", in_html, str)
WHOLE = Kind("keep", in_html, str)
"""A name that no line breaks."""

RIGHT = Kind("right num", in_html, str)
"""Figures put into words, beside numbers."""

CODE = Kind("num", in_html, str)
"""Numbers that name something and are not reckoned with: of a household, an agreement, a matter."""

PHONE = Kind(
    "num", lambda number: format_html('<a class="num" href="tel:{}">{}</a>', dialled(number), number), str
)
"""A telephone number that a touch calls."""

NUMBER = Kind("right num", lambda value: f"{value:,}", int, "#,##0", 12)
DECIMAL = Kind("right num", lambda value: f"{_decimal(value):,f}", _decimal, "#,##0.####", 12)
PERCENT = Kind("right num", lambda value: f"{value}%", int, '0"%"', 10)
"""Whole per cent."""

SHARE = Kind("right num", lambda value: f"{_decimal(value):,f}%", _decimal, '0.##"%"', 10)
"""Per cent with decimals, where whole ones say too little."""

MONEY = Kind("right num", format_fen, in_yuan, "#,##0.00", 16)
"""Integer fen. The heading says yuan; a file holds a number of yuan that can be summed."""

STRONG = replace(MONEY, html=lambda fen: f"<strong>{format_fen(fen)}</strong>")
"""The sum that a table is read for."""

YUAN = replace(MONEY, html=lambda fen: f"¥{format_fen(fen)}")
"""The same with its sign, under a heading that names no unit."""

CODED = Kind("", lambda value: f'<span class="code">{escape(str(value))}</span>', str)
"""Text as it was typed or is stored, in a type that shows every sign."""

DATE = Kind("num", date.isoformat, lambda day: day, "yyyy-mm-dd", 12)
MOMENT = Kind("num", _moment, lambda at: timezone.localtime(at).replace(tzinfo=None), "yyyy-mm-dd hh:mm", 18)
LINES = Kind(
    "",
    lambda values: "<br>".join(escape(str(value)) for value in values) or _DASH,
    lambda values: "\n".join(str(value) for value in values),
    width=60,
)
"""Several sentences in one cell, below each other."""

DAYS = Kind("num", _days, _days, width=24)
"""From the first of two days until the second, None where there is no end."""

BADGE = Kind("", in_html, str, width=12)
NAMES = Kind("", _names, lambda values: _(", ").join(str(value) for value in values), width=24)
"""Several names in one cell."""
