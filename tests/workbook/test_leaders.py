"""Leaders of townships and host villages come in by the workbook, with every rule named by its row and column."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yixian.demo.county import generate
from yixian.duty.models import Leadership
from yixian.engines.entitlements import load_pack
from yixian.registry.models import Household
from yixian.workbook.register_rows import leader_rows
from yixian.workbook.writing import write_workbook

from .books import FIRST, places
from .conftest import HOUSEHOLDS, PACK

DAY = date(2026, 3, 1)


@pytest.fixture
def book(tmp_path):
    """Writes a workbook of the county with these leaders; ``host`` is the first household's host village."""

    def write(leaders: list[dict[str, object]], *, host: str = "", everything: bool = True):
        rows = {key: list(part) for key, part in generate(HOUSEHOLDS, seed=7).items()}
        rows["households"][0]["host_village_code"] = host
        rows["leaders"] = leaders
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.xlsx"
        write_workbook(path, rows if everything else {"leaders": leaders}, pack=load_pack(PACK))
        return path

    return write


@pytest.fixture
def names() -> dict[str, str]:
    """A township, a village of another, and two cadres in service."""
    rows = generate(HOUSEHOLDS, seed=7)
    areas = {
        level: [row["code"] for row in rows["areas"] if row["level"] == level]
        for level in ("township", "village")
    }
    cadres = [row["helper_no"] for row in rows["people"] if row["kind"] == "cadre" and not row["until_date"]]
    return {
        "township": areas["township"][0],
        "other": areas["township"][1],
        "village": areas["village"][-1],
        "one": cadres[0],
        "two": cadres[1],
    }


def leader(names, who: str = "one", **changes) -> dict[str, object]:
    given = {
        "township_code": names["township"],
        "helper_no": names[who],
        "kind": "township_lead",
        "from_date": DAY,
        "until_date": None,
        "document": "澜委发〔2026〕1号",
    }
    return given | changes


def test_leaders_come_in_go_out_and_are_handed_over_on_a_day(book, names, enter, bring):
    enter(book([leader(names), leader(names, "two", kind="county_leader")], host=names["village"]))
    assert Leadership.objects.count() == 2
    assert {row["helper_no"] for row in leader_rows()} == {names["one"], names["two"]}
    assert Household.objects.exclude(host_area=None).get().host_area.code == names["village"]
    day = DAY + timedelta(days=60)
    next_lead = [leader(names, until_date=day), leader(names, "two", from_date=day)]
    enter(book(next_lead, everything=False))
    leads = Leadership.objects.filter(kind="township_lead").order_by("valid_from")
    assert [(row.helper.helper_no, row.valid_from, row.valid_until) for row in leads] == [
        (names["one"], DAY, day),
        (names["two"], day, None),
    ]
    assert not places(bring(book(next_lead, everything=False)))


@pytest.mark.sqlite_enough
@pytest.mark.parametrize(
    ("second", "column", "rule"),
    [
        ({"township_code": "village"}, "township_code", "leader.township"),
        ({"helper_no": "G99999"}, "helper_no", "row.reference"),
        ({"from_date": date(2020, 1, 1), "kind": "county_leader"}, "helper_no", "leader.service"),
        ({"until_date": DAY, "kind": "county_leader"}, "until_date", "row.order"),
        ({}, "from_date", "leader.two"),
    ],
)
def test_each_error_is_named(book, names, bring, second, column, rule):
    changes = {
        key: names.get(value, value) if isinstance(value, str) else value for key, value in second.items()
    }
    batch = bring(book([leader(names), leader(names, "two") | changes]))
    assert ("leaders", FIRST + 1, column, rule) in places(batch)


@pytest.mark.sqlite_enough
def test_nobody_is_left_without_a_lead_and_a_host_is_a_village(book, names, enter, bring):
    enter(book([leader(names)]))
    end = [leader(names, until_date=DAY + timedelta(days=9))]
    assert ("leaders", FIRST, "until_date", "leader.last") in places(bring(book(end, everything=False)))
    faulty = bring(book([], host=names["township"]))
    assert ("households", FIRST, "host_village_code", "household.host") in places(faulty)
