"""公开数字的句子: what may be said of a body in a quarter, in sentences; and what may not, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.matters.figures.metrics_queries import PublicRow
from yixian.web.ui.cells import Text

_SENTENCES: tuple[tuple[Callable[[PublicRow], int | Decimal | None], Text, Text], ...] = (
    (lambda row: row.received, _("Matters received: %(number)s."), _("matters received")),
    (lambda row: row.decided, _("Decided: %(number)s."), _("decided")),
    (
        lambda row: row.median_days,
        _("Half of the decisions came within %(number)s days."),
        _("days until a decision, median"),
    ),
    (lambda row: row.p90_days, _("Nine of ten came within %(number)s days."), _("nine of ten within, days")),
    (
        lambda row: row.overdue,
        _("At the quarter’s end %(number)s were past their limit."),
        _("overdue at the quarter's end"),
    ),
    (
        lambda row: row.response,
        _("People were answered in time in %(number)s of 100 cases."),
        _("answered in time"),
    ),
    (lambda row: row.decided_in_time, _("Decided in time: %(number)s of 100."), _("decided in time")),
    (
        lambda row: row.resolution,
        _("Of 100 who said so, %(number)s say it is resolved."),
        _("resolved, people say"),
    ),
    (
        lambda row: row.satisfaction,
        _("Of 100 who said so, %(number)s are satisfied."),
        _("satisfied, people say"),
    ),
)
"""A value of a row, how it is said, and its name where it is not shown."""


@dataclass(frozen=True, slots=True)
class SaidFigures:
    """公开数字，说成句子: of one body, or of all of them. ``withheld`` names what is not shown, "" where everything is."""

    organisation: str
    sentences: tuple[str, ...]
    withheld: str


def said(row: PublicRow) -> SaidFigures:
    """What may be said of a row, and what may not."""
    found = [(value(row), sentence, name) for value, sentence, name in _SENTENCES]
    return SaidFigures(
        row.organisation,
        tuple(
            str(sentence) % {"number": f"{value:,}"} for value, sentence, _name in found if value is not None
        ),
        gettext(", ").join(str(name) for value, _sentence, name in found if value is None),
    )
