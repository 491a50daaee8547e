"""Pairing at full size: an invented gorge county, every eligible pair, OR-Tools in the same run.

``python -m benchmarks.pairing [--households 1200000 [--ortools-at-most 200000]] [--quick]`` prints one JSON line a
case. Each case runs in a process of its own, so that ``peak_mb`` is its own; medians of wall and of CPU seconds, the
solvers taking turns. Four places a cadre is exactly one a household, the hardest case.

cold      network built, flow found, shortages explained (``solver_s``); the whole call with reading, proof and fairness
          (``call_s``); OR-Tools on the same problem, tiers and balance included, which must find the same cost
leave     200 cadres, drawn anew, leave one after the other: milliseconds an event
leave_1   one cadre in a hundred leaves, solved anew with the old pairs as ``previous``: the moves are proven minimal
explain   the counterfactual of 200 households with their nearest other helpers, milliseconds a household
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa
from ortools.graph.python import min_cost_flow

from benchmarks.pairing_county import gorge_county, tables_of
from yixian.engines.pairing import CADRE, ActivePairs, explain, solve, warm_up
from yixian.engines.pairing.county import TIERS, County
from yixian.engines.pairing.flow import solve_flow
from yixian.engines.pairing.flow_state import empty_flow
from yixian.engines.pairing.network import role_network
from yixian.engines.pairing.shortages import find_shortages

SEED = 2013
BALANCE = 100
UNSERVED_COST = 10**8
EVENTS = 200

Case = dict[str, Any]


class Clock:
    """Wall and CPU seconds of each of several runs."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def time(self, run: Callable[[], Any]) -> Any:
        """What the run answers."""
        wall, cpu = time.perf_counter(), time.process_time()
        answer = run()
        self.wall.append(time.perf_counter() - wall)
        self.cpu.append(time.process_time() - cpu)
        return answer

    def told(self, name: str) -> Case:
        """Both medians under a name."""
        return {
            f"{name}_s": round(median(self.wall), 3),
            f"{name}_cpu_s": round(median(self.cpu), 3),
        }

    def spread(self) -> Case:
        """Milliseconds: median, 99th percentile and maximum of wall, and the median of CPU."""
        wall = np.sort(self.wall) * 1000
        return {
            "median_ms": round(float(np.median(wall)), 2),
            "p99_ms": round(float(wall[-(len(wall) // 100) - 1]), 2),
            "max_ms": round(float(wall[-1]), 2),
            "median_cpu_ms": round(1000 * median(self.cpu), 2),
        }


def solver(county: County) -> int:
    """The whole work on one role, as `solve` does it from arrays; the units that go without."""
    network, _, _ = role_network(county, CADRE, seed=SEED, balance=BALANCE)
    flow = empty_flow(network)
    assert solve_flow(network, flow)
    find_shortages(network, flow)
    return int(flow.missing.sum())


def oracle(county: County) -> tuple[int, int]:
    """OR-Tools on the same county without draws: its cost and the units that go without."""
    households, helpers = len(county.households), len(county.helpers)
    sink, everybody = households + helpers * TIERS, np.arange(households)
    tier = (county.households.difficulty - 1)[county.ties.household]
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        county.ties.household,
        households + county.ties.helper * TIERS + tier,
        np.ones(len(tier), np.int64),
        county.ties.cost,
    )
    places = county.helpers.tier_places.ravel()
    node = np.repeat(np.arange(len(places)), places)
    turn = np.arange(len(node)) - np.repeat(np.cumsum(places) - places, places)
    above = np.where(node % TIERS == 0, sink, households + node - 1)
    flow.add_arcs_with_capacity_and_unit_cost(
        households + node, above, np.ones(len(node), np.int64), turn * BALANCE
    )
    without = flow.add_arcs_with_capacity_and_unit_cost(
        everybody,
        np.full(households, sink),
        np.ones(households, np.int64),
        np.full(households, UNSERVED_COST, np.int64),
    )
    flow.set_nodes_supplies(everybody, county.households.demand)
    flow.set_node_supply(sink, -households)
    assert flow.solve() == flow.OPTIMAL
    unserved = int(flow.flows(without).sum())
    return flow.optimal_cost() - UNSERVED_COST * unserved, unserved


def cold(case: Case) -> Case:
    """One county, the solvers taking turns; fails if they disagree on cost or on how many can be served."""
    county = _county(case)
    own, whole, other = Clock(), Clock(), Clock()
    told: Case = {"eligible": len(county.ties), "all_places": int(county.helpers.places.sum())}
    tables = tables_of(county) if case["call"] else {}
    for _ in range(case["repeat"]):
        told["unserved"] = own.time(lambda: solver(county))
        if case["call"]:
            proof = whole.time(lambda: solve(**tables, seed=SEED, balance=BALANCE)).proof[CADRE]
            assert (proof.unserved, proof.gap) == (told["unserved"], 0)
            told |= {"objective": proof.objective, "gap": proof.gap}
        if case["ortools"]:
            cost, unserved = other.time(lambda: oracle(county))
            assert unserved == told["unserved"]
            assert cost == told.get("objective", cost)
    told |= own.told("solver")
    told |= whole.told("call") if whole.wall else {}
    if other.wall:
        told |= other.told("ortools")
        told["ortools_over_solver_cpu"] = round(median(other.cpu) / median(own.cpu), 2)
    return told


def leave(case: Case) -> Case:
    """Cadres leave one after the other."""
    tables = tables_of(_county(case))
    solved = solve(**tables, seed=SEED, balance=BALANCE)
    set_up, events = Clock(), Clock()
    standing = set_up.time(lambda: ActivePairs(**tables, pairs=solved.pairs, seed=SEED, balance=BALANCE))
    names = np.random.default_rng(SEED).permutation(tables["helpers"]["helper_id"].to_pylist()).tolist()
    standing.leave(names.pop())  # the first loads the code
    moved = sum(events.time(lambda: standing.leave(names.pop())).moved for _ in range(EVENTS))
    return set_up.told("set_up") | events.spread() | {"moved": moved}


def leave_many(case: Case) -> Case:
    """One cadre in a hundred leaves at once."""
    tables = tables_of(_county(case))
    solved = solve(**tables, seed=SEED, balance=BALANCE)
    staying = pa.array(np.random.default_rng(SEED).random(tables["helpers"].num_rows) >= 0.01)
    helpers = tables["helpers"].filter(staying)
    there = pa.compute.is_in(
        tables["eligible"]["helper_id"].cast(pa.string()), value_set=helpers["helper_id"].combine_chunks()
    )
    eligible, clock = tables["eligible"].filter(there), Clock()
    anew = clock.time(
        lambda: solve(
            tables["households"], helpers, eligible, seed=SEED, balance=BALANCE, previous=solved.pairs
        )
    )
    from_scratch = solve(tables["households"], helpers, eligible, seed=SEED, balance=BALANCE)
    before = {(r["household_id"], r["helper_id"]) for r in solved.pairs.to_pylist()}
    after = {(r["household_id"], r["helper_id"]) for r in from_scratch.pairs.to_pylist()}
    proof = anew.proof[CADRE]
    assert proof.moved == proof.minimum_moves
    told = {"left": tables["helpers"].num_rows - helpers.num_rows, "moved": proof.moved}
    return clock.told("call") | told | {"moved_if_solved_from_scratch": len(before - after)}


def explained(case: Case) -> Case:
    """Counterfactuals of standing pairs, and one asked of stored tables."""
    tables = tables_of(_county(case))
    solved = solve(**tables, seed=SEED, balance=BALANCE)
    standing = ActivePairs(**tables, pairs=solved.pairs, seed=SEED, balance=BALANCE)
    names = np.random.default_rng(SEED).permutation(tables["households"]["household_id"].to_pylist()).tolist()
    standing.explain(names.pop())
    events, stored = Clock(), Clock()
    compared = sum(
        len(events.time(lambda: standing.explain(names.pop())).alternatives) for _ in range(EVENTS)
    )
    stored.time(lambda: explain(solved, **tables, household=names[0]))
    return events.spread() | {"alternatives": compared} | stored.told("stored_tables")


def _county(case: Case) -> County:
    edges = case["households"] * case["edges_per_household"]
    return gorge_county(case["households"], edges, places=case["places"], seed=SEED)


def _run(case: Case) -> None:
    """One case, in this process."""
    warm_up()
    kinds = {"cold": cold, "leave": leave, "leave_1": leave_many, "explain": explained}
    told = case | kinds[case["kind"]](case)
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(told), flush=True)


def _cases(asked: argparse.Namespace) -> list[Case]:
    if asked.households:
        sizes = [(asked.households, 39, 5, 1)]
    else:
        repeat = 1 if asked.quick else 3
        sizes = [(12_000, edges, places, repeat) for edges in (39, 86) for places in (6, 5, 4)]
        sizes += [] if asked.quick else [(120_000, 39, 5, 1)]
    cases: list[Case] = []
    for households, edges, places, repeat in sizes:
        size = {"households": households, "edges_per_household": edges, "places": places}
        with_oracle = households <= asked.ortools_at_most
        cases.append(
            {"kind": "cold"}
            | size
            | {"repeat": repeat, "ortools": with_oracle, "call": not asked.solver_only}
        )
    small = {"households": 12_000, "places": 5}
    for kind in () if asked.households else ("leave", "leave_1", "explain"):
        cases += [{"kind": kind} | small | {"edges_per_household": edges} for edges in (39, 86)]
    return cases


def main() -> None:
    """Every case in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, help="only this size, cold, 39 pairs a household")
    parser.add_argument(
        "--ortools-at-most", type=int, default=200_000, help="households OR-Tools is asked for"
    )
    parser.add_argument("--solver-only", action="store_true", help="no whole call, only the solver")
    parser.add_argument("--quick", action="store_true", help="12,000 households only, once each")
    parser.add_argument("--case", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.case:
        _run(json.loads(asked.case))
        return
    for case in _cases(asked):
        subprocess.run([sys.executable, "-m", "benchmarks.pairing", "--case", json.dumps(case)], check=True)


if __name__ == "__main__":
    main()
