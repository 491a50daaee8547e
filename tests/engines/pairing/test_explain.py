"""Counterfactuals beside solving everything anew with the pair forced."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pyarrow as pa
import pytest

from yixian.engines.pairing import ROLES, ActivePairs, UnknownId, explain, solve

ENOUGH = 10**6
NOBODY_UNSERVED_BEFORE = 75
"""In none of the counties drawn from smaller numbers does a pair that must be made leave another household without one."""


def with_one_each(tables):
    """Every household asks for one: then striking the other edges forces the pair."""
    place = tables.households.column_names.index("demand")
    ones = pa.array([1] * tables.households.num_rows)
    return replace(tables, households=tables.households.set_column(place, "demand", ones))


def only(tables, household, helper):
    """The tables with the household's every other eligible helper of the role struck, and the pair worth anything."""
    role = dict(zip(*(tables.helpers[name].to_pylist() for name in ("helper_id", "role")), strict=True))
    rows = [
        row
        | {"cost": row["cost"] - ENOUGH * (row["helper_id"] == helper and row["household_id"] == household)}
        for row in tables.eligible.to_pylist()
        if row["household_id"] != household
        or row["helper_id"] == helper
        or role[row["helper_id"]] != role[helper]
    ]
    return replace(tables, eligible=pa.Table.from_pylist(rows, schema=tables.eligible.schema))


def pairs_of(pairs, role):
    return {(r["household_id"], r["helper_id"]) for r in pairs.to_pylist() if r["role"] == role}


def some_household(tables, seed):
    return tables.households["household_id"][seed % tables.households.num_rows].as_py()


@pytest.mark.proof(cases=400, slice=40)
def test_equal_to_solving_anew_with_the_other_edges_deleted(cases, random_county):
    """Served, cost and every other household that moves."""
    seen = Counter()
    for seed in cases:
        tables, balance = with_one_each(random_county(seed, households=14)), seed % 3
        solution, household = solve(*tables, seed=seed, balance=balance), some_household(tables, seed)
        for role in ROLES:
            now, before = solution.proof[role], pairs_of(solution.pairs, role)
            for each in explain(solution, *tables, household=household, role=role).alternatives:
                anew = solve(*only(tables, household, each.helper_id), seed=seed, balance=balance)
                after = pairs_of(anew.pairs, role)
                assert each.possible == ((household, each.helper_id) in after)
                if each.possible:
                    assert each.added_unserved == anew.proof[role].unserved - now.unserved
                    assert each.added_cost == anew.proof[role].objective + ENOUGH - now.objective
                    others = {pair[0] for pair in before ^ after} - {household}
                    assert {move.household_id for move in each.moves} == others
                    assert each.others_moved == len(others)
                    seen += Counter(tie=each.tie, unserved=each.added_unserved > 0, moved=bool(others))
    assert all(seen[kind] > 0 for kind in ("tie", "unserved", "moved")), seen


@pytest.mark.parametrize("active", [False, True])
@pytest.mark.proof(cases=150, slice=40)
def test_with_a_previous_pairing_equal_to_another_solver_that_must_make_the_pair(
    cases, random_county, random_before, oracle_of, active
):
    """Served, broken pairs and cost; also of standing pairs, all of which count as previous."""
    seen = Counter()
    for case in cases:
        seed = case + NOBODY_UNSERVED_BEFORE
        tables = random_county(seed, households=14)
        previous = solve(*tables, seed=seed, balance=1).pairs if active else random_before(tables, seed)
        solution = solve(*tables, seed=seed, balance=1, previous=previous)
        held = ActivePairs(*tables, previous, seed=seed, balance=1)
        household = some_household(tables, seed)
        for role in ROLES:
            told = explain(solution, *tables, household=household, role=role, previous=previous)
            assert not active or told == held.explain(household, role=role)
            for each in told.alternatives:
                pair = household, each.helper_id
                before = pairs_of(previous, role)
                oracle = oracle_of(tables, role, balance=1, previous=before, forced=pair)
                assert each.possible == oracle.forced
                if each.possible:
                    now = solution.proof[role]
                    assert each.added_unserved == oracle.unserved - now.unserved
                    kept = sum(row["kept"] and row["role"] == role for row in solution.pairs.to_pylist())
                    assert each.added_broken == kept - oracle.kept
                    assert each.added_cost == oracle.cost - now.objective
                    seen += Counter(broken=each.added_broken > 0, unserved=each.added_unserved > 0)
    assert seen["broken"] > 10, seen
    assert seen["unserved"] > 0, seen


def test_the_helper_there_is_one_who_may_not_and_one_without_places(county_of):
    tables = county_of([1, 1], [1, 1, 0], {(0, 0): 800, (1, 0): 700, (0, 1): 900, (1, 1): 1500, (0, 2): 1})
    solution = solve(*tables, seed=1, balance=0)
    told = {
        helper: explain(solution, *tables, household="H0", instead=helper).alternatives[0]
        for helper in ("P0", "P1", "P2")
    }
    assert (told["P0"].nearer_by, told["P0"].added_cost, told["P0"].others_moved) == (100, 700, 1)
    assert (told["P1"].possible, told["P1"].added_cost, told["P1"].moves) == (True, 0, ())
    assert (told["P2"].eligible, told["P2"].possible) == (True, False)
    other = explain(solution, *tables, household="H1", instead="P2").alternatives[0]
    assert (other.eligible, other.possible) == (False, False)


def test_unknown_ids_are_refused(county_of):
    tables = county_of([1], [1], {(0, 0): 1})
    solution = solve(*tables, seed=1)
    with pytest.raises(UnknownId, match="household H9"):
        explain(solution, *tables, household="H9")
    with pytest.raises(UnknownId, match="helper P9"):
        explain(solution, *tables, household="H0", instead="P9")
