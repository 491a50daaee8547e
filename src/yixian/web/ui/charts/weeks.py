"""周: how a chart over weeks names them."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

_FIRST_WEEK = 7


def week_from(monday: date) -> str:
    """A week in full, by its Monday."""
    return _("week from %(day)s") % {"day": monday.isoformat()}


def month_of(monday: date) -> str:
    """The month in which a week begins, at its first week alone; else nothing stands at the axis."""
    if monday.day > _FIRST_WEEK:
        return ""
    return date_format(monday, "M")


def first_in_month(day: date) -> str:
    """Month and day of a week's end or beginning, at the first of each month alone: where few weeks are shown."""
    return f"{day.month}-{day.day:02d}" if day.day <= _FIRST_WEEK else ""
