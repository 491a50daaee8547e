"""What duty's queries hand out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yixian.registry.models import Area


@dataclass(frozen=True, slots=True)
class BesideView:
    """Somebody who stands beside a household, with how to reach them."""

    helper_id: int
    role: str
    role_label: str
    name: str
    body_name: str
    post: str
    work_phone: str
    since: date
    reason: str


@dataclass(frozen=True, slots=True)
class ShortageView:
    """Households that those who could serve them cannot all take."""

    role_label: str
    households: int
    helpers: int
    places: int
    short: int
    area: Area | None


@dataclass(frozen=True, slots=True)
class RunView:
    """A solved pairing with its proof."""

    run_id: int
    at: datetime
    on_date: date
    seed: int
    proof: dict[str, Any]
    fairness: dict[str, Any]
    shortages: list[ShortageView]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """How many households have whom beside them on a day."""

    households: int
    with_cadre: int
    with_member: int
    with_both: int

    @property
    def uncovered(self) -> int:
        """Households that lack a cadre, a party member, or both."""
        return self.households - self.with_both
