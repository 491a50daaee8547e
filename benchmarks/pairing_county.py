"""An invented gorge county of any size, as arrays or as tables, for the pairing benchmarks."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from yixian.engines.pairing import CADRE
from yixian.engines.pairing.county import TIERS, County, Helpers, Households, Ties

VILLAGES = 110
DEPARTMENTS = 80


def gorge_county(households: int, edges: int, *, places: int, seed: int) -> County:
    """A county along a gorge: villages on a winding line, departments stationed in a few neighbouring villages each.

    About ``edges`` eligible pairs between households and cadres; each village has all its departments' cadres. Costs
    are metres along the gorge and up its side, with a penalty of 2 km on one pair in twenty. Built a helper at a time,
    so that little more memory is needed than the county itself has.
    """
    rng = np.random.default_rng(seed)
    villages = max(VILLAGES * households // 12_000, 4)
    departments = max(DEPARTMENTS * households // 12_000, 3)
    helpers = households // 4
    along = np.sort(rng.random(villages)) * 180_000 * villages / VILLAGES
    village_of = np.sort(rng.integers(villages, size=households))
    place = along[village_of] + rng.normal(0, 900, households)
    height = rng.gamma(2, 700, households)
    order = np.lexsort((place, village_of))
    place, height = place[order], height[order]
    department_of = rng.integers(departments, size=helpers)
    middles = along[(2 * np.arange(departments) + 1) * villages // (2 * departments)]
    home = middles[department_of] + rng.normal(0, 3000, helpers)
    return County(
        Households(
            ids=pa.array(np.char.add("H", np.arange(households).astype(str))),
            area_code=pa.array([f"53062510{v:04d}" for v in village_of.tolist()]),
            lon=(103.5 + place / 98_000).round(5),
            lat=(28.2 + height / 111_000).round(5),
            difficulty=rng.choice([1, 2, 3], households, p=[0.7, 0.2, 0.1]),
            demand=np.ones(households, np.int64),
        ),
        Helpers(
            ids=pa.array(np.char.add("C", np.arange(helpers).astype(str))),
            role=np.zeros(helpers, np.int64),
            body=pa.array([f"D{d}" for d in department_of.tolist()]),
            lon=(103.5 + home / 98_000).round(5),
            lat=np.full(helpers, 28.2),
            tier_places=np.full((helpers, TIERS), places, np.int64),
        ),
        _ties(place, height, home, _stations(village_of, department_of, villages, departments, edges), rng),
    )


def _stations(
    village_of: npt.NDArray[Any], department_of: npt.NDArray[Any], villages: int, departments: int, edges: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Each helper's first household and the one after its last: those in the villages its department is stationed in.

    Each department is stationed in the villages around its share of the line, one or more of them in a row, and every
    village has at least one department; reaches are chosen so that there are about ``edges`` pairs in all.
    """
    reach = edges * villages / len(village_of) / len(department_of)
    middle = (np.arange(departments) + 0.5) * villages / departments
    first = np.clip(np.round(middle - reach / 2), 0, villages - 1).astype(np.int64)
    last = np.clip(np.round(middle + reach / 2), first + 1, villages).astype(np.int64)
    return np.searchsorted(village_of, first[department_of]), np.searchsorted(village_of, last[department_of])


def _ties(
    place: npt.NDArray[Any],
    height: npt.NDArray[Any],
    home: npt.NDArray[Any],
    stations: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    rng: np.random.Generator,
) -> Ties:
    """Every pair, by household and then by helper: each helper's pairs are written where its household's stand next."""
    first, last = stations
    step = np.zeros(len(place) + 1, np.int64)
    np.add.at(step, first, 1)
    np.add.at(step, last, -1)
    degree = np.cumsum(step[:-1])
    following = np.cumsum(degree) - degree
    household = np.repeat(np.arange(len(place), dtype=np.int32), degree)
    helper, cost = np.empty(len(household), np.int32), np.empty(len(household), np.int64)
    for who, (low, high) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        at = following[low:high]
        helper[at] = who
        far = 2000 * (rng.random(high - low) < 0.05)
        cost[at] = np.hypot(place[low:high] - home[who], height[low:high]).astype(np.int64) + far
        following[low:high] += 1
    return Ties(household, helper, cost)


def tables_of(county: County) -> dict[str, pa.Table]:
    """The county as the three tables that `solve` takes; ids of pairs are dictionary-encoded."""
    people, those_who_help, ties = county.households, county.helpers, county.ties
    return {
        "households": pa.table(
            {
                "household_id": people.ids,
                "area_code": people.area_code,
                "lon": people.lon,
                "lat": people.lat,
                "difficulty": people.difficulty,
            }
        ),
        "helpers": pa.table(
            {
                "helper_id": those_who_help.ids,
                "role": [CADRE] * len(those_who_help),
                "body": those_who_help.body,
                "lon": those_who_help.lon,
                "lat": those_who_help.lat,
                "places": those_who_help.places,
            }
        ),
        "eligible": pa.table(
            {
                "household_id": pa.DictionaryArray.from_arrays(pa.array(ties.household), people.ids),
                "helper_id": pa.DictionaryArray.from_arrays(pa.array(ties.helper), those_who_help.ids),
                "cost": ties.cost,
            }
        ),
    }
