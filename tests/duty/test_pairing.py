"""Pairing from the register: hard rules hold, shortages are listed, and a later run moves nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from django.core.files import File

from tests.starting_states import StartingState
from yixian.demo.county import generate
from yixian.domain.areas import AreaLevel, path_at
from yixian.duty.actions.pair_households import pair_households
from yixian.duty.models import Pairing, PairingRun, PairingShortage, Stationing
from yixian.duty.queries import assigned_helpers, coverage, latest_run, uncovered_households
from yixian.engines.entitlements import load_pack
from yixian.kernel.actors import PUBLIC, system_actor
from yixian.kernel.errors import NotPermitted, Refused
from yixian.policies.actions.register_pack import register_pack
from yixian.registry.models import Area, Helper, Household
from yixian.workbook.actions.check import check
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.stage import stage
from yixian.workbook.writing import write_workbook

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
ON = AT.date()
SYSTEM = system_actor("test")
PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"


def _make_county() -> Area:
    register_pack(PACK, actor=SYSTEM, at=AT)
    with NamedTemporaryFile(suffix=".xlsx") as content:
        write_workbook(Path(content.name), generate(120, seed=3), pack=load_pack(PACK))
        batch = stage(File(content), file_name="county.xlsx", actor=SYSTEM, at=AT)
    commit(check(batch, at=AT), partial=False, actor=SYSTEM, at=AT)
    return Area.objects.get(level=AreaLevel.COUNTY)


county = StartingState(_make_county).fixture()


def _pair(county: Area, **changes) -> PairingRun:
    return pair_households(county.path, **{"seed": 5, "on": ON, "actor": SYSTEM, "at": AT} | changes)


def test_every_pair_keeps_every_hard_rule(county):
    run = _pair(county)
    stations = {(row.organisation_id, row.area_path) for row in Stationing.objects.all()}
    loads: dict[int, int] = {}
    for pairing in Pairing.objects.select_related("household", "helper__person", "helper__home_area"):
        household, helper = pairing.household, pairing.helper
        loads[helper.pk] = loads.get(helper.pk, 0) + 1
        if helper.kind == "cadre":
            places = [household.area_path[:end] for end in range(6, 31, 6)]
            assert any((helper.organisation_id, place) in stations for place in places)
        else:
            assert helper.home_area.path == path_at(household.area_path, AreaLevel.VILLAGE)
        assert household.language == "cmn" or household.language in helper.languages.split(",")
        assert not household.requested_gender or helper.person.gender == household.requested_gender
        assert not helper.person.memberships.filter(household=household).exists()
    assert all(load <= Helper.objects.get(pk=pk).places for pk, load in loads.items())
    assert all(document["gap"] == 0 for document in run.proof.values())


def test_what_is_short_is_what_is_uncovered(county):
    run = _pair(county)
    figures = coverage(SYSTEM, county.path, on=ON)
    unserved = sum(document["unserved"] for document in run.proof.values())
    assert figures.households == Household.objects.count()
    assert (figures.with_cadre + figures.with_member) == 2 * figures.households - unserved
    assert sum(row.short for row in run.shortages.all()) == unserved
    assert uncovered_households(SYSTEM, on=ON).count() == figures.uncovered


def test_the_same_seed_gives_the_same_pairs_whoever_asks(county):
    _pair(county)
    first = set(Pairing.objects.values_list("household_id", "helper_id"))
    Pairing.objects.all().delete()
    _pair(county, actor=system_actor("other"))
    assert set(Pairing.objects.values_list("household_id", "helper_id")) == first


def test_a_later_run_pairs_only_those_who_lack_somebody_and_moves_nobody(county):
    _pair(county)
    lost = Pairing.objects.filter(role="cadre").first()
    before = set(Pairing.objects.exclude(pk=lost.pk).values_list("pk", "helper_id"))
    Pairing.objects.filter(pk=lost.pk).update(valid_until=ON)
    _pair(county, at=AT)
    assert before <= set(Pairing.objects.values_list("pk", "helper_id"))
    assert Pairing.objects.filter(household=lost.household, role="cadre", valid_until=None).count() == 1


def test_nothing_to_do_and_nobody_to_ask_are_refused(county):
    Helper.objects.update(languages="cmn,iii,hmd", places=100)
    Household.objects.update(requested_gender="")
    _pair(county)
    with pytest.raises(Refused):
        _pair(county)
    with pytest.raises(NotPermitted):
        _pair(county, actor=PUBLIC)


def test_a_household_sees_who_stands_beside_it_the_cadre_first(county):
    _pair(county)
    household = Household.objects.exclude(pk__in=uncovered_households(SYSTEM, on=ON)).first()
    views = assigned_helpers(SYSTEM, household, on=ON)
    assert [view.role for view in views] == ["cadre", "member"]
    assert all(view.name and view.organisation_name and view.work_phone for view in views)
    assert assigned_helpers(PUBLIC, household, on=ON) == []


def solved(area_path: str, short: dict[str, int]) -> None:
    """A run for a place that was short of so many, by place."""
    run = PairingRun.objects.create(
        at=AT, on_date=ON, area_path=area_path, seed=1, inputs_sha256="", proof={}, fairness={}
    )
    for path, number in short.items():
        PairingShortage.objects.create(
            run=run, role="cadre", households=9, helpers=1, places=1, short=number, household_ids=[], area_path=path
        )  # fmt: skip


def shortages() -> list[int]:
    found = latest_run(SYSTEM)
    return [one.short for one in found.shortages] if found else []


def test_what_is_short_is_what_no_later_run_solved_anew() -> None:
    county, first, second = "000001", "000001000002", "000001000003"
    assert latest_run(SYSTEM) is None
    solved(county, {first: 5, second: 3, county: 1})
    assert shortages() == [5, 3, 1]
    solved(first, {first: 2})
    assert shortages() == [3, 2, 1], "of the other township and of the county nothing was solved anew"
    solved(second + "000004", {})
    assert shortages() == [3, 2, 1]
    solved(county, {second: 4})
    assert shortages() == [4]
