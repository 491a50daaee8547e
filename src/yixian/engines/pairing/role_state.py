"""一种角色的现状: the pairs of one role as a flow with prices, and whose they are. What `Standing` and `explain` ask.

``places`` are asked of the network, which may count fewer than a helper has where more could never be filled.
"""

from __future__ import annotations

from dataclasses import dataclass

from yixian.engines.pairing.county import Flags, Ints
from yixian.engines.pairing.flow_state import FREE, Flow
from yixian.engines.pairing.network import Network


@dataclass
class RoleState:
    """``cost`` is what each edge costs, unscaled; ids stand in the network's order; ``balance`` as it was solved with."""

    role: str
    households: list[str]
    helpers: list[str]
    network: Network
    cost: Ints
    flow: Flow
    balance: int

    def helper_of(self, edge: int) -> int:
        """The position of the edge's helper."""
        return int(self.network.node[edge]) // self.network.tiers

    def edges_of(self, household: int) -> range:
        """The edges of a household."""
        first = self.network.first_edge
        return range(int(first[household]), int(first[household + 1]))

    def pairs_of(self, household: int) -> list[int]:
        """Its edges that are pairs."""
        return [edge for edge in self.edges_of(household) if self.flow.slot[edge] >= 0]

    def edge_between(self, household: int, helper: int) -> int | None:
        """The edge of a household and a helper, if it is eligible."""
        between = [
            edge
            for edge in self.edges_of(household)
            if self.helper_of(edge) == helper and self.flow.slot[edge] >= FREE
        ]
        return between[0] if between else None

    def has_room(self, edge: int) -> bool:
        """Whether the edge's helper could take its household as things are."""
        node, tier = int(self.network.node[edge]), int(self.network.tier[self.network.household[edge]])
        passed = slice(node - tier, node + 1)
        return bool((self.flow.load[passed] < self.network.places[passed]).all())

    def taken(self) -> Flags:
        """Which edges are pairs."""
        held: Flags = self.flow.slot >= 0
        return held

    def sharing(self) -> int:
        """What balance adds to the cost of the pairs."""
        load = self.flow.load
        return self.balance * int((load * (load - 1) // 2).sum())
