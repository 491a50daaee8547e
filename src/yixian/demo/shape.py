"""规模: how much there is of everything, from the number of households; the shape stays the same at every size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FULL_HOUSEHOLDS = 12_000
"""Households of a county of full size."""

SMALL_HOUSEHOLDS = 160
"""Households of the county that is made unless another size is asked for: enough for something true on every page."""

MIN_HOUSEHOLDS = 80
"""Fewer do not make a county with townships, villages and offices."""

CUT_OFF = date(2023, 6, 1)
"""停建令: the day of the freeze notice."""

REGISTERED = date(2024, 3, 1)
"""The day from which households, helpers and stationings stand in the register."""

SURVEY_BEGINS = date(2024, 4, 8)
SURVEY_DAYS = 170


@dataclass(frozen=True, slots=True)
class Shape:
    """Counts of a county: exact for helpers and areas, the mean of what people and households have is drawn."""

    households: int
    townships: int
    villages: int
    departments: int
    cadres: int
    members: int


def shape_of(households: int) -> Shape:
    """The shape of a county with so many households. Raises ValueError for fewer than `MIN_HOUSEHOLDS`."""
    if households < MIN_HOUSEHOLDS:
        raise ValueError(f"a county needs at least {MIN_HOUSEHOLDS} households")
    townships = max(2, _share(16, households))
    return Shape(
        households=households,
        townships=townships,
        villages=max(2 * townships, _share(110, households)),
        departments=max(8, _share(80, households)),
        cadres=_share(3_000, households),
        members=_share(2_900, households),
    )


def _share(full: int, households: int) -> int:
    return (full * households + FULL_HOUSEHOLDS // 2) // FULL_HOUSEHOLDS


def split_whole(total: int, weights: list[float], *, least: int = 0) -> list[int]:
    """A whole number divided in proportion to weights by largest remainders; every part gets at least ``least``."""
    spare = total - least * len(weights)
    if spare < 0:
        raise ValueError("there is too little to give everybody the least")
    whole = sum(weights)
    exact = [spare * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: spare - sum(parts)]:
        parts[place] += 1
    return [part + least for part in parts]
