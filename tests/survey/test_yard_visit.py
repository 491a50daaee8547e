"""入户结果: nobody is measured behind their back, nobody stands in without a paper, and who was asked for is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.factories import make_household
from tests.starting_states import StartingState
from tests.survey.yard import AT, Yard, make_yard, picture_content
from yixian.kernel.errors import Invalid, NotFound, NotPermitted
from yixian.kernel.models import Event
from yixian.kernel.received.upload import Upload
from yixian.survey.actions.note_yard_visit import YardVisitDraft, note_yard_visit
from yixian.survey.choices import YardVisitOutcome
from yixian.survey.models import YardVisit
from yixian.survey.yard_visits import open_paper, visits_to_repeat

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]
yard = StartingState(make_yard).fixture()
DAY = AT.date()
PAPER = Upload("委托书.png", picture_content())


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def draft(yard: Yard, outcome: YardVisitOutcome, **more: Any) -> YardVisitDraft:
    return replace(YardVisitDraft(yard.household.household_no, DAY, outcome), **more)


def note(yard: Yard, outcome: YardVisitOutcome, *, by: str = "clerk", **more: Any) -> YardVisit:
    return note_yard_visit(yard.team.pk, draft(yard, outcome, **more), actor=yard.actor(by), at=AT)


@pytest.mark.parametrize(
    ("outcome", "more", "key"),
    [
        (YardVisitOutcome.MEASURED, {"household_no": "H404"}, "survey.no_household"),
        (YardVisitOutcome.MEASURED, {"on": DAY + timedelta(1)}, "survey.visit_day"),
        (YardVisitOutcome.PROXY, {"paper": PAPER}, "survey.no_representative"),
        (YardVisitOutcome.GUARDIAN, {"representative": "周叔"}, "survey.no_paper"),
        (YardVisitOutcome.NOTICE_LEFT, {}, "survey.no_next_day"),
        (YardVisitOutcome.COMES_AGAIN, {"next_on": DAY}, "survey.no_next_day"),
        (YardVisitOutcome.MEASURED, {"asked_woman": True}, "survey.no_woman"),
        (YardVisitOutcome.MEASURED, {"asked_interpreter": True}, "survey.no_interpreter"),
    ],
)
def test_what_may_not_be_is_refused(
    yard: Yard, outcome: YardVisitOutcome, more: dict[str, Any], key: str
) -> None:
    with pytest.raises(Invalid) as refused:
        note(yard, outcome, **more)
    assert refused.value.key == key
    assert not YardVisit.objects.exists()


def test_a_relative_stands_in_with_a_letter_that_is_sealed(yard: Yard) -> None:
    visit = note(yard, YardVisitOutcome.RELATIVE, representative="周叔", paper=PAPER)
    _visit, file = open_paper(yard.actor("lead"), visit.pk)
    with file:
        assert file.read().startswith(b"\xff\xd8")
    assert b"\xff\xd8" not in Path(visit.paper.path).read_bytes()[:8]
    with pytest.raises(NotFound):
        open_paper(yard.actor("stranger"), visit.pk)
    event = Event.objects.get(kind="survey.yard_visited")
    assert (event.area_path, event.data["outcome"]) == (yard.household.area_path, "relative")


def test_a_household_waits_until_the_team_was_there_again(yard: Yard) -> None:
    other = make_household(yard.household.area, "吴未")
    note(yard, YardVisitOutcome.NOTICE_LEFT, on=DAY - timedelta(3), next_on=DAY)
    note(yard, YardVisitOutcome.NOTICE_LEFT, next_on=DAY + timedelta(1), household_no=other.household_no)
    assert [row.due_on for row in visits_to_repeat(yard.actor("clerk"), at=AT).window(0, 9)] == [DAY]
    assert visits_to_repeat(yard.actor("cadre"), at=AT).count() == 0
    assert visits_to_repeat(yard.actor("stranger"), at=AT).count() == 0
    note(yard, YardVisitOutcome.MEASURED)
    assert visits_to_repeat(yard.actor("clerk"), at=AT).count() == 0


def waiting(yard: Yard, at: datetime = AT) -> int:
    return visits_to_repeat(yard.actor("clerk"), at=at).count()


def test_visits_count_by_their_day_and_not_by_when_they_were_noted(yard: Yard) -> None:
    note(yard, YardVisitOutcome.MEASURED, on=DAY - timedelta(1))
    note(yard, YardVisitOutcome.NOTICE_LEFT, on=DAY - timedelta(3), next_on=DAY - timedelta(1))
    assert waiting(yard) == 0
    note(yard, YardVisitOutcome.COMES_AGAIN, on=DAY - timedelta(1), next_on=DAY)
    assert waiting(yard) == 1


def test_a_sheet_of_the_visits_day_or_later_settles_it(yard: Yard) -> None:
    yard.send("came")
    after = AT + timedelta(days=2)
    first = draft(yard, YardVisitOutcome.NOTICE_LEFT, on=DAY, next_on=DAY + timedelta(1))
    note_yard_visit(yard.team.pk, first, actor=yard.actor("clerk"), at=after)
    assert waiting(yard, after) == 0
    second = replace(first, on=DAY + timedelta(1), next_on=DAY + timedelta(2))
    note_yard_visit(yard.team.pk, second, actor=yard.actor("clerk"), at=after)
    assert waiting(yard, after) == 1


def test_the_household_is_one_in_force_on_the_day_of_the_visit(yard: Yard) -> None:
    yard.household.valid_until = DAY
    yard.household.save()
    assert note(yard, YardVisitOutcome.MEASURED, on=DAY - timedelta(1)).household == yard.household
    with pytest.raises(Invalid) as refused:
        note(yard, YardVisitOutcome.MEASURED)
    assert refused.value.key == "survey.no_household"


def test_an_interpreter_or_a_woman_may_be_asked_for(yard: Yard) -> None:
    assert (
        note(yard, YardVisitOutcome.MEASURED, asked_interpreter=True, interpreter="马译").interpreter
        == "马译"
    )
    again = note(yard, YardVisitOutcome.COMES_AGAIN, asked_woman=True, next_on=DAY + timedelta(2))
    assert again.next_on == DAY + timedelta(2)


def test_others_note_nothing_and_nothing_is_changed(yard: Yard) -> None:
    for name, error in (("stranger", NotFound), ("cadre", NotPermitted)):
        with pytest.raises(error):
            note(yard, YardVisitOutcome.MEASURED, by=name)
    visit = note(yard, YardVisitOutcome.MEASURED)
    with pytest.raises(DatabaseError), transaction.atomic():
        YardVisit.objects.filter(pk=visit.pk).update(outcome=YardVisitOutcome.PROXY)
