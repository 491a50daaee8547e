"""成表: the solved roles of a county as the tables of a solution."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.engines.pairing.county import TIERS, County, Flags, Ints
from yixian.engines.pairing.flow_state import Flow
from yixian.engines.pairing.network import Network
from yixian.engines.pairing.shortages import Shortages
from yixian.engines.pairing.solution import (
    HELPER,
    HELPER_TIERS,
    HOUSEHOLD,
    pair_columns,
    price_columns,
    shortage_columns,
    shortage_member_columns,
    unserved_columns,
)
from yixian.lazy_imports import np, pa


@dataclass(frozen=True)
class RoleRun:
    """One role solved. ``helpers`` and ``edges`` are positions in the county."""

    role: str
    helpers: Ints
    edges: Ints
    network: Network
    flow: Flow
    shortages: Shortages
    seconds: float | None

    @property
    def chosen(self) -> Ints:
        """Positions of the ties that became pairs, in the county's order."""
        return np.sort(self.edges[self.flow.slot >= 0])

    @property
    def kept(self) -> Flags:
        """Which of the chosen were pairs before."""
        taken = self.flow.slot >= 0
        if self.network.kept is None:
            return np.zeros(int(taken.sum()), np.bool_)
        return (self.network.kept[taken] > 0)[np.argsort(self.edges[taken])]


def solution_tables(county: County, runs: list[RoleRun]) -> list[pa.Table]:
    """Pairs, unserved, shortages, their members, prices: both roles one after the other."""
    makers = (_pairs, _unserved, _shortages, _shortage_members, _prices)
    return [pa.concat_tables([make(county, run) for run in runs]).combine_chunks() for make in makers]


def _pairs(county: County, run: RoleRun) -> pa.Table:
    chosen = run.chosen
    return pa.table(
        [
            county.households.ids.take(pa.array(county.ties.household[chosen])),
            county.helpers.ids.take(pa.array(county.ties.helper[chosen])),
            _repeat(run.role, len(chosen)),
            county.ties.cost[chosen],
            run.kept,
        ],
        schema=pair_columns(),
    )


def _unserved(county: County, run: RoleRun) -> pa.Table:
    who = np.flatnonzero(run.flow.missing)
    return pa.table(
        [
            county.households.ids.take(pa.array(who)),
            _repeat(run.role, len(who)),
            _shortage_ids(run, run.shortages.household[who]),
            run.flow.missing[who],
        ],
        schema=unserved_columns(),
    )


def _shortages(_: County, run: RoleRun) -> pa.Table:
    found, count = run.shortages, len(run.shortages.short)
    return pa.table(
        [
            _shortage_ids(run, np.arange(count)),
            _repeat(run.role, count),
            np.bincount(found.household[found.household >= 0], minlength=count),
            found.demand,
            np.bincount(found.helper[found.helper >= 0], minlength=count),
            found.places,
            found.short,
        ],
        schema=shortage_columns(),
    )


def _shortage_members(county: County, run: RoleRun) -> pa.Table:
    households = np.flatnonzero(run.shortages.household >= 0)
    helpers = np.flatnonzero(run.shortages.helper >= 0)
    labels = np.concatenate([run.shortages.household[households], run.shortages.helper[helpers]])
    ids = pa.concat_arrays(
        [
            county.households.ids.take(pa.array(households)),
            county.helpers.ids.take(pa.array(run.helpers[helpers])),
        ]
    )
    kinds = [HOUSEHOLD] * len(households) + [HELPER] * len(helpers)
    order = np.argsort(labels, kind="stable")
    return pa.table(
        [_shortage_ids(run, labels), pa.array(kinds, pa.string()), ids], schema=shortage_member_columns()
    ).take(pa.array(order))


def _prices(county: County, run: RoleRun) -> pa.Table:
    """Households, then helpers tier by tier; tiers that the network did not need have the price of the easier one."""
    flow, helpers, tiers = run.flow, len(run.helpers), run.network.tiers
    households = len(flow.household_price)
    names = county.helpers.ids.take(pa.array(run.helpers))
    kinds = np.repeat([HOUSEHOLD, *HELPER_TIERS], [households] + [helpers] * TIERS)
    columns = (
        (flow.household_short, flow.node_short),
        (_or_zero(flow.household_moves, flow.household_price), _or_zero(flow.node_moves, flow.node_price)),
        (flow.household_price, flow.node_price),
    )
    figures = []
    for of_households, of_nodes in columns:
        by_tier = of_nodes.reshape(helpers, tiers)
        figures.append(
            np.concatenate([of_households, *(by_tier[:, min(t, tiers - 1)] for t in range(TIERS))])
        )
    return pa.table(
        [
            _repeat(run.role, len(kinds)),
            pa.array(kinds, pa.string()),
            pa.concat_arrays([county.households.ids, *[names] * TIERS]),
            *figures,
        ],
        schema=price_columns(),
    )


def _or_zero(moves: Ints | None, like: Ints) -> Ints:
    return np.zeros_like(like) if moves is None else moves


def _shortage_ids(run: RoleRun, labels: Ints) -> pa.Array:
    return pa.array([f"{run.role}-{label + 1}" for label in labels.tolist()], pa.string())


def _repeat(text: str, times: int) -> pa.Array:
    return pa.repeat(text, times)
