"""The solver beside OR-Tools' min-cost flow, and beside trying everything out."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from ortools.graph.python import min_cost_flow

from yixian.engines.pairing import ROLES, check, solve
from yixian.engines.pairing.ties import DRAW_BITS, draws, keys

INSTANCES = 2000
BATCHES = 20


class Oracle:
    """One role solved by OR-Tools: households -> helpers -> sink through unit arcs, and a dear arc for going without."""

    def __init__(self, tables, role, *, balance, shift=0, drawn=None, dear=10**6):
        self.flow = min_cost_flow.SimpleMinCostFlow()
        rows = [row for row in tables.helpers.to_pylist() if row["role"] == role]
        helpers = {row["helper_id"]: i for i, row in enumerate(rows)}
        homes = {row["household_id"]: len(rows) + i for i, row in enumerate(tables.households.to_pylist())}
        sink, total = len(rows) + len(homes), sum(tables.households["demand"].to_pylist())
        self.pairs, self.without = {}, []
        for row in tables.eligible.to_pylist():
            pair = row["household_id"], row["helper_id"]
            if pair[1] in helpers:
                cost = (row["cost"] << shift) + (drawn[pair] if drawn else 0)
                self.pairs[self._arc(homes[pair[0]], helpers[pair[1]], 1, cost)] = pair
        for row in rows:
            for j in range(row["places"]):
                self._arc(helpers[row["helper_id"]], sink, 1, (balance * j) << shift)
        for row in tables.households.to_pylist():
            node = homes[row["household_id"]]
            self.without.append(self._arc(node, sink, row["demand"], dear))
            self.flow.set_node_supply(node, row["demand"])
        self.flow.set_node_supply(sink, -total)
        assert self.flow.solve() == self.flow.OPTIMAL
        self.unserved = sum(self.flow.flow(arc) for arc in self.without)
        self.cost = self.flow.optimal_cost() - dear * self.unserved
        self.chosen = {pair for arc, pair in self.pairs.items() if self.flow.flow(arc)}

    def _arc(self, tail, head, capacity, cost):
        return self.flow.add_arc_with_capacity_and_unit_cost(tail, head, capacity, cost)


def pairs_of(solution, role):
    return {(r["household_id"], r["helper_id"]) for r in solution.pairs.to_pylist() if r["role"] == role}


@pytest.mark.parametrize("batch", range(BATCHES))
def test_same_number_served_at_the_same_cost(random_county, batch):
    short = 0
    for seed in range(batch * INSTANCES // BATCHES, (batch + 1) * INSTANCES // BATCHES):
        tables, balance = random_county(seed), seed % 4
        solution = solve(*tables, seed=seed, balance=balance)
        for role in ROLES:
            oracle, proof = Oracle(tables, role, balance=balance), solution.proof[role]
            assert (proof.unserved, proof.objective) == (oracle.unserved, oracle.cost), (
                f"county {seed} {role}"
            )
            assert proof.gap == 0
            rows = [row for row in solution.shortages.to_pylist() if row["role"] == role]
            assert sum(row["short"] for row in rows) == proof.unserved == proof.unserved_bound
            assert all(row["demand"] - row["places"] == row["short"] > 0 for row in rows)
            short += proof.unserved > 0
        assert check(solution, *tables) == []
    assert 0 < short < 2 * INSTANCES // BATCHES, "the batch must hold both kinds"


def test_two_solvers_with_the_same_seed_find_the_same_pairs(random_county):
    """The draws leave one best solution, so it does not matter who solves."""
    differs_by_seed = 0
    for seed in range(300):
        tables = random_county(seed, households=16, helpers=16)
        total = sum(tables.households["demand"].to_pylist())
        found = []
        for draw_seed in (1, 2):
            solution = solve(*tables, seed=draw_seed, balance=1)
            homes = tables.eligible["household_id"].to_pylist()
            people = tables.eligible["helper_id"].to_pylist()
            both = keys("household", homes, draw_seed), keys("helper", people, draw_seed)
            drawn = dict(zip(zip(homes, people, strict=True), draws(*both).tolist(), strict=True))
            for role in ROLES:
                shift = DRAW_BITS + total.bit_length()
                oracle = Oracle(tables, role, balance=1, shift=shift, drawn=drawn, dear=2**48)
                assert pairs_of(solution, role) == oracle.chosen, f"county {seed} {role}"
            found.append(solution.pairs)
        differs_by_seed += not found[0].equals(found[1])
    assert differs_by_seed > 50, "there must be ties for the seed to settle"


def best_by_trying(demand, places, costs, balance):
    """Fewest unserved, then least cost, over all subsets of eligible pairs."""
    best = None
    for size in range(len(costs) + 1):
        for chosen in itertools.combinations(costs, size):
            served, load = Counter(h for h, _ in chosen), Counter(p for _, p in chosen)
            if any(served[h] > demand[h] for h in served) or any(load[p] > places[p] for p in load):
                continue
            cost = sum(costs[pair] for pair in chosen) + balance * sum(
                n * (n - 1) // 2 for n in load.values()
            )
            value = sum(demand) - size, cost
            best = value if best is None or value < best else best
    return best


@pytest.mark.parametrize("balance", [0, 3])
def test_nothing_better_can_be_found_by_trying_everything(county_of, balance):
    cells = list(itertools.product(range(3), range(3)))
    for number in range(60):
        costs = {
            cell: (number * 7 + 5 * i * i) % 11
            for i, cell in enumerate(cells)
            if (number >> (i % 6)) & 1 or i == 8
        }
        demand, places = [1, 1 + number % 2, 1 + number % 3], [number % 3, 1, (number // 3) % 4]
        proof = solve(*county_of(demand, places, costs), seed=number, balance=balance).proof["cadre"]
        assert (proof.unserved, proof.objective) == best_by_trying(demand, places, costs, balance)
