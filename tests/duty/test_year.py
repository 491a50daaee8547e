"""A year in a small county: people leave, come, fall ill, divide and ask, and not one household is alone for a day."""

from __future__ import annotations

from datetime import date
from math import ceil
from pathlib import Path
from random import Random

import pytest
from django.core.files import File

from benchmarks.year.course import Counts, course_of, moment
from benchmarks.year.doing import Year
from benchmarks.year.watching import Watch, given_back, standing
from yixian.demo.county import generate
from yixian.demo.leader_appointments import appoint_leaders, are_leaders_appointed
from yixian.domain.areas import AreaLevel
from yixian.duty.coverage import GAP, LEAD, sudden_absences, uncovered
from yixian.duty.models import Absence, HelperRequest, Pairing
from yixian.duty.queries import uncovered_households
from yixian.engines.entitlements import load_pack
from yixian.kernel.actors import system_actor
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.queries import duty_rules
from yixian.registry.models import Area, Household
from yixian.workbook.actions.check import check
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.stage import stage
from yixian.workbook.writing import write_workbook

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
FIRST = date(2026, 3, 2)
COUNTS = Counts(departures=24, leaves=24, arrivals=22, splits=8, sudden=8, requests=14)


def bring_in(folder: Path, households: int) -> str:
    """The demonstration's county with its leaders; its path."""
    at = moment(FIRST, 7 * 60)
    register_pack(PACK, actor=SYSTEM, at=at)
    path = folder / "county.xlsx"
    write_workbook(path, generate(households, seed=3), pack=load_pack(PACK))
    with path.open("rb") as content:
        batch = stage(File(content), file_name="county.xlsx", actor=SYSTEM, at=at)
    commit(check(batch, at=at), partial=False, actor=SYSTEM, at=at)
    appoint_leaders(actor=SYSTEM, at=at)
    return Area.objects.get(level=AreaLevel.COUNTY).path


@pytest.mark.sqlite_enough
def test_a_year_passes_without_a_day_on_which_anybody_is_alone(tmp_path):
    path = bring_in(tmp_path, 240)
    assert are_leaders_appointed()
    year = Year(path, FIRST, SYSTEM, Random(7))
    assert year.remedies.cover_all(path, seed=7, at=moment(FIRST, 7 * 60 + 30)) > 0
    assert not uncovered_households(SYSTEM, on=FIRST).exists()
    year.run(COUNTS)
    assert {name: year.done[name] for name in ("splits", "sudden", "requests", "arrivals")} == {
        "splits": 8,
        "sudden": 8,
        "requests": 14,
        "arrivals": 22,
    }
    days = uncovered(FIRST, year.until)
    assert [row for row in days if row.kind == GAP] == []
    _only_what_sudden_absences_left_to_the_leads(path, year, days)
    assert year.watch.compared == sum(year.done.values())
    assert year.watch.found == []
    assert given_back() == []
    assert HelperRequest.objects.exclude(settled_at=None).count() > COUNTS.requests // 2
    assert Household.objects.count() == 240 + COUNTS.splits


def _only_what_sudden_absences_left_to_the_leads(path: str, year: Year, days) -> None:
    """Every day of a lead belongs to a sudden absence that is listed, and none lasted longer than the rules allow."""
    hours = duty_rules(path, FIRST).sudden_absence_hours
    listed = sudden_absences(FIRST, year.until)
    assert len(listed) == COUNTS.sudden
    assert all(row.covered_at and not row.is_late(hours, row.covered_at) for row in listed)
    absences = Absence.objects.filter(kind="sudden")
    assert days  # some were covered on a later day than they began
    for row in days:
        assert row.kind == LEAD
        assert row.days <= ceil(hours / 24)
        assert any(
            absence.valid_from <= row.valid_from
            and Pairing.objects.filter(household=row.household_id, helper=absence.helper_id).exists()
            for absence in absences
        )


def test_the_course_of_a_year_is_the_same_for_the_same_seed():
    first, again, other = (course_of(COUNTS, FIRST, Random(seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert len(first) == 100
    assert COUNTS.times(0.001) == Counts(1, 1, 1, 1, 1, 1)


def test_somebody_moved_without_need_is_noticed():
    watch = Watch()
    day = date(2026, 3, 2)
    watch.compare("x", {(1, 7, "first", 5, day, None)}, {(1, 7, "first", 6, day, None)}, {8})
    assert watch.found == ["x: household 7 changed hands"]
    assert standing(day) == set()
