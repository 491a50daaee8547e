"""常备网络: a role's network with room for what may come: every tier, a slot for every edge, costs from 0 upward.

With no cost and no place below 0, prices of 0 for every household and of the last place held for every node are valid
whenever all pairs count as kept: see `yixian.engines.pairing.active_role_pairs`.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from yixian.engines.pairing import ties
from yixian.engines.pairing.county import TIERS, County, Ints
from yixian.engines.pairing.network import COST_LIMIT, Network, SmallInts, running_sums
from yixian.engines.pairing.pairing_errors import CostsTooLarge
from yixian.lazy_imports import np, npt, pa

Keys: TypeAlias = "npt.NDArray[np.uint64]"

_SPARE_BITS = 2
"""Room for four times the households there are, before costs have to be scaled anew."""


class Edges(NamedTuple):
    """Eligible pairs by position in the role, each entering its helper at a node; ``cost`` unscaled."""

    household: SmallInts
    node: SmallInts
    cost: Ints


class Keyring:
    """The keys of everybody's draws, which grow with them, and the scale they give costs."""

    def __init__(self, seed: int, households: list[str], helpers: list[str], demand: int) -> None:
        self._seed = seed
        self.bits = ties.scale_bits(demand) + _SPARE_BITS
        self._households: Keys = ties.keys("household", households, seed)
        self._helpers: Keys = ties.keys("helper", helpers, seed)

    def add(self, *, household: str | None = None, helper: str | None = None) -> None:
        """Somebody new, who stands after all others."""
        if household is not None:
            self._households = np.append(self._households, ties.keys("household", [household], self._seed))
        if helper is not None:
            self._helpers = np.append(self._helpers, ties.keys("helper", [helper], self._seed))

    def outgrown(self, demand: int) -> bool:
        """Whether so many draws might outweigh a unit of cost; the scale is widened if so."""
        outgrown = ties.scale_bits(demand) > self.bits
        if outgrown:
            self.bits = ties.scale_bits(demand) + _SPARE_BITS
        return outgrown

    def scaled(self, edges: Edges, lowest: int, balance: int, most_places: int) -> Ints:
        """Costs above ``lowest``, scaled, with their draws. Raises `CostsTooLarge`."""
        above = edges.cost - lowest
        if max(int(above.max(initial=0)), balance * most_places) > (COST_LIMIT >> self.bits) - 1:
            raise CostsTooLarge("costs of this size cannot be added exactly: state them in a coarser unit")
        helper = edges.node // np.int32(TIERS)
        return (above << self.bits) + ties.draws(self._households[edges.household], self._helpers[helper])


def active_network(
    county: County, role: str, *, seed: int, balance: int
) -> tuple[Network, Edges, Keyring, Ints]:
    """The role's network, its edges unscaled, the keys of its draws, and where its edges stand in the county.

    Raises `CostsTooLarge`.
    """
    helpers, ties_of_role = county.helpers_of_role(role), county.ties_of_role(role)
    position = np.full(len(county.helpers), -1, np.int32)
    position[helpers] = np.arange(len(helpers), dtype=np.int32)
    household = county.ties.household[ties_of_role].astype(np.int32)
    tier = (county.households.difficulty - 1).astype(np.int32)
    node = position[county.ties.helper[ties_of_role]] * np.int32(TIERS) + tier[household]
    edges = Edges(household, node, county.ties.cost[ties_of_role])
    demand = county.households.demand.copy()
    names = county.helpers.ids.take(pa.array(helpers)).to_pylist()
    keys = Keyring(seed, county.households.ids.to_pylist(), names, int(demand.sum()))
    places = county.helpers.tier_places[helpers].ravel()
    lowest, most = int(edges.cost.min(initial=0)), int(np.bincount(node // TIERS, minlength=1).max())
    network = Network(
        first_edge=running_sums(np.bincount(household, minlength=len(demand))),
        household=household,
        node=node,
        cost=keys.scaled(edges, lowest, balance, most),
        kept=np.zeros(len(node), np.int8),
        demand=demand,
        tier=tier,
        places=places,
        first_slot=running_sums(np.bincount(node, minlength=len(places))),
        tiers=TIERS,
        step=balance << keys.bits,
    )
    return network, edges, keys, ties_of_role
