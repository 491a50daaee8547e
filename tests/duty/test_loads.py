"""负担与距离: what a board counts is what a plain count over every pairing finds, for every reader and place."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.duty.place import SYSTEM, TODAY, Place, make_helper, make_place
from tests.factories import make_area, make_household, make_organisation
from yixian.duty.models import Pairing, Stationing
from yixian.duty.queries import LoadView, loads
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.roles import Role
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household, Organisation

pytestmark = pytest.mark.django_db

GONE = TODAY - timedelta(days=3)


@pytest.fixture
def place() -> Place:
    """Several bodies in two townships, some people and households gone, one body stationed without anybody beside a household."""
    chance = random.Random(7)
    found = make_place(cadres=4, members=3, households=6)
    other = make_area(make_area(make_area(found.county, "远山镇"), "远山村"), "远山一组")
    found.households += [make_household(other) for _one in range(5)]
    bodies = [found.department, *(make_organisation(found.county) for _one in range(3))]
    helpers = [*found.cadres, *found.members]
    for number in range(12):
        kind = HelperKind.CADRE if number % 2 else HelperKind.PARTY_MEMBER
        helpers.append(
            make_helper(kind, chance.choice(bodies), places=chance.randrange(5), at=chance.randrange(9))
        )
    idle = make_organisation(found.county)
    make_helper(HelperKind.CADRE, idle)
    make_organisation(found.county)
    Stationing.objects.create(
        organisation=idle, area=found.villages[0], area_path=found.villages[0].path, valid_from=GONE
    )
    for household in found.households:
        for helper in chance.sample(helpers, 4):
            Pairing.objects.create(
                household=household, helper=helper, role=helper.kind, part="backup", area_path=household.area_path,
                cost=chance.randrange(9000), valid_from=GONE - timedelta(days=9), began_because="nearest",
                valid_until=chance.choice((None, None, GONE, TODAY + timedelta(days=5))),
            )  # fmt: skip
    Helper.objects.filter(pk__in=[helpers[0].pk, helpers[-1].pk]).update(valid_until=GONE)
    Household.objects.filter(pk=found.households[0].pk).update(valid_until=GONE)
    return found


@dataclass(frozen=True)
class Plain:
    """A row as a plain count has it."""

    organisation: str
    kind: str
    figures: tuple[int, int, int]
    each: list[tuple[int, int]]
    ways: list[int]


def counted(reach: tuple[str, ...], path: str, organisation: Organisation | None = None) -> list[Plain]:
    """From the rows alone, one by one."""
    stands, ways = defaultdict(int), defaultdict(list)
    for row in Pairing.objects.select_related("helper", "household"):
        if _holds(row) and _holds(row.helper) and _holds(row.household):
            stands[row.helper_id] += 1
            if row.area_path.startswith(path) and row.area_path.startswith(reach):
                ways[row.helper_id].append(row.cost)
    able = [row for row in Helper.objects.order_by("helper_no") if row.places and _holds(row)]
    here = {row.organisation_id for row in able if row.pk in ways}
    here |= {row.organisation_id for row in Stationing.objects.all() if row.area_path.startswith(path)}
    if organisation is not None:
        here = {organisation.pk}
    groups: dict[tuple[str, str], list[Helper]] = defaultdict(list)
    codes = dict(Organisation.objects.values_list("pk", "code"))
    for row in able:
        if row.organisation_id in here:
            groups[codes[row.organisation_id], row.kind].append(row)
            groups["", row.kind].append(row)
    return [
        Plain(
            code,
            kind,
            (len(rows), sum(stands[row.pk] for row in rows), sum(row.places for row in rows)),
            sorted((stands[row.pk], row.places) for row in rows),
            sorted(way for row in rows for way in ways.get(row.pk, ())),
        )
        for (code, kind), rows in groups.items()
        if code or organisation is None
    ]


def _holds(row: Pairing | Helper | Household) -> bool:
    return row.valid_from <= TODAY and (row.valid_until is None or row.valid_until > TODAY)


def shown(rows: list[LoadView]) -> set[object]:
    return {
        (
            row.organisation.code if row.organisation else "",
            row.kind_label,
            (row.helpers, row.households, row.places),
            (row.load.p50, row.load.p90, row.load.most),
            (row.way.p50, row.way.p90, row.way.most),
        )
        for row in rows
        if row.helpers
    }


def expected(rows: list[Plain]) -> set[object]:
    return {
        (
            row.organisation,
            str(HelperKind(row.kind).label),
            row.figures,
            _spread([have for have, _of in row.each]),
            _spread(row.ways),
        )
        for row in rows
    }


def _spread(values: list[int]) -> tuple[int | None, ...]:
    if not values:
        return None, None, None
    ranked = sorted(values)
    return *(ranked[-(-percent * len(ranked) // 100) - 1] for percent in (50, 90)), ranked[-1]


def _reader(*paths: str) -> Actor:
    return Actor("user:lead", 1, None, (Grant(Role.TOWNSHIP_LEAD, paths),))


def test_loads_are_those_of_a_plain_count(place: Place) -> None:
    for path in (
        "",
        place.county.path,
        place.township.path,
        place.villages[1].path,
        place.households[-1].area_path,
    ):
        for actor, reach in (
            (SYSTEM, ("",)),
            (_reader(place.township.path), (place.township.path,)),
            (_reader(place.villages[0].path, place.households[-1].area_path),
             (place.villages[0].path, place.households[-1].area_path)),
        ):  # fmt: skip
            found = loads(actor, on=TODAY, area_path=path)
            assert shown(found) == expected(counted(reach, path)), (path, reach)
            assert [row.kind_label for row in found[:2]] == [str(kind.label) for kind in HelperKind]


def test_the_fullest_stand_first(place: Place) -> None:
    found = loads(SYSTEM, on=TODAY)[2:]
    order = [(-(row.utilisation or 0), row.organisation.code if row.organisation else "") for row in found]
    assert order == sorted(order)
    assert place.department in {row.organisation for row in found}


def test_one_body_has_its_own_rows_alone(place: Place) -> None:
    for body in Organisation.objects.all():
        found = loads(SYSTEM, on=TODAY, organisation=body)
        assert shown(found) == expected(counted(("",), "", body))
    assert place.households


def test_the_statements_do_not_grow_with_the_bodies(place: Place) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            loads(SYSTEM, on=TODAY)
        return len(queries)

    few = asked()
    for number in range(5):
        body = make_organisation(place.county)
        helper = make_helper(HelperKind.CADRE, body, at=number)
        household = make_household(place.groups[0])
        Pairing.objects.create(
            household=household, helper=helper, role="cadre", area_path=household.area_path, cost=number,
            valid_from=GONE, began_because="nearest",
        )  # fmt: skip
    assert asked() == few
