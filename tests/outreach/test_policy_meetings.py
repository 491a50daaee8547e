"""政策宣讲会: who was absent is reached afterwards, and by whom; what nobody could answer goes on; the household ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import make_household
from tests.visits.place import AT, DAY, Place, visited
from yixian.compensation.models import Statement
from yixian.duty.models import Pairing
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.outreach.actions.hold_meeting import (
    HandsDraft,
    MeetingDraft,
    enter_attendance,
    hold_meeting,
    note_reached,
    object_to_meeting,
)
from yixian.outreach.choices import MeetingReach
from yixian.outreach.models import MeetingQuestion, PolicyMeeting, ReachedAfterwards
from yixian.outreach.queries.policy_meetings import (
    document_reach,
    get_meeting,
    households_to_tell,
    meeting_list,
    meetings_of_household,
)
from yixian.policies.models import PolicyQuestion
from yixian.registry.models import Household

pytestmark = pytest.mark.django_db
TOPIC = ("danjiangkou-2009", "D2009-215")


def drafted_meeting(world: Place, /, **changes: object) -> MeetingDraft:
    values = {
        "area_id": world.township.pk,
        "on": DAY,
        "place": "村委会",
        "topics": (TOPIC,),
        "languages": ("cmn", "iii"),
    } | changes
    return MeetingDraft(**values)


def met(world: Place, name: str = "township", /, **changes: object) -> PolicyMeeting:
    """A meeting that was written down."""
    return hold_meeting(drafted_meeting(world, **changes), actor=world.actor(name), at=AT)


def sheet(place: Place, row: PolicyMeeting, *absent: Household, why: str = "") -> None:
    enter_attendance(row.pk, [one.pk for one in absent], why, actor=place.actor("township"), at=AT)


def reach(place: Place) -> str:
    (one,) = meetings_of_household(place.family, place.ours, on=DAY)
    return one.reach


@pytest.fixture
def neighbour(place: Place) -> Household:
    """Another household of the place, which nobody stands beside."""
    return make_household(place.ours.area, "邻居")


def test_from_the_meeting_to_the_last_household(place: Place, neighbour: Household) -> None:
    row = met(place)
    assert {one.household_id for one in row.invitations.all()} == {place.ours.pk, neighbour.pk}
    assert reach(place) == MeetingReach.UNKNOWN
    sheet(place, row, place.ours)
    assert reach(place) == MeetingReach.ABSENT
    (waiting,) = households_to_tell(place.actor("cadre")).window(0, 9)
    assert (waiting.key, waiting.about) == (f"{row.pk}/reached/{place.ours.pk}", "赵近壹")
    assert households_to_tell(place.actor("stranger")).count() == 0
    visit = visited(place)
    note_reached(row.pk, place.ours.pk, DAY, visit.pk, actor=place.actor("cadre"), at=AT)
    assert ReachedAfterwards.objects.get().helper == place.cadre
    assert households_to_tell(place.actor("cadre")).count() == 0
    assert reach(place) == MeetingReach.REACHED
    (listed,) = meeting_list(place.actor("clerk"), on=DAY).window(0, 9)
    assert (listed.invited, listed.attended, listed.reached, listed.missing) == (2, 1, 1, 0)
    (village,) = document_reach(place.actor("clerk"), on=DAY).window(0, 9)
    assert (village.village, village.households, village.attended, village.reached, village.missing) == (
        "近溪村",
        2,
        1,
        1,
        0,
    )


def test_a_household_counts_once_for_a_document_by_its_best(place: Place, neighbour: Household) -> None:
    first, second = met(place), met(place, place="小学")
    sheet(place, first, place.ours, neighbour)
    sheet(place, second, neighbour)
    (village,) = document_reach(place.actor("clerk"), on=DAY).window(0, 9)
    assert (village.households, village.attended, village.missing) == (2, 1, 1)


def test_the_sheet_is_corrected_with_a_reason(place: Place, neighbour: Household) -> None:
    row = met(place)
    sheet(place, row, place.ours)
    with pytest.raises(Invalid):
        sheet(place, row, neighbour)
    sheet(place, row, neighbour, why="签到表抄错了行")
    assert reach(place) == MeetingReach.ATTENDED
    assert households_to_tell(place.actor("cadre")).count() == 0
    assert row.attendances.count() == 2
    with pytest.raises(Invalid):
        sheet(place, row, place.theirs, why="错")


def test_what_nobody_could_answer_goes_to_the_desk(place: Place) -> None:
    asked = (HandsDraft("按哪天的价？", "按生效那天。", 30, 2), HandsDraft("岸上的地呢？", "", 4, 20))
    met(place, questions=asked)
    first, second = MeetingQuestion.objects.order_by("position")
    assert (first.policy_question, first.understood, first.not_understood) == (None, 30, 2)
    assert second.policy_question == PolicyQuestion.objects.get()


def test_what_is_refused(place: Place) -> None:
    for changes, field in (
        ({"on": DAY + timedelta(days=1)}, "on"),
        ({"place": " "}, "place"),
        ({"topics": ()}, "topics"),
        ({"languages": ("lat",)}, "languages"),
    ):
        with pytest.raises(Invalid) as caught:
            met(place, **changes)
        assert caught.value.field == field
    with pytest.raises(NotFound):
        met(place, topics=(("danjiangkou-2009", "NONE"),))
    assert not PolicyMeeting.objects.exists()
    draft = drafted_meeting(place)
    assert hold_meeting(draft, actor=place.actor("clerk"), at=AT) == hold_meeting(
        draft, actor=place.actor("clerk"), at=AT
    )


def test_telling_afterwards_has_its_rules(place: Place, neighbour: Household) -> None:
    row = met(place)

    def tell(household: Household, name: str = "cadre", *, ago: int = 0, visit: int | None = None) -> None:
        day = DAY - timedelta(days=ago)
        note_reached(row.pk, household.pk, day, visit, actor=place.actor(name), at=AT)

    with pytest.raises(Refused):
        tell(place.ours)
    sheet(place, row, place.ours)
    with pytest.raises(Invalid):
        tell(place.ours, ago=1)
    with pytest.raises(NotFound):
        tell(place.ours, visit=999)
    with pytest.raises(NotFound):
        tell(neighbour)
    with pytest.raises(NotPermitted):
        tell(place.ours, "county")
    tell(place.ours)
    with pytest.raises(Refused):
        tell(place.ours, "member")


def test_who_writes_and_reads(place: Place) -> None:
    for name in ("cadre", "county", "auditor"):
        with pytest.raises(NotPermitted):
            met(place, name)
    with pytest.raises(NotFound):
        met(place, area_id=place.theirs.area_id)
    row = met(place)
    assert [one.meeting for one in meeting_list(place.actor("county"), on=DAY).window(0, 9)] == [row]
    for name in ("cadre", "stranger", "finance"):
        assert meeting_list(place.actor(name), on=DAY).count() == 0
        with pytest.raises(NotFound):
            get_meeting(place.actor(name), row.pk, on=DAY)


def test_the_households_word_ends_it_and_moves_nothing(place: Place) -> None:
    row = met(place)
    sheet(place, row)
    before = [list(model.objects.order_by("pk").values()) for model in (Statement, Pairing)]
    assert reach(place) == MeetingReach.ATTENDED

    def deny(words: str = "", *, never: bool = True, household: int = 0) -> None:
        object_to_meeting(
            row.pk,
            words,
            never_reached=never,
            actor=place.family,
            household_id=household or place.ours.pk,
            at=AT,
        )

    with pytest.raises(Invalid):
        deny(never=False)
    for _time in range(2):
        deny()
    assert row.objections.count() == 1
    assert reach(place) == MeetingReach.DENIED
    (listed,) = meeting_list(place.actor("clerk"), on=DAY).window(0, 9)
    assert (listed.attended, listed.missing) == (0, 1)
    with pytest.raises(NotFound):
        deny(household=place.theirs.pk)
    assert [list(model.objects.order_by("pk").values()) for model in (Statement, Pairing)] == before


def test_what_was_entered_stays(place: Place) -> None:
    sheet(place, met(place), place.ours)
    for table in ("policymeeting", "meetingattendance", "meetingabsence"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM outreach_{table}")
