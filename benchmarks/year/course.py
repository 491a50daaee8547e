"""一年的事: how many of which events, and on which moments of the year; the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

DAYS = 365


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each in a year."""

    departures: int
    leaves: int
    arrivals: int
    splits: int
    sudden: int
    requests: int

    def times(self, share: float) -> Counts:
        """The same for a smaller county, at least one of each."""
        return Counts(*(max(1, round(getattr(self, field.name) * share)) for field in fields(self)))


FULL = Counts(departures=400, leaves=300, arrivals=350, splits=60, sudden=40, requests=100)
"""A year of a county of 12,000 households."""


def course_of(counts: Counts, first: date, rng: Random) -> list[tuple[datetime, str]]:
    """The moment and the kind of every event, in the order of time; all in working hours."""
    drawn = [
        (first + timedelta(days=rng.randrange(DAYS)), rng.randrange(8 * 60, 18 * 60), field.name)
        for field in fields(counts)
        for _event in range(getattr(counts, field.name))
    ]
    return [(moment(day, minutes), kind) for day, minutes, kind in sorted(drawn)]


def moment(day: date, minutes: int) -> datetime:
    """So many minutes into a day in the county."""
    return timezone.make_aware(datetime.combine(day, time())) + timedelta(minutes=minutes)
