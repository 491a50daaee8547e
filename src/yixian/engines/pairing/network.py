"""网络: one role of a county as the network its flow is found in.

Each helper is a chain of nested nodes, one for each tier of difficulty: a household of difficulty 3 enters at the
hardest node, and its unit passes on through the next easier one to the node of all households, so that it is counted
in each. Every node has places of its own, and the j-th unit through it costs ``(j - 1) * step``.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from yixian.engines.pairing import ties
from yixian.engines.pairing.county import TIERS, County, Flags, Ints
from yixian.engines.pairing.pairing_errors import CostsTooLarge
from yixian.lazy_imports import np, npt

SmallInts: TypeAlias = "npt.NDArray[np.int32]"
Marks: TypeAlias = "npt.NDArray[np.int8]"

COST_LIMIT = 2**59
"""The largest absolute scaled cost of a pair or a place: sums of prices then fit 64 bits."""

_AT_ONCE = 2**20
"""How many draws are made at once: enough to be quick, few enough to need little memory."""


class Network(NamedTuple):
    """What is asked. Edges are grouped by household: those of h are ``first_edge[h] : first_edge[h + 1]``.

    Helper p has the nodes ``p * tiers .. p * tiers + tiers - 1``, from all households to the hardest; ``node`` is
    the one an edge enters, ``tier`` how many nodes above the first its household enters. ``places`` (per node) never
    exceed the edges that can reach it; ``first_slot`` are running sums of how many units can enter at each node.
    ``kept`` marks the pairs of a previous pairing, of which as few as possible are broken; None if there was none.
    """

    first_edge: Ints
    household: SmallInts
    node: SmallInts
    cost: Ints
    kept: Marks | None
    demand: Ints
    tier: SmallInts
    places: Ints
    first_slot: Ints
    tiers: int
    step: int


def role_network(
    county: County,
    role: str,
    *,
    seed: int,
    balance: int,
    previous: Flags | None = None,
) -> tuple[Network, Ints, Ints]:
    """The role's network, and where its helpers and its edges stand in the county.

    Costs are scaled and carry the seeded draw below their last digit (`yixian.engines.pairing.ties`). ``previous``
    marks ties of the county. Raises `CostsTooLarge` when costs would not fit 64 bits.
    """
    helpers, edges = county.helpers_of_role(role), county.ties_of_role(role)
    position = np.full(len(county.helpers), -1, np.int32)
    position[helpers] = np.arange(len(helpers), dtype=np.int32)
    household = county.ties.household[edges].astype(np.int32, copy=False)
    helper = position[county.ties.helper[edges]]
    demand = county.households.demand
    caps = county.helpers.tier_places[helpers]
    entering = _entering(county, household, helper, len(helpers))
    tiers = _tiers_that_matter(caps, entering, balance)
    tier = np.minimum(county.households.difficulty - 1, tiers - 1).astype(np.int32)
    entering = np.column_stack([entering[:, : tiers - 1], entering[:, tiers - 1 :].sum(axis=1)])
    places = np.minimum(caps[:, :tiers], _and_harder(entering))
    bits = ties.scale_bits(int(demand.sum()))
    cost = county.ties.cost[edges]
    _refuse_large_costs(cost, places, balance, bits)
    cost <<= bits
    _add_draws(cost, county, household, helper, helpers, seed)
    first_edge = running_sums(np.bincount(household, minlength=len(demand)))
    network = Network(
        first_edge=first_edge,
        household=household,
        node=helper * np.int32(tiers) + tier[household],
        cost=cost,
        kept=None if previous is None else previous[edges].astype(np.int8),
        demand=demand,
        tier=tier,
        places=places.ravel(),
        first_slot=running_sums(np.minimum(np.minimum.accumulate(places, axis=1), entering).ravel()),
        tiers=tiers,
        step=balance << bits,
    )
    return network, helpers, edges


def _entering(county: County, household: SmallInts, helper: SmallInts, helpers: int) -> Ints:
    """How many edges enter each helper at each tier: helpers x `TIERS`."""
    tier = (county.households.difficulty - 1).astype(np.int32)[household]
    counts: Ints = np.bincount(helper * np.int32(TIERS) + tier, minlength=helpers * TIERS)
    return counts.reshape(helpers, TIERS)


def _and_harder(entering: Ints) -> Ints:
    """Per helper and tier, the edges that enter there or at a harder one."""
    sums: Ints = np.cumsum(entering[:, ::-1], axis=1)[:, ::-1]
    return sums


def _tiers_that_matter(caps: Ints, entering: Ints, balance: int) -> int:
    """How many nodes each helper needs: one if neither places nor balance tell tiers apart, none for absent tiers."""
    through = _and_harder(entering)
    if balance == 0 and (caps[:, 1:] >= np.minimum(caps[:, :1], through[:, 1:])).all():
        return 1
    present = np.flatnonzero(entering.any(axis=0))
    return int(present.max(initial=0)) + 1


def _add_draws(
    cost: Ints, county: County, household: SmallInts, helper: SmallInts, helpers: Ints, seed: int
) -> None:
    household_keys = ties.keys("household", county.households.ids.to_pylist(), seed)
    helper_keys = ties.keys("helper", county.helpers.ids.take(helpers).to_pylist(), seed)
    for start in range(0, len(cost), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        cost[part] += ties.draws(household_keys[household[part]], helper_keys[helper[part]])


def _refuse_large_costs(cost: Ints, places: Ints, balance: int, bits: int) -> None:
    extremes = abs(int(cost.max(initial=0))), abs(int(cost.min(initial=0)))
    dearest = max(*extremes, balance * int(places.max(initial=1)))
    allowed = (COST_LIMIT >> bits) - 1
    if dearest > allowed:
        raise CostsTooLarge(
            f"a pair or a helper's last place costs {dearest}; with this many households at most {allowed} can be "
            f"added exactly: state costs and balance in a coarser unit"
        )


def running_sums(counts: Ints) -> Ints:
    """0, and the sums of the first 1, 2, ... counts."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])
