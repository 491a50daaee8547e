"""三级责任查询: which leaders and bodies stand with each township on a day, and where one of the tiers is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from yixian.domain.areas import AreaLevel, path_at, path_chain
from yixian.duty.choices import LeadershipKind
from yixian.duty.models import Leadership, Stationing
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.registry.access import below, household_scope
from yixian.registry.models import Area, Organisation


@dataclass(frozen=True, slots=True)
class Tier:
    """A township with its county leaders, its lead and the bodies stationed in it or below it.

    ``alone``: places with households in reach that no body is stationed with, at their own level or above.
    """

    township: Area
    leaders: list[Leadership]
    lead: Leadership | None
    stationings: list[Stationing]
    alone: list[Area]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return bool(self.leaders) and self.lead is not None and not self.alone


def tiers(actor: Actor, area_path: str, *, on: date) -> list[Tier]:
    """The townships with households in reach that an area holds, is, or lies in; those where something is missing first.

    "" asks for all in reach.
    """
    homes = household_scope(actor).filter(in_force(on)).filter(below(area_path)).order_by()
    paths = sorted(set(homes.values_list("area_path", flat=True).distinct()))
    by_township: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        by_township[path_at(path, AreaLevel.TOWNSHIP)].append(path)
    leaderships: dict[str, list[Leadership]] = defaultdict(list)
    rows = Leadership.objects.filter(in_force(on), area_path__in=by_township)
    for row in rows.select_related("helper__person", "helper__organisation").order_by("valid_from", "pk"):
        leaderships[row.area_path].append(row)
    stationings = _stationings(area_path, on)
    alone = _alone(paths, {row.area_path for rows in stationings.values() for row in rows})
    known = Area.objects.in_bulk(
        [*by_township, *(path for found in alone.values() for path in found)], field_name="path"
    )
    found = [
        _tier(known, path, leaderships[path], stationings.get(path, []), alone[path])
        for path in sorted(by_township)
        if path in known
    ]
    return sorted(found, key=lambda tier: tier.is_whole)


def _tier(
    known: dict[str, Area], path: str, rows: list[Leadership], stationings: list[Stationing], alone: list[str]
) -> Tier:
    return Tier(
        township=known[path],
        leaders=[row for row in rows if row.kind == LeadershipKind.COUNTY_LEADER],
        lead=next((row for row in rows if row.kind == LeadershipKind.TOWNSHIP_LEAD), None),
        stationings=stationings,
        alone=[known[place] for place in alone if place in known],
    )


@memoised(Stationing, Organisation, Area)
def _stationings(area_path: str, on: date) -> dict[str, list[Stationing]]:
    """By township, the bodies stationed at the area, below it or above it."""
    found: dict[str, list[Stationing]] = defaultdict(list)
    above = path_chain(area_path)
    rows = Stationing.objects.filter(in_force(on)).filter(below(path_at(area_path, AreaLevel.TOWNSHIP)))
    for row in rows.select_related("organisation", "area").order_by("area_path", "organisation__code"):
        if row.area_path.startswith(area_path) or row.area_path in above:
            found[path_at(row.area_path, AreaLevel.TOWNSHIP)].append(row)
    return dict(found)


def _alone(paths: list[str], stationed: set[str]) -> dict[str, list[str]]:
    """By township, the villages (or groups, where only some of a village's are) that no body is stationed with."""
    found: dict[str, list[str]] = defaultdict(list)
    villages: dict[str, list[bool]] = defaultdict(list)
    for path in paths:
        villages[path_at(path, AreaLevel.VILLAGE)].append(stationed.isdisjoint(path_chain(path)))
    for path in paths:
        village = path_at(path, AreaLevel.VILLAGE)
        place = village if all(villages[village]) else path
        township = path_at(path, AreaLevel.TOWNSHIP)
        if stationed.isdisjoint(path_chain(path)) and place not in found[township]:
            found[township].append(place)
    return found
