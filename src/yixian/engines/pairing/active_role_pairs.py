"""一种角色的常备状态: the active pairs of one role, re-optimised after a change with the fewest moves.

Between two events every pair counts as kept. Then prices are known without being remembered: every household's is 0
and every node's that of the last place held there, because costs are counted from 0 and breaking a pair weighs more
than any cost. What an event takes away leaves households without a helper; each is placed again by one shortest path
(`yixian.engines.pairing.flow`), which keeps the pairs best: most served, fewest broken, cheapest, drawn by the seed.

The short set (households and nodes from which no free place can be reached) is remembered: nothing in it can be
bettered until the event opens it, by a place freed or an eligible pair added there. Then all of it is tried again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from yixian.engines.pairing.active_network import Edges, Keyring
from yixian.engines.pairing.county import TIERS, Flags, Ints
from yixian.engines.pairing.flow import changed_pairs, close_into, place_units, release
from yixian.engines.pairing.flow_state import CLOSED, FREE, Flow, Search, new_search, paired_flow
from yixian.engines.pairing.network import Marks, SmallInts, running_sums
from yixian.engines.pairing.pairing_errors import CostsTooLarge
from yixian.engines.pairing.role_state import RoleState
from yixian.lazy_imports import np


@dataclass
class ActiveRolePairs(RoleState):
    """The pairs of a role with what is needed to change them.

    ``marks`` are the network's ``kept``; ``lowest`` is what costs are counted from; ``gone`` marks households that are
    no more.
    """

    marks: Marks
    keys: Keyring
    lowest: int
    gone: Flags
    _orphans: set[int] = field(default_factory=set)
    _opened: bool = False
    _search: Search | None = None

    def set_up(self) -> None:
        """From pairs as they are: whoever has none, too many, or a helper with too many, is placed."""
        net = self.network
        held = np.bincount(net.household[self.flow.slot >= 0], minlength=len(net.demand))
        for household in np.flatnonzero(held > net.demand).tolist():
            self.start_over(household)
        over = (self.flow.load > net.places).reshape(-1, TIERS).any(axis=1)
        for helper in np.flatnonzero(over).tolist():
            self.evict(helper)
        self._orphans |= set(np.flatnonzero(held < net.demand).tolist())

    # what an event takes away

    def close(self, edge: int) -> None:
        """The edge can be a pair no more."""
        if self.flow.slot[edge] >= 0:
            self._release(edge)
        self.flow.slot[edge] = CLOSED

    def leave(self, helper: int) -> None:
        """The helper takes nobody any more."""
        nodes = self._nodes(helper)
        for node in range(nodes.start, nodes.stop):
            while self.flow.own[node]:
                edge = int(self.flow.held[self.network.first_slot[node]])
                release(self.network, self.flow, edge)
                self._orphans.add(int(self.network.household[edge]))
        close_into(self.network, self.flow, nodes.start, nodes.stop)
        self.network.places[nodes] = 0

    def remove(self, household: int) -> None:
        """The household is no more; its helpers' places are free."""
        for edge in self.edges_of(household):
            self.close(edge)
        self._orphans.discard(household)
        self.network.demand[household] = self.flow.missing[household] = 0
        self.gone[household] = True

    def set_places(self, helper: int, places: tuple[int, int, int]) -> None:
        """The helper has other places, tier by tier; whoever has none now is placed again."""
        nodes = self._nodes(helper)
        more = self.network.places[nodes] < np.array(places)
        self._opened |= bool((more & self.flow.node_short[nodes]).any())
        self.network.places[nodes] = places
        self.evict(helper)

    def evict(self, helper: int) -> None:
        """Take households from a helper until all its tiers hold; which ones is decided when they are placed again."""
        nodes = self._nodes(helper)
        for node in reversed(range(nodes.start, nodes.stop)):
            while self.flow.load[node] > self.network.places[node]:
                fullest = max(range(node, nodes.stop), key=lambda each: int(self.flow.own[each]))
                edge = int(self.flow.held[self.network.first_slot[fullest]])
                self.start_over(int(self.network.household[edge]))

    def start_over(self, household: int) -> None:
        """Give up all pairs of a household, to place all of it again."""
        for edge in self.pairs_of(household):
            self._release(edge)
        self.flow.missing[household] = 0
        self._orphans.add(household)

    def _release(self, edge: int) -> None:
        node, household = int(self.network.node[edge]), int(self.network.household[edge])
        passed = slice(node - int(self.network.tier[household]), node + 1)
        self._opened |= bool(self.flow.node_short[passed].any())
        release(self.network, self.flow, edge)
        self._orphans.add(household)

    # what an event adds

    def add_helper(self, name: str, places: tuple[int, int, int]) -> int:
        """A new helper, who is not eligible for anybody yet; its position."""
        self.helpers.append(name)
        self.keys.add(helper=name)
        net = self.network
        first_slot = np.append(net.first_slot, [net.first_slot[-1]] * TIERS)
        self.network = net._replace(places=np.append(net.places, places), first_slot=first_slot)
        self.flow = self._relaid()
        return len(self.helpers) - 1

    def add_household(self, name: str, difficulty: int, demand: int) -> int:
        """A new household, for whom nobody is eligible yet; its position."""
        self.households.append(name)
        self.keys.add(household=name)
        net = self.network
        self.network = net._replace(
            first_edge=np.append(net.first_edge, net.first_edge[-1]),
            demand=np.append(net.demand, demand),
            tier=np.append(net.tier, np.int32(difficulty - 1)),
        )
        self.gone = np.append(self.gone, np.False_)
        self.flow = self._relaid()
        self._orphans.add(len(self.households) - 1)
        return len(self.households) - 1

    def add_edges(self, households: SmallInts, helpers: SmallInts, cost: Ints) -> None:
        """New eligible pairs. Raises `CostsTooLarge` (and nothing has changed)."""
        net = self.network
        order = np.argsort(households, kind="stable")
        who = households[order]
        new = Edges(who, helpers[order] * np.int32(TIERS) + net.tier[who], cost[order])
        at = net.first_edge[who + 1]
        edges = Edges(
            np.insert(net.household, at, new.household),
            np.insert(net.node, at, new.node),
            np.insert(self.cost, at, new.cost),
        )
        scaled = self._scaled(edges, new, at)
        slot = np.insert(self.flow.slot, at, FREE)
        self.marks = np.insert(self.marks, at, np.int8(0))
        self.cost = edges.cost
        self.network = net._replace(
            first_edge=running_sums(np.bincount(edges.household, minlength=len(net.demand))),
            household=edges.household,
            node=edges.node,
            cost=scaled,
            kept=self.marks,
            first_slot=running_sums(np.bincount(edges.node, minlength=len(net.places))),
            step=self.balance << self.keys.bits,
        )
        self._opened |= bool((self.flow.household_short[who] & ~self.flow.node_short[new.node]).any())
        self.flow = self._relaid(slot)

    def _scaled(self, edges: Edges, new: Edges, at: Ints) -> Ints:
        lowest = min(self.lowest, int(new.cost.min(initial=0)))
        most = int(np.bincount(edges.node // TIERS, minlength=1).max())
        outgrown = self.keys.outgrown(int(self.network.demand.sum()))
        if outgrown or lowest < self.lowest:
            scaled = self.keys.scaled(edges, lowest, self.balance, most)
        else:
            scaled = np.insert(self.network.cost, at, self.keys.scaled(new, lowest, self.balance, most))
        self.lowest = lowest
        return scaled

    def _relaid(self, slot: SmallInts | None = None) -> Flow:
        """The same pairs in a network that has grown; what is new has nobody and is not short."""
        old = self.flow
        slot = old.slot if slot is None else slot
        flow = paired_flow(self.network, slot >= 0)
        flow.slot[slot == CLOSED] = CLOSED
        for now, before in (
            (flow.missing, old.missing),
            (flow.household_short, old.household_short),
            (flow.node_short, old.node_short),
        ):
            now[: len(before)] = before
        self._search = None
        return flow

    # how it settles

    def settle(self) -> tuple[list[int], list[int]]:
        """Place whom the event left without; the edges that became pairs and those that ceased to be.

        Raises `CostsTooLarge`.
        """
        net, flow = self.network, self.flow
        if self._opened:
            self._orphans |= set(np.flatnonzero(flow.missing).tolist())
            flow.missing[:] = 0
            flow.household_short[:] = False
            flow.node_short[:] = False
        self._rest()
        order = np.array(sorted(self._orphans), np.int32)
        units = net.demand[order] - flow.missing[order] - [len(self.pairs_of(who)) for who in order.tolist()]
        if self._search is None:
            self._search = new_search(net)
        if not place_units(net, flow, self._search, order, units.astype(np.int64)):
            raise CostsTooLarge("prices outgrew 64 bits: state costs and balance in a coarser unit")
        self._orphans, self._opened = set(), False
        changed = changed_pairs(flow.slot, self.marks)
        taken = flow.slot[changed] >= 0
        began, ended = changed[taken], changed[~taken]
        self._rest()
        return began.tolist(), ended.tolist()

    def _rest(self) -> None:
        """Prices while every pair counts as kept."""
        flow = self.flow
        last_place = np.maximum(flow.load - 1, 0).reshape(-1, TIERS) * self.network.step
        flow.node_price[:] = np.cumsum(last_place, axis=1).ravel()
        flow.household_price[:] = 0
        for moves in (flow.node_moves, flow.household_moves):
            if moves is not None:
                moves[:] = 0

    def _nodes(self, helper: int) -> slice:
        return slice(helper * TIERS, helper * TIERS + TIERS)
