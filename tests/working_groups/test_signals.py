"""信号: what rises is said once, of ten households or more, and nobody can be read from it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_user
from tests.working_groups.county import AT, CHARGE, RURAL, County, days_of_one_week
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, NotPermitted, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Event
from yixian.kernel.roles import Role
from yixian.matters.actions.sort_matter import name_subject
from yixian.matters.models import Matter
from yixian.matters.queries.similar_matters import SimilarMatter, to_answer
from yixian.registry.models import Household, Person
from yixian.working_groups.actions.answer_signal import answer_signal
from yixian.working_groups.actions.open_group import open_for_signal
from yixian.working_groups.models import Signal
from yixian.working_groups.queries import signal_view
from yixian.working_groups.signals.detecting import detect
from yixian.working_groups.signals.household_counts import count_of
from yixian.working_groups.weeks import monday, week_at, week_of


@pytest.mark.django_db
def test_the_signal_holds_numbers_and_a_place(county: County, signal: Signal) -> None:
    assert (signal.households, signal.villages, signal.others) == (30, 12, 0)
    assert (signal.topic, signal.document, signal.clause) == ("price", RURAL.document, RURAL.clause)
    assert signal.townships == [one.path for one in county.townships]
    assert signal.owner == county.organisations["bureau"]
    assert detect(at=AT + timedelta(hours=1)) == {"signals": 0}
    assert Signal.objects.count() == 1


@pytest.mark.django_db
def test_nine_households_give_no_signal_and_the_tenth_does(county: County) -> None:
    county.began_long_ago()
    for number in range(9):
        county.raised(number)
    assert detect(at=AT) == {"signals": 0}
    county.raised(0)  # the same household again
    for _number in range(20):
        county.anonymous()
    assert detect(at=AT) == {"signals": 0}
    county.raised(9)
    assert detect(at=AT) == {"signals": 1}
    signal = Signal.objects.get()
    assert (signal.households, signal.others) == (10, 20)
    assert signal.area == county.townships[0]


@pytest.mark.sqlite_enough
@pytest.mark.django_db
def test_a_county_that_began_to_listen_today_says_nothing_yet(county: County) -> None:
    county.all_raised()
    assert detect(at=AT) == {"signals": 0}


@pytest.mark.sqlite_enough
@pytest.mark.django_db
def test_what_was_always_asked_as_often_is_no_signal(county: County) -> None:
    for week in range(30):
        for number in (week % 30, (week + 7) % 30):
            county.raised(number, at=AT - timedelta(weeks=week))
    assert detect(at=AT) == {"signals": 0}


@pytest.mark.django_db
def test_matters_about_somebody_in_office_are_in_no_number(county: County) -> None:
    county.began_long_ago()
    receipts = [county.raised(number) for number in range(10)]
    name_subject(receipts[0].matter.number, county.helper.pk, None, actor=county.actor("petition"), at=AT)
    assert detect(at=AT) == {"signals": 0}


@pytest.mark.django_db
def test_a_signal_leads_back_to_nobody(county: County, signal: Signal) -> None:
    related = {
        field.related_model for field in Signal._meta.get_fields() if isinstance(field, models.ForeignKey)
    }
    assert {one.__name__ for one in related} == {"Area", "Organisation"}
    kept = " ".join(str(value) for value in Signal.objects.values_list().get())
    told = " ".join(str(one.data) for one in Event.objects.filter(kind__startswith="signal"))
    for text in secrets(county):
        assert text not in kept + told
    assert signal_view(signal, at=AT).signal == signal


@pytest.mark.django_db
def test_a_signal_cannot_be_changed_or_said_of_a_few(county: County, signal: Signal) -> None:
    for change in (
        lambda: Signal.objects.update(households=99),
        lambda: Signal.objects.all().delete(),
        lambda: Signal.objects.create(
            **{
                name: getattr(signal, name)
                for name in ("area", "county_path", "area_path", "pack_id", "document", "clause", "topic")
            },
            since_week=1,
            week=1,
            households=9,
            villages=1,
            expected_tenths=1,
            detected_at=AT,
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_the_owner_answers_in_time_or_is_overdue(county: County, signal: Signal) -> None:
    view = signal_view(signal, at=AT)
    assert view.due_on == date(2026, 3, 25)  # fifteen working days after Wednesday, 4 March
    assert not signal_view(signal, at=AT + timedelta(days=21)).is_overdue
    assert signal_view(signal, at=AT + timedelta(days=22)).is_overdue
    with pytest.raises(NotPermitted):
        answer_signal(signal.pk, "已知悉。", actor=county.actor("auditor"), at=AT)
    with pytest.raises(NotFound):
        answer_signal(signal.pk, "已知悉。", actor=elsewhere(county), at=AT)
    answer_signal(signal.pk, "单价已按省里规定核定。", actor=county.actor("clerk"), at=AT)
    late = signal_view(Signal.objects.get(), at=AT + timedelta(days=60))
    assert (late.is_answered, late.is_overdue) == (True, False)


@pytest.mark.django_db
def test_one_group_for_a_signal_and_it_is_the_answer(county: County, signal: Signal) -> None:
    group = open_for_signal(signal.pk, CHARGE, actor=county.actor("lead"), at=AT)
    view = signal_view(Signal.objects.get(), at=AT)
    assert view.answer is not None
    assert view.answer.group == group
    with pytest.raises(Refused):
        open_for_signal(signal.pk, CHARGE, actor=county.actor("clerk"), at=AT)


@pytest.mark.django_db
def test_nobody_but_the_machine_is_told_who_asked(county: County, signal: Signal) -> None:
    for name in county.users:
        with pytest.raises(NotPermitted):
            next(to_answer(county.actor(name), "", RURAL, since=date(2026, 1, 1), until=AT))


def similar_matter(household: str, day: int, village: int = 1) -> SimilarMatter:
    return SimilarMatter(
        household, f"{1:06d}{1:06d}{1:06d}{village:06d}", "price", RURAL, date.fromordinal(738_000 + day)
    )


days = st.lists(st.integers(0, 200), min_size=0, max_size=120)


@given(days, st.integers(0, 60))
def test_stretches_hold_ten_or_more_and_add_up(asked: list[int], known: int) -> None:
    similar_matters = [similar_matter(f"h{number}", day) for number, day in enumerate(sorted(asked))]
    tally = count_of(similar_matters, known)
    assert all(one.households >= 10 for one in tally.count_periods)
    assert sum(one.households for one in tally.count_periods) == tally.households <= len(asked)
    assert tally.households == 0 or tally.households >= 10
    for one, other in zip(tally.count_periods, tally.count_periods[1:], strict=False):
        assert one.last < other.first


@given(days, st.integers(10, 40), st.integers(0, 200))
def test_two_moments_differ_by_ten_or_not_at_all(asked: list[int], known: int, cut: int) -> None:
    """Whoever looks today and looked before cannot find one household that came between."""
    similar_matters = [similar_matter(f"h{number}", day) for number, day in enumerate(sorted(asked))]
    if len(similar_matters) < known:
        return
    before, after = (
        count_of(similar_matters[: max(known, min(cut, len(similar_matters)))], known),
        count_of(similar_matters, known),
    )
    assert (after.households - before.households) % 10 == 0


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 100)), max_size=80))
def test_a_household_counts_once(asked: list[tuple[int, int]]) -> None:
    ordered = sorted(asked, key=lambda one: one[1])
    tally = count_of([similar_matter(f"h{who}", day) for who, day in ordered])
    different = len({who for who, _day in asked})
    assert tally.households == (different // 10 * 10)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_weeks_begin_on_mondays(day: date) -> None:
    week = week_of(day)
    assert monday(week) <= day < monday(week + 1)
    assert monday(week).weekday() == 0


@given(st.integers(0, 4 * 7 * 24 * 60))
def test_the_county_of_these_tests_raises_its_voice_in_one_week(minutes: int) -> None:
    at = AT + timedelta(minutes=minutes)
    moments = days_of_one_week(at)
    assert {week_at(moment) for moment in moments} == {week_at(at)}
    assert all(at - timedelta(days=2) <= moment <= at for moment in moments)


@pytest.mark.django_db
def test_what_goes_on_after_a_sunday_night_is_said_again(county: County) -> None:
    """The sum begins anew after a signal: twenty households before Monday and ten since are two, and overlap in nobody."""
    monday_morning = AT - timedelta(days=2)
    county.began_long_ago()
    for number in range(30):
        county.raised(number, at=monday_morning - timedelta(days=number // 10))
    assert detect(at=monday_morning) == {"signals": 2}
    first, second = Signal.objects.order_by("week")
    assert (first.households, second.households) == (20, 10)
    assert first.week + 1 == second.since_week == second.week == week_at(monday_morning)


def secrets(county: County) -> list[str]:
    """Everything that would give a household away."""
    people = Person.objects.filter(memberships__household__in=county.households)
    return [
        *(one.household_no for one in county.households),
        *people.values_list("name", flat=True),
        *Matter.objects.values_list("number", flat=True),
        *Household.objects.values_list("household_no", flat=True),
    ]


def elsewhere(county: County) -> Actor:
    """A clerk whose place is one township."""
    return actor_for(make_user(Role.BUREAU_CLERK, area_path=county.townships[0].path), at=AT)


@pytest.mark.sqlite_enough
@pytest.mark.django_db
def test_no_two_signals_leave_a_few_between_them(county: County) -> None:
    """Townships are told of one after the other; then the county rises with seven more, who would be seen by subtraction."""
    county.began_long_ago()
    for number in range(10):
        county.raised(number, at=AT - timedelta(weeks=2))
    assert detect(at=AT - timedelta(weeks=2)) == {"signals": 1}
    for number in range(10, 20):
        county.raised(number, at=AT - timedelta(weeks=1))
    detect(at=AT - timedelta(weeks=1))
    for number in range(20, 27):
        county.raised(number)
    detect(at=AT)
    told = list(Signal.objects.order_by("pk").values_list("area_path", "households"))
    for area, households in told:
        for other, others in told:
            if area != other and area.startswith(other):
                assert others - households >= 10
    whole = [households for area, households in told if area == county.area.path]
    parts = sum(households for area, households in told if area != county.area.path)
    assert all(one - parts >= 10 or one - parts <= 0 for one in whole)
