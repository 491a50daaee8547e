"""The solver beside OR-Tools' min-cost flow, and beside trying everything out."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from yixian.engines.pairing import ROLES, check, solve
from yixian.engines.pairing.ties import DRAW_BITS, draws, keys


def pairs_of(solution, role):
    return {(r["household_id"], r["helper_id"]) for r in solution.pairs.to_pylist() if r["role"] == role}


@pytest.mark.proof(cases=2_000, slice=80)
def test_same_number_served_with_as_few_moved_at_the_same_cost(
    cases, random_county, random_before, oracle_of
):
    """Tiers, demand of several, ample and scarce, with and without balance and a previous pairing.

    A case is a county with two instances, one for each role, that share nothing.
    """
    seen = Counter()
    for seed in cases:
        tables, balance = random_county(seed), seed % 4
        previous = random_before(tables, seed) if seed // 4 % 2 else None
        solution = solve(*tables, seed=seed, balance=balance, previous=previous)
        rows = previous.to_pylist() if previous else []
        there = set(tables.households["household_id"].to_pylist())
        for role in ROLES:
            before = {(r["household_id"], r["helper_id"]) for r in rows if r["role"] == role}
            oracle, proof = oracle_of(tables, role, balance=balance, previous=before), solution.proof[role]
            moved = sum(household in there for household, _ in before) - oracle.kept
            assert (proof.unserved, proof.moved, proof.objective) == (oracle.unserved, moved, oracle.cost), (
                f"county {seed} {role}"
            )
            assert (proof.gap, proof.minimum_moves) == (0, moved)
            kept = {(r["household_id"], r["helper_id"]) for r in solution.pairs.to_pylist() if r["kept"]}
            assert kept & pairs_of(solution, role) == before & pairs_of(solution, role)
            rows_short = [row for row in solution.shortages.to_pylist() if row["role"] == role]
            assert sum(row["short"] for row in rows_short) == proof.unserved == proof.unserved_bound
            assert all(row["demand"] - row["places"] == row["short"] > 0 for row in rows_short)
            seen += Counter(short=proof.unserved > 0, ample=proof.unserved == 0, moved=moved > 0)
        assert seed % 4 or check(solution, *tables, previous=previous) == []
    assert all(seen[kind] > 0 for kind in ("short", "ample", "moved")), "the cases must hold all kinds"


@pytest.mark.proof(cases=300, slice=60)
def test_two_solvers_with_the_same_seed_find_the_same_pairs(cases, random_county, oracle_of):
    """The draws leave one best solution, so it does not matter who solves."""
    differs_by_seed, ran = 0, 0
    for seed in cases:
        ran += 1
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
                oracle = oracle_of(tables, role, balance=1, shift=shift, drawn=drawn, dear=2**48)
                assert pairs_of(solution, role) == oracle.chosen, f"county {seed} {role}"
            found.append(solution.pairs)
        differs_by_seed += not found[0].equals(found[1])
    assert differs_by_seed > ran // 6, "there must be ties for the seed to settle"


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
