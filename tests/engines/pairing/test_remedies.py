"""Remedies of shortages: each gain beside solving everything anew with what it offers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from yixian.engines.pairing import (
    PLACES,
    ROLES,
    InputInvalid,
    remedies,
    remedy_sentences,
    shortage_sentences,
    solve,
)


def table(rows):
    names = ("household_id", "helper_id", "cost", "remedy")
    return pa.table({name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(names)})


def random_offers(tables, seed):
    rng = np.random.default_rng(seed)
    eligible = {(r["household_id"], r["helper_id"]) for r in tables.eligible.to_pylist()}
    return [
        (household, helper, str(rng.integers(0, 20)), str(rng.choice(["department", "interpreter"])))
        for household in tables.households["household_id"].to_pylist()
        for helper in tables.helpers["helper_id"].to_pylist()
        if (household, helper) not in eligible and rng.random() < 0.5
    ]


def with_offers(tables, offers):
    schema = tables.eligible.schema
    more = [{"household_id": h, "helper_id": p, "cost": int(cost)} for h, p, cost, _ in offers]
    return replace(tables, eligible=pa.concat_tables([tables.eligible, pa.Table.from_pylist(more, schema)]))


def with_places(tables, helpers, more):
    rows = tables.helpers.to_pylist()
    for row in rows:
        for column in ("places", "places_hard", "places_hardest"):
            if row["helper_id"] in helpers and row.get(column) is not None:
                row[column] += more
    return replace(tables, helpers=pa.Table.from_pylist(rows, tables.helpers.schema))


def members(solution, shortage, kind):
    rows = solution.shortage_members.to_pylist()
    return {row["id"] for row in rows if (row["shortage_id"], row["kind"]) == (shortage, kind)}


@pytest.mark.slow
def test_every_gain_is_what_solving_anew_with_the_pairs_kept_gains(random_county):
    tried = 0
    for seed in range(24):
        tables = random_county(seed)
        solution, offers = solve(*tables, seed=seed, balance=1), random_offers(tables, seed)
        role_of = dict(zip(*(tables.helpers[n].to_pylist() for n in ("helper_id", "role")), strict=True))
        found = remedies(solution, *tables, possible=table(offers)).to_pylist()
        for row in found:
            own = members(solution, row["shortage_id"], "household")
            short = next(s for s in solution.shortages.to_pylist() if s["shortage_id"] == row["shortage_id"])
            if row["remedy"] == PLACES:
                helpers = members(solution, row["shortage_id"], "helper")
                changed = with_places(tables, helpers, short["short"])
                assert row["added_places"] == row["households"]
            else:
                fits = [
                    o
                    for o in offers
                    if o[0] in own and o[3] == row["remedy"] and role_of[o[1]] == row["role"]
                ]
                changed = with_offers(tables, fits)
                assert (row["pairs"], row["added_places"]) == (len(fits), 0)
            anew = solve(*changed, seed=seed, balance=1, previous=solution.pairs).proof[row["role"]]
            was = solution.proof[row["role"]]
            assert row["households"] == was.unserved - anew.unserved
            assert (row["moved"], row["added_cost"]) == (anew.minimum_moves, anew.objective - was.objective)
            assert row["unserved_after"] == short["short"] - row["households"]
            tried += 1
        for shortage in {row["shortage_id"] for row in found}:
            own = [row for row in found if row["shortage_id"] == shortage]
            assert [row["rank"] for row in own] == list(range(1, len(own) + 1))
            order = [(-row["households"], row["added_cost"]) for row in own]
            assert order == sorted(order)
    assert tried > 50


@pytest.fixture(name="short")
def _short(county_of):
    """Three households share P0 and P1 with one place each; P2 has room and may stand beside H3 only."""
    costs = {(0, 0): 5, (1, 0): 6, (1, 1): 7, (2, 1): 9, (3, 2): 1}
    return county_of([1] * 4, [1, 1, 4], costs)


def test_remedies_are_ranked_and_told_in_both_languages(short):
    solution = solve(*short, seed=1, balance=0)
    offers = table([("H0", "P2", "90", "department")])
    found = remedies(solution, *short, possible=offers)
    own = [row for row in found.to_pylist() if row["shortage_id"] == "cadre-1"]
    assert [(r["remedy"], r["households"], r["added_places"], r["added_cost"]) for r in own] == [
        ("places", 1, 1, 9),
        ("department", 1, 0, 93),
    ]
    assert remedy_sentences(found, "en")[:2] == [
        "1 more place for 1 cadre of them: 1 household more served, still short 0.",
        "“department” (1 cadre, 1 pair): 1 household more served, moving 2 others, still short 0.",
    ]
    assert remedy_sentences(found, "zh")[:2] == [
        "给其中1名干部共加1个名额：多包1户，还缺0。",
        "“department”（1名干部，1对）：多包1户，另调动2户，还缺0。",
    ]


def test_shortages_are_told_in_both_languages(short):
    solution = solve(*short, seed=1)
    english = shortage_sentences(solution, short.households, short.helpers, "en")
    chinese = shortage_sentences(solution, short.households, short.helpers, "zh")
    assert english == {
        "cadre-1": "3 households in 1 village can be served only by these 2 cadres of 1 department, "
        "who have 2 places: short 1.",
        "member-1": "4 households in 1 village can be served by no party member at all: short 4.",
    }
    assert chinese == {
        "cadre-1": "1个村的3户只有1个单位的这2名干部可以包，他们只有2个名额：缺1。",
        "member-1": "1个村的4户没有一名党员可以包：缺4。",
    }


def test_a_shortage_of_places_for_difficult_households_says_so(county_of):
    tables = county_of([1, 1], [5], {(0, 0): 1, (1, 0): 1})
    hard = tables.households.set_column(4, "difficulty", pa.array([2, 3]))
    few = tables.helpers.append_column("places_hard", pa.array([1]))
    solution = solve(hard, few, tables.eligible, seed=1)
    row = next(r for r in solution.shortages.to_pylist() if r["role"] == "cadre")
    assert (row["households"], row["helpers"], row["places"], row["short"]) == (2, 1, 1, 1)
    told = shortage_sentences(solution, hard, few, "en")["cadre-1"]
    assert told.endswith("of 1 department, who has 1 place for such households (5 in all): short 1.")
    assert "收这样的户的1个名额（全部名额5个）" in shortage_sentences(solution, hard, few, "zh")["cadre-1"]


def test_bad_offers_are_all_named(short):
    solution = solve(*short, seed=1)
    offers = table([("H9", "P2", "1", "x"), ("H0", "P0", "1", "x"), ("H0", "P2", "1.5", "")])
    with pytest.raises(InputInvalid) as caught:
        remedies(solution, *short, possible=offers)
    assert {(fault.table, fault.row, fault.column) for fault in caught.value.faults} == {
        ("possible", 0, "household_id"),
        ("possible", 1, "helper_id"),
        ("possible", 2, "cost"),
        ("possible", 2, "remedy"),
    }


def test_nothing_short_needs_no_remedy(county_of):
    tables = county_of([1], [1], {(0, 0): 1})
    found = remedies(solve(*tables, seed=1), *tables)
    assert {row["role"] for row in found.to_pylist()} <= {role for role in ROLES if role != "cadre"}
