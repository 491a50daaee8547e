"""找人: who can stand beside households that need somebody, solved exactly among those who have a place left.

Nobody else is moved for it: with everybody served, that is the solution in which the fewest are moved. Where somebody
would go without, `yixian.duty.actions.pair_households` solves the whole place again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from yixian.duty.eligibility import Days, PairingTables, pairing_tables
from yixian.engines.pairing import Solution, shortage_sentences, solve
from yixian.kernel.languages import language
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

BALANCE_METRES = 50
"""Each further household of the same helper counts 50 m more, so that load spreads where distances are alike."""


@dataclass(frozen=True, slots=True)
class HelperMatch:
    """Somebody for a household. ``cost`` in metres."""

    household: Household
    helper: Helper
    cost: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found, who is left without, and what keeps it so, in sentences."""

    found: tuple[HelperMatch, ...]
    lacking: tuple[Household, ...]
    sentences: tuple[str, ...]


def find_helpers(
    households: Sequence[Household],
    role: HelperKind,
    days: Days,
    *,
    beyond: int = 0,
    standing_in: bool = False,
    without: Collection[int] = (),
) -> SearchResult:
    """Somebody of a role for each of these households on these days, served first, then nearest.

    ``households`` need ``area`` loaded. The seed of ties is the day itself, so that anybody can solve it again.
    """
    if not households:
        return SearchResult((), (), ())
    tables = pairing_tables(households, role, days, beyond=beyond, standing_in=standing_in, without=without)
    solution = solve(
        tables.households, tables.helpers, tables.edges, seed=seed_of(days.first), balance=BALANCE_METRES
    )
    return _read(tables, solution, role)


def seed_of(day: date) -> int:
    """The seed of a day: its date as a number, 20240305. Known to everybody before."""
    return day.year * 10_000 + day.month * 100 + day.day


def _read(tables: PairingTables, solution: Solution, role: HelperKind) -> SearchResult:
    found = tuple(
        HelperMatch(
            tables.by_household_no[row["household_id"]], tables.by_helper_no[row["helper_id"]], row["cost"]
        )
        for row in solution.pairs.to_pylist()
    )
    served = {one.household.pk for one in found}
    lacking = tuple(row for row in tables.by_household_no.values() if row.pk not in served)
    told = shortage_sentences(solution, tables.households, tables.helpers, language()) if lacking else {}
    own = {row["shortage_id"] for row in solution.unserved.to_pylist() if row["role"] == role}
    return SearchResult(found, lacking, tuple(text for shortage, text in told.items() if shortage in own))
