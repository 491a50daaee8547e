"""对比的各表: what a comparison found, read from its Parquet files — sums by place, item or head, and household by household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from yixian.domain.areas import AreaLevel, path_at
from yixian.domain.identity import household_number
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.memo import memoised
from yixian.kernel.result_sets import Order, ResultSet
from yixian.lazy_imports import pc, pq
from yixian.registry.access import Part, below, reached_by, roles_seeing
from yixian.registry.models import Area, Household, Person
from yixian.revisions.comparisons import folder_of
from yixian.revisions.models import RevisionComparison

GROUPS = ("areas", "items", "heads")

_HOUSEHOLDS = "households.parquet"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row of a comparison, in fen."""

    key: str
    households: int
    gaining: int
    losing: int
    old_fen: int
    new_fen: int
    difference_fen: int
    paid: str = "once"

    @property
    def percent(self) -> str:
        """The difference in per cent of what it was, to two decimals and rounded half-up; empty where it was nothing."""
        if not self.old_fen:
            return ""
        share = Decimal(self.difference_fen) * 100 / Decimal(self.old_fen)
        return f"{share.quantize(Decimal('0.01'), ROUND_HALF_UP):+}"


def compared_groups(comparison: RevisionComparison, group: str) -> list[ComparedRow]:
    """The comparison by ``items`` (key: item code, or the rule of a household's line) or ``heads``, as reckoned."""
    key = {"items": "item_code", "heads": "head"}[group]
    rows = pq.read_table(folder_of(comparison) / f"{group}.parquet").to_pylist()
    return [_compared(row[key] or row.get("rule") or "", row, paid=row.get("paid") or "once") for row in rows]


def compared_places(comparison: RevisionComparison, level: str) -> list[tuple[Area, ComparedRow]]:
    """The comparison by places of one level (township, village, group), each with its sums, in the order of places."""
    rows = pq.read_table(folder_of(comparison) / "areas.parquet").to_pylist()
    by_code = {row["area_code"]: row for row in rows}
    areas = {area.path: area for area in Area.objects.filter(path__startswith=comparison.revision.area.path)}
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_SUMS, 0))
    for path, area in areas.items():
        row, place = by_code.get(area.code), path_at(path, AreaLevel(level))
        if row is None or place not in areas or areas[place].level != level:
            continue
        for name in _SUMS:
            sums[place][name] += row[name] or 0
    return [(areas[path], _compared(areas[path].code, sums[path])) for path in sorted(sums)]


@dataclass(frozen=True, slots=True)
class ComparedHousehold:
    """A household as a comparison sees it, in fen; None for a sum that was withheld (``status``)."""

    pk: int
    household_no: str
    head_name: str
    area_path: str
    status: str
    old_fen: int | None
    new_fen: int | None
    difference_fen: int | None
    monthly_difference_fen: int | None
    place: str = ""


_MAX_NAMED = 1000
"""So many differing households are looked up by their numbers; where more differ, all in reach are gone through."""

_ORDERS: Mapping[str, Order] = {
    "name": ("head_name", "household_no"),
    "place": ("area_path", "household_no"),
    "old": ("old_fen",),
    "new": ("new_fen",),
    "difference": ("difference_fen",),
}


def compared_households(
    actor: Actor, comparison: RevisionComparison, *, order: str = "loss", search: str = ""
) -> ResultSet[ComparedHousehold]:
    """Households in reach whose sums differ or that have none to compare; those who lose most (or gain) first.

    Whoever could be calculated and no longer could be loses most. Whoever has no sum for another reason stands last.
    """
    file = folder_of(comparison) / _HOUSEHOLDS
    grants = actor.acting_as(roles_seeing(Part.ACCOUNT)).grants
    found = _in_reach(file, file.stat().st_mtime_ns, comparison.revision.area.path, order, grants)
    name, number = search.strip(), household_number(search)
    if number:
        found = [row for row in found if number in row.household_no or name in row.head_name]
    return ResultSet(found, _ORDERS, _with_places)


@memoised(Household, Person)
def _in_reach(
    file: Path, _written_ns: int, area_path: str, order: str, grants: tuple[Grant, ...]
) -> list[ComparedHousehold]:
    """Every household in the file that differs, of those at or below a place that these grants reach, in order."""
    rows = {row["household_id"]: row for row in _differing(file).to_pylist()}
    reached = reached_by(grants).filter(below(area_path))
    if len(rows) <= _MAX_NAMED:
        reached = reached.filter(household_no__in=rows)
    found = [
        ComparedHousehold(pk, no, name or "", path, **{key: rows[no][key] for key in _COMPARED})
        for pk, no, name, path in reached.values_list("pk", "household_no", "head__name", "area_path")
        if no in rows
    ]
    sign = -1 if order == "gain" else 1
    found.sort(key=lambda row: (_rank(row, order), sign * (row.difference_fen or 0), row.household_no))
    return found


def _rank(row: ComparedHousehold, order: str) -> int:
    if row.status == "compared":
        return 1
    return 0 if row.status == "newly_withheld" and order == "loss" else 2


_COMPARED = ("status", "old_fen", "new_fen", "difference_fen", "monthly_difference_fen")


def _differing(file: Path) -> Any:
    """The rows of a comparison's households, as an Arrow table, that are not as they were."""
    table = pq.read_table(file)
    differs = pc.not_equal(table.column("status"), "compared")
    for name in ("difference_fen", "monthly_difference_fen", "yearly_difference_fen"):
        differs = pc.or_kleene(differs, pc.not_equal(table.column(name), 0))  # null where a sum is withheld
    return table.filter(differs)


def _with_places(window: list[ComparedHousehold]) -> list[ComparedHousehold]:
    areas = {
        area.path: area.label for area in Area.objects.filter(path__in={row.area_path for row in window})
    }
    return [replace(row, place=areas[row.area_path]) for row in window]


def comparison_status(comparison: RevisionComparison, household_no: str) -> str:
    """How one household stands in a comparison: "compared" where it has a sum under both, else which sum is withheld."""
    table = pq.read_table(
        folder_of(comparison) / _HOUSEHOLDS,
        columns=["status"],
        filters=[("household_id", "=", household_no)],
    )
    return str(table.column("status")[0]) if table.num_rows else ""


def compared_lines(comparison: RevisionComparison, household_no: str) -> list[dict[str, Any]]:
    """The lines of one household that differ: rule, item, old, new and difference in fen, how often paid."""
    table = pq.read_table(
        folder_of(comparison) / "lines.parquet", filters=[("household_id", "=", household_no)]
    )
    return list(table.to_pylist())


def _compared(key: str, sums: Mapping[str, int | None], *, paid: str = "once") -> ComparedRow:
    households, gaining, losing, old_fen, new_fen, difference_fen = (sums[name] or 0 for name in _SUMS)
    return ComparedRow(key, households, gaining, losing, old_fen, new_fen, difference_fen, paid)


_SUMS = ("households", "gaining", "losing", "old_fen", "new_fen", "difference_fen")
