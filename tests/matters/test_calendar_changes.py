"""日历变了: what was lawful by the calendar of its day stays so; what cannot be followed is named and stops nobody."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project

from tests.matters.place import EARTH_TIMBER, Place
from yixian.kernel.errors import Refused
from yixian.matters.actions import converse, decide, extend, hand_over, take_on
from yixian.matters.actions.decide import Opinion
from yixian.matters.actions.escalate import escalate, reindex
from yixian.matters.actions.review import ask_review
from yixian.matters.choices import DecisionOutcome, NotificationChannel
from yixian.matters.figures.metrics_queries import metrics_page, refresh_metrics
from yixian.matters.figures.quarterly_figures import publish_quarters
from yixian.matters.matter_state import state_of
from yixian.matters.models import CalendarVersion, Matter, MatterEvent, MatterProjection
from yixian.matters.person_access import MatterCredential
from yixian.matters.queries import matter_list
from yixian.matters.queries.unfollowed import unfollowed_matters

pytestmark = pytest.mark.django_db

OPINION = Opinion(
    asked="请求提高单价。",
    facts="该户正房为土木结构。",
    reasons="单价由省里文件规定。",
    outcome=DecisionOutcome.EXPLAINED,
    basis=(EARTH_TIMBER,),
)


def day(text: str, hour: int = 2) -> datetime:
    """Ten in the morning in Shanghai of a day, unless another hour (UTC) is said."""
    return datetime.fromisoformat(text).replace(hour=hour, tzinfo=UTC)


@pytest.fixture
def published(settings: Any, tmp_path: Path) -> Callable[..., None]:
    """Publish an arrangement for 2027: the days that it adds, as “2027-01-30,work”."""

    def publish(*days: str) -> None:
        folder = tmp_path / f"procedures-{uuid.uuid4().hex[:6]}"
        shutil.copytree(project.YIXIAN_PROCEDURES, folder)
        with (folder / "calendar.csv").open("a", encoding="utf-8") as file:
            file.writelines(f"{one},调休,moved\n" for one in days)
        settings.YIXIAN_PROCEDURES = folder

    return publish


def offered(place: Place, at: datetime) -> str:
    number = place.raised(at=at).matter.number
    water, petition = place.organisations["water"].pk, place.actor("petition")
    hand_over.offer(number, water, "归你们管。", "三定方案第三条", actor=petition, at=at)
    return number


def test_a_return_on_the_last_day_stays_lawful_when_a_day_before_it_becomes_a_workday(
    place: Place, published: Callable[..., None]
) -> None:
    number = offered(place, day("2027-01-27"))
    hand_over.return_handover(number, "不归我们管。", actor=place.actor("water"), at=day("2027-02-03"))
    published("2027-01-30,work")
    assert reindex(at=day("2027-02-04")) == {"failed": 0}
    state = state_of(Matter.objects.get(number=number), at=day("2027-02-04"))
    assert state.course.fault is None
    assert state.holder_id == place.organisations["petition"].pk
    answer = next(one for one in state.course.clocks if one.clock.id == "return")
    assert (answer.status, datetime.fromordinal(answer.due_day).day) == ("met", 3)
    refresh_metrics(at=day("2027-02-04"))
    assert metrics_page(place.actor("county")) is not None
    take_on.accept_matter(number, actor=place.actor("petition"), at=day("2027-02-04"))
    assert CalendarVersion.objects.count() == 2


def test_more_time_approved_on_the_last_day_stays_approved(
    place: Place, published: Callable[..., None]
) -> None:
    number = place.raised(at=day("2026-12-01")).matter.number
    petition = place.actor("petition")
    take_on.accept_matter(
        number, actor=petition, at=day("2026-12-01")
    )  # the sixtieth day is Saturday, 30 January
    extend.ask_extension(number, "等测绘。", actor=petition, at=day("2027-01-29"))
    extend.approve_extension(number, actor=place.actor("petition2"), at=day("2027-02-01"))
    published("2027-01-30,work")
    reindex(at=day("2027-02-02"))
    state = state_of(Matter.objects.get(number=number), at=day("2027-02-02"))
    assert state.course.fault is None
    decide_by = next(one for one in state.course.clocks if one.clock.id == "decide")
    assert (decide_by.status, str(datetime.fromordinal(decide_by.due_day).date())) == (
        "running",
        "2027-03-01",
    )


def test_what_is_still_to_come_is_counted_by_the_calendar_of_today(
    place: Place, published: Callable[..., None]
) -> None:
    number = offered(place, day("2027-01-27"))
    published("2027-01-30,work")
    matter = Matter.objects.get(number=number)
    assert state_of(matter, at=day("2027-02-02", 15)).holder_id == place.organisations["petition"].pk
    assert state_of(matter, at=day("2027-02-02", 17)).holder_id == place.organisations["water"].pk
    with pytest.raises(
        Refused
    ) as caught:  # it is theirs by silence: no other body's, and nothing to be returned
        hand_over.return_handover(number, "不归我们管。", actor=place.actor("water"), at=day("2027-02-03"))
    assert caught.value.key == "matter.state"


def test_a_review_asked_for_in_time_stays_so(place: Place, published: Callable[..., None]) -> None:
    receipt = place.raised(at=day("2026-12-28"))
    number, petition = receipt.matter.number, place.actor("petition")
    take_on.accept_matter(number, actor=petition, at=day("2026-12-28"))
    decide.decide(number, OPINION, actor=petition, at=day("2026-12-30"))
    converse.write_to_person(
        number, uuid.uuid4(), "答复。", NotificationChannel.PORTAL, actor=petition, at=day("2026-12-31")
    )  # the thirtieth day is Saturday, 30 January
    ask_review(MatterCredential(code=receipt.code), "没有说清。", at=day("2027-02-01"))
    published("2027-01-30,work")
    reindex(at=day("2027-02-02"))
    state = state_of(receipt.matter, at=day("2027-02-02"))
    assert (state.course.state, state.course.fault) == ("in_review", None)
    assert next(one for one in state.course.clocks if one.clock.id == "ask_review").status == "met"


def test_a_record_that_cannot_be_followed_is_named_and_stops_nobody(place: Place) -> None:
    sound = place.raised(at=day("2026-03-02"))
    broken = offered(place, day("2026-03-02"))
    matter = Matter.objects.get(number=broken)
    water = place.organisations["water"]
    MatterEvent.objects.create(
        matter=matter,
        seq=4,
        at=day("2026-03-20"),
        kind="handover_returned",
        actor_organisation=water,
        reason="晚了",
    )
    MatterProjection.objects.filter(pk=matter.pk).update(rules="")
    for _again in range(2):
        assert reindex(at=day("2026-04-20")) == {"failed": 1}
    assert escalate(at=day("2026-04-20")) == {"failed": 1}
    assert sound.matter.escalations.exists()
    assert refresh_metrics(at=day("2026-04-20")) == {"failed": 1}
    assert metrics_page(place.actor("county")) is not None
    assert publish_quarters(at=day("2026-04-20")) == {"published": 1, "failed": 1}
    assert [one.number for one in unfollowed_matters(place.actor("admin"))] == [broken]
    rows = matter_list(place.actor("petition"), at=day("2026-04-20"), tab="open").window(0, 50)
    assert [row.number for row in rows if row.fault] == [broken]
    with pytest.raises(Refused) as refused:
        take_on.accept_matter(broken, actor=place.actor("water"), at=day("2026-04-20"))
    assert refused.value.key == "matter.unfollowed"
