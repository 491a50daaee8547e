"""What was promised and is not done yet goes with the household when it passes to somebody else."""

from __future__ import annotations

from tests.visits.place import AT, DAY, Place, help_by, visited
from yixian.visits.actions.settle_promise import PromiseOutcomeInput, settle_promise
from yixian.visits.models import Promise
from yixian.visits.queries import open_promises
from yixian.web.duty.open_items import open_items


def test_what_waits_or_failed_is_listed_and_what_is_done_is_not(place: Place) -> None:
    visited(place, help_by(5, "送土地证复印件"), help_by(8, "陪着去量房"), ago=1)
    done, _open = Promise.objects.order_by("due_on")
    settle_promise(done.pk, PromiseOutcomeInput("kept", DAY), actor=place.actor("cadre"), at=AT)
    found = open_promises(place.actor("township"), [place.ours.pk, place.theirs.pk], on=DAY)
    assert [view.text for view in found.pop(place.ours.pk)] == ["陪着去量房"]
    assert found == {}


def test_it_stands_in_the_hand_over_list_for_those_who_may_read_it(place: Place) -> None:
    visited(place, help_by(8, "陪着去量房"))
    (item,) = open_items(place.actor("clerk"), [place.ours.pk])[place.ours.pk]
    assert "陪着去量房" in item.title
    assert open_items(place.actor("stranger"), [place.ours.pk]) == {}
    assert open_promises(place.actor("finance"), [place.ours.pk], on=DAY) == {}
