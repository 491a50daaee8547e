"""求解: cadres and party members solved apart, each proven by separate code before anything is handed back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yixian.engines.pairing.assembling import RoleRun, solution_tables
from yixian.engines.pairing.breaches import Breach
from yixian.engines.pairing.checking import SolutionChecker
from yixian.engines.pairing.county import ROLES, County, Ints
from yixian.engines.pairing.fairness import fairness
from yixian.engines.pairing.flow import solve_flow
from yixian.engines.pairing.flow_state import empty_flow
from yixian.engines.pairing.network import role_network
from yixian.engines.pairing.pairing_errors import CostsTooLarge, ProofFailed
from yixian.engines.pairing.pairing_reader import read_county
from yixian.engines.pairing.previous import Previous, read_previous
from yixian.engines.pairing.proof import Bounds
from yixian.engines.pairing.shortages import find_shortages
from yixian.engines.pairing.solution import RoleProof, Solution, gone_columns
from yixian.lazy_imports import np, pa, pc

DEFAULT_BALANCE = 100
"""What each further household adds to the cost of a helper's next one, in the unit of the costs (say, metres)."""

MAX_SEED = 2**63 - 1

Stopwatch = Callable[[], float]


def solve(
    households: pa.Table,
    helpers: pa.Table,
    eligible: pa.Table,
    *,
    seed: int,
    balance: int = DEFAULT_BALANCE,
    previous: pa.Table | None = None,
    stopwatch: Stopwatch | None = None,
) -> Solution:
    """Stand one cadre and one party member (or ``demand`` of each) beside every household.

    Served first, then the fewest broken pairs of ``previous`` (columns ``household_id, helper_id[, role]``; see
    `yixian.engines.pairing.previous`), then least cost, then the least sum of seeded draws. Table columns are those of
    `yixian.engines.pairing.pairing_reader`; the order of rows does not matter. ``seed`` is 0 .. 2**63 - 1; ``balance`` is what
    each further household adds to the cost of a helper's next one, in every tier of difficulty, 0 for pure cost.
    ``stopwatch`` returns seconds and is only used to fill ``solver_seconds``.

    Raises `InputInvalid` naming every bad row, `CostsTooLarge`, or `ProofFailed` if the engine contradicts itself.
    """
    _refuse_parameters(seed, balance)
    county = read_county(households, helpers, eligible)
    before = None if previous is None else read_previous(county, previous)
    runs = [solve_role(county, role, seed, balance, before, stopwatch) for role in ROLES]
    checker = SolutionChecker(county, before, *solution_tables(county, runs))
    bounds = checker.check(seed=seed, balance=balance)
    if checker.breaches:
        raise ProofFailed(checker.breaches)
    return Solution(
        pairs=checker.pairs,
        unserved=checker.unserved,
        shortages=checker.shortages,
        shortage_members=checker.shortage_members,
        prices=checker.prices,
        gone=before.gone if before else gone_columns().empty_table(),
        proof={
            run.role: _proof(
                county, run.role, bounds[run.role], before, seed=seed, balance=balance, seconds=run.seconds
            )
            for run in runs
        },
        fairness=_fairness(county, checker.pairs),
    )


def warm_up() -> None:
    """Load the machine code, or compile it on the first run, so that a stopwatch only measures the solving."""
    households = pa.table(
        {
            "household_id": ["h"],
            "area_code": ["1"],
            "lon": [""],
            "lat": [""],
            "difficulty": [1],
            "demand": [1],
        }
    )
    helpers = pa.table(
        {"helper_id": ["p"], "role": ["cadre"], "body": [""], "lon": [""], "lat": [""], "places": [1]}
    )
    solve(households, helpers, pa.table({"household_id": ["h"], "helper_id": ["p"], "cost": [0]}), seed=0)


