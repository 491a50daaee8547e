"""最小费用流: one role solved exactly, by successive shortest paths with prices, one household after the other.

Every household asks for ``demand`` different helpers, every helper has ``places``, and the j-th household of a helper
costs ``(j - 1) * step`` on top of the pair, so that load spreads. First come the most units served, then the least cost.

"Served first" is not a huge cost, which would overflow, but a second digit of the prices. Once no free place can be
reached from a set of households, that set and its helpers are *short* for good: their prices count from the price of
going unserved, and nobody else enters, because that would only trade one unserved household for another. Within the
set the least cost decides who goes without.

Prices (duals) of a finished run, with c the edge's cost and "short" above every number:
  an eligible pair not made costs at least as much as the household's price:  c + helper_price >= household_price
  a pair made costs at most that:                                             c + helper_price <= household_price
  an unserved household's price is exactly the price of going unserved:       short, 0
`yixian.engines.pairing.proof` verifies them without this module.

All compiled code lives in this one file, because a compiled cache only notices changes of the file it comes from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar, cast

import numba
import numpy as np

from yixian.engines.pairing.county import Flags, Ints
from yixian.engines.pairing.network import Network, SmallInts

Function = TypeVar("Function", bound=Callable[..., object])

PRICE_LIMIT = 2**60
"""Prices beyond this stop the run (``solve_flow`` returns False): sums of three of them must fit 64 bits."""

_UNSEEN = -1
_SETTLED = -2
_NONE = -1
_FAR = 2**62


def compiled(function: Function) -> Function:
    """Compile to machine code, kept on disk beside this file, else in the user's cache folder, else in memory only."""
    try:
        return cast("Function", numba.njit(cache=True)(function))
    except RuntimeError:  # neither folder can be written: compile anew in each process
        return cast("Function", numba.njit(function))


def woven_in(function: Function) -> Function:
    """Compile into each caller: handing the arrays of a search over at a call costs more than these few steps."""
    return cast("Function", numba.njit(inline="always")(function))


class Flow(NamedTuple):
    """What is found. ``slot[e]`` is the place that edge e holds, or -1; ``held`` is the inverse."""

    slot: SmallInts
    held: SmallInts
    load: Ints
    missing: Ints
    household_price: Ints
    helper_price: Ints
    household_short: Flags
    helper_short: Flags


class _Search(NamedTuple):
    """One shortest-path search. Nodes are helpers 0..P-1, then households; ``touched[-1]`` and ``heap[-1]`` count."""

    distance: Ints
    reached_by: SmallInts
    heap: SmallInts
    heap_place: SmallInts
    touched: SmallInts


def empty_flow(network: Network) -> Flow:
    """Nobody paired yet, all prices 0."""
    households, helpers = len(network.demand), len(network.places)
    return Flow(
        slot=np.full(len(network.cost), _NONE, np.int32),
        held=np.full(int(network.first_slot[-1]), _NONE, np.int32),
        load=np.zeros(helpers, np.int64),
        missing=np.zeros(households, np.int64),
        household_price=np.zeros(households, np.int64),
        helper_price=np.zeros(helpers, np.int64),
        household_short=np.zeros(households, np.bool_),
        helper_short=np.zeros(helpers, np.bool_),
    )


def solve_flow(network: Network, flow: Flow) -> bool:
    """Place every household, in order, into an empty flow. False if prices outgrew the limit."""
    nodes = len(network.demand) + len(network.places)
    search = _Search(
        distance=np.zeros(nodes, np.int64),
        reached_by=np.full(nodes, _NONE, np.int32),
        heap=np.zeros(nodes + 1, np.int32),
        heap_place=np.full(nodes, _UNSEEN, np.int32),
        touched=np.zeros(nodes + 1, np.int32),
    )
    return bool(_solve(network, flow, search))


@woven_in
def _sift_up(search: _Search, place: int, node: int) -> None:
    key = search.distance[node]
    while place > 0:
        parent = (place - 1) >> 1
        other = search.heap[parent]
        if search.distance[other] <= key:
            break
        search.heap[place] = other
        search.heap_place[other] = place
        place = parent
    search.heap[place] = node
    search.heap_place[node] = place


