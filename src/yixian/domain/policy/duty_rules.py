"""包保规则: what a county asks of those who stand beside households, dated and cited like everything else in a pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yixian.domain.policy.periods import Period


@dataclass(frozen=True, slots=True)
class DutyRules:
    """The rules of one period.

    ``visit_every_days``: every household is visited at least once in so many days. ``sudden_absence_hours``: how long the
    township's lead may stand in for somebody who is suddenly away. ``another_helper_days``: once in so many days a household
    may ask for another helper without a reason. ``announce_days``: so long before it takes effect a leaving is announced.
    """

    visit_every_days: int
    sudden_absence_hours: int
    another_helper_days: int
    announce_days: int
    valid_from: date
    valid_until: date | None
    document: str
    clause: str

    @property
    def period(self) -> Period:
        """From when until when they hold."""
        return Period(self.valid_from, self.valid_until)
