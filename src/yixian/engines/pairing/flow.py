"""最小费用流: one role solved exactly, by successive shortest paths with prices, one household after the other.

Every household asks for ``demand`` different helpers. A helper's nodes are nested tiers (`Network`): each unit passes
from the node it enters up to the node of all households and from there counts as placed; the j-th unit through a node
costs ``(j - 1) * step`` on top of the pair, so that load spreads in every tier. First come the most units served, then
the fewest broken pairs of the previous pairing, then the least cost.

"Served first" is not a huge cost, which would overflow, but a digit of the prices before the others. Once no free place
can be reached from a set of nodes, that set is *short* for good: its prices count from the price of going unserved, and
nobody else enters, because that would only trade one unserved household for another. Within the set the rest decides
who goes without. "Fewest broken" is a digit of its own as well (``moves``, beside every price and distance); where there
is no previous pairing these arrays are None, read as 0 and cost nothing.

Prices (duals) of a finished run, compared digit by digit, short first; c is an edge's cost, n a node's load:
  an eligible pair not made costs at least as much as the household's price:  c + node_price >= household_price
  a pair made costs at most that:                                             c + node_price <= household_price
  a node with a free place:      node_price <= n * step + the price of the node above (0 above the last)
  a node with a place held:      node_price >= (n - 1) * step + the price of the node above
  an unserved household's price is exactly the price of going unserved:       short, 0
`yixian.engines.pairing.proof` verifies them without this module.

All compiled code of the search lives in this one file: see `yixian.engines.pairing.compiling`.
"""

from __future__ import annotations

from yixian.engines.pairing.compiling import compiled, inlined
from yixian.engines.pairing.county import Ints
from yixian.engines.pairing.flow_state import CLOSED, FAR, FREE, NOTHING, UNSEEN, Flow, Search, new_search
from yixian.engines.pairing.network import Marks, Network, SmallInts
from yixian.lazy_imports import np

PRICE_LIMIT = 2**60
"""Prices beyond this stop the run (``place_units`` returns False): sums of three of them must fit 64 bits."""

_FROM_HARDER = -3
_FROM_EASIER = -4


def solve_flow(network: Network, flow: Flow) -> bool:
    """Place every household into an empty flow, first those with a previous pair. False if prices outgrew the limit."""
    order = np.arange(len(network.demand), dtype=np.int32)
    if network.kept is not None:
        without = np.bincount(network.household[network.kept > 0], minlength=len(order)) == 0
        order = order[np.argsort(without, kind="stable")]
    return place_units(network, flow, new_search(network), order, network.demand[order])


def place_units(network: Network, flow: Flow, search: Search, order: SmallInts, units: Ints) -> bool:
    """Place so many more units of each household, in this order. False if prices outgrew the limit."""
    return bool(_place_all(network, flow, search, order, units))


@compiled
def _digit(array: Ints | Marks | None, place: int) -> int:
    """What stands there; a digit that is not used reads 0, and the compiler drops what would follow from it."""
    if array is None:
        return 0
    return array[place]  # type: ignore[no-any-return]


@compiled
def _put(array: Ints | None, place: int, value: int) -> None:
    if array is not None:
        array[place] = value


@inlined
def _before(moves: int, number: int, other_moves: int, other_number: int) -> bool:
    return moves < other_moves or (moves == other_moves and number < other_number)


@inlined
def _nearer(search: Search, node: int, moves: int, distance: int) -> bool:
    return _before(moves, distance, _digit(search.moves, node), search.distance[node])


@inlined
def _sift_up(search: Search, place: int, node: int) -> None:
    key, key_moves = search.distance[node], _digit(search.moves, node)
    while place > 0:
        parent = (place - 1) >> 1
        other = search.heap[parent]
        if not _before(key_moves, key, _digit(search.moves, other), search.distance[other]):
            break
        search.heap[place] = other
        search.heap_place[other] = place
        place = parent
    search.heap[place] = node
    search.heap_place[node] = place


@inlined
def _pop(search: Search) -> int:
    """Take the nearest node out of the heap; nothing can reach it again, since no way there is nearer."""
    top: int = search.heap[0]
    search.heap[-1] -= 1
    size = search.heap[-1]
    if size == 0:
        return top
    node = search.heap[size]
    key, key_moves = search.distance[node], _digit(search.moves, node)
    place = 0
    while 2 * place + 1 < size:
        child = 2 * place + 1
        other = search.heap[child]
        if child + 1 < size:
            right = search.heap[child + 1]
            if _before(
                _digit(search.moves, right),
                search.distance[right],
                _digit(search.moves, other),
                search.distance[other],
            ):
                child, other = child + 1, right
        if not _before(_digit(search.moves, other), search.distance[other], key_moves, key):
            break
        search.heap[place] = other
        search.heap_place[other] = place
        place = child
    search.heap[place] = node
    search.heap_place[node] = place
    return top


