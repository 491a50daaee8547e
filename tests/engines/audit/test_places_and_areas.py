"""Places, parcels and totals at their edges: what is asked, and what is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from yixian.engines.audit.after_cutoff import check_cutoff
from yixian.engines.audit.claimed_twice import check_claims
from yixian.engines.audit.parcel_areas import check_parcels, check_totals
from yixian.engines.audit.surveyed import MapTotal, Position, SurveyedItem, SurveyedSheet, SurveyTables

METRE = 1 / 111_320


def sheet(
    household: str,
    place: Position | None = None,
    mu: str | None = None,
    area: str = "42",
    cutoff: date | None = None,
) -> SurveyedSheet:
    return SurveyedSheet(
        f"s-{household}", household, "M", "N", date(2024, 5, 1), place, is_exact=place is not None,
        parcel_mu=Decimal(mu) if mu else None, area_code=area, cutoff=cutoff,
    )  # fmt: skip


def item(line: str, code: str, quantity: str, *, unit: str = "", at: Position | None = None) -> SurveyedItem:
    household = line.partition("-")[0]
    return SurveyedItem(line, household, code, Decimal(quantity), unit, position=at, is_exact=at is not None)


def north(metres: float) -> Position:
    return 111.5, 32.5 + metres * METRE


@pytest.mark.parametrize(
    ("code", "metres", "quantities", "is_asked"),
    [
        ("tree.fruit", 11, ("50", "50"), True),
        ("tree.fruit", 11, ("50", "51"), True),
        ("tree.fruit", 11, ("50", "52"), False),
        ("tree.fruit", 13, ("50", "50"), False),
        ("tree.fruit", 1, ("50", "9"), True),
        ("facility.well", 1, ("50", "9"), False),
        ("tree.fruit", 3, ("50", "9"), False),
    ],
)
def test_lines_with_places_of_their_own(
    code: str, metres: float, quantities: tuple[str, str], *, is_asked: bool
) -> None:
    items = (
        item("H1-1", code, quantities[0], at=north(0)),
        item("H2-1", code, quantities[1], at=north(metres)),
    )
    found = check_claims(SurveyTables(items, (sheet("H1"), sheet("H2"))))
    assert [one.line_id for one in found.questions] == (["H1-1", "H2-1"] if is_asked else [])


@pytest.mark.parametrize(
    ("code", "metres", "quantities", "is_asked"),
    [
        ("land.dry", 11, ("1.37", "1.37"), True),
        ("land.dry", 11, ("1.37", "1.38"), False),
        ("land.dry", 13, ("1.37", "1.37"), False),
        ("tree.fruit", 11, ("24", "24"), False),
        ("tree.fruit", 4, ("24", "24"), True),
        ("tree.fruit", 4, ("7", "7"), False),
        ("tree.fruit", 1, ("7", "9"), True),
        ("facility.wall", 1, ("7", "7"), False),
        ("house.main", 11, ("64.38", "64.38"), True),
    ],
)
def test_lines_that_have_their_sheets_places(
    code: str, metres: float, quantities: tuple[str, str], *, is_asked: bool
) -> None:
    items = (item("H1-1", code, quantities[0]), item("H2-1", code, quantities[1]))
    found = check_claims(SurveyTables(items, (sheet("H1", north(0)), sheet("H2", north(metres)))))
    assert [one.line_id for one in found.questions] == (["H1-1", "H2-1"] if is_asked else [])


def test_east_is_shorter_than_north() -> None:
    """At 32.5 degrees thirteen thousandths of a degree of longitude are eleven hundred metres, not fifteen hundred."""
    items = (
        item("H1-1", "tree.fruit", "50", at=(111.5, 32.5)),
        item("H2-1", "tree.fruit", "50", at=(111.5 + 13.5 * METRE, 32.5)),
    )
    assert len(check_claims(SurveyTables(items, ())).questions) == 2


def test_where_people_meet_nothing_is_claimed_twice_but_equal_numbers() -> None:
    households = [f"H{n}" for n in range(5)]
    sheets = tuple(sheet(one, north(0)) for one in households)
    items = tuple(item(f"{one}-1", "land.dry", f"{n}.5") for n, one in enumerate(households))
    assert check_claims(SurveyTables(items, sheets)).questions == ()
    equal = (*items[:3], item("H3-1", "land.dry", "1.37"), item("H4-1", "land.dry", "1.37"))
    assert [one.line_id for one in check_claims(SurveyTables(equal, sheets)).questions] == ["H3-1", "H4-1"]


@pytest.mark.parametrize(
    ("lines", "parcel", "asked"),
    [
        ([("land.dry", "2", "mu"), ("land.paddy", "1.2", "mu")], "3.2", 0),
        ([("land.dry", "2", "mu"), ("land.paddy", "1.2", "mu")], "3.19", 2),
        ([("land.dry", "3", "mu"), ("crop.rice", "3", "mu")], "3.2", 0),
        ([("land.dry", "2000", "m2")], "3", 0),
        ([("land.dry", "2001", "m2")], "3", 1),
        ([("land.dry", "0.2", "ha")], "2.9", 1),
        ([("house.main", "900", "m2")], "0.1", 0),
    ],
)
def test_ground_and_parcel(lines: list[tuple[str, str, str]], parcel: str, asked: int) -> None:
    items = tuple(item(f"H1-{n}", code, much, unit=unit) for n, (code, much, unit) in enumerate(lines))
    assert len(check_parcels(SurveyTables(items, (sheet("H1", mu=parcel),))).questions) == asked


@pytest.mark.parametrize(
    ("area", "wanted", "mu", "asked"),
    [
        ("42", "", "10", 0),
        ("42", "", "9.8", 1),
        ("4201", "", "6.1", 0),
        ("4201", "land.dry", "6.2", 1),
        ("42", "crop", "3", 0),
        ("43", "", "1", 1),
    ],
)
def test_totals_within_two_in_a_hundred(area: str, wanted: str, mu: str, asked: int) -> None:
    items = (item("H1-1", "land.dry", "6"), item("H2-1", "land.paddy", "4"), item("H2-2", "crop.rice", "3"))
    sheets = (sheet("H1", area="4201"), sheet("H2", area="4202"))
    tables = SurveyTables(items, sheets, totals=(MapTotal(area, wanted, Decimal(mu)),))
    found = check_totals(tables, Decimal("0.02"))
    assert len(found.questions) == asked
    assert check_totals(tables, None).questions == ()


def test_the_sheets_own_cutoff_goes_before_the_countys_and_its_day_stands_in_for_both() -> None:
    day = date(2024, 3, 2)
    late = SurveyedItem("H1-1", "H1", "house.main", Decimal(9), days=(("built_on", day),))
    for own, given, asked in (
        (None, date(2024, 3, 1), 1),
        (None, day, 0),
        (date(2024, 4, 1), date(2024, 3, 1), 0),
        (None, None, 0),  # built before the sheet's day, 1 May
    ):
        tables = SurveyTables((late,), (sheet("H1", cutoff=own),))
        assert len(check_cutoff(tables, [], given).questions) == asked


def test_what_was_not_measured_is_compared_with_nothing() -> None:
    items = tuple(
        SurveyedItem(f"{household}-1", household, "facility.well", None, "") for household in ("H1", "H2")
    )
    sheets = (sheet("H1", north(0)), sheet("H2", north(1)))
    assert check_claims(SurveyTables(items, sheets)).questions == ()
