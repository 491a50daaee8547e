"""为什么是这位: the exact counterfactual of one household: what would change if another helper had to stand beside it.

Equal to solving everything anew with that pair forced: see `yixian.engines.pairing.residual`. Served comes first, then
(if a previous pairing was to be kept) the fewest broken pairs, then cost, then the seeded draw.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from yixian.engines.pairing.county import Ints
from yixian.engines.pairing.flow_state import FREE
from yixian.engines.pairing.residual import FROM_EASIER, FROM_HARDER, FROM_SINK, NO_WAY, cheapest_way
from yixian.engines.pairing.role_state import RoleState

MAX_NEARER = 3
"""How many nearer helpers are compared with when none is named."""


@dataclass(frozen=True, slots=True)
class Pair:
    """结对: one household with one helper, and what the pair costs."""

    household_id: str
    helper_id: str
    role: str
    cost: int


@dataclass(frozen=True, slots=True)
class Move:
    """调换: another household that would change helper; "" where it has or would have none."""

    household_id: str
    from_helper: str
    to_helper: str


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """另一种安排: what giving the household this helper would change, all else as good as it then can be.

    Nothing but ``helper_id`` and ``eligible`` counts if it is not ``eligible``, and no change if it is not ``possible``
    (the helper has no place for such a household at all). ``direct_cost`` is the pair's own cost and ``nearer_by`` how
    much less that is than the dearest present helper's; ``has_room`` says that a place is free as things are.
    ``added_unserved`` units more would go without; ``added_broken`` previous pairs more would be broken;
    ``added_cost`` is the change of the objective (balance included), ``added_distance`` that of the pairs' own costs.
    ``moves`` are the other households that would change. ``tie`` means that nothing but the seeded draw decides.
    """

    helper_id: str
    eligible: bool
    possible: bool = False
    direct_cost: int = 0
    nearer_by: int = 0
    has_room: bool = False
    added_unserved: int = 0
    added_broken: int = 0
    added_cost: int = 0
    added_distance: int = 0
    moves: tuple[Move, ...] = ()

    @property
    def others_moved(self) -> int:
        """How many other households would change helper, or lose or find one."""
        return len({move.household_id for move in self.moves})

    @property
    def tie(self) -> bool:
        """Whether both are equally good, so that the published seed decided."""
        return self.possible and not (self.added_unserved or self.added_broken or self.added_cost)


@dataclass(frozen=True, slots=True)
class Explanation:
    """说明: who stands beside a household in one role, and what each alternative would change.

    ``missing`` counts the helpers it asked for and does not have.
    """

    role: str
    household_id: str
    present: tuple[Pair, ...]
    missing: int
    alternatives: tuple[Counterfactual, ...]


def explained(state: RoleState, household: int, instead: str | None) -> Explanation:
    """The counterfactual with the helper ``instead``, or with the nearest other ones (by position and by id)."""
    name, cost = state.households[household], state.cost
    present = [
        Pair(name, state.helpers[state.helper_of(edge)], state.role, int(cost[edge]))
        for edge in state.pairs_of(household)
    ]
    if instead is None:
        others = [_counterfactual(state, household, edge) for edge in _to_compare(state, household)]
    else:
        helper = state.helpers.index(instead) if instead in state.helpers else -1
        wanted = state.edge_between(household, helper)
        others = [
            Counterfactual(instead, eligible=False)
            if wanted is None
            else _counterfactual(state, household, wanted)
        ]
    missing = int(state.flow.missing[household])
    return Explanation(state.role, name, tuple(present), missing, tuple(others))


def _to_compare(state: RoleState, household: int) -> list[int]:
    """The eligible edges cheaper than the dearest pair, cheapest first; if there are none, the cheapest other one."""
    free = [edge for edge in state.edges_of(household) if state.flow.slot[edge] == FREE]
    free.sort(key=lambda edge: int(state.network.cost[edge]))
    dearest = max((int(state.cost[edge]) for edge in state.pairs_of(household)), default=None)
    nearer = [edge for edge in free if dearest is None or state.cost[edge] < dearest]
    return nearer[:MAX_NEARER] or free[:1]


def _counterfactual(state: RoleState, household: int, wanted: int) -> Counterfactual:
    network, flow, cost = state.network, state.flow, state.cost
    helper, direct = state.helpers[state.helper_of(wanted)], int(cost[wanted])
    held = [int(cost[edge]) for edge in state.pairs_of(household)]
    nearer_by, room = max(held, default=direct) - direct, state.has_room(wanted)
    if flow.slot[wanted] >= 0:
        return Counterfactual(helper, True, True, direct, nearer_by, True)  # noqa: FBT003 - it is a pair already
    by = cheapest_way(network, flow, int(network.node[wanted]), household)
    if by[len(network.places) + household] == NO_WAY:
        return Counterfactual(helper, True, False, direct, nearer_by, room)  # noqa: FBT003
    way = _Way(state, household, wanted)
    way.follow(by)
    distance = sum(int(cost[edge]) for edge in way.made) - sum(int(cost[edge]) for edge in way.ended)
    kept = network.kept
    return Counterfactual(
        helper,
        eligible=True,
        possible=True,
        direct_cost=direct,
        nearer_by=nearer_by,
        has_room=room,
        added_unserved=len(way.ended) - len(way.made),
        added_broken=0 if kept is None else int(kept[way.ended].sum()) - int(kept[way.made].sum()),
        added_cost=distance + way.added_sharing(),
        added_distance=distance,
        moves=way.moves(),
    )


class _Way:
    """The way found, gathered from its end: pairs made and ended, and by how much each node's load changes."""

    def __init__(self, state: RoleState, household: int, wanted: int) -> None:
        self._state, self._household, self._wanted = state, household, wanted
        self.made, self.ended = [wanted], list[int]()
        self._loads: Counter[int] = Counter()

    def follow(self, by: Ints) -> None:
        """Walk back from the household to the node the wanted edge enters."""
        network = self._state.network
        nodes, sink = len(network.places), len(by) - 1
        point, start = nodes + self._household, int(network.node[self._wanted])
        while point != start:
            via = int(by[point])
            if point == sink:
                if via < nodes:
                    self._loads[via] += 1
                point = via
            elif via == FROM_SINK:
                if point < nodes:
                    self._loads[point] -= 1
                point = sink
            elif via == FROM_HARDER:
                point += 1
                self._loads[point] += 1
            elif via == FROM_EASIER:
                self._loads[point] -= 1
                point -= 1
            elif point < nodes:
                self.made.append(via)
                point = nodes + int(network.household[via])
            else:
                self.ended.append(via)
                point = int(network.node[via])

    def added_sharing(self) -> int:
        """By how much balance would add to the cost: each node's units after, less those before."""
        load = self._state.flow.load
        changed = ((int(load[node]), int(load[node]) + change) for node, change in self._loads.items())
        return self._state.balance * sum(
            after * (after - 1) // 2 - now * (now - 1) // 2 for now, after in changed
        )

    def moves(self) -> tuple[Move, ...]:
        """The other households, in the order in which one makes way for the next."""
        state, network = self._state, self._state.network
        gives = {int(network.household[edge]): state.helpers[state.helper_of(edge)] for edge in self.ended}
        takes = {int(network.household[edge]): state.helpers[state.helper_of(edge)] for edge in self.made}
        others = [who for who in dict.fromkeys([*reversed(gives), *takes]) if who != self._household]
        return tuple(Move(state.households[who], gives.get(who, ""), takes.get(who, "")) for who in others)
