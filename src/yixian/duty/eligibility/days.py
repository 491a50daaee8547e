"""日期: the days for which somebody is looked for — from a day on for good, or until (not including) another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q


@dataclass(frozen=True, slots=True)
class Days:
    """[first, until); without an end, for good."""

    first: date
    until: date | None = None

    def overlap(self, prefix: str = "") -> Q:
        """Rows whose interval has a day in common with these; one without a day was called off and has none.

        ``prefix`` reaches through a relation.
        """
        end, start = f"{prefix}valid_until", f"{prefix}valid_from"
        ends_later = Q(**{end: None}) | Q(**{f"{end}__gt": self.first}) & Q(**{f"{end}__gt": F(start)})
        return ends_later & Q(**{f"{start}__lt": self.until}) if self.until else ends_later

    def held(self, prefix: str = "") -> Q:
        """Rows whose interval holds all of them."""
        begun = Q(**{f"{prefix}valid_from__lte": self.first})
        open_end = Q(**{f"{prefix}valid_until": None})
        return begun & (open_end | Q(**{f"{prefix}valid_until__gte": self.until}) if self.until else open_end)

    def common(self, first: date, until: date | None) -> Days:
        """The days these have in common with [first, until), which they overlap."""
        ends = [day for day in (self.until, until) if day is not None]
        return Days(max(self.first, first), min(ends, default=None))
