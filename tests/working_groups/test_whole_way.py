"""从众声到答复: thirty households say the same, and everything that follows, until each of them is answered."""

from __future__ import annotations

import pytest

from tests.working_groups.county import AT, County
from tests.working_groups.walking import GAIN_A_METRE, LATER, NUMBER, told, walked
from yixian.domain.money import format_fen
from yixian.matters.models import Matter, MatterEvent, MatterMessage
from yixian.working_groups.actions.answer_everybody import answer_everybody
from yixian.working_groups.actions.close_group import close_group
from yixian.working_groups.choices import GroupStage
from yixian.working_groups.models import WorkingGroup
from yixian.working_groups.queries import group_view

pytestmark = pytest.mark.django_db


def test_from_many_voices_to_everybody_answered(
    county: County, group: WorkingGroup, answered: dict[str, int]
) -> None:
    signal = group.signal
    assert signal is not None
    assert (signal.households, signal.villages, signal.area) == (30, 12, county.area)
    assert signal.townships == [one.path for one in county.townships]
    assert signal.owner == county.organisations["bureau"]
    assert answered == {"answered": 31, "failed": 0}
    close_group(group.pk, actor=county.actor("clerk"), at=LATER)
    view = group_view(type(group).objects.get(pk=group.pk))
    assert [stop.group_stage for stop in view.progress if stop.is_done] == list(GroupStage)
    assert view.coming is None
    assert view.decision is not None
    assert (view.decision.number, view.decision.kept) == (NUMBER, False)


def test_each_is_told_what_changed_for_them_alone(county: County, answered: dict[str, int]) -> None:
    receipts = {}
    matters = Matter.objects.filter(clauses__clause="table-rural")
    for matter in matters:
        person = matter.people.first()
        if person is not None:
            receipts[int(person.household)] = matter
    for number, household in enumerate(county.households):
        (words,) = told(receipts[household.pk])
        rows = household.statements.order_by("version")
        old, new = rows[0].total_fen, rows[1].total_fen
        assert new - old == int((120 + number % 10) * GAIN_A_METRE * 100) > 0
        for part in (NUMBER, "384", "420", format_fen(old), format_fen(new), format_fen(new - old)):
            assert part in words
    anonymous = matters.get(people=None)
    (words,) = told(anonymous)
    assert NUMBER in words
    assert "账目" not in words


def test_answering_again_writes_nothing(
    county: County, group: WorkingGroup, answered: dict[str, int]
) -> None:
    before = (MatterMessage.objects.count(), MatterEvent.objects.count())
    again = answer_everybody(group.pk, actor=county.actor("clerk"), at=LATER)
    assert again == {"answered": 0, "failed": 0}
    assert (MatterMessage.objects.count(), MatterEvent.objects.count()) == before


def test_cut_off_it_goes_on_where_it_stopped(county: County, group: WorkingGroup, adopted: None) -> None:

    class Cut(Exception):
        pass

    def cut(_step: str, done: int, _total: int) -> None:
        if done == 7:
            raise Cut

    with pytest.raises(Cut):
        answer_everybody(group.pk, actor=county.actor("clerk"), at=LATER, report=cut)
    assert MatterMessage.objects.count() == 7
    assert not group_view(type(group).objects.get(pk=group.pk)).has(GroupStage.ANSWERED)
    assert answer_everybody(group.pk, actor=county.actor("clerk"), at=LATER)["failed"] == 0
    assert MatterMessage.objects.count() == 31
    assert len(set(MatterMessage.objects.values_list("matter_id", flat=True))) == 31


@pytest.mark.sqlite_enough
def test_what_is_about_somebody_in_office_is_in_nothing(county: County) -> None:
    about = county.about_official(at=AT)
    group = county.group()
    assert group.signal is not None
    assert group.signal.households == 30
    walked(county, group)
    assert about.matter.messages.count() == 0
