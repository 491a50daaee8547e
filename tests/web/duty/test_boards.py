"""看板: what a board says on a day, in how many statements; as a file; and on the map."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.duty.place import AT, SYSTEM
from tests.factories import make_area
from tests.web.duty.conftest import text_of
from yixian.duty.actions.sudden_absence import report_sudden_absence
from yixian.duty.models import Leadership, Pairing, Stationing
from yixian.duty.queries import coverage_board, weeks
from yixian.duty.queries.loads import gini, spread
from yixian.registry.models import Area, Household

BOARD_BUDGET = 26
LIST_BUDGET = 14


def test_the_board_counts_who_has_whom(room) -> None:
    household = room.place.households[0]
    Pairing.objects.filter(household=household, role="member").update(valid_until=timezone.localdate())
    found = coverage_board(SYSTEM, room.place.township, on=timezone.localdate())
    assert (found.whole.households, found.whole.both, found.whole.one) == (8, 7, 1)
    assert [row.figures.uncovered for row in found.places] == [1, 0]
    page = text_of(room.browse("clerk").get("/staff/duty/"))
    assert "缺人的 1 户" in page
    listed = text_of(room.browse("clerk").get("/staff/duty/uncovered/"))
    assert household.household_no in listed
    yesterday = timezone.localdate() - timedelta(days=1)
    before = coverage_board(SYSTEM, room.place.township, on=yesterday)
    assert before.whole.nobody == 8


def test_a_sudden_absence_is_shown_as_the_leads_until_solved(room) -> None:
    helper = room.place.cadres[0]
    report_sudden_absence(helper.pk, "住院", actor=SYSTEM, at=timezone.now())
    page = text_of(room.browse("township").get("/staff/duty/"))
    assert "突然离岗，还没落实" in page
    assert "已 0 小时，最多 48 小时" in page
    found = coverage_board(SYSTEM, room.place.township, on=timezone.localdate())
    assert found.whole.lead == helper.pairings.count()


def test_what_is_missing_in_the_three_tiers_is_said(room) -> None:
    Leadership.objects.all().delete()
    Stationing.objects.all().delete()
    page = text_of(room.browse("clerk").get("/staff/duty/leaders/"))
    for told in ("没有县领导挂联", "没有乡镇负责人", "没有单位驻点"):
        assert told in page, told


def test_weeks_count_a_household_once_a_day(room) -> None:
    today = timezone.localdate()
    Pairing.objects.filter(household=room.place.households[0]).update(valid_until=today + timedelta(days=7))
    found = weeks(SYSTEM, on=today)
    assert sum(week.gap for week in found if week.is_ahead) > 0
    monday = today - timedelta(days=today.weekday())
    ahead = [week for week in found if week.monday >= monday + timedelta(days=14)]
    assert {(week.gap, week.household_days, week.gap_percent) for week in ahead} == {
        (7, 56, Decimal("12.50"))
    }
    page = text_of(room.browse("clerk").get("/staff/duty/weeks/", headers={"hx-request": "true"}))
    assert 'role="img"' in page
    assert "12.5%" in page
    assert "<html" not in page


def test_weeks_begin_with_the_first_pairing(room) -> None:
    today = timezone.localdate()
    begun = today - timedelta(days=20)
    Pairing.objects.update(valid_from=begun)
    Household.objects.update(valid_from=today - timedelta(days=300))
    found = weeks(SYSTEM, on=today)
    assert found[0].monday == begun - timedelta(days=begun.weekday())
    assert found[0].household_days == 8 * (7 - begun.weekday())
    assert {week.gap for week in found if not week.is_ahead} == {0}
    Pairing.objects.all().delete()
    assert weeks(SYSTEM, on=today) == []


@pytest.mark.parametrize("name", ["clerk", "township", "department", "auditor"])
def test_the_board_keeps_its_query_budget(furnish, django_assert_max_num_queries, name: str) -> None:
    client = furnish(cadres=6, members=3, places=8, households=12).browse(name)
    client.get("/staff/duty/")
    with django_assert_max_num_queries(BOARD_BUDGET):
        client.get("/staff/duty/")
    for address in (
        "absences/",
        "handovers/",
        "leaders/",
        "uncovered/",
        "organisations/",
        "map/",
    ):
        with django_assert_max_num_queries(LIST_BUDGET):
            assert client.get(f"/staff/duty/{address}").status_code == 200, address


def test_the_board_is_taken_along_and_nothing_in_it_is_a_formula(room) -> None:
    Area.objects.filter(pk=room.place.villages[0].pk).update(name="=云岭村")
    answer = room.browse("clerk").get(f"/staff/duty/board.csv?area={room.place.township.pk}")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["'=云岭村", "云岭2村", "云岭镇"]
    assert rows[-1][2:6] == ["8", "8", "8", "8"]
    assert room.browse("clerk").get("/staff/duty/board.xlsx").getvalue().startswith(b"PK")


def test_the_map_shows_problems_first_and_everything_on_request(room) -> None:
    client = room.browse("clerk")
    first, second = room.place.villages
    address = f"/staff/duty/map/?area={room.place.township.pk}"
    assert "mark-" not in text_of(client.get(address))
    Pairing.objects.filter(household=room.place.households[0]).update(valid_until=timezone.localdate())
    page = text_of(client.get(address))
    assert page.count('<a class="mark mark-bad"') == 1
    assert f"area={first.pk}&amp;day=" in page
    assert f"?area={second.pk}&" not in page
    page = text_of(client.get(f"{address}&all=1"))
    assert page.count('<a class="mark mark-good"') == 1


def test_close_by_the_map_shows_who_lacks_somebody_and_who_is_there(room) -> None:
    client = room.browse("clerk")
    village, household = room.place.villages[0], room.place.households[0]
    Pairing.objects.filter(household=household, role="cadre").update(valid_until=timezone.localdate())
    address = f"/staff/duty/map/?area={village.pk}"
    page = text_of(client.get(address))
    assert page.count('class="mark mark-warn"') == 1
    assert household.household_no in page
    assert room.place.households[1].household_no not in page
    assert text_of(client.get(f"{address}&all=1")).count('class="mark mark-good"') == 3


def test_the_map_of_a_place_out_of_reach_is_not_there(room) -> None:
    other = make_area(None)
    assert room.browse("township").get(f"/staff/duty/map/?area={other.pk}").status_code == 404


def test_figures_of_load() -> None:
    assert gini([3.0, 3.0, 3.0]) == 0
    assert gini([0.0, 0.0, 9.0]) == pytest.approx(2 / 3, abs=0.001)
    assert gini([]) is None
    found = spread([1, 2, 3, 4, 100])
    assert (found.p50, found.p90, found.most) == (3, 100, 100)
    assert AT.year == 2026
