"""无人办理的机构: a matter never rests with a body for which nobody acts, or which is dissolved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import LONG_AGO, make_user
from tests.matters.place import AT, Place, days
from yixian.kernel.errors import Refused
from yixian.kernel.models import RoleGrant, User
from yixian.kernel.roles import Role
from yixian.matters.actions import hand_over, take_on
from yixian.matters.actions.reassign import reassign
from yixian.matters.choices import IntakeChannel
from yixian.matters.matter_state import state_of
from yixian.matters.models import Matter, MatterEvent, MatterMessage
from yixian.matters.queries import receivers, steps_for
from yixian.registry.models import Organisation

pytestmark = pytest.mark.django_db


def leave(place: Place, name: str, on: date = LONG_AGO + timedelta(days=1)) -> None:
    """Whoever acts for a body leaves."""
    RoleGrant.objects.filter(user=place.users[name]).update(valid_until=on)


def offered(place: Place, to: str) -> Matter:
    receipt = place.raised()
    hand_over.offer(
        receipt.matter.number,
        place.organisations[to].pk,
        "归你们管。",
        "三定方案第三条",
        actor=place.actor("petition"),
        at=AT,
    )
    return receipt.matter


def holder(matter: Matter, after: int) -> int | None:
    return state_of(matter, at=days(after)).holder_id


def test_only_bodies_for_which_somebody_acts_are_offered(place: Place) -> None:
    number = place.raised().matter.number
    shown = {pk for _kind, rows in receivers(place.actor("petition"), number, at=AT) for pk, _label in rows}
    assert place.organisations["water"].pk in shown
    assert place.organisations["village"].pk not in shown
    with pytest.raises(Refused) as refused:
        hand_over.forward(number, place.organisations["village"].pk, "", actor=place.actor("petition"), at=AT)
    assert refused.value.key == "matter.nobody_acts"


@pytest.mark.parametrize("gone", ["left", "suspended"])
def test_an_offer_to_a_body_that_nobody_acts_for_any_more_is_withdrawn(place: Place, gone: str) -> None:
    matter = offered(place, "water")
    if gone == "left":
        leave(place, "water")
    else:
        User.objects.filter(pk=place.users["water"].pk).update(is_active=False)
    assert reassign(at=days(1)) == {"failed": 0}
    assert reassign(at=days(1)) == {"failed": 0}
    assert holder(matter, 1) == holder(matter, 30) == place.organisations["petition"].pk
    assert MatterEvent.objects.filter(matter=matter, kind="moved").count() == 1
    register = [one for one in state_of(matter, at=days(1)).course.clocks if one.clock.id == "register"]
    assert [one.status for one in register] == ["running"]


def test_silence_hands_nothing_over_to_nobody(place: Place) -> None:
    matter = offered(place, "water")
    leave(place, "water")
    assert holder(matter, 8) == place.organisations["water"].pk  # the tick has not run
    reassign(at=days(8))
    assert holder(matter, 8) == place.organisations["petition"].pk
    assert steps_for(place.actor("petition"), matter, at=days(8))


def test_what_a_body_holds_goes_back_after_three_days_without_anybody(place: Place) -> None:
    matter = offered(place, "water")
    hand_over.accept_handover(matter.number, actor=place.actor("water"), at=days(1))
    leave(place, "water", date(2026, 3, 10))
    reassign(at=days(9))
    assert holder(matter, 9) == place.organisations["water"].pk
    reassign(at=days(12))
    assert holder(matter, 12) == place.organisations["petition"].pk


def test_a_dissolved_body_leaves_what_it_holds_to_the_one_above(place: Place) -> None:
    matter = offered(place, "water")
    hand_over.accept_handover(matter.number, actor=place.actor("water"), at=days(1))
    Organisation.objects.filter(pk=place.organisations["water"].pk).update(valid_until=date(2026, 3, 5))
    assert reassign(at=days(5)) == {"failed": 0}
    assert holder(matter, 5) == place.organisations["leadership"].pk
    take_on.accept_matter(matter.number, actor=place.actor("county"), at=days(6))


def test_the_superior_who_names_is_one_who_acts(place: Place) -> None:
    matter = place.raised(area_id=place.near.pk).matter
    petition = place.actor("petition")
    for name in ("water", "land"):
        hand_over.offer(
            matter.number, place.organisations[name].pk, "归你们。", "第三条", actor=petition, at=days(1)
        )
        hand_over.return_handover(matter.number, "不归我们。", actor=place.actor(name), at=days(1))
    leave(place, "county")
    assert reassign(at=days(2)) == {"failed": 1}
    place.users["county"] = make_user(Role.COUNTY_LEADER, area_path=place.county.path)
    assert reassign(at=days(2)) == {"failed": 0}
    hand_over.fix_holder(
        matter.number,
        place.organisations["water"].pk,
        "由水利局办。",
        actor=place.actor("county"),
        at=days(2),
    )
    assert holder(matter, 2) == place.organisations["water"].pk


def test_what_comes_first_goes_to_a_body_for_which_somebody_acts(place: Place) -> None:
    for name in ("petition", "petition2"):
        leave(place, name)
    assert place.raised().holder == place.organisations["bureau"]
    leave(place, "water")
    by_cadre = place.raised(actor=place.actor("cadre"), channel=IntakeChannel.VISIT)
    assert by_cadre.holder == place.organisations["bureau"]


def test_the_person_is_told_that_it_moved(place: Place) -> None:
    matter = offered(place, "water")
    leave(place, "water")
    reassign(at=days(8))
    assert not MatterMessage.objects.filter(matter=matter).exists()
    event = MatterEvent.objects.get(matter=matter, kind="moved")
    assert "两河县水利局" in event.reason
