"""Pairing at full size: an invented gorge county, every eligible pair, OR-Tools in the same run.

``python benchmarks/pairing.py [--repeat 5] [--households 12000] [--edges-per-household 39 86] [--places 6 5 4 3]``
prints one JSON line per case: medians of wall seconds of the solver (network built, flow found, shortages explained),
of the whole call (reading, both roles, proof, fairness) and of OR-Tools, the ratio, and the peak memory of this process
so far, OR-Tools included. Four places a cadre is exactly one a household, the hardest case; three is a true shortage.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from ortools.graph.python import min_cost_flow

from yixian.engines.pairing import CADRE, solve, warm_up
from yixian.engines.pairing.county import County
from yixian.engines.pairing.flow import solve_flow
from yixian.engines.pairing.flow_state import empty_flow
from yixian.engines.pairing.network import role_network
from yixian.engines.pairing.reading import read_county
from yixian.engines.pairing.shortages import find_shortages

VILLAGES = 110
DEPARTMENTS = 80
SEED = 2013
BALANCE = 100
UNSERVED_COST = 10**8


@dataclass(frozen=True)
class Tables:
    households: pa.Table
    helpers: pa.Table
    eligible: pa.Table


def gorge_county(households: int, edges: int, *, places: int, seed: int) -> Tables:
    """A county along a gorge: villages on a winding line, departments stationed in a few neighbouring villages each.

    About ``edges`` eligible pairs between households and cadres; each village has all its departments' cadres. Costs
    are metres along the gorge and up its side, with a penalty of 2 km on one pair in twenty; rows are shuffled.
    """
    rng = np.random.default_rng(seed)
    villages = max(VILLAGES * households // 12_000, 4)
    departments = max(DEPARTMENTS * households // 12_000, 3)
    helpers = households // 4
    along = np.sort(rng.random(villages)) * 180_000 * villages / VILLAGES
    village_of = np.sort(rng.integers(villages, size=households))
    place = along[village_of] + rng.normal(0, 900, households)
    height = rng.gamma(2, 700, households)
    department_of = rng.integers(departments, size=helpers)
    home = along[
        ((2 * np.arange(departments) + 1) * villages // (2 * departments))[department_of]
    ] + rng.normal(0, 3000, helpers)
    pair_household, pair_helper = _stationed(village_of, department_of, villages, departments, edges)
    metres = np.hypot(place[pair_household] - home[pair_helper], height[pair_household])
    cost = metres.astype(np.int64) + 2000 * (rng.random(len(metres)) < 0.05)
    order = rng.permutation(len(cost))
    household_id = np.char.add("H", np.arange(households).astype(str))
    helper_id = np.char.add("C", np.arange(helpers).astype(str))
    return Tables(
        pa.table(
            {
                "household_id": household_id,
                "area_code": [f"53062510{v:04d}" for v in village_of],
                "lon": (103.5 + place / 98_000).round(5),
                "lat": (28.2 + height / 111_000).round(5),
                "difficulty": rng.choice([1, 2, 3], households, p=[0.7, 0.2, 0.1]),
            }
        ),
        pa.table(
            {
                "helper_id": helper_id,
                "role": [CADRE] * helpers,
                "body": [f"D{d}" for d in department_of],
                "lon": (103.5 + home / 98_000).round(5),
                "lat": np.full(helpers, 28.2),
                "places": np.full(helpers, places),
            }
        ),
        pa.table(
            {
                "household_id": household_id[pair_household[order]],
                "helper_id": helper_id[pair_helper[order]],
                "cost": cost[order],
            }
        ),
    )


def _stationed(
    village_of: npt.NDArray[Any], department_of: npt.NDArray[Any], villages: int, departments: int, edges: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Every pair of a household and a cadre whose department is stationed in its village, about ``edges`` of them.

    Each department is stationed in the villages around its share of the line, one or more of them in a row, and every
    village has at least one department.
    """
    reach = edges * villages / len(village_of) / len(department_of)
    middle = (np.arange(departments) + 0.5) * villages / departments
    first = np.clip(np.round(middle - reach / 2), 0, villages - 1).astype(np.int64)
    last = np.clip(np.round(middle + reach / 2), first + 1, villages).astype(np.int64)
    households, helpers = [], []
    for helper, department in enumerate(department_of):
        low, high = np.searchsorted(village_of, [first[department], last[department]])
        households.append(np.arange(low, high))
        helpers.append(np.full(high - low, helper))
    return np.concatenate(households), np.concatenate(helpers)


