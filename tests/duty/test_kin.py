"""Kin that the register knows: one's own household, one it was divided from, one that somebody married into."""

from __future__ import annotations

from datetime import date

import pytest

from tests.duty.place import TODAY
from tests.factories import LONG_AGO, make_household, make_person
from yixian.duty.kin import kin_households, own_households
from yixian.registry.models import Household, HouseholdMember, Person

pytestmark = pytest.mark.django_db
MOVED = date(2024, 5, 1)


def member(household: Household, person: Person | None = None, first: date = LONG_AGO) -> Person:
    person = person or make_person()
    HouseholdMember.objects.create(
        household=household,
        person=person,
        relation="other",
        register_type="agricultural",
        present_at_cutoff=True,
        eligibility="eligible",
        valid_from=first,
    )
    return person


def move(person: Person, to: Household, on: date = MOVED) -> None:
    HouseholdMember.objects.filter(person=person, valid_until=None).update(valid_until=on)
    member(to, person, on)


def test_own_household_is_that_of_the_day():
    home, other = make_household(), make_household()
    person = member(home)
    move(person, other)
    assert own_households([person.pk], date(2023, 1, 1)) == {person.pk: home.pk}
    assert own_households([person.pk], TODAY) == {person.pk: other.pk}


def test_the_household_that_was_divided_off_is_kin_both_ways():
    home, new = make_household(others=1), make_household()
    stays, leaves = member(home), member(home)
    move(leaves, new)
    assert kin_households([leaves.pk], TODAY)[leaves.pk] == {home.pk, new.pk}
    assert kin_households([stays.pk], TODAY)[stays.pk] == {home.pk, new.pk}


def test_the_household_a_sister_married_into_is_kin_and_its_neighbours_are_not():
    home, married, neighbour = make_household(), make_household(), make_household()
    helper, sister = member(home), member(home)
    move(sister, married)
    assert kin_households([helper.pk], TODAY)[helper.pk] == {home.pk, married.pk}
    assert neighbour.pk not in kin_households([helper.pk], TODAY)[helper.pk]
    assert kin_households([helper.pk], date(2023, 1, 1))[helper.pk] == {home.pk}


def test_whoever_is_in_no_household_has_no_kin_that_is_known():
    person = make_person()
    assert kin_households([person.pk], TODAY) == {}
    assert own_households([person.pk], TODAY) == {}
