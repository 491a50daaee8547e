"""The room says what the pure engine says, whatever is tried; and kinds of defects that other systems had."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.posting.village import AT, DAY, Village, change_quantity, make_village, refuses
from tests.starting_states import StartingState
from yixian.domain.procedure.posting import (
    CLOSED,
    CONFIRMED,
    HANGING,
    HUNG,
    NOT_POSTED,
    PostingEvent,
    posting_course,
)
from yixian.kernel.errors import Refused
from yixian.posting.actions.keep_posting import close_round, put_up, take_down
from yixian.posting.actions.object_to_posting import Said, answer_objection, take_objection
from yixian.posting.actions.posting_events import add_event
from yixian.posting.choices import ObjectionChannel, ObjectionOutcome, PostedList
from yixian.posting.models import PostedLine, Posting
from yixian.posting.posting_rules import calendar, procedure_of
from yixian.posting.queries import course_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]
village = StartingState(make_village).fixture()

PHONE, ID_NUMBER, ACCOUNT = "13800138000", "110101197003052349", "6222020200112233445"


def _act(village: Village, posting: Posting, kind: str, at: datetime) -> None:
    clerk = village.actor("clerk")
    if kind == "posted":
        put_up(posting.pk, "村口", actor=clerk, at=at)
    elif kind == "taken_down":
        take_down(posting.pk, "刮掉", actor=clerk, at=at)
    else:
        close_round(posting.pk, actor=clerk, at=at)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_tried_the_room_does_what_the_engine_allows(village: Village, seed: int) -> None:
    chance, posting = random.Random(seed), village.prepare()
    at, events = AT, list[PostingEvent]()
    for _try in range(25):
        at += timedelta(hours=chance.choice((1, 5, 12, 50)))
        kind = chance.choice(("posted", "taken_down", "closed"))
        before = posting_course(procedure_of(posting), calendar(), events, at)
        if kind == "taken_down" and before.state == HUNG:
            continue
        tried = [*events, PostingEvent(len(events) + 1, at, kind, "property", 1)]
        if posting_course(procedure_of(posting), calendar(), tried, at).fault is None:
            _act(village, posting, kind, at)
            events = tried
        else:
            with pytest.raises(Refused):
                _act(village, posting, kind, at)
        assert course_of(posting, at=at) == posting_course(procedure_of(posting), calendar(), events, at)
    assert events


def test_the_evening_of_its_first_day_closes_nothing(village: Village) -> None:
    """A job of another system compared today with today, and closed every posting on its first run."""
    posting = village.prepare()
    put_up(posting.pk, "村口", actor=village.actor("clerk"), at=AT)
    for at in (AT + timedelta(hours=13), AT + DAY, AT + 3 * DAY):
        assert course_of(posting, at=at).state == HANGING
        with pytest.raises(Refused):
            close_round(posting.pk, actor=village.actor("clerk"), at=at)
    assert not posting.events.filter(kind=CLOSED).exists()


def test_nothing_is_recorded_before_what_stands_already(village: Village) -> None:
    posting = village.prepare()
    put_up(posting.pk, "村口", actor=village.actor("clerk"), at=AT)
    with pytest.raises(Refused):
        take_down(posting.pk, "改期", actor=village.actor("clerk"), at=AT - DAY)
    assert posting.events.count() == 1
    assert course_of(posting, at=AT - DAY).state == NOT_POSTED


def test_where_the_workdays_are_not_known_nothing_is_put_up(village: Village) -> None:
    posting = village.prepare()
    last_known = datetime.fromordinal(calendar().last).replace(hour=2, tzinfo=UTC)
    with refuses(Refused, "posting.unknown_year"):
        put_up(posting.pk, "村口", actor=village.actor("clerk"), at=last_known)
    assert not posting.events.exists()


def test_no_list_is_locked_while_one_may_still_object(village: Village) -> None:
    """The last round of property hangs three days, and one may object for seven."""
    after = village.hang(village.prepare(), at=AT)
    for quantity in ("99.5", "98.5"):
        change_quantity("L11", quantity, on=after.date())
        begun = after
        last = village.prepare(at=begun)
        after = village.hang(last, at=begun)
    leader = village.actor("leader")
    assert course_of(last, at=after).state == CLOSED
    said = Said(
        ObjectionChannel.VISIT, village.households[0].household_no, "不对", "L11"
    )  # whoever objects ends nobody's time
    one = take_objection(last.pk, said, actor=village.actor("clerk"), at=after)
    answer_objection(one.pk, ObjectionOutcome.EXPLAINED, "按外墙", actor=village.actor("clerk"), at=after)
    with refuses(Refused, "posting.may_object"):
        add_event(last, CONFIRMED, actor=leader, at=after)
    over = begun + 10 * DAY
    add_event(last, CONFIRMED, actor=leader, at=over)
    assert course_of(last, at=over).state == CONFIRMED


def test_no_cell_of_any_list_bears_identity_telephone_account_or_birth(village: Village) -> None:
    for household in village.households:
        household.phone, household.bank_account = PHONE, ACCOUNT
        household.save()
        for member in household.members.select_related("person"):
            member.person.phone, member.person.id_number = PHONE, ID_NUMBER
            member.eligibility_note = "慢性病"
            member.person.save()
            member.save()
    for posted in PostedList:
        village.prepare(posted)
    cells = [str(cell) for row in PostedLine.objects.values() for cell in row.values()]
    assert len(cells) > 50
    born = date(1970, 3, 5)
    for secret in (PHONE, ID_NUMBER, ACCOUNT, "慢性病", born.isoformat()):
        assert not [cell for cell in cells if secret in cell]
