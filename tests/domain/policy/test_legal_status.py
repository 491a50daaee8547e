"""效力: what a document is on a day, by its own dates and by when its pack was adopted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from yixian.domain.policy import Document, Period
from yixian.domain.policy.documents import DECIDED, DRAFT
from yixian.domain.policy.legal_status import Force, LegalStatus, force_on, merged_periods

DAY = timedelta(days=1)
FIRST, LAST = date(2020, 3, 1), date(2024, 3, 1)
DOCUMENT = Document("A", "1号", "县", "甲", "a", DECIDED, date(2010, 1, 1), date(2010, 1, 1), None, "", "-")
ADOPTED = Period(FIRST, LAST)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (FIRST - DAY, LegalStatus.LATER),
        (FIRST, LegalStatus.IN_FORCE),
        (LAST - DAY, LegalStatus.IN_FORCE),
        (LAST, LegalStatus.ENDED),
    ],
)
def test_an_adoption_bounds_it(on: date, status: LegalStatus) -> None:
    assert force_on(on, [(DOCUMENT, ADOPTED)]) == Force(status, FIRST, LAST)


def test_its_own_dates_bound_it_too() -> None:
    document = replace(DOCUMENT, valid_from=date(2021, 1, 1), valid_until=date(2022, 1, 1))
    assert force_on(date(2020, 12, 31), [(document, ADOPTED)]).status == LegalStatus.LATER
    assert force_on(date(2021, 6, 1), [(document, ADOPTED)]).end == date(2022, 1, 1)
    assert force_on(date(2022, 1, 1), [(document, ADOPTED)]).status == LegalStatus.ENDED


def test_one_version_after_another_is_one_time_in_force() -> None:
    force = force_on(FIRST, [(DOCUMENT, ADOPTED), (DOCUMENT, Period(LAST, None))])
    assert force == Force(LegalStatus.IN_FORCE, FIRST, None)


@pytest.mark.parametrize(
    ("begin", "end"), [(date(2010, 1, 1), date(2015, 1, 1)), (date(2010, 1, 1), FIRST), (LAST, None)]
)
def test_a_decided_document_that_no_adoption_met_is_no_draft(begin: date, end: date | None) -> None:
    document = replace(DOCUMENT, valid_from=begin, valid_until=end)
    assert {force_on(FIRST + step * DAY, [(document, ADOPTED)]) for step in (-5000, -1, 0, 5000)} == {
        Force(LegalStatus.ENDED)
    }


def test_a_draft_binds_on_no_day() -> None:
    draft = replace(DOCUMENT, status=DRAFT)
    assert {force_on(FIRST + step * DAY, [(draft, ADOPTED)]).status for step in (-1, 0, 5000)} == {
        LegalStatus.DRAFT
    }


def test_a_draft_that_is_decided_in_the_next_version() -> None:
    editions = [(replace(DOCUMENT, status=DRAFT), ADOPTED), (DOCUMENT, Period(LAST, None))]
    assert force_on(LAST - DAY, editions).status == LegalStatus.DRAFT
    assert force_on(LAST, editions) == Force(LegalStatus.IN_FORCE, LAST, None)


def test_a_document_outside_every_adoption_never_binds() -> None:
    ended = replace(DOCUMENT, valid_until=date(2011, 1, 1))
    assert not force_on(date(2010, 6, 1), [(ended, ADOPTED)]).binds


def test_periods_that_touch_are_one() -> None:
    one, two, three = Period(FIRST, LAST), Period(LAST, None), Period(date(2019, 1, 1), date(2019, 2, 1))
    assert merged_periods([two, three, one, Period(FIRST, FIRST)]) == [three, Period(FIRST, None)]
