"""谁能包谁: the households, the helpers and every eligible pair with its cost, as the pairing engine takes them.

Hard rules (a pair that breaks one does not exist):

1. a cadre's body is stationed in the household's group, village or township on that day;
2. a party member lives in the household's village;
3. a household that speaks another language than Mandarin gets a helper who speaks it;
4. a household that asked for a woman (or a man) gets one;
5. nobody is paired with the household they belong to;
6. the helper is in service on that day and takes at least one household.

Cost: straight-line metres from where the helper sets out (own place, else the home village, else 20 km) to the
household. Nothing about matters a household has raised is known here, or can be.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from django.db.models import Count

from yixian.domain.areas import AreaLevel, path_at, path_chain
from yixian.duty.models import Pairing, Stationing
from yixian.kernel.intervals import in_force
from yixian.registry.choices import HelperKind, Language
from yixian.registry.models import Helper, Household, HouseholdMember

UNKNOWN_METRES = 20_000
_EARTH_METRES = 6_371_000.0


@dataclass(frozen=True, slots=True)
class PairingTables:
    """The engine's three tables (columns as in docs/pairing.md); ids are household and helper numbers."""

    households: pa.Table
    helpers: pa.Table
    edges: pa.Table


@dataclass(frozen=True, slots=True)
class _Place:
    """Places as parallel arrays; angles in radians, NaN where unknown."""

    lon: np.ndarray
    lat: np.ndarray

    def at(self, positions: np.ndarray) -> _Place:
        """The places at some positions."""
        return _Place(self.lon[positions], self.lat[positions])


def pairing_tables(households: list[Household], role: HelperKind, *, on: date) -> PairingTables:
    """These households, the helpers of a role with places left on the day, and every eligible pair (no pruning).

    ``households`` need ``area`` loaded. A helper's places are those not taken by pairings in force on the day.
    """
    helpers = list(
        Helper.objects.filter(in_force(on), kind=role, places__gt=0)
        .select_related("person", "body", "home_area")
        .order_by("helper_no")
    )
    taken = _taken_places(role, on)
    for helper in helpers:
        helper.places = max(0, helper.places - taken.get(helper.pk, 0))
    helpers = [helper for helper in helpers if helper.places]
    edges = _Edges(households, helpers, _own_households(helpers, on), _stations(on))
    return PairingTables(_household_table(households), _helper_table(helpers), edges.table())


def _taken_places(role: HelperKind, on: date) -> dict[int, int]:
    """How many households each helper stands beside on a day already."""
    rows = Pairing.objects.filter(in_force(on), in_force(on, "household__"), role=role)
    counted = rows.order_by().values("helper_id").annotate(count=Count("pk"))
    return {row["helper_id"]: row["count"] for row in counted}


