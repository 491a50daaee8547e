"""What a solution holds, on counties small enough to follow by hand."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.proofs import examples
from yixian.engines.pairing import CostsTooLarge, check, solve


def shuffled(table, seed):
    return table.take(pa.array(np.random.default_rng(seed).permutation(len(table))))


def cadres(table):
    return [row for row in table.to_pylist() if row["role"] == "cadre"]


def test_the_nearer_pair_yields_where_the_whole_gains(county_of):
    """H0 is a little nearer to P0, but H1 has nobody else near."""
    tables = county_of([1, 1], [1, 1], {(0, 0): 10, (0, 1): 12, (1, 0): 11, (1, 1): 90})
    solution = solve(*tables, seed=1, balance=0)
    assert [(r["household_id"], r["helper_id"], r["cost"]) for r in cadres(solution.pairs)] == [
        ("H0", "P1", 12),
        ("H1", "P0", 11),
    ]
    assert solution.proof["cadre"].objective == solution.proof["cadre"].dual_bound == 23


def test_balance_spreads_the_load_and_zero_does_not(county_of):
    costs = {(h, p): 10 * p for h in range(4) for p in range(2)}
    tables = county_of([1] * 4, [4, 4], costs)
    loads = {
        balance: [
            sum(r["helper_id"] == p for r in cadres(solve(*tables, seed=1, balance=balance).pairs))
            for p in ("P0", "P1")
        ]
        for balance in (0, 4, 100)
    }
    assert loads == {0: [4, 0], 4: [3, 1], 100: [2, 2]}


def test_a_shortage_names_its_households_and_helpers_and_nobody_else(county_of):
    """H0, H1, H2 share P0 and P1 with one place each; H3 has P2 to itself; H4 has nobody."""
    costs = {(0, 0): 5, (1, 0): 6, (1, 1): 7, (2, 1): 9, (3, 2): 1, (3, 0): 1}
    solution = solve(*county_of([1] * 5, [1, 1, 4], costs), seed=1)
    assert [{k: v for k, v in row.items() if k != "role"} for row in cadres(solution.shortages)] == [
        {"shortage_id": "cadre-1", "households": 3, "demand": 3, "helpers": 2, "places": 2, "short": 1},
        {"shortage_id": "cadre-2", "households": 1, "demand": 1, "helpers": 0, "places": 0, "short": 1},
    ]
    own = [r for r in solution.shortage_members.to_pylist() if r["shortage_id"] == "cadre-1"]
    assert [(r["kind"], r["id"]) for r in own] == [
        ("household", "H0"),
        ("household", "H1"),
        ("household", "H2"),
        ("helper", "P0"),
        ("helper", "P1"),
    ]
    assert [(r["household_id"], r["missing"]) for r in cadres(solution.unserved)] == [("H2", 1), ("H4", 1)]


def test_who_asks_for_two_gets_two_different_helpers(county_of):
    solution = solve(
        *county_of([2, 1], [5, 1], {(0, 0): 1, (0, 1): 50, (1, 0): 1, (1, 1): 1}), seed=1, balance=0
    )
    assert [(r["household_id"], r["helper_id"]) for r in cadres(solution.pairs)] == [
        ("H0", "P0"),
        ("H0", "P1"),
        ("H1", "P0"),
    ]


def test_more_asked_than_eligible_is_a_shortage_of_the_rest(county_of):
    solution = solve(*county_of([3], [9], {(0, 0): 1}), seed=1)
    proof = solution.proof["cadre"]
    assert (proof.households, proof.demand, proof.served, proof.unserved) == (1, 3, 1, 2)
    assert check(solution, *county_of([3], [9], {(0, 0): 1})) == []


def test_numbers_that_do_not_add_up_are_told_and_the_possible_is_kept(county_of):
    costs = {(h, p): h + p for h in range(12) for p in range(5)}
    solution = solve(*county_of([1] * 12, [2] * 5, costs), seed=1)
    assert solution.pairs.num_rows == 10
    (row,) = cadres(solution.shortages)
    assert (row["households"], row["helpers"], row["places"], row["short"]) == (12, 5, 10, 2)


def test_a_role_nobody_has_leaves_all_households_in_one_shortage(county_of):
    solution = solve(*county_of([1, 1], [2], {(0, 0): 1, (1, 0): 1}), seed=1)
    (row,) = [row for row in solution.shortages.to_pylist() if row["role"] == "member"]
    assert (row["shortage_id"], row["households"], row["helpers"], row["short"]) == ("member-1", 2, 0, 2)


def test_an_empty_county_is_solved(county_of):
    solution = solve(*county_of([], [], {}), seed=1)
    assert solution.pairs.num_rows == solution.shortages.num_rows == 0
    assert check(solution, *county_of([], [], {})) == []


@examples(60, gate=20)
@given(st.integers(10_000, 10**9), st.integers(0, 2**63 - 1))
def test_the_order_of_rows_does_not_matter(random_county, county, seed):
    tables = random_county(county)
    first = solve(*tables, seed=seed)
    again = solve(*(shuffled(table, county) for table in tables), seed=seed)
    assert first == again


@examples(60, gate=20)
@given(st.integers(10_000, 10**9))
def test_one_more_place_never_serves_fewer_and_at_most_one_more(random_county, county):
    tables = random_county(county)
    places = np.array(tables.helpers["places"].to_pylist())
    places[county % len(places)] += 1
    more = tables.helpers.set_column(5, "places", pa.array(places))
    served = [
        sum(
            proof.served
            for proof in solve(tables.households, helpers, tables.eligible, seed=0).proof.values()
        )
        for helpers in (tables.helpers, more)
    ]
    assert 0 <= served[1] - served[0] <= 1


def test_the_same_constant_on_every_cost_changes_no_pair(random_county):
    for county in range(40):
        tables = random_county(county)
        dearer = tables.eligible.set_column(
            2, "cost", pa.array([c + 1000 for c in tables.eligible["cost"].to_pylist()])
        )
        first = solve(*tables, seed=7)
        second = solve(tables.households, tables.helpers, dearer, seed=7)
        columns = ["household_id", "helper_id", "role"]
        assert first.pairs.select(columns) == second.pairs.select(columns)


def test_costs_that_cannot_be_added_exactly_are_refused(county_of):
    with pytest.raises(CostsTooLarge, match="coarser unit"):
        solve(*county_of([1] * 3, [9], {(0, 0): 10**12}), seed=1)


@pytest.mark.parametrize(("seed", "balance"), [(-1, 0), (2**63, 0), (0, -1)])
def test_parameters_out_of_bounds_are_refused(county_of, seed, balance):
    with pytest.raises(ValueError, match=r"(seed|balance) must"):
        solve(*county_of([1], [1], {(0, 0): 1}), seed=seed, balance=balance)
