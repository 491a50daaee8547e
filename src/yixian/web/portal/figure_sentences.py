"""公开数字的句子: what may be said of a body in a quarter, in sentences; and what may not, by name."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.matters.figures.metrics_queries import PublicRow
from yixian.web.ui.cells import Text

_SENTENCES: tuple[tuple[str, Text, Text], ...] = (
    ("received", _("Matters received: %(number)s."), _("matters received")),
    ("decided", _("Decided: %(number)s."), _("decided")),
    (
        "median_days",
        _("Half of the decisions came within %(number)s days."),
        _("days until a decision, median"),
    ),
    ("p90_days", _("Nine of ten came within %(number)s days."), _("nine of ten within, days")),
    (
        "overdue",
        _("At the quarter’s end %(number)s were past their limit."),
        _("overdue at the quarter's end"),
    ),
    ("response", _("Answered in time: %(number)s%%."), _("answered in time")),
    ("decided_in_time", _("Decided in time: %(number)s%%."), _("decided in time")),
    (
        "resolution",
        _("Of those who said so, %(number)s%% say it is resolved."),
        _("resolved, people say"),
    ),
    ("satisfaction", _("Of those who said so, %(number)s%% are satisfied."), _("satisfied, people say")),
)
"""A value of a `PublicRow`, how it is said, and its name where it is not shown."""


@dataclass(frozen=True, slots=True)
class SaidFigures:
    """公开数字，说成句子: of one body, or of all of them. ``withheld`` names what is not shown, "" where everything is."""

    organisation: str
    sentences: tuple[str, ...]
    withheld: str


def said(row: PublicRow) -> SaidFigures:
    """What may be said of a row, and what may not. Rates of nothing are neither said nor missed."""
    values: list[tuple[int | Decimal | None, Text, Text]] = [
        (getattr(row, field), sentence, name)
        for field, sentence, name in _SENTENCES
        if field not in row.of_nothing
    ]
    return SaidFigures(
        row.organisation,
        tuple(
            str(sentence) % {"number": f"{value:,}"} for value, sentence, _name in values if value is not None
        ),
        gettext(", ").join(str(name) for value, _sentence, name in values if value is None),
    )