def check(
    solution: Solution,
    households: pa.Table,
    helpers: pa.Table,
    eligible: pa.Table,
    *,
    previous: pa.Table | None = None,
) -> list[Breach]:
    """Verify a solution with code the solver does not use; an empty list means that it is all it claims to be.

    Seed and balance are read from the solution's own proof; ``previous`` must be what it was solved with. Raises
    `InputInvalid` if a table is bad.
    """
    county = read_county(households, helpers, eligible)
    before = None if previous is None else read_previous(county, previous)
    claimed = next(iter(solution.proof.values()), None)
    if claimed is None or set(solution.proof) != set(ROLES):
        return [Breach("pairing.proof_missing", "", "", "proof: it must hold both roles")]
    if not 0 <= claimed.seed <= MAX_SEED or claimed.balance < 0:
        return [Breach("pairing.proof_parameters", "", "", "proof: no run can have this seed or balance")]
    checker = SolutionChecker(
        county,
        before,
        solution.pairs,
        solution.unserved,
        solution.shortages,
        solution.shortage_members,
        solution.prices,
    )
    bounds = checker.check(seed=claimed.seed, balance=claimed.balance)
    breaches = list(checker.breaches)
    for role, claim in solution.proof.items():
        if role in bounds:
            proven = _proof(
                county,
                role,
                bounds[role],
                before,
                seed=claimed.seed,
                balance=claimed.balance,
                seconds=claim.solver_seconds,
            )
            if proven != claim:
                breaches.append(
                    Breach("pairing.proof_figures", role, "", f"{role}: proof is not what was proven")
                )
    if not breaches and _fairness(county, solution.pairs) != solution.fairness:
        breaches.append(Breach("pairing.fairness_figures", "", "", "fairness: not what the pairs add up to"))
    return breaches


def _refuse_parameters(seed: int, balance: int) -> None:
    if not 0 <= seed <= MAX_SEED:
        raise ValueError(f"seed must be from 0 to {MAX_SEED}, not {seed}")
    if balance < 0:
        raise ValueError(f"balance must not be negative: {balance}")


def solve_role(
    county: County,
    role: str,
    seed: int,
    balance: int,
    before: Previous | None = None,
    stopwatch: Stopwatch | None = None,
) -> RoleRun:
    """One role solved, not yet proven. Raises `CostsTooLarge`."""
    began = stopwatch() if stopwatch else 0.0
    marks = before.tie if before else None
    network, helpers, edges = role_network(county, role, seed=seed, balance=balance, previous=marks)
    flow = empty_flow(network)
    if not solve_flow(network, flow):
        raise CostsTooLarge("prices outgrew 64 bits: state costs and balance in a coarser unit")
    shortages = find_shortages(network, flow)
    seconds = round(stopwatch() - began, 6) if stopwatch else None
    return RoleRun(role, helpers, edges, network, flow, shortages, seconds)


def _proof(
    county: County,
    role: str,
    bounds: Bounds,
    before: Previous | None,
    *,
    seed: int,
    balance: int,
    seconds: float | None,
) -> RoleProof:
    pairs_before = before.pairs[role] if before else 0
    return RoleProof(
        objective=bounds.objective,
        dual_bound=bounds.dual_bound,
        gap=bounds.objective - bounds.dual_bound,
        households=len(county.households),
        demand=bounds.demand,
        served=bounds.served,
        unserved=bounds.unserved,
        unserved_bound=bounds.unserved_bound,
        moved=pairs_before - bounds.kept,
        minimum_moves=pairs_before - bounds.kept_bound,
        seed=seed,
        balance=balance,
        solver_seconds=seconds,
    )


def _fairness(county: County, pairs: pa.Table) -> dict[str, dict[str, Any]]:
    """The figures of both roles."""
    figures = {}
    for role in ROLES:
        own = pairs.filter(pc.equal(pairs["role"], role))
        household = _positions(own["household_id"], county.households.ids)
        helper = _positions(own["helper_id"], county.helpers.ids)
        figures[role] = fairness(county, county.helpers_of_role(role), household, helper)
    return figures


def _positions(ids: pa.ChunkedArray, known: pa.Array) -> Ints:
    positions: Ints = pc.index_in(ids, value_set=known).to_numpy().astype(np.int64)
    return positions
