"""残量最短路: what it would change if one eligible pair had to be made, as the cheapest chain of other changes.

The best pairing that must have the pair (h, b) differs from the present one by the pair itself, and by a way through
what could be changed: a household gives a place up and takes another or goes without, a place is freed or filled, until
something of h's own is given up. Prices of the present pairing keep every step from gaining anything, so the cheapest
way is a shortest path (Dijkstra). Values have two parts: ``major`` counts units that go without times `MAJOR_UNIT`, plus
broken pairs; ``number`` is scaled cost.

Its compiled functions call none of another file: see `yixian.engines.pairing.compiling`.
"""

from __future__ import annotations

import heapq
from typing import Any, NamedTuple

from yixian.engines.pairing.compiling import compiled
from yixian.engines.pairing.county import Flags, Ints
from yixian.engines.pairing.flow_state import FREE, Flow
from yixian.engines.pairing.network import Marks, Network
from yixian.lazy_imports import np

MAJOR_UNIT = 2**40
"""One more unit that goes without, in the first part of a value."""

FROM_HARDER = -3
FROM_EASIER = -4
FROM_SINK = -5
NO_WAY = -6


Number = Any
"""An integer, of Python or of NumPy: compiled code mixes them."""
Heap = list[tuple[Any, Any, Any]]


class _Ways(NamedTuple):
    """How far each point is known to be (in two parts), and how it was reached."""

    major: Ints
    number: Ints
    by: Ints


@compiled
def _price_major(short: Flags, moves: Ints | None, place: Number) -> int:
    """The first part of a price."""
    without = MAJOR_UNIT if short[place] else 0
    if moves is None:
        return without
    return without + int(moves[place])


@compiled
def _kept(marks: Marks | None, edge: int) -> int:
    if marks is None:
        return 0
    return marks[edge]  # type: ignore[no-any-return]


@compiled
def _reach(heap: Heap, ways: _Ways, point: Number, major: Number, number: Number, by: Number) -> None:
    """Note a way to a point, if it is nearer than any known."""
    known = ways.by[point] != NO_WAY
    if known and (major > ways.major[point] or (major == ways.major[point] and number >= ways.number[point])):
        return
    ways.major[point], ways.number[point], ways.by[point] = major, number, by
    heapq.heappush(heap, (np.int64(major), np.int64(number), np.int64(point)))


@compiled
def _leave_node(net: Network, flow: Flow, heap: Heap, ways: _Ways, node: Number) -> None:
    """A node gives one of its households up, takes a unit back from the harder node, or passes one up."""
    nodes = len(net.places)
    major = ways.major[node] - _price_major(flow.node_short, flow.node_moves, node)
    number = ways.number[node] - flow.node_price[node]
    for i in range(net.first_slot[node], net.first_slot[node] + flow.own[node]):
        edge = flow.held[i]
        other = net.household[edge]
        far = major + _price_major(flow.household_short, flow.household_moves, other) + _kept(net.kept, edge)
        _reach(heap, ways, nodes + other, far, number + flow.household_price[other] - net.cost[edge], edge)
    tier = node % net.tiers
    if tier + 1 < net.tiers and flow.load[node + 1] > 0:
        far = major + _price_major(flow.node_short, flow.node_moves, node + 1)
        near = number + flow.node_price[node + 1] - (flow.load[node + 1] - 1) * net.step
        _reach(heap, ways, node + 1, far, near, FROM_EASIER)
    if flow.load[node] < net.places[node]:
        near = number + flow.load[node] * net.step
        if tier == 0:
            _reach(heap, ways, nodes + len(net.demand), major, near, node)
        else:
            far = major + _price_major(flow.node_short, flow.node_moves, node - 1)
            _reach(heap, ways, node - 1, far, near + flow.node_price[node - 1], FROM_HARDER)


@compiled
def _leave_household(net: Network, flow: Flow, heap: Heap, ways: _Ways, household: Number) -> None:
    """A household goes without, or takes another helper."""
    point, sink = len(net.places) + household, len(net.places) + len(net.demand)
    major = ways.major[point] - _price_major(flow.household_short, flow.household_moves, household)
    number = ways.number[point] - flow.household_price[household]
    _reach(heap, ways, sink, major + MAJOR_UNIT, number, point)
    for edge in range(net.first_edge[household], net.first_edge[household + 1]):
        if flow.slot[edge] == FREE:
            entered = net.node[edge]
            far = major + _price_major(flow.node_short, flow.node_moves, entered) - _kept(net.kept, edge)
            _reach(heap, ways, entered, far, number + net.cost[edge] + flow.node_price[entered], edge)


@compiled
def _leave_sink(net: Network, flow: Flow, heap: Heap, ways: _Ways) -> None:
    """A place is freed, or one more unit of a household that goes without is served."""
    nodes, sink = len(net.places), len(net.places) + len(net.demand)
    major, number = ways.major[sink], ways.number[sink]
    for node in range(0, nodes, net.tiers):
        if flow.load[node] > 0:
            far = major + _price_major(flow.node_short, flow.node_moves, node)
            near = number + flow.node_price[node] - (flow.load[node] - 1) * net.step
            _reach(heap, ways, node, far, near, FROM_SINK)
    for other in range(len(net.demand)):
        if flow.missing[other] > 0:
            far = major + _price_major(flow.household_short, flow.household_moves, other) - MAJOR_UNIT
            _reach(heap, ways, nodes + other, far, number + flow.household_price[other], FROM_SINK)


@compiled
def cheapest_way(net: Network, flow: Flow, start: int, target: int) -> Ints:
    """How each point was reached on the cheapest way from a helper's node to a household, as far as needed.

    Points are helpers' nodes, then households, then the sink (where units are placed or go without). The answer per
    point: the edge by which it was reached, one of the ``FROM_`` marks, `NO_WAY`; for the sink the point it was
    reached from.
    """
    nodes = len(net.places)
    sink = nodes + len(net.demand)
    ways = _Ways(
        np.zeros(sink + 1, np.int64), np.zeros(sink + 1, np.int64), np.full(sink + 1, NO_WAY, np.int64)
    )
    left = np.zeros(sink + 1, np.bool_)
    heap = [(np.int64(0), np.int64(0), np.int64(start))]
    ways.by[start] = start
    while len(heap) > 0:
        point = heapq.heappop(heap)[2]
        if point == nodes + target:
            break
        if left[point]:
            continue
        left[point] = True
        if point < nodes:
            _leave_node(net, flow, heap, ways, point)
        elif point < sink:
            _leave_household(net, flow, heap, ways, point - nodes)
        else:
            _leave_sink(net, flow, heap, ways)
    return ways.by
