"""预编译: ahead-of-time warm-up — every compiled function with every kind of argument it is called with, once.

Numba compiles a function anew for each combination of argument types, here mainly with and without previous pairs. One
small county goes through everything the engine offers; what is kept on disk is keyed by the sources and Numba's version.
"""

from __future__ import annotations

from yixian.engines.pairing.active_pairs import ActivePairs, Arrival, NewHousehold
from yixian.engines.pairing.county import CADRE, MEMBER
from yixian.engines.pairing.explain import explain
from yixian.engines.pairing.shortage_remedies import remedies
from yixian.engines.pairing.solve import solve
from yixian.lazy_imports import pa


def precompile() -> None:
    """Compile what is not compiled yet; with a full cache a moment's work."""
    tables = _tables()
    possible = pa.table(
        {"household_id": ["h4", "h3"], "helper_id": ["c2"] * 2, "cost": [7, 8], "remedy": ["elsewhere"] * 2}
    )
    before = pa.table({"household_id": ["h2", "h3"], "helper_id": ["c1", "c1"]})
    for previous in (None, before):
        solution = solve(*tables, seed=1, previous=previous)
        for household in ("h1", "h2", "h3", "h4"):
            explain(solution, *tables, household=household, previous=previous)
        explain(solution, *tables, household="h1", instead="c1", previous=previous)
        remedies(solution, *tables, possible=possible)
    _settle_after_changes(ActivePairs(*tables, before, seed=1, balance=100))


def _tables() -> tuple[pa.Table, pa.Table, pa.Table]:
    """Four households, one of which must go without, helpers of both roles, and who may stand beside whom."""
    households = {
        "household_id": ["h1", "h2", "h3", "h4"],
        "area_code": ["1"] * 4,
        "lon": [""] * 4,
        "lat": [""] * 4,
        "difficulty": [1, 2, 3, 1],
        "demand": [1, 1, 1, 2],
    }
    helpers = {
        "helper_id": ["c1", "c2", "m1"],
        "role": [CADRE, CADRE, MEMBER],
        "body": [""] * 3,
        "lon": [""] * 3,
        "lat": [""] * 3,
        "places": [2, 1, 1],
    }
    eligible = {
        "household_id": ["h1", "h1", "h2", "h2", "h3", "h4", "h1"],
        "helper_id": ["c1", "c2", "c1", "c2", "c1", "c1", "m1"],
        "cost": [3, 1, 2, 2, 5, 4, 0],
    }
    return pa.table(households), pa.table(helpers), pa.table(eligible)


def _settle_after_changes(active: ActivePairs) -> None:
    active.explain("h1")
    active.arrive(Arrival("c3", CADRE, 2, None, None), {"h1": 1, "h4": 2})
    active.recuse("h2", "c1")
    active.allow("h3", "c2", 4)
    active.add_household(NewHousehold("h5", 2, 1), {"c2": 1, "c3": 3})
    active.remove_household("h3")
    active.change_places("c2", 2)
    active.leave("c1")
