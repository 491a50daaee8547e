"""残量最短路: what it would change if one eligible pair had to be made, as the cheapest chain of other changes.

The best pairing that must have the pair (h, b) differs from the present one by the pair itself, and by a way through
what could be changed: a household gives a place up and takes another or goes without, a place is freed or filled, until
something of h's own is given up. Prices of the present pairing keep every step from gaining anything, so the cheapest
way is a shortest path (Dijkstra). Values have two parts: ``major`` counts units that go without times `MAJOR_UNIT`, plus
broken pairs; ``number`` is scaled cost.

This file is compiled on its own, so that a compiled cache notices its changes.
"""

from __future__ import annotations

import heapq

import numpy as np

from yixian.engines.pairing.county import Ints
from yixian.engines.pairing.flow import compiled
from yixian.engines.pairing.flow_state import FREE, Flow
from yixian.engines.pairing.network import Marks, Network

MAJOR_UNIT = 2**40
"""One more unit that goes without, in the first part of a value."""

FROM_HARDER = -3
FROM_EASIER = -4
FROM_SINK = -5
NO_WAY = -6


@compiled
def _major(short: bool, moves: Ints | None, place: int) -> int:  # noqa: FBT001 - compiled code has no keywords
    if moves is None:
        return MAJOR_UNIT if short else 0
    return (MAJOR_UNIT if short else 0) + moves[place]


@compiled
def _kept(marks: Marks | None, edge: int) -> int:
    if marks is None:
        return 0
    return marks[edge]  # type: ignore[no-any-return]


@compiled
def _reach(heap, best_major, best, by, node, major, number, via):  # type: ignore[no-untyped-def]
    if by[node] == NO_WAY or major < best_major[node] or (major == best_major[node] and number < best[node]):
        best_major[node], best[node], by[node] = major, number, via
        heapq.heappush(heap, (np.int64(major), np.int64(number), np.int64(node)))


@compiled
def cheapest_way(net: Network, flow: Flow, start: int, target: int) -> Ints:
    """How each point was reached on the cheapest way from a helper's node to a household, as far as needed.

    Points are helpers' nodes, then households, then the sink (where units are placed or go without). The answer per
    point: the edge by which it was reached, one of the ``FROM_`` marks, `NO_WAY`; for the sink the point it was
    reached from. Arcs: a node passes a unit up, takes one back from below or gives a household up; a household takes an
    eligible helper or goes without; the sink takes a place back, or serves a household that goes without.
    """
    nodes = len(net.places)
    sink = nodes + len(net.demand)
    by = np.full(sink + 1, NO_WAY, np.int64)
    best_major, best = np.zeros(sink + 1, np.int64), np.zeros(sink + 1, np.int64)
    done = np.zeros(sink + 1, np.bool_)
    heap = [(np.int64(0), np.int64(0), np.int64(start))]
    by[start] = start
    while len(heap) > 0:
        major, number, point = heapq.heappop(heap)
        if done[point]:
            continue
        done[point] = True
        if point == nodes + target:
            break
        if point < nodes:
            base_major = major - _major(flow.node_short[point], flow.node_moves, point)
            base = number - flow.node_price[point]
            for i in range(net.first_slot[point], net.first_slot[point] + flow.own[point]):
                edge = flow.held[i]
                other = net.household[edge]
                far = base_major + _major(flow.household_short[other], flow.household_moves, other)
                far += _kept(net.kept, edge)
                near = base + flow.household_price[other] - net.cost[edge]
                _reach(heap, best_major, best, by, nodes + other, far, near, edge)
            tier = point % net.tiers
            if tier + 1 < net.tiers and flow.load[point + 1] > 0:
                far = base_major + _major(flow.node_short[point + 1], flow.node_moves, point + 1)
                near = base + flow.node_price[point + 1] - (flow.load[point + 1] - 1) * net.step
                _reach(heap, best_major, best, by, point + 1, far, near, FROM_EASIER)
            if flow.load[point] < net.places[point]:
                near = base + flow.load[point] * net.step
                if tier == 0:
                    _reach(heap, best_major, best, by, sink, base_major, near, point)
                else:
                    far = base_major + _major(flow.node_short[point - 1], flow.node_moves, point - 1)
                    near += flow.node_price[point - 1]
                    _reach(heap, best_major, best, by, point - 1, far, near, FROM_HARDER)
        elif point < sink:
            household = point - nodes
            base_major = major - _major(flow.household_short[household], flow.household_moves, household)
            base = number - flow.household_price[household]
            _reach(heap, best_major, best, by, sink, base_major + MAJOR_UNIT, base, point)
            for edge in range(net.first_edge[household], net.first_edge[household + 1]):
                if flow.slot[edge] != FREE:
                    continue
                entered = net.node[edge]
                far = base_major + _major(flow.node_short[entered], flow.node_moves, entered)
                far -= _kept(net.kept, edge)
                near = base + net.cost[edge] + flow.node_price[entered]
                _reach(heap, best_major, best, by, entered, far, near, edge)
        else:
            for node in range(0, nodes, net.tiers):
                if flow.load[node] > 0:
                    far = major + _major(flow.node_short[node], flow.node_moves, node)
                    near = number + flow.node_price[node] - (flow.load[node] - 1) * net.step
                    _reach(heap, best_major, best, by, node, far, near, FROM_SINK)
            for other in range(len(net.demand)):
                if flow.missing[other] > 0:
                    far = major + _major(flow.household_short[other], flow.household_moves, other)
                    near = number + flow.household_price[other]
                    _reach(heap, best_major, best, by, nodes + other, far - MAJOR_UNIT, near, FROM_SINK)
    return by
