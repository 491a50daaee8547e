"""补救: what would end a shortage, each possibility tried out by solving again with everybody else kept in place.

``places`` gives the shortage's own helpers as many more places as they are short (of every tier); every other kind
makes pairs eligible that are not: another department's stationing, an interpreter, a recusal lifted. How many more are
served is exact, and so are, with the fewest moved, the places used and the cost.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from yixian.engines.pairing.active_pairs import active_role
from yixian.engines.pairing.active_role_pairs import ActiveRolePairs
from yixian.engines.pairing.county import ROLES, TIERS, County, Ints
from yixian.engines.pairing.pairing_columns import MAX_COST, POSSIBLE, TableReader, refuse_faults
from yixian.engines.pairing.pairing_reader import read_county, read_ties
from yixian.engines.pairing.previous import read_previous
from yixian.engines.pairing.solution import HELPER, HOUSEHOLD, Solution
from yixian.lazy_imports import np, pa, pc

PLACES = "places"
"""The remedy of more places for the helpers there are."""


@cache
def remedy_columns() -> pa.Schema:
    """Columns of the remedies."""
    return pa.schema(
        [
            ("shortage_id", pa.string()),
            ("role", pa.string()),
            ("rank", pa.int64()),
            ("remedy", pa.string()),
            ("households", pa.int64()),
            ("unserved_after", pa.int64()),
            ("added_places", pa.int64()),
            ("pairs", pa.int64()),
            ("helpers", pa.int64()),
            ("moved", pa.int64()),
            ("added_cost", pa.int64()),
        ]
    )


@dataclass(frozen=True)
class _Possible:
    """Rows of the possible pairs by position in the county; ``remedy`` is the kind's word."""

    household: Ints
    helper: Ints
    cost: Ints
    remedy: list[str]


def remedies(
    solution: Solution,
    households: pa.Table,
    helpers: pa.Table,
    eligible: pa.Table,
    *,
    possible: pa.Table | None = None,
) -> pa.Table:
    """Every remedy of every shortage of the solution, ranked within its shortage: most served, then least added cost.

    ``possible`` (``household_id, helper_id, cost, remedy``) lists pairs that would become eligible, and by which kind
    of remedy. The answer's columns are `remedy_columns`: ``households`` is how many units more would be served, ``pairs`` how
    many of the possible pairs were offered and ``helpers`` of how many helpers, ``added_places`` the places that would
    have to be created, ``moved`` how many others would change helper, ``added_cost`` the change of the objective.

    Raises `InputInvalid` if a table is bad (in ``possible`` also a pair that is eligible already), `CostsTooLarge`.
    """
    county = read_county(households, helpers, eligible)
    offers = _read_possible(county, possible)
    before = read_previous(county, solution.pairs)
    rows: list[dict[str, Any]] = []
    for role in ROLES:
        own = solution.shortages.filter(pc.equal(solution.shortages["role"], role)).to_pylist()
        if not own:
            continue
        proof = solution.proof[role]
        state = active_role(county, role, before.tie, proof.seed, proof.balance)
        state.settle()
        for shortage in own:
            trials = _Trials(county, state, role, _members(solution, shortage["shortage_id"]), offers)
            found = trials.all(shortage["short"])
            found.sort(key=lambda row: (-row["households"], row["added_cost"], row["remedy"]))
            for rank, row in enumerate(found, start=1):
                rows.append({"shortage_id": shortage["shortage_id"], "role": role, "rank": rank} | row)
    return pa.Table.from_pylist(rows, schema=remedy_columns())


def _members(solution: Solution, shortage_id: str) -> dict[str, set[str]]:
    """The ids of a shortage's households and helpers."""
    table = solution.shortage_members
    rows = table.filter(pc.equal(table["shortage_id"], shortage_id)).to_pylist()
    return {kind: {row["id"] for row in rows if row["kind"] == kind} for kind in (HOUSEHOLD, HELPER)}


def _read_possible(county: County, table: pa.Table | None) -> _Possible:
    if table is None:
        empty = np.empty(0, np.int64)
        return _Possible(empty, empty, empty, [])
    reader = TableReader(POSSIBLE, table)
    reader.check_columns()
    refuse_faults([reader])
    ties = read_ties(reader, county.households, county.helpers, MAX_COST)
    kinds = reader.filled("remedy")
    reader.refuse(
        county.ties.find(ties.household, ties.helper) >= 0,
        "helper_id",
        "pair_eligible_already",
        lambda v: f"this household and helper {v} are eligible already: remove the row",
    )
    refuse_faults([reader])
    return _Possible(ties.household, ties.helper, ties.cost, kinds.to_pylist())


class _Trials:
    """The remedies of one shortage, each tried on a copy of the standing pairs."""

    def __init__(
        self,
        county: County,
        state: ActiveRolePairs,
        role: str,
        members: dict[str, set[str]],
        offers: _Possible,
    ) -> None:
        self._state, self._members, self._offers = state, members, offers
        names = county.households.ids.to_pylist()
        self._inside = np.array([name in members[HOUSEHOLD] for name in names], np.bool_)
        self._of_role = county.helpers.role == ROLES.index(role)
        self._position = np.cumsum(self._of_role) - 1

    def all(self, short: int) -> list[dict[str, Any]]:
        """A row for each remedy there is."""
        rows = [self._more_places(short)] if self._members[HELPER] else []
        offers = self._offers
        fits = self._inside[offers.household] & self._of_role[offers.helper]
        for kind in sorted({offers.remedy[place] for place in np.flatnonzero(fits).tolist()}):
            chosen = np.flatnonzero(fits & (np.array(offers.remedy, dtype=object) == kind))
            rows.append(self._more_pairs(kind, chosen))
        return [row | {"unserved_after": short - row["households"]} for row in rows]

    def _more_places(self, short: int) -> dict[str, Any]:
        state = deepcopy(self._state)
        helpers = [place for place, name in enumerate(state.helpers) if name in self._members[HELPER]]
        had = state.network.places.reshape(-1, TIERS).copy()
        for helper in helpers:
            all_, hard, hardest = (int(places) + short for places in had[helper])
            state.set_places(helper, (all_, hard, hardest))
        result = self._outcome(state)
        used = np.maximum(state.flow.load.reshape(-1, TIERS) - had, 0).max(axis=1, initial=0)
        return result | {
            "remedy": PLACES,
            "added_places": int(used.sum()),
            "pairs": 0,
            "helpers": int((used > 0).sum()),
        }

    def _more_pairs(self, kind: str, chosen: Ints) -> dict[str, Any]:
        state, offers = deepcopy(self._state), self._offers
        helpers = self._position[offers.helper[chosen]].astype(np.int32)
        state.add_edges(offers.household[chosen].astype(np.int32), helpers, offers.cost[chosen])
        result = self._outcome(state)
        return result | {
            "remedy": kind,
            "added_places": 0,
            "pairs": len(chosen),
            "helpers": len(np.unique(helpers)),
        }

    def _outcome(self, state: ActiveRolePairs) -> dict[str, Any]:
        """What settling brings, beside how it was."""
        before, sharing = int(self._state.flow.missing.sum()), self._state.sharing()
        began, ended = state.settle()
        cost = sum(int(state.cost[edge]) for edge in began) - sum(int(state.cost[edge]) for edge in ended)
        return {
            "households": before - int(state.flow.missing.sum()),
            "moved": len(ended),
            "added_cost": cost + state.sharing() - sharing,
        }
