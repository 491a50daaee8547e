"""Cards: sixteen digits and a PIN open one household; old cards do not; guessing waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import make_area, make_household
from yixian.kernel.actors import Actor, Grant, system_actor
from yixian.kernel.errors import NotFound, NotPermitted
from yixian.kernel.models import Attempt, Event
from yixian.kernel.roles import Role
from yixian.kernel.throttle import TooManyGuesses
from yixian.registry.actions.issue_cards import issue_cards
from yixian.registry.actions.open_card import GUESSES_PER_CARD, GUESSES_PER_SOURCE, open_card
from yixian.registry.models import HouseholdCard

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
SYSTEM = system_actor("test")


def _card(household):
    return issue_cards([household.pk], actor=SYSTEM, at=AT)[0]


def _wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 1_000_000:06d}"


def test_code_and_pin_open_their_own_household():
    first, second = make_household(), make_household()
    one, two = _card(first), _card(second)
    assert (len(one.code), len(one.pin)) == (16, 6)
    assert open_card(one.code, one.pin, source="a", at=AT) == first.pk
    assert open_card(f" {two.code[:4]} {two.code[4:]}", two.pin, source="a", at=AT) == second.pk
    with pytest.raises(NotFound):
        open_card(one.code, two.pin if two.pin != one.pin else _wrong(one.pin), source="a", at=AT)


@pytest.mark.parametrize("pin", ["", " ", "0"])
def test_nothing_but_the_whole_pin_opens_a_card(pin):
    card = _card(make_household())
    with pytest.raises(NotFound):
        open_card(card.code, pin, source="a", at=AT)


def test_a_new_card_ends_the_old_one():
    household = make_household()
    old, new = _card(household), _card(household)
    with pytest.raises(NotFound):
        open_card(old.code, old.pin, source="a", at=AT)
    assert open_card(new.code, new.pin, source="a", at=AT) == household.pk
    assert Event.objects.filter(kind="card.revoked", subject_id=household.pk).count() == 1


def test_the_pin_is_kept_nowhere_and_the_code_only_sealed():
    card = _card(make_household())
    kept = " ".join(
        str(value) for row in HouseholdCard.objects.values_list("pin_digest", "code_index") for value in row
    )
    assert card.pin not in kept
    assert card.code not in kept
    assert card.pin not in str(list(Event.objects.values_list("data", flat=True)))


def test_five_wrong_pins_lock_the_card_where_they_came_from_and_the_wait_doubles():
    card = _card(make_household())
    at = AT
    for _guess in range(5):
        with pytest.raises(NotFound):
            open_card(card.code, _wrong(card.pin), source="a", at=at)
    with pytest.raises(TooManyGuesses) as locked:
        open_card(card.code, card.pin, source="a", at=at)
    assert locked.value.params["seconds"] == 31
    at += timedelta(seconds=31)
    with pytest.raises(NotFound):
        open_card(card.code, _wrong(card.pin), source="a", at=at)
    with pytest.raises(TooManyGuesses) as again:
        open_card(card.code, card.pin, source="a", at=at)
    assert again.value.params["seconds"] == 61
    assert open_card(card.code, card.pin, source="b", at=at) > 0
    assert open_card(card.code, card.pin, source="a", at=at + timedelta(seconds=61)) > 0


def test_whoever_knows_a_cards_number_keeps_its_household_out_nowhere_else():
    card, at = _card(make_household()), AT
    for _guess in range(102):
        with pytest.raises((NotFound, TooManyGuesses)):
            open_card(card.code, _wrong(card.pin), source="stranger", at=at)
        at += timedelta(hours=1)
        assert open_card(card.code, card.pin, source="home", at=at)


def test_many_sources_together_are_slowed_down_but_not_where_the_card_is_known():
    card = _card(make_household())
    assert open_card(card.code, card.pin, source="home", at=AT)
    for number in range(GUESSES_PER_CARD):
        with pytest.raises(NotFound):
            open_card(card.code, _wrong(card.pin), source=f"stranger {number}", at=AT)
    with pytest.raises(TooManyGuesses):
        open_card(card.code, card.pin, source="elsewhere", at=AT)
    assert open_card(card.code, card.pin, source="home", at=AT)


def test_one_source_trying_many_cards_is_locked_as_well():
    neighbour, household = _card(make_household()), _card(make_household())
    for number in range(GUESSES_PER_SOURCE):
        with pytest.raises(NotFound):
            open_card(f"{number:016d}", "000000", source="a", at=AT)
        if number == 30:
            assert open_card(neighbour.code, neighbour.pin, source="a", at=AT)
    with pytest.raises(TooManyGuesses):
        open_card(household.code, household.pin, source="a", at=AT)
    assert open_card(neighbour.code, neighbour.pin, source="a", at=AT)
    assert open_card(household.code, household.pin, source="elsewhere", at=AT)


def test_one_slip_a_day_never_adds_up():
    card, at = _card(make_household()), AT
    for _day in range(60):
        with pytest.raises(NotFound):
            open_card(card.code, _wrong(card.pin), source="a", at=at)
        at += timedelta(hours=23)


def test_a_source_is_kept_only_as_a_digest():
    with pytest.raises(NotFound):
        open_card("1" * 16, "000000", source="203.0.113.9", at=AT)
    assert "203.0.113.9" not in str(list(Attempt.objects.values()))


def test_cards_are_issued_only_in_reach_and_all_or_none():
    near, far = make_household(), make_household()
    clerk = Actor("user:clerk", grants=(Grant(Role.BUREAU_CLERK, area_paths=(near.area_path,)),))
    with pytest.raises(NotFound):
        issue_cards([near.pk, far.pk], actor=clerk, at=AT)
    assert not HouseholdCard.objects.exists()
    assert issue_cards([near.pk], actor=clerk, at=AT)[0].household_id == near.pk
    surveyor = Actor("user:s", grants=(Grant(Role.SURVEYOR, area_paths=(near.area_path,)),))
    with pytest.raises(NotPermitted):
        issue_cards([near.pk], actor=surveyor, at=AT)


def test_an_area_that_shares_a_beginning_is_not_within_reach():
    county = make_area(make_area())
    groups = []
    for _number in range(2):
        area = county
        while len(area.path) < 30:
            area = make_area(area)
        groups.append(area)
    near, far = make_household(groups[0]), make_household(groups[1])
    lead = Actor("user:l", grants=(Grant(Role.TOWNSHIP_LEAD, area_paths=(near.area_path[:18],)),))
    assert near.area_path[:12] == far.area_path[:12]
    assert issue_cards([near.pk], actor=lead, at=AT)
    with pytest.raises(NotFound):
        issue_cards([far.pk], actor=lead, at=AT)
