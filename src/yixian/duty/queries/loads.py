"""负担与距离: how many households the people of each body stand beside, out of how many places, and how far the way is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yixian.duty.models import Pairing, Stationing
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.access import area_reach, below
from yixian.registry.choices import HelperKind
from yixian.registry.models import Body, Helper


@dataclass(frozen=True, slots=True)
class Spread:
    """Half are at most ``p50``, nine in ten at most ``p90``, none is above ``most``. None where there is nothing."""

    p50: int | None = None
    p90: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class LoadView:
    """The people of one kind of a body, or of all bodies (``body`` None).

    ``households`` are all that they stand beside, ``load`` how many each has; ``way`` is in metres, of the households asked
    about. ``gini`` of load over places: 0 is even.
    """

    body: Body | None
    kind_label: str
    helpers: int
    households: int
    places: int
    load: Spread
    way: Spread
    gini: float | None

    @property
    def utilisation(self) -> int | None:
        """Households in per cent of places."""
        return round(100 * self.households / self.places) if self.places else None


@dataclass(frozen=True, slots=True)
class _One:
    helper_id: int
    body_id: int
    kind: str
    places: int


def loads(actor: Actor, *, on: date, area_path: str = "", body: Body | None = None) -> list[LoadView]:
    """Both kinds over all bodies first, then each body whose people work below an area; the fullest first.

    A body is there if somebody of it stands beside a household in reach there, or if it is stationed there.
    """
    counts, ways = _standing(area_reach(actor), on, area_path, body)
    helpers = _helpers(ways, on, area_path, body)
    groups: dict[tuple[int, str], list[_One]] = defaultdict(list)
    for one in helpers:
        groups[one.body_id, one.kind].append(one)
    bodies = Body.objects.in_bulk({key[0] for key in groups})
    rows = [_view(bodies[key[0]], key[1], members, counts, ways) for key, members in groups.items()]
    rows.sort(key=lambda row: (-(row.utilisation or 0), row.body.code if row.body else ""))
    whole = [
        _view(None, kind, [one for one in helpers if one.kind == kind], counts, ways) for kind in HelperKind
    ]
    return [*whole, *rows] if body is None else rows


def _standing(
    reach: tuple[str, ...], on: date, area_path: str, body: Body | None
) -> tuple[Counter[int], dict[int, list[int]]]:
    """By helper: how many households they stand beside anywhere (a figure, for staff), and the ways to those asked about."""
    rows = Pairing.objects.filter(in_force(on), in_force(on, "household__"), in_force(on, "helper__"))
    if body is not None:
        rows = rows.filter(helper__body=body)
    elif area_path:
        rows = rows.filter(helper__in=rows.filter(below(area_path)).values("helper"))
    counts: Counter[int] = Counter()
    ways: dict[int, list[int]] = defaultdict(list)
    for helper, path, metres in rows.order_by().values_list("helper_id", "area_path", "cost"):
        counts[helper] += 1
        if path.startswith(area_path) and path.startswith(reach):
            ways[helper].append(metres)
    return counts, ways


def _helpers(ways: dict[int, list[int]], on: date, area_path: str, body: Body | None) -> list[_One]:
    """Everybody of these bodies who is in service and can take households."""
    rows = Helper.objects.filter(in_force(on), places__gt=0)
    if body is not None:
        rows = rows.filter(body=body)
    columns = ("pk", "body_id", "kind", "places")
    found = [_One(*row) for row in rows.order_by("helper_no").values_list(*columns)]
    if body is not None:
        return found
    stationed = Stationing.objects.filter(in_force(on)).filter(below(area_path))
    here = {one.body_id for one in found if one.helper_id in ways} | set(
        stationed.values_list("body_id", flat=True)
    )
    return [one for one in found if one.body_id in here]


def _view(
    body: Body | None,
    kind: str,
    members: Sequence[_One],
    counts: Counter[int],
    ways: dict[int, list[int]],
) -> LoadView:
    load = [counts[one.helper_id] for one in members]
    places = [one.places for one in members]
    metres = [way for one in members for way in ways.get(one.helper_id, ())]
    return LoadView(
        body=body,
        kind_label=str(HelperKind(kind).label),
        helpers=len(members),
        households=sum(load),
        places=sum(places),
        load=spread(load),
        way=spread(metres),
        gini=gini([one / max(most, 1) for one, most in zip(load, places, strict=True)]),
    )


def spread(values: Sequence[int]) -> Spread:
    """Half, nine in ten and the most, each a value that occurs (the inverted distribution function)."""
    if not values:
        return Spread()
    ranked = sorted(values)
    return Spread(_at(ranked, 50), _at(ranked, 90), ranked[-1])


def _at(ranked: Sequence[int], per_cent: int) -> int:
    """The smallest value that at least so many per cent do not exceed."""
    return ranked[-(-per_cent * len(ranked) // 100) - 1]


def gini(values: Sequence[float]) -> float | None:
    """The Gini coefficient: 0 where all are alike, towards 1 where one has everything. None where there is nothing."""
    total = sum(values)
    if not total:
        return None
    count = len(values)
    ranked = sum(rank * value for rank, value in enumerate(sorted(values), start=1))
    return round(2 * ranked / (count * total) - (count + 1) / count, 3)
