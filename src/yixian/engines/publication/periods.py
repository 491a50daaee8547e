"""期次: tables published period after period, each once and for ever, so that there are no differences to take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yixian.engines.publication.count_tables import CountTable
from yixian.engines.publication.publication_errors import AlreadyPublished, PeriodNotOver, PeriodsOverlap
from yixian.engines.publication.publishing import MINIMUM, WIDTH, PublishedTable, publish


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``first`` up to, not including, ``until``."""

    first: date
    until: date

    def __post_init__(self) -> None:
        """Raises ValueError for a period without a day."""
        if self.first >= self.until:
            raise ValueError(f"no day lies between {self.first} and {self.until}")

    def overlaps(self, other: Period) -> bool:
        """Whether some day lies in both."""
        return self.first < other.until and other.first < self.until


@dataclass(frozen=True, slots=True)
class PublishedPeriod:
    """What was published of a period: kept as it is, and never published differently."""

    period: Period
    tables: tuple[PublishedTable, ...]


def publish_period(
    period: Period,
    tables: Sequence[CountTable],
    *,
    earlier: Iterable[PublishedPeriod],
    on: date,
    minimum: int = MINIMUM,
    width: int = WIDTH,
) -> PublishedPeriod:
    """Publish what happened in a period, on a day after it.

    ``tables`` count events by the day on which they were recorded, each in one period only: nothing cumulative, nothing
    as it stands today. ``earlier`` is everything published before of the same events. A period that is among them comes
    back as it was published, whatever the tables say now; a later correction is an event of its own day.

    Raises `PeriodNotOver`; `PeriodsOverlap` if some of the days were published in another period; `AlreadyPublished` if
    this period was published with other tables; and what `publish` raises.
    """
    if on < period.until:
        raise PeriodNotOver(f"the period ends before {period.until}: publish it from that day")
    names = [table.name for table in tables]
    for before in earlier:
        if before.period == period:
            if [table.name for table in before.tables] != names:
                raise AlreadyPublished(f"from {period.first} other tables were published: they stand")
            return before
        if before.period.overlaps(period):
            raise PeriodsOverlap(
                f"the days from {before.period.first} to {before.period.until} were published"
            )
    return PublishedPeriod(period, publish(tables, minimum=minimum, width=width))
