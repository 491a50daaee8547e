"""Small invented counties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pytest
from ortools.graph.python import min_cost_flow

_FORCED = 10**13


@dataclass(frozen=True)
class Tables:
    """The three tables of a run."""

    households: pa.Table
    helpers: pa.Table
    eligible: pa.Table

    def __iter__(self):
        return iter((self.households, self.helpers, self.eligible))


def random_tables(seed: int, *, households: int = 10, helpers: int = 12) -> Tables:
    """A county of random size, density, places (0-3), demand (1-3) and few different costs, so that ties abound.

    Two in three have fewer places for difficult households than for others, by one column or both.
    """
    rng = np.random.default_rng(seed)
    h, p = int(rng.integers(1, households + 1)), int(rng.integers(1, helpers + 1))
    pairs = np.argwhere(rng.random((h, p)) < rng.random())
    tables = Tables(
        pa.table(
            {
                "household_id": [f"户{i}" for i in range(h)],
                "area_code": rng.choice(["530625101", "530625102", "530625103"], h),
                "lon": (103.5 + rng.random(h)).round(4),
                "lat": (28.0 + rng.random(h)).round(4),
                "difficulty": rng.integers(1, 4, h),
                "demand": rng.integers(1, int(rng.integers(1, 4)) + 1, h),
            }
        ),
        pa.table(
            {
                "helper_id": [f"P{i}" for i in range(p)],
                "role": rng.choice(["cadre", "member"], p),
                "body": rng.choice(["水务局", "教育局"], p),
                "lon": (103.5 + rng.random(p)).round(4),
                "lat": (28.0 + rng.random(p)).round(4),
                "places": rng.integers(0, int(rng.integers(1, 5)), p),
            }
        ),
        pa.table(
            {
                "household_id": pa.array([f"户{i}" for i in pairs[:, 0]], pa.string()),
                "helper_id": pa.array([f"P{i}" for i in pairs[:, 1]], pa.string()),
                "cost": rng.integers(-2, int(rng.choice([3, 30])), len(pairs)),
            }
        ),
    )
    for column, given in (("places_hard", seed % 3 > 0), ("places_hardest", seed % 3 > 1)):
        if given:
            fewer = pa.array(rng.integers(0, 4, p), mask=rng.random(p) < 0.3)
            tables = replace(tables, helpers=tables.helpers.append_column(column, fewer))
    return tables


def random_previous(tables: Tables, seed: int) -> pa.Table:
    """What may have been before: most of it eligible, some of it not, some of it about people who are gone."""
    rng = np.random.default_rng(seed + 10**6)
    eligible = tables.eligible.to_pylist()
    rows = {
        (row["household_id"], row["helper_id"]): None
        for row in eligible
        if rng.random() < rng.choice([0.2, 0.6])
    }
    homes, people = tables.households["household_id"].to_pylist(), tables.helpers["helper_id"].to_pylist()
    rows |= {(str(rng.choice(homes)), str(rng.choice(people))): None for _ in range(3)}
    rows |= {("户gone", people[0]): None, (homes[0], "Pgone"): None}
    role = dict(zip(people, tables.helpers["role"].to_pylist(), strict=True)) | {"Pgone": "cadre"}
    return pa.table(
        {
            "household_id": [h for h, _ in rows],
            "helper_id": [p for _, p in rows],
            "role": [role[p] for _, p in rows],
        }
    )


@pytest.fixture(scope="session", name="random_before")
def _random_before() -> Callable[[Tables, int], pa.Table]:
    return random_previous


@pytest.fixture(scope="session", name="random_county")
def _random_county() -> Callable[..., Tables]:
    return random_tables


@pytest.fixture(scope="session", name="county_of")
def _county_of() -> Callable[..., Tables]:
    """A county of cadres: demands per household, places per helper, and {(household, helper): cost}."""

    def build(demand: list[int], places: list[int], costs: dict[tuple[int, int], int]) -> Tables:
        return Tables(
            pa.table(
                {
                    "household_id": [f"H{i}" for i in range(len(demand))],
                    "area_code": ["530625101201"] * len(demand),
                    "lon": [103.5] * len(demand),
                    "lat": [28.1] * len(demand),
                    "difficulty": [1] * len(demand),
                    "demand": demand,
                }
            ),
            pa.table(
                {
                    "helper_id": [f"P{i}" for i in range(len(places))],
                    "role": pa.array(["cadre"] * len(places), pa.string()),
                    "body": pa.array(["B"] * len(places), pa.string()),
                    "lon": pa.array([103.5] * len(places), pa.float64()),
                    "lat": pa.array([28.1] * len(places), pa.float64()),
                    "places": pa.array(places, pa.int64()),
                }
            ),
            pa.table(
                {
                    "household_id": pa.array([f"H{h}" for h, _ in costs], pa.string()),
                    "helper_id": pa.array([f"P{p}" for _, p in costs], pa.string()),
                    "cost": pa.array(list(costs.values()), pa.int64()),
                }
            ),
        )

    return build


def tier_places(helper):
    """Places for all, for difficulty 2 and above, for difficulty 3."""
    return [
        helper["places"] if helper.get(column) is None else helper[column]
        for column in ("places", "places_hard", "places_hardest")
    ]


class Oracle:
    """One role solved by OR-Tools: households -> nested tiers of helpers -> sink, with a dear arc for going without.

    The digits are put into one number here, which such small counties allow: ``dear`` for going without, ``kept`` for
    a broken pair; ``forced`` is a pair that is worth more than everything else. Node 0 is the sink, then three nodes a
    helper (the last for all households), then households.
    """

    def __init__(
        self, tables, role, *, balance, previous=(), shift=0, drawn=None, dear=10**9, kept=10**5, forced=None
    ):
        self.flow = min_cost_flow.SimpleMinCostFlow()
        rows = [row for row in tables.helpers.to_pylist() if row["role"] == role]
        helpers = {row["helper_id"]: 3 * i for i, row in enumerate(rows)}
        people = tables.households.to_pylist()
        homes = {row["household_id"]: 3 * len(rows) + 1 + i for i, row in enumerate(people)}
        difficulty = {row["household_id"]: row["difficulty"] for row in people}
        self.pairs, self.without, self.before = {}, [], {}
        for row in tables.eligible.to_pylist():
            pair = row["household_id"], row["helper_id"]
            if pair[1] in helpers:
                cost = (row["cost"] << shift) + (drawn[pair] if drawn else 0)
                entered = helpers[pair[1]] + 4 - difficulty[pair[0]]
                arc = self._arc(
                    homes[pair[0]], entered, 1, cost - kept * (pair in previous) - _FORCED * (pair == forced)
                )
                self.pairs[arc] = pair
        for row in rows:
            for tier, places in enumerate(tier_places(row)):
                node = helpers[row["helper_id"]] + 3 - tier
                for j in range(places):
                    self._arc(node, node + 1 if tier else 0, 1, (balance * j) << shift)
        for row in people:
            node = homes[row["household_id"]]
            self.without.append(self._arc(node, 0, row["demand"], dear))
            self.flow.set_node_supply(node, row["demand"])
        self.flow.set_node_supply(0, -sum(row["demand"] for row in people))
        assert self.flow.solve() == self.flow.OPTIMAL
        self.chosen = {pair for arc, pair in self.pairs.items() if self.flow.flow(arc)}
        self.unserved = sum(self.flow.flow(arc) for arc in self.without)
        self.kept = len(self.chosen & set(previous))
        self.cost = self.flow.optimal_cost() - dear * self.unserved + kept * self.kept
        self.forced = forced in self.chosen
        self.cost += _FORCED * self.forced

    def _arc(self, tail, head, capacity, cost):
        return self.flow.add_arc_with_capacity_and_unit_cost(tail, head, capacity, cost)


@pytest.fixture(scope="session", name="oracle_of")
def _oracle_of() -> Callable[..., Oracle]:
    return Oracle