class _Edges:
    """Collects eligible pairs, one village and one kind of need at a time."""

    def __init__(
        self,
        households: list[Household],
        helpers: list[Helper],
        own: dict[int, int],
        stations: dict[str, set[int]],
    ) -> None:
        self._households = households
        self._helpers = helpers
        self._own = own
        self._stations = stations
        self._by_body: dict[int, list[int]] = defaultdict(list)
        self._by_village: dict[str, list[int]] = defaultdict(list)
        for position, helper in enumerate(helpers):
            if helper.kind == HelperKind.CADRE:
                self._by_body[helper.body_id].append(position)
            elif helper.home_area is not None:
                self._by_village[helper.home_area.path].append(position)
        self._homes = _places(households)
        self._bases = _places(helpers)
        self._needs: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for position, household in enumerate(households):
            self._needs[household.area_path, household.language, household.requested_gender].append(position)

    def table(self) -> pa.Table:
        """``household_id string, helper_id string, cost int64`` (metres)."""
        parts = [self._pairs(need, np.array(rows, np.int64)) for need, rows in self._needs.items()]
        empty = np.empty(0, np.int64)
        homes, helpers, costs = (
            np.concatenate([empty, *(part[column] for part in parts)]) for column in range(3)
        )
        keep = self._not_own(homes, helpers)
        household_nos = pa.array([row.household_no for row in self._households], pa.string())
        helper_nos = pa.array([row.helper_no for row in self._helpers], pa.string())
        return pa.table(
            {
                "household_id": household_nos.take(pa.array(homes[keep])),
                "helper_id": helper_nos.take(pa.array(helpers[keep])),
                "cost": costs[keep],
            }
        )

    def _pairs(
        self, need: tuple[str, str, str], homes: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        candidates = np.array(self._candidates(*need), dtype=np.int64)
        metres = _metres(self._homes.at(homes), self._bases.at(candidates))
        return np.repeat(homes, len(candidates)), np.tile(candidates, len(homes)), metres.ravel()

    def _candidates(self, path: str, language: str, gender: str) -> list[int]:
        village = path_at(path, AreaLevel.VILLAGE)
        bodies = {body for place in path_chain(path) for body in self._stations.get(place, ())}
        positions = [position for body in sorted(bodies) for position in self._by_body[body]]
        positions += self._by_village.get(village, [])
        return [position for position in positions if self._serves(self._helpers[position], language, gender)]

    @staticmethod
    def _serves(helper: Helper, language: str, gender: str) -> bool:
        speaks = language == Language.MANDARIN or language in helper.languages.split(",")
        return speaks and (not gender or helper.person.gender == gender)

    def _not_own(self, homes: np.ndarray, helpers: np.ndarray) -> np.ndarray:
        """Which pairs to keep: all but those of a helper with the household they belong to."""
        position = {household.pk: index for index, household in enumerate(self._households)}
        keep = np.ones(len(homes), dtype=bool)
        for index, helper in enumerate(self._helpers):
            home = position.get(self._own.get(helper.pk, 0))
            if home is not None:
                keep &= ~((helpers == index) & (homes == home))
        return keep


def _stations(on: date) -> dict[str, set[int]]:
    stations: dict[str, set[int]] = defaultdict(set)
    for body_id, path in Stationing.objects.filter(in_force(on)).values_list("body_id", "area_path"):
        stations[path].add(body_id)
    return stations


def _own_households(helpers: list[Helper], on: date) -> dict[int, int]:
    persons = {helper.person_id: helper.pk for helper in helpers}
    rows = HouseholdMember.objects.filter(in_force(on), person__helper__isnull=False)
    return {
        persons[person_id]: household_id
        for person_id, household_id in rows.values_list("person_id", "household_id")
        if person_id in persons
    }


def _places(rows: list[Household] | list[Helper]) -> _Place:
    points = [_point(row) for row in rows]
    return _Place(
        np.radians(np.array([point[0] for point in points], dtype=np.float64)),
        np.radians(np.array([point[1] for point in points], dtype=np.float64)),
    )


def _point(row: Household | Helper) -> tuple[float, float]:
    """Where it is: its own place, else its area's seat, else unknown (NaN)."""
    area = row.area if isinstance(row, Household) else row.home_area
    for place in (row, area):
        if place is not None and place.lon is not None and place.lat is not None:
            return float(place.lon), float(place.lat)
    return float("nan"), float("nan")


def _metres(homes: _Place, helpers: _Place) -> np.ndarray:
    """Great-circle metres, households down and helpers across, whole metres (haversine on a sphere)."""
    lat1, lat2 = homes.lat[:, None], helpers.lat[None, :]
    half_lat = np.sin((lat2 - lat1) / 2) ** 2
    half_lon = np.sin((helpers.lon[None, :] - homes.lon[:, None]) / 2) ** 2
    chord = np.clip(half_lat + np.cos(lat1) * np.cos(lat2) * half_lon, 0.0, 1.0)
    metres = 2 * _EARTH_METRES * np.arcsin(np.sqrt(chord))
    return np.where(np.isnan(metres), UNKNOWN_METRES, np.rint(metres)).astype(np.int64)


def _household_table(rows: list[Household]) -> pa.Table:
    points = [_point(row) for row in rows]
    return pa.table(
        {
            "household_id": pa.array([row.household_no for row in rows], pa.string()),
            "area_code": pa.array([row.area.code for row in rows], pa.string()),
            "lon": pa.array([point[0] for point in points], pa.float64(), from_pandas=True),
            "lat": pa.array([point[1] for point in points], pa.float64(), from_pandas=True),
            "difficulty": pa.array([row.difficulty for row in rows], pa.int64()),
        }
    )


def _helper_table(rows: list[Helper]) -> pa.Table:
    points = [_point(row) for row in rows]
    return pa.table(
        {
            "helper_id": pa.array([row.helper_no for row in rows], pa.string()),
            "role": pa.array([row.kind for row in rows], pa.string()),
            "body": pa.array([row.body.code for row in rows], pa.string()),
            "lon": pa.array([point[0] for point in points], pa.float64(), from_pandas=True),
            "lat": pa.array([point[1] for point in points], pa.float64(), from_pandas=True),
            "places": pa.array([row.places for row in rows], pa.int64()),
        }
    )