@inlined
def _reach(search: Search, node: int, moves: int, distance: int, by: int) -> None:
    """Note a way to ``node`` that is nearer than any known (so that it cannot have been settled)."""
    place = search.heap_place[node]
    if place == UNSEEN:
        search.touched[search.touched[-1]] = node
        search.touched[-1] += 1
        place = search.heap[-1]
        search.heap[-1] += 1
    search.distance[node] = distance
    _put(search.moves, node, moves)
    search.reached_by[node] = by
    _sift_up(search, place, node)


@compiled
def _forget(search: Search) -> None:
    for i in range(search.touched[-1]):
        node = search.touched[i]
        search.heap_place[node] = UNSEEN
        search.distance[node] = FAR
        _put(search.moves, node, FAR)
    search.touched[-1] = 0
    search.heap[-1] = 0


@inlined
def _straight_up(net: Network, flow: Flow, node: int, tier: int) -> int:
    """What a unit costs that enters at the node and passes straight up, or -1 if some node on the way is full."""
    ahead = 0
    for above in range(node - tier, node + 1):
        if flow.load[above] >= net.places[above]:
            return -1
        ahead += flow.load[above]
    return ahead * net.step


@inlined
def _leave_node(
    net: Network,
    flow: Flow,
    search: Search,
    node: int,
    here_moves: int,
    here: int,
    best_moves: int,
    best: int,
    short: np.bool_,
) -> None:
    """Go on from a helper's node: to the households that hold its places, and to the next harder and easier node."""
    base, moves = here - flow.node_price[node], here_moves - _digit(flow.node_moves, node)
    start = net.first_slot[node]
    for i in range(start, start + flow.own[node]):
        edge = flow.held[i]
        other = net.household[edge]
        there = base + flow.household_price[other] - net.cost[edge]
        there_moves = moves + _digit(flow.household_moves, other) + _digit(net.kept, edge)
        if (
            flow.household_short[other] == short
            and _before(there_moves, there, best_moves, best)
            and _nearer(search, len(net.places) + other, there_moves, there)
        ):
            _reach(search, len(net.places) + other, there_moves, there, edge)
    if net.tiers == 1:
        return
    tier, harder, easier = node % net.tiers, node + 1, node - 1
    if tier + 1 < net.tiers and flow.load[harder] > 0 and flow.node_short[harder] == short:
        there = base + flow.node_price[harder] - (flow.load[harder] - 1) * net.step
        there_moves = moves + _digit(flow.node_moves, harder)
        if _before(there_moves, there, best_moves, best) and _nearer(search, harder, there_moves, there):
            _reach(search, harder, there_moves, there, _FROM_EASIER)
    if tier > 0 and flow.load[node] < net.places[node] and flow.node_short[easier] == short:
        there = base + flow.node_price[easier] + flow.load[node] * net.step
        there_moves = moves + _digit(flow.node_moves, easier)
        if _before(there_moves, there, best_moves, best) and _nearer(search, easier, there_moves, there):
            _reach(search, easier, there_moves, there, _FROM_HARDER)


@compiled
def _nearest_end(net: Network, flow: Flow, search: Search, source: int) -> tuple[int, int, int]:
    """The end of the cheapest path from a household, and its reduced length (moves, number); end -1 if there is none.

    Outside the short set the end is a node from which a unit can pass straight up; inside it, a household that goes
    without instead. A length beyond the limit is returned as soon as it is met.
    """
    nodes = len(net.places)
    short = flow.household_short[source]
    cost, node_price, household_price = net.cost, flow.node_price, flow.household_price
    end, best = NOTHING, FAR
    best_moves = 0 if search.moves is None else FAR
    _forget(search)
    _reach(search, nodes + source, 0, 0, NOTHING)
    while search.heap[-1] > 0:
        node = _pop(search)
        here, here_moves = search.distance[node], _digit(search.moves, node)
        if not _before(here_moves, here, best_moves, best):
            break
        if abs(here) > PRICE_LIMIT:  # before anything can reach FAR and pass for unreachable
            return node, here_moves, here
        if node < nodes:
            _leave_node(net, flow, search, node, here_moves, here, best_moves, best, short)
            continue
        household = node - nodes
        base, moves = here - household_price[household], here_moves - _digit(flow.household_moves, household)
        if short and _before(moves, base, best_moves, best):
            end, best_moves, best = node, moves, base
        for edge in range(net.first_edge[household], net.first_edge[household + 1]):
            entered = net.node[edge]
            there = base + cost[edge] + node_price[entered]
            there_moves = moves - _digit(net.kept, edge) + _digit(flow.node_moves, entered)
            if (
                not _nearer(search, entered, there_moves, there)
                or not _before(there_moves, there, best_moves, best)
                or flow.node_short[entered] != short
                or flow.slot[edge] != FREE
            ):
                continue
            _reach(search, entered, there_moves, there, edge)
            ahead = -1 if short else _straight_up(net, flow, entered, net.tier[household])
            if ahead >= 0:
                total = there - node_price[entered] + ahead
                total_moves = there_moves - _digit(flow.node_moves, entered)
                if _before(total_moves, total, best_moves, best):
                    end, best_moves, best = entered, total_moves, total
    return end, best_moves, best