def solver_seconds(county: County) -> tuple[float, int]:
    """The whole work on one role, as `solve` does it from arrays; and the units that go without."""
    began = time.perf_counter()
    network, _, _ = role_network(county, CADRE, seed=SEED, balance=BALANCE)
    flow = empty_flow(network)
    assert solve_flow(network, flow)
    find_shortages(network, flow)
    return time.perf_counter() - began, int(flow.missing.sum())


def call_seconds(tables: Tables) -> tuple[float, int, int]:
    """The whole call: reading, both roles, separate proof, fairness; with objective and gap."""
    began = time.perf_counter()
    solution = solve(tables.households, tables.helpers, tables.eligible, seed=SEED, balance=BALANCE)
    proof = solution.proof[CADRE]
    return time.perf_counter() - began, proof.objective, proof.gap


def oracle_seconds(county: County) -> tuple[float, int, int]:
    """OR-Tools on the same county without draws: seconds of building and solving; its objective and unserved."""
    began = time.perf_counter()
    households, places = len(county.households), county.helpers.places
    sink = households + len(places)
    flow = min_cost_flow.SimpleMinCostFlow()
    edges, everybody = np.ones(len(county.ties), np.int64), np.arange(households)
    flow.add_arcs_with_capacity_and_unit_cost(
        county.ties.household, households + county.ties.helper, edges, county.ties.cost
    )
    seats = np.repeat(np.arange(len(places)), places)
    turn = np.arange(len(seats)) - np.repeat(np.cumsum(places) - places, places)
    flow.add_arcs_with_capacity_and_unit_cost(
        households + seats, np.full(len(seats), sink), np.ones(len(seats), np.int64), turn * BALANCE
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
    return time.perf_counter() - began, flow.optimal_cost() - UNSERVED_COST * unserved, unserved


def measure(households: int, edges: int, *, places: int, repeat: int) -> dict[str, Any]:
    """One case, the solvers taking turns; fails if they disagree on cost or on how many can be served."""
    tables = gorge_county(households, edges, places=places, seed=SEED)
    county = read_county(tables.households, tables.helpers, tables.eligible)
    own, whole, other = [], [], []
    for _ in range(repeat):
        seconds, unserved = solver_seconds(county)
        own.append(seconds)
        seconds, objective, gap = call_seconds(tables)
        whole.append(seconds)
        seconds, oracle_objective, oracle_unserved = oracle_seconds(county)
        other.append(seconds)
        assert (unserved, objective, gap) == (oracle_unserved, oracle_objective, 0)
    return {
        "households": households,
        "eligible": len(county.ties),
        "places": int(county.helpers.places.sum()),
        "unserved": unserved,
        "objective": objective,
        "gap": gap,
        "solver_s": round(median(own), 3),
        "call_s": round(median(whole), 3),
        "ortools_s": round(median(other), 3),
        "ortools_over_solver": round(median(other) / median(own), 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Warm up, then run ample and scarce counties at both densities."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--households", type=int, default=12_000)
    parser.add_argument("--edges-per-household", type=int, nargs="+", default=[39, 86])
    parser.add_argument("--places", type=int, nargs="+", default=[6, 5, 4, 3])
    asked = parser.parse_args()
    began = time.perf_counter()
    warm_up()
    print(json.dumps({"loading_or_compiling_s": round(time.perf_counter() - began, 2)}))
    for per_household in asked.edges_per_household:
        for places in asked.places:
            edges = asked.households * per_household
            result = measure(asked.households, edges, places=places, repeat=asked.repeat)
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