@woven_in
def _pop(search: _Search) -> int:
    """The nearest unsettled node; it becomes settled."""
    top: int = search.heap[0]
    search.heap_place[top] = _SETTLED
    search.heap[-1] -= 1
    size = search.heap[-1]
    if size == 0:
        return top
    node = search.heap[size]
    key = search.distance[node]
    place = 0
    while 2 * place + 1 < size:
        child = 2 * place + 1
        if child + 1 < size and search.distance[search.heap[child + 1]] < search.distance[search.heap[child]]:
            child += 1
        other = search.heap[child]
        if search.distance[other] >= key:
            break
        search.heap[place] = other
        search.heap_place[other] = place
        place = child
    search.heap[place] = node
    search.heap_place[node] = place
    return top


@woven_in
def _reach(search: _Search, node: int, distance: int, edge: int) -> bool:
    """Note a way to ``node``; False if it was known as near as that."""
    place = search.heap_place[node]
    if place == _UNSEEN:
        search.touched[search.touched[-1]] = node
        search.touched[-1] += 1
        place = search.heap[-1]
        search.heap[-1] += 1
    elif place == _SETTLED or search.distance[node] <= distance:
        return False
    search.distance[node] = distance
    search.reached_by[node] = edge
    _sift_up(search, place, node)
    return True


@compiled
def _forget(search: _Search) -> None:
    for i in range(search.touched[-1]):
        search.heap_place[search.touched[i]] = _UNSEEN
    search.touched[-1] = 0
    search.heap[-1] = 0


@compiled
def _nearest_end(net: Network, flow: Flow, search: _Search, source: int) -> tuple[int, int]:
    """The end of the cheapest path from a household, and its reduced length; (-1, far) if there is none.

    Outside the short set the end is a helper with a free place; inside it, a household that goes without instead.
    A length beyond the limit is returned as soon as it is met.
    """
    helpers = len(net.places)
    short = flow.household_short[source]
    cost, helper_price, household_price = net.cost, flow.helper_price, flow.household_price
    end, best = _NONE, _FAR
    _forget(search)
    _reach(search, helpers + source, 0, _NONE)
    while search.heap[-1] > 0:
        node = _pop(search)
        here = search.distance[node]
        if here >= best:
            break
        if here > PRICE_LIMIT:  # before anything can reach _FAR and pass for unreachable
            return node, here
        if node < helpers:
            base = here - helper_price[node]
            start = net.first_slot[node]
            for i in range(start, start + flow.load[node]):
                edge = flow.held[i]
                other = net.household[edge]
                there = base + household_price[other] - cost[edge]
                if flow.household_short[other] == short and there < best:
                    _reach(search, helpers + other, there, edge)
            continue
        base = here - household_price[node - helpers]
        if short and base < best:
            end, best = node, base
        for edge in range(net.first_edge[node - helpers], net.first_edge[node - helpers + 1]):
            helper = net.helper[edge]
            there = base + cost[edge] + helper_price[helper]
            if there >= best or flow.helper_short[helper] != short or flow.slot[edge] != _NONE:
                continue
            if _reach(search, helper, there, edge) and flow.load[helper] < net.places[helper]:
                total = there + flow.load[helper] * net.step - helper_price[helper]
                if total < best:
                    end, best = helper, total
    return end, best


@compiled
def _raise_prices(net: Network, flow: Flow, search: _Search, length: int) -> bool:
    """Make every edge of the shortest path tight. False past the limit."""
    helpers = len(net.places)
    fits = length <= PRICE_LIMIT
    for i in range(search.touched[-1]):
        node = search.touched[i]
        rise = length - search.distance[node]
        if rise <= 0:
            continue
        if node < helpers:
            flow.helper_price[node] += rise
            fits = fits and abs(flow.helper_price[node]) <= PRICE_LIMIT
        else:
            flow.household_price[node - helpers] += rise
            fits = fits and abs(flow.household_price[node - helpers]) <= PRICE_LIMIT
    return fits


