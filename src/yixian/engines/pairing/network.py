"""网络: one role of a county as the network its flow is found in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from yixian.engines.pairing import ties
from yixian.engines.pairing.county import County, Ints
from yixian.engines.pairing.errors import CostsTooLarge

SmallInts = npt.NDArray[np.int32]

COST_LIMIT = 2**59
"""The largest absolute scaled cost of a pair or a place: sums of prices then fit 64 bits."""


class Network(NamedTuple):
    """What is asked. Edges are grouped by household: those of h are ``first_edge[h] : first_edge[h + 1]``.

    ``places`` never exceed a helper's number of edges; ``first_slot`` are their running sums.
    """

    first_edge: Ints
    household: SmallInts
    helper: SmallInts
    cost: Ints
    demand: Ints
    places: Ints
    first_slot: Ints
    step: int


def role_network(county: County, role: str, *, seed: int, balance: int) -> tuple[Network, Ints, Ints]:
    """The role's network, and where its helpers and its edges stand in the county.

    Costs are scaled and carry the seeded draw below their last digit (`yixian.engines.pairing.ties`). Raises
    `CostsTooLarge` when they would not fit 64 bits.
    """
    helpers, edges = county.helpers_of_role(role), county.ties_of_role(role)
    position = np.full(len(county.helpers), -1, np.int64)
    position[helpers] = np.arange(len(helpers))
    household = county.ties.household[edges]
    helper = position[county.ties.helper[edges]]
    demand = county.households.demand
    places = np.minimum(county.helpers.places[helpers], np.bincount(helper, minlength=len(helpers)))
    bits = ties.scale_bits(int(demand.sum()))
    _refuse_large_costs(county.ties.cost[edges], places, balance, bits)
    household_keys = ties.keys("household", county.households.ids.to_pylist(), seed)
    helper_keys = ties.keys("helper", county.helpers.ids.take(helpers).to_pylist(), seed)
    draws = ties.draws(household_keys[household], helper_keys[helper])
    network = Network(
        first_edge=_running_sums(np.bincount(household, minlength=len(demand))),
        household=household.astype(np.int32),
        helper=helper.astype(np.int32),
        cost=(county.ties.cost[edges] << bits) + draws,
        demand=demand,
        places=places,
        first_slot=_running_sums(places),
        step=balance << bits,
    )
    return network, helpers, edges


def _refuse_large_costs(cost: Ints, places: Ints, balance: int, bits: int) -> None:
    dearest = max(int(np.abs(cost).max(initial=0)), balance * int(places.max(initial=1)))
    allowed = (COST_LIMIT >> bits) - 1
    if dearest > allowed:
        raise CostsTooLarge(
            f"a pair or a helper's last place costs {dearest}; with this many households at most {allowed} can be "
            f"added exactly: state costs and balance in a coarser unit"
        )


def _running_sums(counts: Ints) -> Ints:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])
