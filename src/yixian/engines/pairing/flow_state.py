"""流的状态: the arrays a flow is held in, and the working space of the searches that find it."""

from __future__ import annotations

from typing import NamedTuple

from yixian.engines.pairing.county import Flags, Ints
from yixian.engines.pairing.network import Network, SmallInts
from yixian.lazy_imports import np

FREE = -1
"""The slot of an edge that is no pair."""
CLOSED = -2
"""The slot of an edge that may not become one (a standing county's: see `yixian.engines.pairing.active_pairs`)."""
NOTHING = -1
FAR = 2**62
UNSEEN = -1


class Flow(NamedTuple):
    """What is found. ``slot[e]`` is the place that edge e holds (or `FREE`, `CLOSED`); ``held`` is the inverse.

    Per node: ``own`` units entered there, ``load`` units in all (its own and those of harder nodes), price and short
    mark. The ``moves`` arrays are the prices' digit of broken pairs, None without a previous pairing.
    """

    slot: SmallInts
    held: SmallInts
    own: Ints
    load: Ints
    missing: Ints
    household_price: Ints
    household_moves: Ints | None
    household_short: Flags
    node_price: Ints
    node_moves: Ints | None
    node_short: Flags


class Search(NamedTuple):
    """One shortest-path search. Nodes are helpers' nodes, then households; ``touched[-1]`` and ``heap[-1]`` count.

    What is not reached is `FAR` away.
    """

    distance: Ints
    moves: Ints | None
    reached_by: SmallInts
    heap: SmallInts
    heap_place: SmallInts
    touched: SmallInts


def empty_flow(network: Network) -> Flow:
    """Nobody paired yet, all prices 0."""
    households, nodes = len(network.demand), len(network.places)
    with_moves = network.kept is not None
    return Flow(
        slot=np.full(len(network.cost), FREE, np.int32),
        held=np.full(int(network.first_slot[-1]), NOTHING, np.int32),
        own=np.zeros(nodes, np.int64),
        load=np.zeros(nodes, np.int64),
        missing=np.zeros(households, np.int64),
        household_price=np.zeros(households, np.int64),
        household_moves=np.zeros(households, np.int64) if with_moves else None,
        household_short=np.zeros(households, np.bool_),
        node_price=np.zeros(nodes, np.int64),
        node_moves=np.zeros(nodes, np.int64) if with_moves else None,
        node_short=np.zeros(nodes, np.bool_),
    )


def new_search(network: Network) -> Search:
    """Working space for searches of this network, to be used again and again."""
    nodes = len(network.demand) + len(network.places)
    return Search(
        distance=np.full(nodes, FAR, np.int64),
        moves=None if network.kept is None else np.full(nodes, FAR, np.int64),
        reached_by=np.full(nodes, NOTHING, np.int32),
        heap=np.zeros(nodes + 1, np.int32),
        heap_place=np.full(nodes, UNSEEN, np.int32),
        touched=np.zeros(nodes + 1, np.int32),
    )


def paired_flow(network: Network, taken: Flags) -> Flow:
    """These edges are pairs (places are not looked at), nobody is counted as going without, all prices are 0."""
    flow = empty_flow(network)
    edges = np.flatnonzero(taken)
    edges = edges[np.argsort(network.node[edges], kind="stable")]
    node = network.node[edges]
    flow.own[:] = np.bincount(node, minlength=len(flow.own))
    first = np.cumsum(flow.own) - flow.own
    slots = network.first_slot[node] + np.arange(len(edges)) - first[node]
    flow.slot[edges], flow.held[slots] = slots, edges
    own = flow.own.reshape(-1, network.tiers)
    flow.load[:] = np.cumsum(own[:, ::-1], axis=1)[:, ::-1].ravel()
    return flow