@compiled
def _shift_along(net: Network, flow: Flow, search: _Search, source: int, end: int) -> None:
    """Hand the places on along the found path: each helper on it takes the household before it."""
    helpers = len(net.places)
    if end < helpers:
        node = end
        place = net.first_slot[end] + flow.load[end]
        flow.load[end] += 1
    else:
        flow.missing[end - helpers] += 1
        if end - helpers == source:
            return
        given_up = search.reached_by[end]
        place = flow.slot[given_up]
        flow.slot[given_up] = _NONE
        node = net.helper[given_up]
    while True:
        taken = search.reached_by[node]
        flow.slot[taken] = place
        flow.held[place] = taken
        household = net.household[taken]
        if household == source:
            return
        given_up = search.reached_by[helpers + household]
        place = flow.slot[given_up]
        flow.slot[given_up] = _NONE
        node = net.helper[given_up]


@compiled
def _drop_below_short(net: Network, flow: Flow, search: _Search) -> int:
    """How far the reached nodes' prices must fall to be counted from the price of going unserved."""
    helpers = len(net.places)
    drop = -_FAR
    for i in range(search.touched[-1]):
        node = search.touched[i]
        if node < helpers:
            start = net.first_slot[node]
            for j in range(start, start + flow.load[node]):
                edge = flow.held[j]
                other = net.household[edge]
                if flow.household_short[other]:
                    drop = max(drop, flow.helper_price[node] + net.cost[edge] - flow.household_price[other])
            continue
        household = node - helpers
        drop = max(drop, flow.household_price[household])
        for edge in range(net.first_edge[household], net.first_edge[household + 1]):
            helper = net.helper[edge]
            if flow.slot[edge] == _NONE and flow.helper_short[helper]:
                excess = flow.household_price[household] - net.cost[edge] - flow.helper_price[helper]
                drop = max(drop, excess)
    return drop


@compiled
def _join_short(net: Network, flow: Flow, search: _Search) -> bool:
    """Everything the search reached found no free place: it is short from now on. False past the limit."""
    helpers = len(net.places)
    drop = _drop_below_short(net, flow, search)
    fits = True
    for i in range(search.touched[-1]):
        node = search.touched[i]
        if node < helpers:
            flow.helper_price[node] -= drop
            flow.helper_short[node] = True
            fits = fits and abs(flow.helper_price[node]) <= PRICE_LIMIT
        else:
            flow.household_price[node - helpers] -= drop
            flow.household_short[node - helpers] = True
            fits = fits and abs(flow.household_price[node - helpers]) <= PRICE_LIMIT
    return fits


@compiled
def _opening_price(net: Network, flow: Flow, household: int) -> int:
    """What the household would pay for its cheapest helper, were there a place (0 if all are short)."""
    best = _FAR
    for edge in range(net.first_edge[household], net.first_edge[household + 1]):
        helper = net.helper[edge]
        if not flow.helper_short[helper]:
            best = min(best, net.cost[edge] + flow.helper_price[helper])
    return 0 if best == _FAR else best


@compiled
def _place_one(net: Network, flow: Flow, search: _Search, household: int) -> bool:
    """One more unit for the household: a place, or one household of its set goes without. False past the limit."""
    if not flow.household_short[household]:
        end, length = _nearest_end(net, flow, search, household)
        if end == _NONE and not _join_short(net, flow, search):
            return False
    if flow.household_short[household]:
        end, length = _nearest_end(net, flow, search, household)
    if not _raise_prices(net, flow, search, length):
        return False
    _shift_along(net, flow, search, household, end)
    return True


@compiled
def _solve(net: Network, flow: Flow, search: _Search) -> bool:
    for household in range(len(net.demand)):
        flow.household_price[household] = _opening_price(net, flow, household)
        for _ in range(net.demand[household]):
            if not _place_one(net, flow, search, household):
                return False
    return True
