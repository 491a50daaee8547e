"""区划查询: the area tree as far as the actor reaches, with counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import LEVELS, SEGMENT, AreaLevel, path_chain
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.kernel.result_sets import ResultSet
from yixian.registry.access import area_reach, below, household_scope
from yixian.registry.choices import Eligibility
from yixian.registry.models import Area, AreaCode, HouseholdMember
from yixian.registry.register_read_models import RegisterTotals


def area_roots(actor: Actor) -> QuerySet[Area]:
    """The topmost areas the actor reaches as a whole."""
    reach = area_reach(actor)
    if "" in reach:
        return Area.objects.filter(parent=None)
    return Area.objects.filter(path__in=[path for path in reach if not _inside_another(path, reach)])


def first_forks(actor: Actor) -> list[Area]:
    """The topmost areas in reach, each followed down while there is but one way: where somebody's work spreads out."""
    forks = []
    for root in area_roots(actor):
        fork, children = root, list(area_children(actor, root)[:2])
        while len(children) == 1:
            fork, children = children[0], list(area_children(actor, children[0])[:2])
        forks.append(fork)
    return forks


def reached_areas(actor: Actor) -> QuerySet[Area]:
    """Every area the actor reaches as a whole."""
    return _reached(area_reach(actor))


def _reached(reach: tuple[str, ...]) -> QuerySet[Area]:
    found = Q(pk__in=())
    for path in reach:
        if not path:
            return Area.objects.all()
        found |= below(path, "path")
    return Area.objects.filter(found)


def work_places(actor: Actor) -> list[Area]:
    """Counties and townships in reach, for which work can be asked; the largest first."""
    rows = reached_areas(actor).filter(level__in=(AreaLevel.COUNTY, AreaLevel.TOWNSHIP))
    return sorted(rows, key=lambda area: (len(area.path), area.path))


def reached_by_path(actor: Actor, paths: Collection[str]) -> dict[str, Area]:
    """Those of these paths that the actor reaches, by path."""
    return {area.path: area for area in reached_areas(actor).filter(path__in=paths)}


def villages(actor: Actor) -> list[Area]:
    """Villages in reach, with their township, by place."""
    return list(
        reached_areas(actor).filter(level=AreaLevel.VILLAGE).select_related("parent").order_by("path")
    )


def area_options(
    actor: Actor, levels: Collection[AreaLevel], *, chosen: int = 0
) -> list[tuple[int, str, str]]:
    """Places in reach to choose from as (id, label, path), each below what it lies in; one chosen at another level as well."""
    return list(_options(area_reach(actor), tuple(levels), chosen))


@memoised(Area)
def _options(
    reach: tuple[str, ...], levels: tuple[AreaLevel, ...], chosen: int
) -> tuple[tuple[int, str, str], ...]:
    rows = _reached(reach).filter(Q(level__in=levels) | Q(pk=chosen)).order_by("path")
    return tuple((area.pk, area.label, area.path) for area in rows)


def get_area(actor: Actor, area_id: int) -> Area:
    """One area in reach. Raises `NotFound`."""
    area = reached_areas(actor).filter(pk=area_id).first()
    if area is None:
        raise NotFound("area.not_found", _("There is no such area."))
    return area


def areas_named(actor: Actor, search: str) -> ResultSet[Area]:
    """Areas in reach that bear a text in their name, or have borne it as their code; from the county down."""
    named = Q(name__icontains=search) | Q(name_en__icontains=search) | Q(codes__code=search)
    rows = reached_areas(actor).filter(named).distinct() if search.strip() else Area.objects.none()
    return ResultSet(rows.select_related("parent").order_by("path"))


def area_children(actor: Actor, area: Area) -> QuerySet[Area]:
    """The areas directly below one in reach."""
    return reached_areas(actor).filter(parent=area)


def places_within(area: Area) -> list[Area]:
    """The places directly below one. Names of places are public."""
    return list(Area.objects.filter(parent=area))


def area_chain(area: Area) -> list[Area]:
    """The areas above, topmost first. Names of places are public."""
    return list(_above(area.path))


@memoised(Area)
def _above(path: str) -> tuple[Area, ...]:
    return tuple(Area.objects.filter(path__in=path_chain(path)[:-1]))


def places_down_to(level: AreaLevel) -> list[Area]:
    """All places down to a level, for choosing one, each below the one it belongs to. Names of places are public."""
    return list(Area.objects.filter(level__in=LEVELS[: LEVELS.index(level) + 1]).order_by("path"))


def area_names(paths: Collection[str]) -> dict[str, str]:
    """What the areas at these paths are called in the language of the page. Names of places are public."""
    return {area.path: area.label for area in Area.objects.filter(path__in=paths)}


@memoised(Area)
def area_labels() -> dict[int, str]:
    """What every area is called in the language of the page, by id. Names of places are public."""
    return {area.pk: area.label for area in Area.objects.only("name", "name_en")}


def area_codes(area: Area) -> QuerySet[AreaCode]:
    """The codes the area has borne, latest first."""
    return area.codes.order_by("-valid_from", "-pk")


def area_register_totals(actor: Actor, area: Area, *, on: date) -> RegisterTotals:
    """Households, persons and resettled persons of an area on a day, and per area directly below."""
    end = len(area.path) + SEGMENT
    reached = household_scope(actor).filter(in_force(on)).filter(below(area.path))
    people = HouseholdMember.objects.filter(in_force(on), household__in=reached.values("pk"))
    household_counts = _by_prefix(reached, "area_path", end)
    person_counts = _by_prefix(people, "household__area_path", end)
    children = [
        (child, household_counts.get(child.path, 0), person_counts.get(child.path, 0))
        for child in area_children(actor, area)
    ]
    eligible = people.filter(eligibility__in=(Eligibility.ELIGIBLE, Eligibility.ACCOMPANYING)).count()
    return RegisterTotals(
        households=sum(household_counts.values()),
        persons=sum(person_counts.values()),
        eligible_persons=eligible,
        by_child=children,
    )


def _by_prefix(rows: QuerySet, field: str, end: int) -> dict[str, int]:  # type: ignore[type-arg]
    prefix = Substr(field, 1, end)
    counted = rows.order_by().annotate(prefix=prefix).values("prefix").annotate(count=Count("pk"))
    return {row["prefix"]: row["count"] for row in counted}


def _inside_another(path: str, reach: tuple[str, ...]) -> bool:
    return any(path != other and path.startswith(other) for other in reach)
