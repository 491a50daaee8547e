"""县: households, helpers and ties as arrays in one canonical order, whatever order they came in.

Households stand in geographic order (area code, longitude, latitude, id), which also makes the solver twice as fast;
helpers by id; eligible pairs by household, then helper. So the same content gives the same run.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

CADRE = "cadre"
MEMBER = "member"
ROLES = (CADRE, MEMBER)
"""The two roles beside every household: 干部包户 and 党员结对."""


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
    """帮扶人. ``role`` indexes ``ROLES``; ``places`` is how many households they can take."""

    ids: pa.Array
    role: Ints
    body: pa.Array
    lon: Floats
    lat: Floats
    places: Ints

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True)
class Ties:
    """可结对: who may stand beside whom, by position, and at what cost (lower is better)."""

    household: Ints
    helper: Ints
    cost: Ints

    def __len__(self) -> int:
        return len(self.cost)


@dataclass(frozen=True)
class County:
    """Everything one run is solved from, in canonical order."""

    households: Households
    helpers: Helpers
    ties: Ties

    def ties_of_role(self, role: str) -> Ints:
        """Positions of the ties whose helper has the role, in order."""
        return np.flatnonzero(self.helpers.role[self.ties.helper] == ROLES.index(role))

    def helpers_of_role(self, role: str) -> Ints:
        """Positions of the helpers who have the role, in order."""
        return np.flatnonzero(self.helpers.role == ROLES.index(role))
