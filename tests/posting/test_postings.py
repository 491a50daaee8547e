"""Lists of a village: what stands on them, how long they hang, what a next round shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tests.factories import make_user
from tests.posting.village import (
    AT,
    DAY,
    FIELD,
    HOUSE,
    Village,
    change_quantity,
    make_village,
    photograph,
    refuses,
)
from tests.starting_states import StartingState
from yixian.domain.procedure.posting import CLOSED, HANGING, HUNG, NOT_POSTED, VOID
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Event
from yixian.kernel.roles import Role
from yixian.posting.actions.keep_posting import close_round, prove_posting, put_up, take_down
from yixian.posting.actions.prepare_posting import prepare_posting
from yixian.posting.choices import PostedList
from yixian.posting.models import PostedLine, Posting, PostingEvent
from yixian.posting.public_lists import family_name, public_lines, public_posting, public_postings
from yixian.posting.queries import course_of, get_posting, postings
from yixian.posting.register_lines import ListLine, lines_of, posted_lines, sha256_of

pytestmark = pytest.mark.django_db
village = StartingState(make_village).fixture()


def test_property_land_and_people_are_posted_apart(village: Village) -> None:
    first, second = (household.household_no for household in village.households)
    found = {posted: lines_of(village.prepare(posted)) for posted in PostedList}
    assert found[PostedList.PROPERTY] == [
        ListLine(first, "周正", "L11", HOUSE, Decimal("101.27")),
        ListLine(second, "吴桐", "L21", HOUSE, Decimal("101.27")),
    ]
    assert [(line.line_no, line.item_code, line.quantity) for line in found[PostedList.LAND]] == [
        ("L12", FIELD, Decimal("2.5")),
        ("L22", FIELD, Decimal("2.5")),
    ]
    people = found[PostedList.POPULATION]
    assert [(line.household_no, line.line_no, line.quantity) for line in people] == [
        (first, "", 3),
        (second, "", 1),
    ]
    assert people[0].detail.startswith("周正、")


def test_a_list_holds_nothing_but_what_hangs_in_every_village() -> None:
    """No identity number, telephone, account or health has a place on it."""
    assert {field.name for field in fields(ListLine)} == {
        "household_no",
        "head_name",
        "line_no",
        "item_code",
        "quantity",
        "detail",
        "is_gone",
    }


def test_the_hash_is_of_the_lines_and_everybody_can_work_it_out(village: Village) -> None:
    posting = village.prepare()
    rows = [
        [row.household_no, row.head_name, row.line_no, row.item_code, f"{row.quantity:.4f}", "", False]
        for row in posting.lines.order_by("position")
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    assert posting.sha256 == hashlib.sha256(text).hexdigest() == sha256_of(lines_of(posting))
    event = Event.objects.get(kind="posting.prepared")
    assert (event.data["lines"], event.data["sha256"]) == (2, posting.sha256)


@pytest.mark.parametrize(
    ("hours", "state"),
    [(0, HANGING), (7 * 24, HANGING), (7 * 24 + 13, HANGING), (7 * 24 + 14, HUNG), (30 * 24, HUNG)],
)
def test_it_hangs_through_the_last_day_in_beijing(village: Village, hours: int, state: str) -> None:
    """Put up on Thursday 5 November at ten: seven days are 6 to 12 November; it is over when the 13th begins."""
    posting = village.prepare()
    assert course_of(posting, at=AT).state == NOT_POSTED
    put_up(posting.pk, "村委会门口", actor=village.actor("clerk"), at=AT)
    assert course_of(posting, at=AT + timedelta(hours=hours)).state == state


def test_a_last_day_that_is_a_day_of_rest_is_the_next_working_day(village: Village) -> None:
    """From Saturday 7 November seven days end on Saturday the 14th, which moves to Monday the 16th."""
    at = datetime(2026, 11, 7, 2, 0, tzinfo=UTC)
    posting = village.prepare(at=at)
    put_up(posting.pk, "村口", actor=village.actor("clerk"), at=at)
    assert course_of(posting, at=datetime(2026, 11, 16, 15, 59, tzinfo=UTC)).state == HANGING
    assert course_of(posting, at=datetime(2026, 11, 16, 16, 0, tzinfo=UTC)).state == HUNG


def test_taken_down_too_early_it_is_void_and_runs_again(village: Village) -> None:
    clerk, posting = village.actor("clerk"), village.prepare()
    put_up(posting.pk, "村口", actor=clerk, at=AT)
    take_down(posting.pk, "大风刮掉", actor=clerk, at=AT + 3 * DAY)
    assert course_of(posting, at=AT + 10 * DAY).state == VOID
    with pytest.raises(Refused):
        close_round(posting.pk, actor=clerk, at=AT + 10 * DAY)
    put_up(posting.pk, "村口", actor=clerk, at=AT + 10 * DAY)
    assert course_of(posting, at=AT + 12 * DAY).state == HANGING
    assert course_of(posting, at=AT + 12 * DAY).proofs == 0


def test_a_round_is_closed_after_its_last_day_with_its_proofs(village: Village) -> None:
    clerk, posting = village.actor("clerk"), village.prepare()
    put_up(posting.pk, "村口", actor=clerk, at=AT)
    prove_posting(posting.pk, photograph(), "村口", actor=clerk, at=AT + DAY)
    with refuses(Refused, "posting.state"):
        close_round(posting.pk, actor=clerk, at=AT + 7 * DAY)
    with refuses(Refused, "posting.few_proofs"):
        close_round(posting.pk, actor=clerk, at=AT + 8 * DAY)
    prove_posting(posting.pk, photograph(), "村口", actor=clerk, at=AT + 8 * DAY)
    close_round(posting.pk, actor=clerk, at=AT + 8 * DAY)
    assert course_of(posting, at=AT + 8 * DAY).state == CLOSED
    kept = posting.events.filter(kind="proven").first()
    assert kept is not None
    assert kept.photograph.read().startswith(b"\xff\xd8")


def test_a_next_round_shows_what_changed_and_nothing_else(village: Village) -> None:
    after = village.hang(village.prepare(), at=AT)
    change_quantity("L11", "99.5", on=after.date())
    second = village.prepare(at=after)
    assert [(line.line_no, line.quantity) for line in lines_of(second)] == [("L11", Decimal("99.5"))]
    assert [line.quantity for line in posted_lines(village.village.pk, PostedList.PROPERTY)] == [
        Decimal("99.5"),
        Decimal("101.27"),
    ]
    assert (second.round, second.rounds) == (2, 3)


def test_what_is_gone_is_said_to_be_gone(village: Village) -> None:
    after = village.hang(village.prepare(), at=AT)
    village.households[0].items.filter(line_no="L11").update(valid_until=after.date())
    second = village.prepare(at=after)
    assert [(line.line_no, line.is_gone) for line in lines_of(second)] == [("L11", True)]
    assert [line.line_no for line in posted_lines(village.village.pk, PostedList.PROPERTY)] == ["L21"]


def test_rounds_come_one_after_another_and_end_with_the_last(village: Village) -> None:
    posting = village.prepare(PostedList.LAND)
    with refuses(Refused, "posting.open_round"):
        village.prepare(PostedList.LAND)
    after = village.hang(posting, at=AT)
    after = village.hang(village.prepare(PostedList.LAND, at=after), at=after)
    with refuses(Refused, "posting.last_round"):
        village.prepare(PostedList.LAND, at=after)
    change_quantity("L12", "2.4", on=after.date())
    extra = village.prepare(PostedList.LAND, at=after)
    assert (extra.round, extra.rounds, extra.days) == (3, 3, 7)


def test_a_list_is_of_a_village_with_something_on_it(village: Village) -> None:
    with refuses(Invalid, "posting.village"):
        prepare_posting(village.county.pk, PostedList.LAND, AT.date(), actor=village.actor("clerk"), at=AT)
    village.households[0].items.update(valid_until=date(2026, 11, 1))
    village.households[1].items.update(valid_until=date(2026, 11, 1))
    with refuses(Refused, "posting.empty"):
        village.prepare()


def test_a_list_is_of_a_day_between_the_round_before_and_today(village: Village) -> None:
    clerk = village.actor("clerk")
    for as_of, at in ((AT.date() + DAY, AT), (date(2062, 1, 1), AT)):
        with refuses(Invalid, "posting.as_of"):
            prepare_posting(village.village.pk, PostedList.LAND, as_of, actor=clerk, at=at)
    after = village.hang(village.prepare(PostedList.LAND), at=AT)
    with refuses(Invalid, "posting.as_of"):
        prepare_posting(village.village.pk, PostedList.LAND, AT.date() - DAY, actor=clerk, at=after)


def test_others_neither_see_nor_change_it(village: Village) -> None:
    posting = village.prepare()
    assert list(postings(village.actor("auditor"))) == [posting]
    assert list(postings(village.actor("stranger"))) == []
    for name, error in (("stranger", NotFound), ("cadre", NotPermitted), ("auditor", NotPermitted)):
        actor = village.actor(name)
        for act in (
            lambda actor=actor: put_up(posting.pk, "村口", actor=actor, at=AT),
            lambda actor=actor: prove_posting(posting.pk, photograph(), "村口", actor=actor, at=AT),
            lambda actor=actor: take_down(posting.pk, "掉了", actor=actor, at=AT),
            lambda actor=actor: close_round(posting.pk, actor=actor, at=AT),
            lambda actor=actor: prepare_posting(
                village.village.pk, PostedList.LAND, AT.date(), actor=actor, at=AT
            ),
        ):
            with pytest.raises(error):
                act()
    with pytest.raises(NotFound):
        get_posting(village.actor("stranger"), posting.pk)
    elsewhere = actor_for(make_user(Role.TOWNSHIP_LEAD, area_path=village.other.path), at=AT)
    with pytest.raises(NotFound):
        put_up(posting.pk, "村口", actor=elsewhere, at=AT)


def test_everybody_sees_what_hangs_and_hung_and_nothing_else(village: Village) -> None:
    clerk, posting = village.actor("clerk"), village.prepare()
    assert public_postings(at=AT) == []
    with refuses(NotFound, "posting.none"):
        public_posting(posting.pk, at=AT)
    put_up(posting.pk, "村口", actor=clerk, at=AT)
    (view,) = public_postings(at=AT + DAY)
    assert (view.posting, view.course.state) == (posting, HANGING)
    assert view.last_date == date(2026, 11, 12)
    assert [found.course.state for found in public_postings("近溪", "property", at=AT + 8 * DAY)] == [HUNG]
    assert public_postings("别的村", at=AT + DAY) == public_postings(posted="land", at=AT + DAY) == []
    take_down(posting.pk, "掉了", actor=clerk, at=AT + 2 * DAY)
    assert public_postings(at=AT + 2 * DAY) == []


def test_the_open_net_reads_no_full_name(village: Village) -> None:
    first = village.households[0]
    people = village.prepare(PostedList.POPULATION)
    (line,) = public_lines(people, first.household_no[-4:])
    assert (line.household_no, line.head, line.quantity) == (first.household_no, "周某", 3)
    names = {member.person.name for member in first.members.select_related("person")}
    shown = " ".join(str(value) for one in public_lines(people) for value in (one.head, one.item, one.unit))
    assert not any(name in shown for name in names)
    assert [family_name(name) for name in ("", "周", "周正", "欧阳正明")] == ["", "周", "周某", "欧某某某"]


@pytest.mark.parametrize("model", [Posting, PostedLine, PostingEvent])
def test_what_hung_cannot_be_changed(village: Village, model: type[Posting]) -> None:
    posting = village.prepare()
    put_up(posting.pk, "村口", actor=village.actor("clerk"), at=AT)
    for change in (lambda: model.objects.all().delete(), lambda: model.objects.update(id=9_999)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
