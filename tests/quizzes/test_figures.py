"""各机构情况: averages of ten people or more, by month, and nothing by which one of them could be made out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.access.world import PACK
from tests.factories import make_area, make_organisation, make_user
from yixian.kernel.actors import system_actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.grants import actor_for
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.policies.actions.register_pack import register_pack
from yixian.quizzes.access import FIGURE_READERS
from yixian.quizzes.choices import Topic
from yixian.quizzes.models import QuizAnswer, QuizAttempt
from yixian.quizzes.queries import ended_months, organisation_figures

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
IN_OCTOBER = datetime(2026, 10, 12, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def county():
    return make_area(make_area(name="云岭省"), "两河县")


@pytest.fixture
def version():
    return register_pack(PACK, actor=system_actor("test"), at=IN_OCTOBER)


def take(
    version, organisation, right: list[bool], *, at: datetime = IN_OCTOBER, user=None, topic=Topic.PROMISE
):
    """A quiz that ended, with one answer for each of ``right``."""
    user = user or make_user(Role.CADRE)
    attempt = QuizAttempt.objects.create(
        user=user,
        pack_version=version,
        on_date=at.date(),
        seed=1,
        questions=[],
        organisation_id=organisation.pk,
        started_at=at,
        finished_at=at,
    )
    for position, is_right in enumerate(right):
        QuizAnswer.objects.create(
            attempt=attempt, position=position, topic=topic, chosen=0, is_right=is_right, at=at
        )
    return user


def lead(county, role: Role = Role.BUREAU_LEAD, **where: object):
    where = where or {"area_path": county.path}
    return actor_for(make_user(role, **where), at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC))


def share(row, topic: Topic = Topic.PROMISE) -> int | None:
    return next(figure.per_cent for figure in row.topics if figure.topic == topic)


def test_nine_are_not_shown_and_ten_are(county, version) -> None:
    nine, ten = make_organisation(county), make_organisation(county)
    for _person in range(9):
        take(version, nine, [True, False])
    for number in range(10):
        take(version, ten, [number < 7])
    (row,) = organisation_figures(lead(county), OCTOBER, on=TODAY)
    assert (row.organisation, row.participants, share(row)) == (ten, 10, 70)


def test_many_quizzes_of_few_people_are_not_shown(county, version) -> None:
    organisation = make_organisation(county)
    people = [make_user(Role.CADRE) for _person in range(3)]
    for number in range(12):
        take(version, organisation, [True], user=people[number % 3], at=IN_OCTOBER + timedelta(hours=number))
    assert organisation_figures(lead(county), OCTOBER, on=TODAY) == []


def test_only_the_first_quiz_of_the_month_counts(county, version) -> None:
    organisation = make_organisation(county)
    people = [take(version, organisation, [number < 5]) for number in range(10)]
    for _again in range(6):
        take(version, organisation, [True] * 5, user=people[9], at=IN_OCTOBER + timedelta(days=1 + _again))
    (row,) = organisation_figures(lead(county), OCTOBER, on=TODAY)
    assert share(row) == 50


def test_a_topic_that_fewer_than_ten_answered_is_not_shown(county, version) -> None:
    organisation = make_organisation(county)
    for number in range(12):
        take(version, organisation, [True, False], topic=Topic.LINE if number < 9 else Topic.FORCE)
    (row,) = organisation_figures(lead(county), OCTOBER, on=TODAY)
    assert (row.participants, share(row, Topic.LINE), share(row, Topic.FORCE)) == (12, None, None)


@pytest.mark.parametrize(("right", "told"), [(True, 95), (False, 5)])
def test_all_and_none_tell_nothing_of_anybody(right: bool, told: int, county, version) -> None:
    organisation = make_organisation(county)
    for _person in range(10):
        take(version, organisation, [right])
    (row,) = organisation_figures(lead(county), OCTOBER, on=TODAY)
    assert share(row) == told


def test_a_month_that_goes_on_is_not_shown_and_months_stand_alone(county, version) -> None:
    organisation = make_organisation(county)
    for _person in range(10):
        take(version, organisation, [True, False])
    take(version, organisation, [False, False], at=datetime(2026, 11, 3, 3, 0, tzinfo=UTC))
    take(
        version, organisation, [False, False], at=datetime(2026, 10, 31, 16, 30, tzinfo=UTC)
    )  # November in Shanghai
    assert organisation_figures(lead(county), date(2026, 11, 1), on=TODAY) == []
    (row,) = organisation_figures(lead(county), OCTOBER, on=TODAY)
    assert (row.participants, share(row)) == (10, 50)
    assert ended_months(TODAY)[:2] == [OCTOBER, date(2026, 9, 1)]


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_only_who_leads_or_audits_sees_figures(role: Role, county, version) -> None:
    actor = lead(county, role)
    if role in FIGURE_READERS:
        assert organisation_figures(actor, OCTOBER, on=TODAY) == []
    else:
        with pytest.raises(NotPermitted):
            organisation_figures(actor, OCTOBER, on=TODAY)


def test_each_sees_the_organisations_in_reach(county, version) -> None:
    here, there = make_area(county, "近溪镇"), make_area(county, "远谷镇")
    organisations = [make_organisation(here), make_organisation(there)]
    for organisation in organisations:
        for _person in range(10):
            take(version, organisation, [True, False])
    seen = {
        "county": organisation_figures(lead(county), OCTOBER, on=TODAY),
        "township": organisation_figures(
            lead(county, Role.TOWNSHIP_LEAD, area_path=here.path), OCTOBER, on=TODAY
        ),
        "department": organisation_figures(
            lead(county, Role.DEPARTMENT_LEAD, organisation=organisations[1]), OCTOBER, on=TODAY
        ),
    }
    assert {name: [row.organisation for row in rows] for name, rows in seen.items()} == {
        "county": organisations,
        "township": organisations[:1],
        "department": organisations[1:],
    }
