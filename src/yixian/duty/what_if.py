"""试算: what-if analysis — these people leave on a day, or households of difficulty 3 count double. Nothing is written.

A household that counts double takes two places of two different helpers (the engine's ``demand`` of 2); the units that go
unserved are the places short.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from yixian.domain.areas import AreaLevel, path_at
from yixian.duty.access import TRIERS
from yixian.duty.eligibility.whole import Problem, whole_problem
from yixian.duty.helper_search import BALANCE_METRES, seed_of
from yixian.duty.models import Pairing
from yixian.duty.shortages import sentences_of
from yixian.engines.pairing import LANGUAGES, Solution, solve
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.job_reports import Reporter, silent
from yixian.kernel.permission import require
from yixian.lazy_imports import pa
from yixian.registry.access import below, household_scope
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household

_HARDEST = 3
_FINDING = gettext_noop("Finding who can stand beside whom")
_SOLVING = gettext_noop("Solving it")


def what_if_leaving(
    helper_ids: Collection[int], area_path: str, *, on: date, actor: Actor, report: Reporter = silent
) -> dict[str, Any]:
    """If these helpers were gone from a day on, for the households in reach below an area; a part for each role.

    ``need``: households that would need somebody else; ``served``: of them, how many could have somebody; ``moved``: other
    households that would have to change; ``left``: ids of all who would go without, ``before`` of them already do.
    """
    require(actor, TRIERS)
    parts = []
    for step, role in enumerate(HelperKind):
        report(_FINDING, 2 * step, 4)
        scope = household_scope(actor).filter(below(area_path))
        problem = whole_problem(scope, role, on=on, without=helper_ids)
        report(_SOLVING, 2 * step + 1, 4)
        parts.append(_leaving(problem, _solved(problem, on), _needing(scope, helper_ids, role, on)))
    report(_SOLVING, 4, 4)
    return {"what": "leaving", "parts": parts}


def what_if_double(area_path: str, *, on: date, actor: Actor, report: Reporter = silent) -> dict[str, Any]:
    """If every household of difficulty 3 took two places, below an area; a part for each role.

    ``short``: places short; ``before``: those short with one place each; ``where``: by village path, the places short there.
    """
    require(actor, TRIERS)
    parts = []
    for step, role in enumerate(HelperKind):
        report(_FINDING, 2 * step, 4)
        problem = whole_problem(household_scope(actor).filter(below(area_path)), role, on=on)
        report(_SOLVING, 2 * step + 1, 4)
        parts.append(_doubled(problem, _solved(problem, on), _solved(problem, on, double=True)))
    report(_SOLVING, 4, 4)
    return {"what": "double", "parts": parts}


def _solved(problem: Problem, on: date, *, double: bool = False) -> Solution:
    tables = problem.tables
    households = _with_demand(tables.households) if double else tables.households
    return solve(
        households,
        tables.helpers,
        tables.edges,
        seed=seed_of(on),
        balance=BALANCE_METRES,
        previous=problem.previous,
    )


def _with_demand(households: pa.Table) -> pa.Table:
    demand = [2 if level == _HARDEST else 1 for level in households["difficulty"].to_pylist()]
    return households.append_column("demand", pa.array(demand, pa.int64()))


def _needing(scope: Any, helper_ids: Collection[int], role: HelperKind, on: date) -> set[int]:
    """The households that these people stand beside on the day."""
    rows = Pairing.objects.filter(in_force(on), role=role, helper__in=helper_ids, household__in=scope)
    return set(rows.filter(in_force(on, "household__")).values_list("household_id", flat=True))


def _leaving(problem: Problem, solution: Solution, need: set[int]) -> dict[str, Any]:
    left = {row.pk for row, _missing in _missing(problem, solution)}
    before = {row.pk for row in problem.lacking} - need
    moved = sum(not row["kept"] for row in solution.pairs.to_pylist() if _held(problem, row["household_id"]))
    return _part(problem, solution) | {
        "need": len(need),
        "served": len(need - left),
        "moved": moved,
        "left": sorted(left),
        "before": len(before),
    }


def _held(problem: Problem, household_no: str) -> bool:
    return problem.tables.by_household_no[household_no].pk in problem.held


def _doubled(problem: Problem, plain: Solution, doubled: Solution) -> dict[str, Any]:
    where: dict[str, int] = defaultdict(int)
    for household, missing in _missing(problem, doubled):
        where[path_at(household.area_path, AreaLevel.VILLAGE)] += missing
    households = problem.tables.by_household_no.values()
    return _part(problem, doubled) | {
        "households": len(households),
        "double": sum(row.difficulty == _HARDEST for row in households),
        "places": sum(problem.tables.helpers["places"].to_pylist()),
        "short": sum(where.values()),
        "before": sum(missing for _row, missing in _missing(problem, plain)),
        "where": dict(sorted(where.items(), key=lambda item: (-item[1], item[0]))),
    }


def _missing(problem: Problem, solution: Solution) -> list[tuple[Household, int]]:
    """The households of the problem's role that go without, and how many units each."""
    return [
        (problem.tables.by_household_no[row["household_id"]], row["missing"])
        for row in solution.unserved.to_pylist()
        if row["role"] == problem.role
    ]


def _part(problem: Problem, solution: Solution) -> dict[str, Any]:
    tables, role = problem.tables, problem.role.value
    told = {lang: sentences_of(tables, solution, role, lang) for lang in LANGUAGES}
    return {"role": role, "sentences": told}
