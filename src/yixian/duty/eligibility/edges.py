"""可结对: every eligible pair of households and offers with its cost, one place and one kind of need at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from yixian.domain.areas import AreaLevel, path_at, path_chain
from yixian.duty.choices import Rule
from yixian.duty.eligibility.days import Days
from yixian.duty.eligibility.distances import metres, places_of, ways
from yixian.duty.eligibility.excluded import excluded_pairs
from yixian.duty.eligibility.offers import Offer, stations
from yixian.lazy_imports import np, pa
from yixian.registry.choices import HelperKind, Language
from yixian.registry.models import Helper, Household


class Edges:
    """Collects them. ``stationed``: body id → the area paths where it is stationed; ``excluded``: pairs that are recused."""

    def __init__(
        self,
        households: Sequence[Household],
        offers: Sequence[Offer],
        stationed: Mapping[int, set[str]],
        excluded: Mapping[tuple[int, int], Rule],
    ) -> None:
        self._households = households
        self._helpers = [offer.helper for offer in offers]
        self._excluded = excluded
        self._at_path: dict[str, list[int]] = defaultdict(list)
        for position, helper in enumerate(self._helpers):
            for path in _work_places(helper, stationed):
                self._at_path[path].append(position)
        self._homes = places_of(list(households))
        self._bases = places_of(self._helpers)

    def table(self) -> pa.Table:
        """``household_id string, helper_id string, cost int64`` (metres)."""
        needs: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
        for position, household in enumerate(self._households):
            host = household.host_area.path if household.host_area is not None else ""
            need = household.area_path, host, household.language, household.requested_gender
            needs[need].append(position)
        parts = [self._pairs(need, np.array(rows, np.int64)) for need, rows in needs.items()]
        empty = np.empty(0, np.int64)
        homes, helpers, costs = (
            np.concatenate([empty, *(part[column] for part in parts)]) for column in range(3)
        )
        keep = self._allowed(homes, helpers)
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
        self, need: tuple[str, str, str, str], homes: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        candidates = np.array(self._candidates(*need), dtype=np.int64)
        way = metres(self._homes.at(homes), self._bases.at(candidates))
        return np.repeat(homes, len(candidates)), np.tile(candidates, len(homes)), way.ravel()

    def _candidates(self, path: str, host: str, language: str, gender: str) -> list[int]:
        """Cadres of bodies stationed at the place or above it; party members of its village and of the host village."""
        here = {position for place in path_chain(path) for position in self._at_path[place]}
        there = self._at_path[host] if host else []
        guests = {one for one in there if self._helpers[one].kind == HelperKind.PARTY_MEMBER}
        positions = sorted(here | guests)
        return [position for position in positions if serves(self._helpers[position], language, gender)]

    def _allowed(self, homes: np.ndarray, helpers: np.ndarray) -> np.ndarray:
        """Which pairs are not recused."""
        home_at = {row.pk: position for position, row in enumerate(self._households)}
        helper_at = {row.pk: position for position, row in enumerate(self._helpers)}
        width = max(len(self._helpers), 1)
        barred = [
            home_at[home] * width + helper_at[helper]
            for home, helper in self._excluded
            if home in home_at and helper in helper_at
        ]
        return ~np.isin(homes * width + helpers, np.array(barred, np.int64))


def eligible_ways(household: Household, helpers: Sequence[Helper], days: Days) -> dict[int, int]:
    """What the table holds of one household, without a table: metres of the way of everybody who may, by helper id."""
    stationed = stations(days.first, path_chain(household.area_path))
    excluded = excluded_pairs(helpers, {household.pk}, days)
    may = [
        helper
        for helper in helpers
        if _works_near(helper, household, stationed)
        and serves(helper, household.language, household.requested_gender)
        and (household.pk, helper.pk) not in excluded
    ]
    return dict(zip((helper.pk for helper in may), ways(household, may), strict=True))


def _works_near(helper: Helper, household: Household, stationed: Mapping[int, set[str]]) -> bool:
    """Whether they work at the place of the household or above it, or are a party member of the village that takes it in."""
    at = _work_places(helper, stationed)
    if not at.isdisjoint(path_chain(household.area_path)):
        return True
    host = household.host_area.path if household.host_area is not None else ""
    return helper.kind == HelperKind.PARTY_MEMBER and host in at


def serves(helper: Helper, language: str, gender: str) -> bool:
    """Whether they speak the language and are who the household asked for."""
    return speaks(helper, language) and (not gender or helper.person.gender == gender)


def speaks(helper: Helper, language: str) -> bool:
    """Whether they speak the language; everybody speaks Mandarin."""
    return language == Language.MANDARIN or language in helper.languages.split(",")


def _work_places(helper: Helper, stationed: Mapping[int, set[str]]) -> set[str]:
    if helper.kind == HelperKind.CADRE:
        return stationed.get(helper.organisation_id, set())
    return {path_at(helper.home_area.path, AreaLevel.VILLAGE)} if helper.home_area is not None else set()
