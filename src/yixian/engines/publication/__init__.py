"""公布: counts that may be shown to everybody, so that nobody in a small number can be found.

`publish` decides about linked tables at once; `publish_period` about one period after the other; `per_cent` and
`days_taken` give the figures beside published counts. How it is decided and proven stands in docs/signals.md.
"""

from yixian.engines.publication.count_tables import TOTAL, CountTable
from yixian.engines.publication.periods import Period, PublishedPeriod, publish_period
from yixian.engines.publication.publication_errors import (
    AlreadyPublished,
    PeriodNotOver,
    PeriodsOverlap,
    ProofFailed,
    PublicationError,
    TablesInvalid,
)
from yixian.engines.publication.published_rates import Days, days_taken, per_cent
from yixian.engines.publication.publishing import MINIMUM, WIDTH, PublishedTable, publish

__all__ = [
    "MINIMUM",
    "TOTAL",
    "WIDTH",
    "AlreadyPublished",
    "CountTable",
    "Days",
    "Period",
    "PeriodNotOver",
    "PeriodsOverlap",
    "ProofFailed",
    "PublicationError",
    "PublishedPeriod",
    "PublishedTable",
    "TablesInvalid",
    "days_taken",
    "per_cent",
    "publish",
    "publish_period",
]
