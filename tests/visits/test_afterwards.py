"""事后: confirmed by the household, settled by either side, corrected beside what stood there, objected to."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.visits.place import AT, DAY, Place, drafted, help_by, visited
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.kernel.throttle import TooManyGuesses
from yixian.visits.actions.acknowledge import AcknowledgementInput, acknowledge
from yixian.visits.actions.correct_visit import VisitCorrection, correct_visit
from yixian.visits.actions.object_to_visit import object_to_visit
from yixian.visits.actions.settle_promise import PromiseOutcomeInput, say_of_promise, settle_promise
from yixian.visits.models import Promise, Visit
from yixian.visits.promise_state import PromiseState, state_of
from yixian.visits.queries import get_visit, household_promises, household_visits
from yixian.visits.strokes import path_of

pytestmark = pytest.mark.django_db
SIGNED = json.dumps([[[10 * step, 100 + step] for step in range(20)]])


def confirm(place: Place, visit: Visit, name: str = "cadre", **how: str) -> None:
    acknowledge(visit.pk, AcknowledgementInput(source="10.0.0.1", **how), actor=place.actor(name), at=AT)


def state(place: Place, on: date = DAY) -> PromiseState:
    (promise,) = household_promises(place.family, place.ours, on=on)
    return promise.state


def test_the_household_confirms_with_its_pin(place: Place) -> None:
    card, visit = place.card(), visited(place)
    confirm(place, visit, way="pin", pin=card.pin)
    _household, view = get_visit(place.family, visit.pk, on=DAY)
    assert view.is_confirmed
    assert Event.objects.filter(kind="card.opened").count() == 0
    with pytest.raises(Refused):
        confirm(place, visit, way="signature", strokes=SIGNED)


def test_guessing_the_pin_slows_down(place: Place) -> None:
    card, visit = place.card(), visited(place)
    wrong = "000000" if card.pin != "000000" else "111111"
    for _guess in range(5):
        with pytest.raises(Invalid):
            confirm(place, visit, way="pin", pin=wrong)
    with pytest.raises(TooManyGuesses):
        confirm(place, visit, way="pin", pin=card.pin)


def test_a_household_without_a_card_cannot_be_confirmed_for(place: Place) -> None:
    with pytest.raises(Invalid):
        confirm(place, visited(place), way="pin", pin="")


def test_a_reason_now_and_a_signature_later(place: Place) -> None:
    visit = visited(place)
    with pytest.raises(Invalid):
        confirm(place, visit, way="none")
    confirm(place, visit, way="none", why_not="电话里谈的")
    confirm(place, visit, way="signature", strokes=SIGNED)
    _household, view = get_visit(place.actor("auditor"), visit.pk, on=DAY)
    assert view.confirmation is not None
    assert view.confirmation.strokes.startswith("M0 100 L10 101")


@pytest.mark.parametrize(
    "strokes",
    [
        "", "[]", "{}", "[[1,2]]", "nonsense", '[[["<svg>", 1]]]', "[[[1.5, 2]]]", "[[[true, 2]]]", "[[[1, 401]]]",
        "[[[-1, 2]]]", "[" * 5000, json.dumps([[[1, 1]] * 7000]), json.dumps([[[1, 1]]] * 201), "[[[1,1],[2,2]]]",
        "[[[1, 2, 3]]]", "[null]", "5",
    ],
)  # fmt: skip
def test_only_strokes_are_a_signature(strokes: str) -> None:
    with pytest.raises(Invalid) as caught:
        path_of(strokes)
    assert caught.value.field == "strokes"


@pytest.mark.parametrize(
    ("due", "helper", "household", "expected"),
    [
        (8, "", "", PromiseState.OPEN), (7, "", "", PromiseState.SOON), (0, "", "", PromiseState.SOON),
        (-1, "", "", PromiseState.OVERDUE),
        (-9, "kept", "", PromiseState.SAID_KEPT), (-9, "kept", "kept", PromiseState.KEPT), (9, "", "kept", PromiseState.KEPT),
        (-9, "kept", "broken", PromiseState.DISPUTED), (-9, "withdrawn", "broken", PromiseState.DISPUTED),
        (-9, "broken", "", PromiseState.BROKEN), (-9, "broken", "kept", PromiseState.KEPT),
        (-9, "", "broken", PromiseState.BROKEN), (-9, "broken", "broken", PromiseState.BROKEN),
        (5, "withdrawn", "", PromiseState.WITHDRAWN), (5, "overtaken", "", PromiseState.OVERTAKEN),
    ],
)  # fmt: skip
def test_what_a_promise_is(due: int, helper: str, household: str, expected: PromiseState) -> None:
    assert state_of(DAY + timedelta(days=due), helper, household, DAY) == expected


def test_kept_is_said_by_two(place: Place) -> None:
    visited(place, help_by(-3), ago=9)
    promise = Promise.objects.get()
    assert state(place) == PromiseState.OVERDUE
    settle_promise(promise.pk, PromiseOutcomeInput("kept", DAY), actor=place.actor("cadre"), at=AT)
    assert state(place) == PromiseState.SAID_KEPT
    say_of_promise(promise.pk, PromiseOutcomeInput("broken", DAY, "水池还在漏"), actor=place.family, at=AT)
    assert state(place) == PromiseState.DISPUTED
    settle_promise(
        promise.pk, PromiseOutcomeInput("kept", DAY, "又修了一次"), actor=place.actor("township"), at=AT
    )
    assert state(place) == PromiseState.DISPUTED
    say_of_promise(promise.pk, PromiseOutcomeInput("kept", DAY), actor=place.family, at=AT)
    assert state(place) == PromiseState.KEPT
    (view,) = household_promises(place.actor("cadre"), place.ours, on=DAY)
    assert [(one.said_by, one.outcome) for one in view.said] == [
        ("helper", "kept"),
        ("household", "broken"),
        ("helper", "kept"),
        ("household", "kept"),
    ]


@pytest.mark.parametrize(
    ("settling", "field"),
    [
        (PromiseOutcomeInput("lost", DAY), "outcome"),
        (PromiseOutcomeInput("kept", DAY + timedelta(days=1)), "on"),
        (PromiseOutcomeInput("kept", DAY - timedelta(days=1)), "on"),
        (PromiseOutcomeInput("broken", DAY), "note"),
        (PromiseOutcomeInput("kept", DAY, "长" * 1001), "note"),
    ],
)
def test_what_is_said_of_a_promise_must_be_sound(
    place: Place, settling: PromiseOutcomeInput, field: str
) -> None:
    visited(place, help_by(3))
    with pytest.raises(Invalid) as caught:
        settle_promise(Promise.objects.get().pk, settling, actor=place.actor("cadre"), at=AT)
    assert caught.value.field == field


def test_who_may_say_something_of_a_promise(place: Place) -> None:
    visited(place, help_by(3))
    promise = Promise.objects.get().pk
    kept = PromiseOutcomeInput("kept", DAY)
    for refused, name in ((NotFound, "stranger"), (NotPermitted, "auditor")):
        with pytest.raises(refused):
            settle_promise(promise, kept, actor=place.actor(name), at=AT)
    for actor in (place.actor("cadre"), place.actor("lead")):
        with pytest.raises(NotFound):
            say_of_promise(promise, kept, actor=actor, at=AT)
    with pytest.raises(Invalid):
        say_of_promise(promise, PromiseOutcomeInput("withdrawn", DAY), actor=place.family, at=AT)
    with pytest.raises(NotFound):
        say_of_promise(promise + 1, kept, actor=place.family, at=AT)


def test_a_correction_stands_beside_what_it_corrects(place: Place) -> None:
    visit = visited(place, help_by(3), said="院坝四十平")
    confirm(place, visit, way="signature", strokes=SIGNED)
    correction = VisitCorrection(drafted(place, "院坝四十二平"), "数字听错了")
    newer = correct_visit(visit.pk, correction, actor=place.actor("cadre"), at=AT)
    assert correct_visit(visit.pk, correction, actor=place.actor("cadre"), at=AT).pk == newer.pk
    (view,) = household_visits(place.family, place.ours, on=DAY)
    assert (view.said, view.is_confirmed, len(view.promises)) == ("院坝四十二平", False, 1)
    assert [(old.said, old.corrected_because) for old in view.earlier] == [("院坝四十平", "数字听错了")]
    assert get_visit(place.family, visit.pk, on=DAY)[1].pk == newer.pk
    with pytest.raises(Refused):
        correct_visit(visit.pk, VisitCorrection(drafted(place), "再来"), actor=place.actor("cadre"), at=AT)
    event = Event.objects.get(kind="visit.corrected")
    assert event.corrects is not None
    assert event.corrects.kind == "visit.recorded"


def test_another_helper_does_not_correct_it_and_a_lead_does(place: Place) -> None:
    visit = visited(place)
    correction = VisitCorrection(drafted(place, "另一种说法"), "核对过了")
    with pytest.raises(NotPermitted):
        correct_visit(visit.pk, correction, actor=place.actor("member"), at=AT)
    with pytest.raises(NotFound):
        correct_visit(visit.pk, correction, actor=place.actor("stranger"), at=AT)
    assert correct_visit(visit.pk, correction, actor=place.actor("township"), at=AT)


def test_the_household_objects_and_the_lead_reads_it(place: Place) -> None:
    visit = visited(place)
    object_to_visit(visit.pk, "我没有说过同意", actor=place.family, at=AT)
    object_to_visit(visit.pk, "我没有说过同意", actor=place.family, at=AT)
    _household, view = get_visit(place.actor("township"), visit.pk, on=DAY)
    assert [one.words for one in view.objections] == ["我没有说过同意"]
    assert "同意" not in str(list(Event.objects.filter(kind="visit.objected").values_list("data")))
    with pytest.raises(Invalid):
        object_to_visit(visit.pk, " ", actor=place.family, at=AT)
    with pytest.raises(NotFound):
        object_to_visit(visit.pk, "不是", actor=place.actor("cadre"), at=AT)


@pytest.mark.parametrize("name", ["county", "finance", "stranger"])
def test_who_may_not_read_the_words(place: Place, name: str) -> None:
    visit = visited(place, help_by(3))
    assert household_visits(place.actor(name), place.ours, on=DAY) == []
    assert household_promises(place.actor(name), place.ours, on=DAY) == []
    with pytest.raises(NotFound):
        get_visit(place.actor(name), visit.pk, on=DAY)
