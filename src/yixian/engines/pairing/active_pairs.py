"""常备结对: incremental solver — the pairs in force held in memory, changed by one event at a time with the fewest moves.

Each event is solved exactly: served first, then the fewest pairs broken, then cost, then the seed; the same as solving
everything anew with the pairs in force as ``previous``, but by a few shortest paths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from yixian.engines.pairing.active_network import active_network
from yixian.engines.pairing.active_role_pairs import ActiveRolePairs
from yixian.engines.pairing.county import CADRE, ROLES, TIERS, County, Flags, Ints
from yixian.engines.pairing.explaining import Explanation, Pair, explained
from yixian.engines.pairing.flow_state import paired_flow
from yixian.engines.pairing.pairing_columns import MAX_COST, MAX_DEMAND, MAX_PLACES
from yixian.engines.pairing.pairing_errors import UnknownId
from yixian.engines.pairing.pairing_reader import read_county
from yixian.engines.pairing.previous import read_previous
from yixian.lazy_imports import np, pa


@cache
def _pairs_in_force() -> pa.Schema:
    """Columns of the pairs in force."""
    return pa.schema(
        [
            ("household_id", pa.string()),
            ("helper_id", pa.string()),
            ("role", pa.string()),
            ("cost", pa.int64()),
        ]
    )


@dataclass(frozen=True, slots=True)
class Arrival:
    """来的帮扶人: ``hard`` and ``hardest`` are the places for difficulty 2 and above, and 3; None is as ``places``."""

    helper_id: str
    role: str
    places: int
    hard: int | None = None
    hardest: int | None = None


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """新的户: ``difficulty`` 1-3, ``demand`` helpers of each role."""

    household_id: str
    difficulty: int = 1
    demand: int = 1


@dataclass(frozen=True, slots=True)
class Change:
    """变动: what one event changed.

    ``moved`` counts the pairs that ended though their household is still there, which no way of serving as many could
    make fewer; ``unserved`` is per role the units that go without now, ``added_unserved`` how many more than before in
    all; ``added_cost`` is the change of the objective (pairs' costs and balance).
    """

    began: tuple[Pair, ...]
    ended: tuple[Pair, ...]
    moved: int
    unserved: dict[str, int]
    added_unserved: int
    added_cost: int


class ActivePairs:
    """The standing pairs of both roles. ``opening`` is what changed when it was set up from the pairs in force.

    Households in ``pairs`` (columns as ``previous`` of `solve`) keep their helpers wherever that serves as many;
    those who lack one are given one. Raises what `solve` raises.
    """

    def __init__(
        self,
        households: pa.Table,
        helpers: pa.Table,
        eligible: pa.Table,
        pairs: pa.Table,
        *,
        seed: int,
        balance: int,
    ) -> None:
        county = read_county(households, helpers, eligible)
        before = read_previous(county, pairs)
        self._roles = {role: active_role(county, role, before.tie, seed, balance) for role in ROLES}
        self._household = {name: place for place, name in enumerate(county.households.ids.to_pylist())}
        self._helper = {
            name: (role, place)
            for role, state in self._roles.items()
            for place, name in enumerate(state.helpers)
        }
        self._unserved = dict.fromkeys(ROLES, 0)
        self._sharing = {role: state.sharing() for role, state in self._roles.items()}
        self.opening = self._settled(ROLES)

    def pairs(self) -> pa.Table:
        """Who stands beside whom now: ``household_id, helper_id, role, cost``."""
        rows = [
            self._pair(state, edge)
            for state in self._roles.values()
            for edge in np.flatnonzero(state.taken()).tolist()
        ]
        columns = [[getattr(row, name) for row in rows] for name in _pairs_in_force().names]
        return pa.table(columns, schema=_pairs_in_force())

    def leave(self, helper_id: str) -> Change:
        """A helper leaves. Raises `UnknownId`."""
        role, helper = self._find_helper(helper_id)
        self._roles[role].leave(helper)
        del self._helper[helper_id]
        return self._settled([role])

    def arrive(self, who: Arrival, ties: Mapping[str, int]) -> Change:
        """A helper comes; ``ties`` are the households it may stand beside, with the cost. Nobody is moved for cost alone.

        Raises `UnknownId` for a household that is not there, `ValueError` for an id in use or numbers out of bounds.
        """
        if who.helper_id in self._helper or who.role not in ROLES:
            raise ValueError(f"helper {who.helper_id} is there already, or there is no role {who.role}")
        places = _places(who.places, who.hard, who.hardest)
        households = np.array([self._find_household(name) for name in ties], np.int32)
        cost = _costs(ties)
        state = self._roles[who.role]
        helper = state.add_helper(who.helper_id, places)
        state.add_edges(households, np.full(len(ties), helper, np.int32), cost)
        self._helper[who.helper_id] = who.role, helper
        return self._settled([who.role])

    def recuse(self, household_id: str, helper_id: str) -> Change:
        """The helper may not stand beside the household any more. Nothing changes if it could not. Raises `UnknownId`."""
        role, helper = self._find_helper(helper_id)
        state = self._roles[role]
        edge = state.edge_between(self._find_household(household_id), helper)
        if edge is not None:
            state.close(edge)
        return self._settled([role])

    def allow(self, household_id: str, helper_id: str, cost: int) -> Change:
        """The helper may stand beside the household from now on. Raises `UnknownId`, or `ValueError` if it may already."""
        role, helper = self._find_helper(helper_id)
        household, state = self._find_household(household_id), self._roles[role]
        if state.edge_between(household, helper) is not None:
            raise ValueError(f"helper {helper_id} may stand beside household {household_id} already")
        state.add_edges(
            np.array([household], np.int32), np.array([helper], np.int32), _costs({household_id: cost})
        )
        return self._settled([role])

    def add_household(self, who: NewHousehold, ties: Mapping[str, int]) -> Change:
        """A household comes (or is split off another); ``ties`` are the helpers who may stand beside it, with the cost.

        Raises `UnknownId` for a helper who is not there, `ValueError` for an id in use or numbers out of bounds.
        """
        if who.household_id in self._household:
            raise ValueError(f"household {who.household_id} is there already")
        if not (1 <= who.difficulty <= TIERS and 1 <= who.demand <= MAX_DEMAND):
            raise ValueError(f"difficulty must be from 1 to {TIERS} and demand from 1 to {MAX_DEMAND}")
        found = [
            (*self._find_helper(name), cost) for name, cost in zip(ties, _costs(ties).tolist(), strict=True)
        ]
        place = 0
        for role, state in self._roles.items():
            place = state.add_household(who.household_id, who.difficulty, who.demand)
            own = [(helper, cost) for of_role, helper, cost in found if of_role == role]
            state.add_edges(
                np.full(len(own), place, np.int32),
                np.array([helper for helper, _ in own], np.int32),
                np.array([cost for _, cost in own], np.int64),
            )
        self._household[who.household_id] = place
        return self._settled(ROLES)

    def remove_household(self, household_id: str) -> Change:
        """A household goes; whoever goes without may get its helper. Raises `UnknownId`."""
        household = self._find_household(household_id)
        for state in self._roles.values():
            state.remove(household)
        del self._household[household_id]
        return self._settled(ROLES)

    def change_places(
        self, helper_id: str, places: int, *, hard: int | None = None, hardest: int | None = None
    ) -> Change:
        """A helper takes more or fewer households. Raises `UnknownId`, `ValueError` for numbers out of bounds."""
        role, helper = self._find_helper(helper_id)
        self._roles[role].set_places(helper, _places(places, hard, hardest))
        return self._settled([role])

    def explain(self, household_id: str, *, role: str = CADRE, instead: str | None = None) -> Explanation:
        """What another helper would change, with as few moved as possible. Raises `UnknownId`."""
        if instead is not None:
            self._find_helper(instead)
        return explained(self._roles[role], self._find_household(household_id), instead)

    def _settled(self, roles: tuple[str, ...] | list[str]) -> Change:
        began, ended, moved, added, more_unserved = [], [], 0, 0, 0
        for role in roles:
            state = self._roles[role]
            beginning, ending = state.settle()
            began += [self._pair(state, edge) for edge in beginning]
            ended += [self._pair(state, edge) for edge in ending]
            moved += sum(not state.gone[state.network.household[edge]] for edge in ending)
            sharing, unserved = state.sharing(), int(state.flow.missing.sum())
            added += sharing - self._sharing[role]
            more_unserved += unserved - self._unserved[role]
            self._sharing[role], self._unserved[role] = sharing, unserved
        added += sum(pair.cost for pair in began) - sum(pair.cost for pair in ended)
        return Change(tuple(began), tuple(ended), moved, dict(self._unserved), more_unserved, added)

    @staticmethod
    def _pair(state: ActiveRolePairs, edge: int) -> Pair:
        household = state.households[state.network.household[edge]]
        return Pair(household, state.helpers[state.helper_of(edge)], state.role, int(state.cost[edge]))

    def _find_household(self, name: str) -> int:
        if name not in self._household:
            raise UnknownId("household", name)
        return self._household[name]

    def _find_helper(self, name: str) -> tuple[str, int]:
        if name not in self._helper:
            raise UnknownId("helper", name)
        return self._helper[name]


def active_role(county: County, role: str, before: Flags, seed: int, balance: int) -> ActiveRolePairs:
    """A role's pairs as they were before, not settled yet. Raises `CostsTooLarge`."""
    network, edges, keys, own = active_network(county, role, seed=seed, balance=balance)
    kept = before[own].astype(np.int8)
    network = network._replace(kept=kept)
    helpers = [
        name
        for name, place in zip(county.helpers.ids.to_pylist(), county.helpers.role.tolist(), strict=True)
        if ROLES[place] == role
    ]
    state = ActiveRolePairs(
        role=role,
        households=county.households.ids.to_pylist(),
        helpers=helpers,
        network=network,
        cost=edges.cost,
        flow=paired_flow(network, kept > 0),
        balance=balance,
        marks=kept,
        keys=keys,
        lowest=int(edges.cost.min(initial=0)),
        gone=np.zeros(len(county.households), np.bool_),
    )
    state.set_up()
    return state


def _places(places: int, hard: int | None, hardest: int | None) -> tuple[int, int, int]:
    tiers = places, places if hard is None else hard, places if hardest is None else hardest
    if not all(0 <= each <= MAX_PLACES for each in tiers):
        raise ValueError(f"places must be from 0 to {MAX_PLACES}")
    return tiers


def _costs(ties: Mapping[str, int]) -> Ints:
    if any(abs(cost) > MAX_COST for cost in ties.values()):
        raise ValueError(f"a cost must be from {-MAX_COST} to {MAX_COST}")
    return np.array(list(ties.values()), np.int64)
