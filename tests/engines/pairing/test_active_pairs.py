"""One event after the other on standing pairs, each beside solving everything anew with the pairs before it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from yixian.engines.pairing import ROLES, ActivePairs, Arrival, NewHousehold, UnknownId, solve

EVENTS = 12
BALANCE = 2


class County:
    """The tables as they change, in plain rows."""

    def __init__(self, tables, seed):
        self.rng = np.random.default_rng(seed)
        self.households = {row["household_id"]: row for row in tables.households.to_pylist()}
        self.helpers = {row["helper_id"]: row for row in tables.helpers.to_pylist()}
        self.ties = {(r["household_id"], r["helper_id"]): r["cost"] for r in tables.eligible.to_pylist()}
        self.count = 0
        for helper in self.helpers.values() if seed % 4 else ():  # ample enough for somebody to be moved
            helper["places"] += 1

    def tables(self):
        helpers = [{"places_hard": None, "places_hardest": None} | row for row in self.helpers.values()]
        names = ("household_id", "area_code", "lon", "lat", "difficulty", "demand")
        columns = ("helper_id", "role", "body", "lon", "lat", "places", "places_hard", "places_hardest")
        return (
            pa.table({name: [row[name] for row in self.households.values()] for name in names}),
            pa.table({name: [row[name] for row in helpers] for name in columns}),
            pa.table(
                {
                    "household_id": pa.array([h for h, _ in self.ties], pa.string()),
                    "helper_id": pa.array([p for _, p in self.ties], pa.string()),
                    "cost": pa.array(list(self.ties.values()), pa.int64()),
                }
            ),
        )

    def some(self, of):
        return str(self.rng.choice(sorted(of))) if of else None

    def costs(self, of):
        return {name: int(self.rng.integers(-3, 30)) for name in of if self.rng.random() < 0.5}

    def happen(self, active):
        """One random event, to the tables and to the standing pairs."""
        kinds = ["leave", "arrive", "recuse", "allow", "add", "remove", "places"]
        kind = str(self.rng.choice(kinds))
        household, helper = self.some(self.households), self.some(self.helpers)
        self.count += 1
        if kind == "leave" and len(self.helpers) > 1:
            del self.helpers[helper]
            self.ties = {pair: cost for pair, cost in self.ties.items() if pair[1] != helper}
            return active.leave(helper)
        if kind == "arrive":
            return self._arrive(active)
        if kind == "recuse":
            self.ties.pop((household, helper), None)
            return active.recuse(household, helper)
        if kind == "allow" and (household, helper) not in self.ties:
            self.ties[household, helper] = 5
            return active.allow(household, helper, 5)
        if kind == "add":
            return self._add(active)
        if kind == "remove" and len(self.households) > 1:
            del self.households[household]
            self.ties = {pair: cost for pair, cost in self.ties.items() if pair[0] != household}
            return active.remove_household(household)
        places, hard, hardest = (int(n) for n in self.rng.integers(0, 5, 3))
        self.helpers[helper] |= {"places": places, "places_hard": hard, "places_hardest": hardest}
        return active.change_places(helper, places, hard=hard, hardest=hardest)

    def _arrive(self, active):
        name, role = f"N{self.count}", str(self.rng.choice(ROLES))
        places, hard = int(self.rng.integers(0, 3)), int(self.rng.integers(0, 3))
        self.helpers[name] = {"helper_id": name, "role": role, "body": "B", "lon": 103.0, "lat": 28.0} | {
            "places": places,
            "places_hard": hard,
        }
        ties = self.costs(self.households)
        self.ties |= {(household, name): cost for household, cost in ties.items()}
        return active.arrive(Arrival(name, role, places, hard), ties)

    def _add(self, active):
        name = f"新{self.count}"
        difficulty, demand = int(self.rng.integers(1, 4)), int(self.rng.integers(1, 3))
        self.households[name] = {
            "household_id": name,
            "area_code": "530625101",
            "lon": 103.0,
            "lat": 28.0,
        } | {
            "difficulty": difficulty,
            "demand": demand,
        }
        ties = self.costs(self.helpers)
        self.ties |= {(name, helper): cost for helper, cost in ties.items()}
        return active.add_household(NewHousehold(name, difficulty, demand), ties)


def rows_of(pairs):
    return {(r["household_id"], r["helper_id"], r["role"], r["cost"]) for r in pairs.to_pylist()}


def pairs_of(pairs):
    return {(pair.household_id, pair.helper_id, pair.role, pair.cost) for pair in pairs}


@pytest.mark.proof(cases=60, slice=10)
def test_every_event_moves_the_proven_minimum_and_finds_the_same_pairs(cases, random_county):
    moved = unserved = 0
    for seed in cases:
        county = County(random_county(seed, households=14, helpers=12), seed)
        solved = solve(*county.tables(), seed=seed, balance=BALANCE)
        active = ActivePairs(*county.tables(), solved.pairs, seed=seed, balance=BALANCE)
        assert (active.opening.began, active.opening.ended) == ((), ())
        before, proof = active.pairs(), solved.proof
        for _ in range(EVENTS):
            change = county.happen(active)
            solved = solve(*county.tables(), seed=seed, balance=BALANCE, previous=before)
            after = active.pairs()
            assert rows_of(after) == rows_of(solved.pairs)
            assert change.moved == sum(each.minimum_moves for each in solved.proof.values())
            assert change.unserved == {role: each.unserved for role, each in solved.proof.items()}
            assert pairs_of(change.began) == rows_of(after) - rows_of(before)
            assert pairs_of(change.ended) == rows_of(before) - rows_of(after)
            for field, told in (("objective", change.added_cost), ("unserved", change.added_unserved)):
                now, then = (sum(getattr(p, field) for p in each.values()) for each in (solved.proof, proof))
                assert told == now - then
            moved, unserved = moved + change.moved, unserved + sum(change.unserved.values())
            before, proof = after, solved.proof
    assert min(moved, unserved) > 20


@pytest.mark.proof(cases=200, slice=60)
def test_pairs_that_do_not_fit_any_more_are_put_right_when_it_is_set_up(cases, random_county, random_before):
    for seed in cases:
        tables = random_county(seed)
        before = random_before(tables, seed)
        solved = solve(*tables, seed=seed, balance=1, previous=before)
        active = ActivePairs(*tables, before, seed=seed, balance=1)
        assert rows_of(active.pairs()) == rows_of(solved.pairs)


def test_a_leaving_cadres_household_goes_to_the_nearest_free_place_and_nobody_moves(county_of):
    costs = {(0, 0): 10, (0, 1): 20, (1, 1): 10, (0, 2): 90}
    tables = county_of([1, 1], [1, 1, 1], costs)
    active = ActivePairs(*tables, solve(*tables, seed=1).pairs, seed=1, balance=100)
    change = active.leave("P0")
    assert [(p.household_id, p.helper_id, p.cost) for p in change.began] == [("H0", "P2", 90)]
    assert (change.moved, change.added_cost, change.added_unserved) == (1, 80, 0)


def test_more_households_than_the_scale_was_made_for(county_of):
    """Twenty times as many as at first: costs are scaled anew on the way, and nothing else changes."""
    tables = county_of([1], [60], {(0, 0): 5})
    active = ActivePairs(*tables, solve(*tables, seed=1, balance=1).pairs, seed=1, balance=1)
    for number in range(1, 40):
        active.add_household(NewHousehold(f"H{number}"), {"P0": number})
    costs = {(h, 0): h or 5 for h in range(40)}
    solved = solve(*county_of([1] * 40, [60], costs), seed=1, balance=1)
    assert rows_of(active.pairs()) == rows_of(solved.pairs)


def test_what_is_not_there_or_there_already_is_refused_and_nothing_changes(county_of):
    tables = county_of([1], [1], {(0, 0): 5})
    active = ActivePairs(*tables, solve(*tables, seed=1).pairs, seed=1, balance=100)
    for event in (
        lambda: active.leave("P9"),
        lambda: active.recuse("H9", "P0"),
        lambda: active.remove_household("H9"),
        lambda: active.change_places("P9", 3),
        lambda: active.arrive(Arrival("P5", "cadre", 1), {"H9": 1}),
        lambda: active.add_household(NewHousehold("H5"), {"P9": 1}),
        lambda: active.explain("H9"),
        lambda: active.explain("H0", instead="P9"),
    ):
        with pytest.raises(UnknownId, match="9"):
            event()
    for event in (
        lambda: active.allow("H0", "P0", 5),
        lambda: active.arrive(Arrival("P0", "cadre", 1), {}),
        lambda: active.arrive(Arrival("P5", "leader", 1), {}),
        lambda: active.arrive(Arrival("P5", "cadre", -1), {}),
        lambda: active.arrive(Arrival("P5", "cadre", 1), {"H0": 10**13}),
        lambda: active.add_household(NewHousehold("H0"), {}),
        lambda: active.add_household(NewHousehold("H5", difficulty=4), {}),
        lambda: active.change_places("P0", -1),
    ):
        with pytest.raises(ValueError, match=r"must|already|no role"):
            event()
    assert rows_of(active.pairs()) == {("H0", "P0", "cadre", 5)}
