"""负担与距离: how many households the people of each body stand beside, out of how many places, and how far the way is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from django.db.models import Q, QuerySet

from yixian.domain.areas import path_range
from yixian.duty.models import Pairing, Stationing
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.registry.access import area_reach, below
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household, Organisation


@dataclass(frozen=True, slots=True)
class Spread:
    """Half are at most ``p50``, nine in ten at most ``p90``, none is above ``most``. None where there is nothing."""

    p50: int | None = None
    p90: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class LoadView:
    """The people of one kind of a body, or of all bodies (``organisation`` None).

    ``households`` are all that they stand beside, ``loads`` how many each has and out of how many places; ``ways_of`` are
    each one's ways in metres to the households asked about. How they are spread is worked out when it is asked for: a board
    shows a few of two hundred bodies.
    """

    organisation: Organisation | None
    kind_label: str
    helpers: int
    households: int
    places: int
    loads: tuple[tuple[int, int], ...]
    ways_of: tuple[Sequence[int], ...]

    @property
    def ways(self) -> list[int]:
        """Every way, in metres."""
        return list(chain.from_iterable(self.ways_of))

    @cached_property
    def load(self) -> Spread:
        """How many households each has."""
        return spread([have for have, _places in self.loads])

    @cached_property
    def way(self) -> Spread:
        """How far it is to them."""
        return spread(self.ways)

    @cached_property
    def gini(self) -> float | None:
        """How uneven the load over places is: 0 is even."""
        return gini([have / max(places, 1) for have, places in self.loads])

    @property
    def utilisation(self) -> int | None:
        """Households in per cent of places."""
        return round(100 * self.households / self.places) if self.places else None


@dataclass(frozen=True, slots=True)
class _One:
    helper_id: int
    organisation_id: int
    kind: str
    places: int


def loads(
    actor: Actor, *, on: date, area_path: str = "", organisation: Organisation | None = None
) -> list[LoadView]:
    """Both kinds over all bodies first, then each body whose people work below an area; the fullest first.

    A body is there if somebody of it stands beside a household in reach there, or if it is stationed there.
    """
    return list(_loads(area_reach(actor), on, area_path, organisation.pk if organisation else None))


@memoised(Pairing, Stationing, Helper, Household, Organisation)
def _loads(
    reach: tuple[str, ...], on: date, area_path: str, organisation_id: int | None
) -> tuple[LoadView, ...]:
    """The same for everybody who reaches these places."""
    counts, ways = _loads_and_ways(reach, on, area_path, organisation_id)
    helpers = _helpers(ways, on, area_path, organisation_id)
    groups: dict[tuple[int, str], list[_One]] = defaultdict(list)
    for one in helpers:
        groups[one.organisation_id, one.kind].append(one)
    organisations = Organisation.objects.in_bulk({key[0] for key in groups})
    rows = [_view(organisations[key[0]], key[1], members, counts, ways) for key, members in groups.items()]
    rows.sort(key=lambda row: (-(row.utilisation or 0), row.organisation.code if row.organisation else ""))
    whole = [
        _view(None, kind, [one for one in helpers if one.kind == kind], counts, ways) for kind in HelperKind
    ]
    return (*whole, *rows) if organisation_id is None else tuple(rows)


def _loads_and_ways(
    reach: tuple[str, ...], on: date, area_path: str, organisation_id: int | None
) -> tuple[Counter[int], dict[int, list[int]]]:
    """By helper: how many households they stand beside anywhere (a figure, for staff), and the ways to those asked about."""
    rows, everything = _in_force(on), "" in reach and _is_everything(area_path)
    if organisation_id is not None:
        rows = rows.filter(helper__organisation=organisation_id)
    elif not everything and area_path:
        rows = rows.filter(_of_those_working_in(area_path, rows, on))
    ways: dict[int, list[int]] = defaultdict(list)
    if everything:  # the places need not be read
        for helper, metres in rows.values_list("helper_id", "cost"):
            ways[helper].append(metres)
        return Counter({helper: len(known) for helper, known in ways.items()}), ways
    counts: Counter[int] = Counter()
    for helper, path, metres in rows.values_list("helper_id", "area_path", "cost"):
        counts[helper] += 1
        if path.startswith(area_path) and path.startswith(reach):
            ways[helper].append(metres)
    return counts, ways


def _of_those_working_in(area_path: str, rows: QuerySet[Pairing], on: date) -> Q:
    """Pairings of every body that works below an area: of its people who stand beside nobody there as well."""
    beside = rows.filter(below(area_path)).values("helper__organisation")
    stationed = Stationing.objects.filter(in_force(on)).filter(below(area_path)).values("organisation")
    return Q(helper__organisation__in=beside) | Q(helper__organisation__in=stationed)


def _is_everything(area_path: str) -> bool:
    """Whether no pairing lies outside an area: so of the county itself, where one county is all there is."""
    if not area_path:
        return True
    low, high = path_range(area_path)
    return not any(
        Pairing.objects.filter(outside).exists() for outside in (Q(area_path__lt=low), Q(area_path__gte=high))
    )


def _in_force(on: date) -> QuerySet[Pairing]:
    """Pairings in force of helpers in service and households in the register; the few others are looked up and left out."""
    rows = Pairing.objects.filter(in_force(on)).order_by()
    rows = rows.exclude(helper_id__in=Helper.objects.exclude(in_force(on)).values("pk"))
    return rows.exclude(household_id__in=Household.objects.exclude(in_force(on)).values("pk"))


def _helpers(ways: dict[int, list[int]], on: date, area_path: str, organisation_id: int | None) -> list[_One]:
    """Everybody of these bodies who is in service and can take households."""
    rows = Helper.objects.filter(in_force(on), places__gt=0)
    if organisation_id is not None:
        rows = rows.filter(organisation=organisation_id)
    columns = ("pk", "organisation_id", "kind", "places")
    found = [_One(*row) for row in rows.order_by("helper_no").values_list(*columns)]
    if organisation_id is not None:
        return found
    stationed = Stationing.objects.filter(in_force(on)).filter(below(area_path))
    here = {one.organisation_id for one in found if one.helper_id in ways} | set(
        stationed.values_list("organisation_id", flat=True)
    )
    return [one for one in found if one.organisation_id in here]


def _view(
    organisation: Organisation | None,
    kind: str,
    members: Sequence[_One],
    counts: Counter[int],
    ways: dict[int, list[int]],
) -> LoadView:
    load = tuple((counts[one.helper_id], one.places) for one in members)
    return LoadView(
        organisation=organisation,
        kind_label=str(HelperKind(kind).label),
        helpers=len(members),
        households=sum(have for have, _places in load),
        places=sum(one.places for one in members),
        loads=load,
        ways_of=tuple(ways[one.helper_id] for one in members if one.helper_id in ways),
    )


def spread(values: Sequence[int]) -> Spread:
    """Half, nine in ten and the most, each a value that occurs."""
    if not values:
        return Spread()
    ranked = sorted(values)
    p50, p90 = (ranked[-(-percent * len(ranked) // 100) - 1] for percent in (50, 90))
    return Spread(p50, p90, ranked[-1])


def gini(values: Sequence[float]) -> float | None:
    """The Gini coefficient: 0 where all are alike, towards 1 where one has everything. None where there is nothing."""
    total, count = sum(values), len(values)
    if not total:
        return None
    weighed = sum(rank * value for rank, value in enumerate(sorted(values), 1))
    return round(2 * weighed / (count * total) - (count + 1) / count, 3)
