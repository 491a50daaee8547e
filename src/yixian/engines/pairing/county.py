"""县: households, helpers and ties as arrays in one canonical order, whatever order they came in.

Households stand in geographic order (area code, longitude, latitude, id), which also makes the solver twice as fast;
helpers by id; eligible pairs by household, then helper. So the same content gives the same run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from yixian.lazy_imports import np, npt, pa

Ints: TypeAlias = "npt.NDArray[np.int64]"
Floats: TypeAlias = "npt.NDArray[np.float64]"
Flags: TypeAlias = "npt.NDArray[np.bool_]"

CADRE = "cadre"
MEMBER = "member"
ROLES = (CADRE, MEMBER)
"""The two roles beside every household: 干部包户 and 党员结对."""

TIERS = 3
"""难度层: all households, those of difficulty 2 and 3, those of difficulty 3. Each counts in all below it."""


@dataclass(frozen=True)
class Households:
    """户. ``lon``/``lat`` in degrees (nan if unknown), ``difficulty`` 1-3, ``demand`` helpers asked for per role."""

    ids: pa.Array
    area_code: pa.Array
    lon: Floats
    lat: Floats
    difficulty: Ints
    demand: Ints

    def __len__(self) -> int:
        return len(self.demand)


@dataclass(frozen=True)
class Helpers:
    """帮扶人. ``role`` indexes ``ROLES``; ``places`` is how many households they can take.

    ``tier_places`` (helpers x `TIERS`) are the places for all, for difficulty 2 and above, and for difficulty 3.
    """

    ids: pa.Array
    role: Ints
    body: pa.Array
    lon: Floats
    lat: Floats
    tier_places: Ints

    @property
    def places(self) -> Ints:
        """How many households of any difficulty each can take."""
        everybody: Ints = self.tier_places[:, 0]
        return everybody

    def __len__(self) -> int:
        return len(self.tier_places)


@dataclass(frozen=True)
class Ties:
    """可结对: who may stand beside whom, by position, and at what cost (lower is better)."""

    household: Ints
    helper: Ints
    cost: Ints

    def __len__(self) -> int:
        return len(self.cost)

    def find(self, household: Ints, helper: Ints) -> Ints:
        """Where these pairs of positions stand, -1 for a pair that is not eligible. Halves all ranges at once."""
        low = np.searchsorted(self.household, household)
        end = np.searchsorted(self.household, household, side="right")
        high = end.copy()
        while (searching := low < high).any():
            middle = (low + high) >> 1
            below = searching & (self.helper[np.where(searching, middle, 0)] < helper)
            low = np.where(below, middle + 1, low)
            high = np.where(searching & ~below, middle, high)
        found = low < end
        found[found] = self.helper[low[found]] == helper[found]
        return np.where(found, low, -1)


@dataclass(frozen=True)
class County:
    """Everything one run is solved from, in canonical order."""

    households: Households
    helpers: Helpers
    ties: Ties

    def ties_of_role(self, role: str) -> Ints:
        """Positions of the ties whose helper has the role, in order."""
        of_role = self.helpers.role == ROLES.index(role)
        return np.flatnonzero(of_role[self.ties.helper])

    def helpers_of_role(self, role: str) -> Ints:
        """Positions of the helpers who have the role, in order."""
        return np.flatnonzero(self.helpers.role == ROLES.index(role))