@compiled
def _raise_prices(net: Network, flow: Flow, search: Search, moves: int, length: int) -> bool:
    """Make every step of the shortest path tight. False past the limit."""
    nodes = len(net.places)
    fits = abs(length) <= PRICE_LIMIT
    for i in range(search.touched[-1]):
        node = search.touched[i]
        rise, rise_moves = length - search.distance[node], moves - _digit(search.moves, node)
        if not _before(0, 0, rise_moves, rise):
            continue
        if node < nodes:
            flow.node_price[node] += rise
            _put(flow.node_moves, node, _digit(flow.node_moves, node) + rise_moves)
            fits = fits and abs(flow.node_price[node]) <= PRICE_LIMIT
        else:
            household = node - nodes
            flow.household_price[household] += rise
            _put(flow.household_moves, household, _digit(flow.household_moves, household) + rise_moves)
            fits = fits and abs(flow.household_price[household]) <= PRICE_LIMIT
    return fits


@compiled
def _give(net: Network, flow: Flow, edge: int) -> None:
    """The edge becomes a pair at the node it enters (whose loads its caller counts)."""
    node = net.node[edge]
    place = net.first_slot[node] + flow.own[node]
    flow.slot[edge] = place
    flow.held[place] = edge
    flow.own[node] += 1


@compiled
def _take(net: Network, flow: Flow, edge: int) -> None:
    """The edge is a pair no more; the last of its node takes its slot."""
    node, place = net.node[edge], flow.slot[edge]
    flow.own[node] -= 1
    last = flow.held[net.first_slot[node] + flow.own[node]]
    flow.held[place] = last
    flow.slot[last] = place
    flow.slot[edge] = FREE


@compiled
def release(net: Network, flow: Flow, edge: int) -> None:
    """Undo a pair: its unit is taken from every node it passed."""
    node = net.node[edge]
    _take(net, flow, edge)
    for above in range(node - net.tier[net.household[edge]], node + 1):
        flow.load[above] -= 1


@compiled
def close_into(net: Network, flow: Flow, first: int, last: int) -> None:
    """The edges that enter these nodes may not become pairs any more (those that are have been released)."""
    for edge in range(len(flow.slot)):
        if first <= net.node[edge] < last:
            flow.slot[edge] = CLOSED


@compiled
def changed_pairs(slot: SmallInts, kept: Marks) -> SmallInts:
    """The edges that are pairs and are not marked, or are marked and are none; the marks become what is so."""
    changed = np.empty(len(slot), np.int32)
    count = 0
    for edge in range(len(slot)):
        if (slot[edge] >= 0) != (kept[edge] > 0):
            kept[edge] = 1 - kept[edge]
            changed[count] = edge
            count += 1
    return changed[:count]


@compiled
def _shift_along(net: Network, flow: Flow, search: Search, source: int, end: int) -> None:
    """Hand the units on along the found path, from its end back to its source."""
    nodes = len(net.places)
    node = end
    if end < nodes:
        for above in range(end - end % net.tiers, end + 1):
            flow.load[above] += 1
    else:
        flow.missing[end - nodes] += 1
        if end - nodes == source:
            return
        given_up = search.reached_by[end]
        _take(net, flow, given_up)
        node = net.node[given_up]
    while True:
        by = search.reached_by[node]
        if by == _FROM_HARDER:
            node += 1
            flow.load[node] += 1
        elif by == _FROM_EASIER:
            flow.load[node] -= 1
            node -= 1
        else:
            household = net.household[by]
            if household == source:
                _give(net, flow, by)
                return
            given_up = search.reached_by[nodes + household]
            _give(net, flow, by)
            _take(net, flow, given_up)
            node = net.node[given_up]


