"""催访: a late visit is reminded of once a week, by whoever answers for the place, until somebody has visited."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.visits.place import AT, DAY, Place, visited
from yixian.duty.models import Pairing
from yixian.kernel.errors import NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.registry.models import Household
from yixian.visits.actions.remind_of_visit import remind_of_visit
from yixian.visits.queries.reminders import visits_reminded_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]


@pytest.fixture
def late(place: Place) -> Place:
    """The household has stood in the register for long, and nobody came for 40 days."""
    Household.objects.filter(pk=place.ours.pk).update(valid_from=DAY - timedelta(days=100))
    visited(place, ago=40)
    return place


def _remind(place: Place, name: str = "township", *, days: int = 0) -> None:
    at = AT + timedelta(days=days)
    remind_of_visit(place.ours.pk, actor=place.actor(name), at=at)


def test_the_cadre_finds_it_on_the_first_page_and_the_ledger_keeps_it(late: Place) -> None:
    _remind(late)
    event = Event.objects.get(kind="visit.reminded")
    assert (event.subject_id, event.data["helper"]) == (late.ours.pk, late.cadre.person.name)
    (row,) = visits_reminded_of(late.actor("cadre"), on=DAY).window(0, 9)
    assert (row.key, row.about, row.due_on) == (late.ours.pk, "赵近壹", DAY - timedelta(days=10))
    assert len(visits_reminded_of(late.actor("member"), on=DAY).window(0, 9)) == 0


def test_it_is_gone_once_somebody_has_visited(late: Place) -> None:
    _remind(late)
    visited(late, ago=0)
    assert len(visits_reminded_of(late.actor("cadre"), on=DAY).window(0, 9)) == 0
    with pytest.raises(Refused, match="within the rule"):
        _remind(late)


def test_it_is_sent_once_a_week_at_most(late: Place) -> None:
    _remind(late)
    with pytest.raises(Refused) as again:
        _remind(late, days=6)
    assert again.value.key == "reminder.this_week"
    _remind(late, days=7)
    assert Event.objects.filter(kind="visit.reminded").count() == 2


def test_only_those_who_answer_for_the_place_remind(late: Place) -> None:
    for name in ("cadre", "member"):
        with pytest.raises(NotPermitted):
            _remind(late, name)
    with pytest.raises(NotFound):
        remind_of_visit(late.theirs.pk, actor=late.actor("township"), at=AT)


def test_where_no_cadre_stands_nobody_is_reminded(late: Place) -> None:
    Pairing.objects.filter(household=late.ours, helper=late.cadre).update(valid_until=DAY)
    with pytest.raises(Refused) as refused:
        _remind(late)
    assert refused.value.key == "reminder.nobody"
