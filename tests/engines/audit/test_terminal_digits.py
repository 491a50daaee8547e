"""Exact tails and the false discovery rate, beside scipy; an honest county is asked about digits as seldom as it says."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from scipy import stats

from yixian.engines.audit.surveyed import SurveyedSheet
from yixian.engines.audit.terminal_digits import EndDigit, benjamini_hochberg, binomial_tail, digit_excesses


@pytest.mark.parametrize(
    ("count", "values", "share"),
    [(0, 10, 0.1), (1, 10, 0.1), (40, 80, 0.17), (80, 80, 0.9), (1_300, 12_000, 0.1)],
)
def test_the_tail_is_that_of_scipy(count: int, values: int, share: float) -> None:
    expected = stats.binom.sf(count - 1, values, share)
    assert binomial_tail(count, values, share) == pytest.approx(expected, rel=1e-8)


def test_discoveries_are_those_of_scipy() -> None:
    chance = random.Random(5)
    for _case in range(200):
        p_values = [chance.random() ** chance.randint(1, 9) for _test in range(chance.randint(1, 60))]
        adjusted = stats.false_discovery_control(p_values, method="bh")
        assert benjamini_hochberg(p_values, 0.01) == [bool(p <= 0.01) for p in adjusted]


def sheets(measurers: int) -> list[SurveyedSheet]:
    return [
        SurveyedSheet(f"s{n}", f"H{n}", f"M{n}", "", date(2024, 5, 1), None, is_exact=False, parcel_mu=None)
        for n in range(measurers)
    ]


def test_what_everybody_rounds_is_nobodys_question() -> None:
    """A third of all ends are 0: of products, or of tape measures."""
    chance = random.Random(8)
    ends = [
        EndDigit(sheet, ("wall", 2), chance.choice([0, 0, 0, 0, *range(1, 10)]), is_computed=False)
        for sheet in sheets(12)
        for _value in range(400)
    ]
    assert digit_excesses(ends) == []


def test_one_who_makes_numbers_up_is_found_and_the_expected_number_is_right() -> None:
    ends = [
        EndDigit(sheet, ("wall", 2), 7 if n == 3 and value % 3 == 0 else value % 10, is_computed=False)
        for n, sheet in enumerate(sheets(6))
        for value in range(300)
    ]
    excess, batch = digit_excesses(ends)
    assert (excess.batch, batch.batch) == ("", "2024-W18")  # everything was measured in one week
    assert (excess.measurer, excess.digit, excess.values) == ("M3", 7, 300)
    assert excess.count == 120  # a hundred made up, and twenty of the two hundred others
    assert excess.expected == pytest.approx(30)
    assert excess.p_value == pytest.approx(stats.binom.sf(119, 300, 0.1), rel=1e-6)


def test_false_questions_are_as_rare_as_said() -> None:
    """Of 300 honest surveys at most one in a hundred asks anything, within what chance allows."""
    chance = random.Random(13)
    asked = sum(
        bool(
            digit_excesses(
                EndDigit(sheet, ("wall", 2), chance.randrange(10), is_computed=False)
                for sheet in sheets(5)
                for _value in range(40)
            )
        )
        for _survey in range(300)
    )
    assert asked <= 8  # a binomial of 300 and 0.01 exceeds it once in two hundred and fifty


def test_one_village_made_up_among_thirty_is_found() -> None:
    """Of all of the measurer's numbers it is one in thirty, and nothing to be seen."""
    chance = random.Random(21)
    ends = []
    for village in range(30):
        for measurer in ("M1", "M2"):
            sheet = replace(sheets(1)[0], measurer=measurer, area_code=f"42{village:04d}")
            for _value in range(80):
                made_up = measurer == "M1" and village == 7 and chance.random() < 0.5
                ends.append(
                    EndDigit(sheet, ("wall", 2), 5 if made_up else chance.randrange(10), is_computed=False)
                )
    assert [(one.measurer, one.batch, one.digit) for one in digit_excesses(ends)] == [("M1", "420007", 5)]