@compiled
def _drop_of_node(net: Network, flow: Flow, node: int) -> tuple[int, int]:
    """How far a reached node's price must fall (moves, number) beside the households and nodes short already."""
    price, moves = flow.node_price[node], _digit(flow.node_moves, node)
    drop_moves, drop = -FAR, -FAR
    start = net.first_slot[node]
    for j in range(start, start + flow.own[node]):
        edge = flow.held[j]
        other = net.household[edge]
        if flow.household_short[other]:
            excess = price + net.cost[edge] - flow.household_price[other]
            excess_moves = moves - _digit(net.kept, edge) - _digit(flow.household_moves, other)
            if _before(drop_moves, drop, excess_moves, excess):
                drop_moves, drop = excess_moves, excess
    tier = node % net.tiers
    if tier > 0 and flow.node_short[node - 1]:
        excess = price - flow.load[node] * net.step - flow.node_price[node - 1]
        excess_moves = moves - _digit(flow.node_moves, node - 1)
        if _before(drop_moves, drop, excess_moves, excess):
            drop_moves, drop = excess_moves, excess
    if tier + 1 < net.tiers and flow.node_short[node + 1] and flow.load[node + 1] > 0:
        excess = price + (flow.load[node + 1] - 1) * net.step - flow.node_price[node + 1]
        excess_moves = moves - _digit(flow.node_moves, node + 1)
        if _before(drop_moves, drop, excess_moves, excess):
            drop_moves, drop = excess_moves, excess
    return drop_moves, drop


@compiled
def _drop_of_household(net: Network, flow: Flow, household: int) -> tuple[int, int]:
    """How far a reached household's price must fall: not to pay more than going without, nor than a short helper."""
    price, moves = flow.household_price[household], _digit(flow.household_moves, household)
    drop_moves, drop = moves, price
    for edge in range(net.first_edge[household], net.first_edge[household + 1]):
        entered = net.node[edge]
        if flow.slot[edge] == FREE and flow.node_short[entered]:
            excess = price - net.cost[edge] - flow.node_price[entered]
            excess_moves = moves + _digit(net.kept, edge) - _digit(flow.node_moves, entered)
            if _before(drop_moves, drop, excess_moves, excess):
                drop_moves, drop = excess_moves, excess
    return drop_moves, drop


@compiled
def _drop_below_short(net: Network, flow: Flow, search: Search) -> tuple[int, int]:
    """How far the reached prices must fall (moves, number) to be counted from the price of going unserved."""
    nodes = len(net.places)
    drop_moves, drop = -FAR, -FAR
    for i in range(search.touched[-1]):
        reached = search.touched[i]
        if reached < nodes:
            moves, number = _drop_of_node(net, flow, reached)
        else:
            moves, number = _drop_of_household(net, flow, reached - nodes)
        if _before(drop_moves, drop, moves, number):
            drop_moves, drop = moves, number
    return drop_moves, drop


@compiled
def _join_short(net: Network, flow: Flow, search: Search) -> bool:
    """Everything the search reached found no free place: it is short from now on. False past the limit."""
    nodes = len(net.places)
    drop_moves, drop = _drop_below_short(net, flow, search)
    fits = True
    for i in range(search.touched[-1]):
        node = search.touched[i]
        if node < nodes:
            flow.node_price[node] -= drop
            _put(flow.node_moves, node, _digit(flow.node_moves, node) - drop_moves)
            flow.node_short[node] = True
            fits = fits and abs(flow.node_price[node]) <= PRICE_LIMIT
        else:
            household = node - nodes
            flow.household_price[household] -= drop
            _put(flow.household_moves, household, _digit(flow.household_moves, household) - drop_moves)
            flow.household_short[household] = True
            fits = fits and abs(flow.household_price[household]) <= PRICE_LIMIT
    return fits


@compiled
def _open(net: Network, flow: Flow, household: int) -> None:
    """Price a household that holds nothing: what its cheapest helper costs, were there a place (0 if all are short)."""
    best_moves, best = FAR, FAR
    for edge in range(net.first_edge[household], net.first_edge[household + 1]):
        if flow.slot[edge] >= 0:
            return
        entered = net.node[edge]
        if flow.slot[edge] == FREE and not flow.node_short[entered]:
            price = net.cost[edge] + flow.node_price[entered]
            moves = _digit(flow.node_moves, entered) - _digit(net.kept, edge)
            if _before(moves, price, best_moves, best):
                best_moves, best = moves, price
    known = best != FAR
    flow.household_price[household] = best if known else 0
    _put(flow.household_moves, household, best_moves if known else 0)
    flow.household_short[household] = False


@compiled
def _place_one(net: Network, flow: Flow, search: Search, household: int) -> bool:
    """One more unit for the household: a place, or one household of its set goes without. False past the limit."""
    if not flow.household_short[household]:
        end, moves, length = _nearest_end(net, flow, search, household)
        if end == NOTHING and not _join_short(net, flow, search):
            return False
    if flow.household_short[household]:
        end, moves, length = _nearest_end(net, flow, search, household)
    if not _raise_prices(net, flow, search, moves, length):
        return False
    _shift_along(net, flow, search, household, end)
    return True


@compiled
def _place_all(net: Network, flow: Flow, search: Search, order: SmallInts, units: Ints) -> bool:
    for i in range(len(order)):
        if units[i] > 0:
            _open(net, flow, order[i])
        for _ in range(units[i]):
            if not _place_one(net, flow, search, order[i]):
                return False
    return True
