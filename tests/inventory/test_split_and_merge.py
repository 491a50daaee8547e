"""Division and merger of households: persons and items before = after, or nothing happens."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import LONG_AGO, make_household
from tests.second_person import two_persons
from yixian.inventory.actions.merge_households_and_items import merge_households_and_items
from yixian.inventory.actions.split_household_and_items import split_household_and_items
from yixian.inventory.actions.transfer_items import totals
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor, Grant, system_actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.kernel.roles import Role
from yixian.kernel.search import matching_ids
from yixian.registry.models import Household, HouseholdMember

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
ON = date(2026, 5, 4)
SYSTEM = system_actor("test")
THINGS = (("house.main.timber", "60.5"), ("land.dry", "3.25"), ("land.dry", "1.75"), ("tree.fruit", "12"))


def _owner(members: int = 4) -> Household:
    household = make_household(others=members - 1)
    for number, (code, quantity) in enumerate(THINGS):
        InventoryItem.objects.create(
            line_no=f"{household.household_no}-{number}",
            household=household,
            area_path=household.area_path,
            item_code=code,
            quantity=Decimal(quantity),
            surveyed_on=LONG_AGO,
            valid_from=LONG_AGO,
        )
    return household


def _members(household: Household) -> list[HouseholdMember]:
    return list(HouseholdMember.objects.filter(household=household, valid_until=None).order_by("pk"))


def _items(household: Household) -> list[int]:
    rows = InventoryItem.objects.filter(household=household, valid_until=None).order_by("line_no")
    return list(rows.values_list("pk", flat=True))


def _divide(household: Household, relations: dict[int, str], items: list[int], **changes):
    values = {"reason": "儿子成家", "on": ON, "actor": SYSTEM, "at": AT, "number": "NEW-1"}
    values |= {"by": two_persons()} | changes
    number = values.pop("number")
    return split_household_and_items(household.pk, number, relations, items, **values)


def test_people_and_things_are_all_in_one_of_the_two_afterwards():
    household = _owner()
    before = totals([household.pk])
    leaving = [row.person_id for row in _members(household)[2:]]
    items = _items(household)[1:3]
    split = _divide(household, {leaving[0]: "head", leaving[1]: "spouse"}, items)
    assert {row.person_id for row in _members(split.new)} == set(leaving)
    assert len(_members(split.old)) == 2
    assert totals([split.old.pk, split.new.pk]) == before
    assert totals([split.new.pk]) == {"land.dry": Decimal("5.0000")}
    assert split.new.head_id == leaving[0]
    assert InventoryItem.objects.filter(household=split.new, follows__isnull=False).count() == 2
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"household.split_from", "household.split_to", "items.moved"} <= kinds


def test_a_divided_household_is_found_under_its_own_names():
    household = _owner()
    person = _members(household)[3].person
    split = _divide(household, {person.pk: "head"}, [])
    assert split.new.pk in matching_ids("household", person.name)
    assert household.pk not in matching_ids("household", person.name)


@pytest.mark.sqlite_enough
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_division_and_the_merger_back_keep_every_sum(data):
    household = _owner(members=data.draw(st.integers(2, 6)))
    before = totals([household.pk])
    people = [row.person_id for row in _members(household)[1:]]
    leaving = data.draw(st.lists(st.sampled_from(people), min_size=1, unique=True))
    items = data.draw(st.lists(st.sampled_from(_items(household)), unique=True))
    relations = {person: "head" if index == 0 else "other" for index, person in enumerate(leaving)}
    count = len(_members(household))
    split = _divide(household, relations, items, number=f"N-{household.household_no}")
    assert len(_members(split.old)) + len(_members(split.new)) == count
    assert totals([split.old.pk, split.new.pk]) == before
    back = {row.person_id: "other" for row in _members(split.new)}
    staying = merge_households_and_items(
        split.new.pk, split.old.pk, back, reason="并回", on=ON, by=two_persons(), actor=SYSTEM, at=AT
    )
    assert len(_members(staying)) == count
    assert totals([staying.pk]) == before
    assert Household.objects.get(pk=split.new.pk).ended_as == "merged"


def test_what_would_lose_or_double_anybody_is_refused_and_changes_nothing():
    household, other = _owner(), _owner()
    head, *rest = (row.person_id for row in _members(household))
    stranger = _members(other)[1].person_id
    foreign = _items(other)[:1]
    for error, relations, items, changes in (
        (Refused, {head: "head"}, [], {}),
        (Invalid, {rest[0]: "child"}, [], {}),
        (Invalid, {rest[0]: "head", rest[1]: "head"}, [], {}),
        (Invalid, {}, [], {}),
        (Invalid, {stranger: "head"}, [], {}),
        (Invalid, {rest[0]: "head"}, foreign, {}),
        (Invalid, {rest[0]: "head"}, [], {"number": other.household_no}),
        (Invalid, {rest[0]: "head"}, [], {"reason": " "}),
        (Invalid, {rest[0]: "head"}, [], {"on": date(2019, 1, 1)}),
    ):
        with pytest.raises(error):
            _divide(household, relations, items, **changes)
    assert Household.objects.count() == 2
    assert len(_members(household)) == 4
    assert len(_items(household)) == len(THINGS)


def test_only_those_who_keep_the_register_divide_and_only_in_reach():
    household = _owner()
    person = _members(household)[1].person_id
    cadre = Actor("user:c", grants=(Grant(Role.CADRE, household_ids=frozenset({household.pk})),))
    with pytest.raises(NotPermitted):
        _divide(household, {person: "head"}, [], actor=cadre)
    clerk = Actor("user:k", grants=(Grant(Role.BUREAU_CLERK, area_paths=("999999",)),))
    with pytest.raises(NotFound):
        _divide(household, {person: "head"}, [], actor=clerk)
