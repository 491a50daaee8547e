"""缺口与补救: the shortages of a solved problem with their sentences and members, and what would end them, as kept with a run."""

from __future__ import annotations

from collections import Counter
from typing import Any

from yixian.duty.eligibility import Days
from yixian.duty.eligibility.possible import DEPARTMENT, possible_pairs
from yixian.duty.eligibility.whole import Problem
from yixian.engines.pairing import LANGUAGES, Solution, remedies, shortage_sentences
from yixian.lazy_imports import pc

_HOUSEHOLD, _HELPER = "household", "helper"


def shortages_of(problem: Problem, solution: Solution, days: Days) -> list[dict[str, Any]]:
    """Each shortage of the problem's own role, as the columns of `yixian.duty.models.PairingShortage`.

    ``household_ids`` are those who go without; ``remedies`` are ranked, figures alone: `yixian.duty.queries.runs` words them.
    """
    tables, role = problem.tables, problem.role.value
    rows = solution.shortages.filter(pc.equal(solution.shortages["role"], role)).to_pylist()
    if not rows:
        return []
    unserved = _unserved(solution, role)
    members = _members(solution)
    told = {lang: shortage_sentences(solution, tables.households, tables.helpers, lang) for lang in LANGUAGES}
    ranked = _remedies(problem, solution, [members[row["shortage_id"], _HOUSEHOLD] for row in rows], days)
    return [
        {
            "role": role,
            "households": row["households"],
            "helpers": row["helpers"],
            "places": row["places"],
            "short": row["short"],
            "household_ids": [tables.by_household_no[name].pk for name in unserved[row["shortage_id"]]],
            "helper_ids": [
                tables.by_helper_no[name].pk for name in members.get((row["shortage_id"], _HELPER), ())
            ],
            "sentences": {lang: sentences[row["shortage_id"]] for lang, sentences in told.items()},
            "remedies": ranked.get(row["shortage_id"], []),
        }
        for row in rows
    ]


def sentences_of(problem_tables: Any, solution: Solution, role: str, lang: str) -> list[str]:
    """The sentences of the shortages of one role."""
    told = shortage_sentences(solution, problem_tables.households, problem_tables.helpers, lang)
    own = solution.shortages.filter(pc.equal(solution.shortages["role"], role))["shortage_id"].to_pylist()
    return [told[name] for name in own]


def _unserved(solution: Solution, role: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in solution.unserved.to_pylist():
        if row["role"] == role:
            found.setdefault(row["shortage_id"], []).append(row["household_id"])
    return found


def _members(solution: Solution) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in solution.shortage_members.to_pylist():
        found.setdefault((row["shortage_id"], row["kind"]), []).append(row["id"])
    return found


def _remedies(
    problem: Problem, solution: Solution, groups: list[list[str]], days: Days
) -> dict[str, list[dict[str, Any]]]:
    tables = problem.tables
    load = Counter(solution.pairs["helper_id"].to_pylist())
    places = zip(tables.helpers["helper_id"].to_pylist(), tables.helpers["places"].to_pylist(), strict=True)
    free = {name: count - load[name] for name, count in places}
    possible = possible_pairs(tables, groups, free, days)
    table = remedies(solution, tables.households, tables.helpers, tables.edges, possible=possible)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        if row["role"] != problem.role or not row["households"]:
            continue
        kind, _, organisation = row["remedy"].partition(":")
        figures = {
            name: row[name] for name in ("households", "unserved_after", "added_places", "helpers", "moved")
        }
        organisation_id = int(organisation) if kind == DEPARTMENT else None
        found.setdefault(row["shortage_id"], []).append(
            {"kind": kind, "organisation_id": organisation_id} | figures
        )
    return found
