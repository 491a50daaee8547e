"""走势: matters in and out by the week, what bodies hold and what is overdue there, and what was closed in time."""

from __future__ import annotations

from datetime import date

import pytest

from tests.matters.place import AT, Place, days
from yixian.kernel.actions.run_scheduled_tasks import run_all
from yixian.matters.models import MatterProjection
from yixian.matters.queries.matter_trends import closed_in_time, matter_weeks, matters_by_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]


def closed(number: str, *, day: int) -> None:
    """As if the matter had been closed so many days after the moment."""
    MatterProjection.objects.filter(number=number).update(is_closed=True, closed_at=days(day))


def test_matters_count_in_the_week_in_which_they_came_and_were_closed(place: Place) -> None:
    first, _second = place.raised("一"), place.raised("二", at=days(8))
    closed(first.matter.number, day=9)
    shown = matter_weeks(place.actor("petition"), at=days(15))
    counted = {week.monday: (week.received, week.closed) for week in shown if week.received or week.closed}
    assert counted == {date(2026, 3, 2): (1, 0), date(2026, 3, 9): (1, 1)}
    assert len(shown) == 13


def test_what_one_may_not_see_is_in_no_week_and_with_no_body(place: Place) -> None:
    place.raised("一")
    water = place.actor("water")
    assert sum(week.received for week in matter_weeks(water, at=days(1))) == 0
    assert matters_by_organisation(water, at=days(1)) == []


def test_bodies_with_what_they_hold_and_what_is_overdue_there(place: Place) -> None:
    place.raised("一")
    place.raised("二", at=days(60))
    (held,) = matters_by_organisation(place.actor("petition"), at=days(61))
    assert (held.open, held.overdue) == (2, 1)


def test_closed_in_time_is_what_nobody_had_to_be_told_of(place: Place) -> None:
    late, kept = place.raised("一"), place.raised("二", at=days(59))
    run_all(at=days(60))
    closed(late.matter.number, day=61)
    closed(kept.matter.number, day=62)
    found = closed_in_time(place.actor("petition"), since=AT, until=days(70))
    assert (found.closed, found.in_time, found.per_cent) == (2, 1, 50)
    none = closed_in_time(place.actor("petition"), since=days(63), until=days(70))
    assert (none.closed, none.per_cent) == (0, None)
