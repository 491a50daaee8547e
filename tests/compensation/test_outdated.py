"""账目落后于实情: whatever the register changes under an account marks it, and keeps it from paper and signature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.compensation.signing import AT, TODAY, Valley
from tests.factories import make_person
from yixian.compensation.actions.correct_account import correct_account
from yixian.compensation.actions.decide_case import decide_case
from yixian.compensation.actions.draw_up_agreement import draw_up_agreement
from yixian.compensation.actions.sign_agreement import sign_agreement
from yixian.compensation.choices import CaseOutcome, Party
from yixian.compensation.drawing_up import missing
from yixian.compensation.models import Statement
from yixian.compensation.outdated_accounts import is_outdated, outdated_household_ids
from yixian.compensation.paper.printing import printable_households, statement_pdf, version_pdf
from yixian.compensation.queries import current_account, open_cases, outdated_accounts, outdated_count
from yixian.inventory.models import HouseholdFact, InventoryItem
from yixian.kernel.errors import Refused
from yixian.registry.choices import Eligibility
from yixian.registry.models import Household, HouseholdMember

Change = Callable[[Valley], object]


def _new_member(valley: Valley) -> None:
    HouseholdMember.objects.create(
        household=valley.household,
        person=make_person("新生"),
        relation="child",
        eligibility=Eligibility.ELIGIBLE,
        present_at_cutoff=True,
        valid_from=TODAY,
    )


CHANGES: dict[str, Change] = {
    "a quantity": lambda valley: valley.measure("123.45"),
    "an item more": lambda valley: InventoryItem.objects.create(
        line_no="NEW1",
        household=valley.household,
        area_path=valley.household.area_path,
        item_code="tree.fruit",
        quantity="3",
        surveyed_on=TODAY,
        surveyor="李慧",
        valid_from=TODAY,
    ),
    "an item ended": lambda valley: InventoryItem.objects.filter(household=valley.household).update(
        valid_until=TODAY
    ),
    "somebody more": _new_member,
    "the price zone": lambda valley: Household.objects.filter(pk=valley.household.pk).update(zone="town"),
}


def _current(valley: Valley) -> Statement:
    rows = Statement.objects.select_related("run", "confirmed_by")
    return rows.get(household=valley.household, is_current=True)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_of_what_it_was_reckoned_from_marks_it(signing_valley: Valley, change: Change) -> None:
    household, lead = signing_valley.household, signing_valley.actor("lead")
    assert not is_outdated(_current(signing_valley), on=TODAY)
    assert outdated_household_ids("", TODAY) == frozenset()
    change(signing_valley)
    assert is_outdated(_current(signing_valley), on=TODAY)
    assert outdated_household_ids("", TODAY) == {household.pk}
    assert [row.pk for row in outdated_accounts(lead, on=TODAY).window(0, 9)] == [household.pk]
    assert outdated_count(lead, signing_valley.county, on=TODAY) == 1
    view, _sentence = current_account(lead, household, on=TODAY)
    assert view is not None
    assert view.is_outdated
    signing_valley.calculate()
    assert not is_outdated(_current(signing_valley), on=TODAY)
    assert outdated_household_ids("", TODAY) == frozenset()


def test_what_no_policy_asks_marks_nothing(signing_valley: Valley) -> None:
    Household.objects.filter(pk=signing_valley.household.pk).update(phone="13900000000")
    HouseholdFact.objects.create(
        household=signing_valley.household, name="not_asked", value="1", valid_from=TODAY
    )
    assert not is_outdated(_current(signing_valley), on=TODAY)


def test_it_is_neither_printed_nor_drawn_up_nor_signed(signing_valley: Valley) -> None:
    household, lead = signing_valley.household, signing_valley.actor("lead")
    agreement = signing_valley.draw_up()
    signing_valley.measure("99")
    for printed in (
        lambda: statement_pdf(lead, household, lang="zh", large=False, at=AT),
        lambda: version_pdf(lead, household, 1, lang="zh", large=False, at=AT),
        lambda: sign_agreement(
            agreement.pk,
            signing_valley.signing(Party.HOUSEHOLD),
            actor=signing_valley.actor("cadre"),
            at=AT,
        ),
    ):
        with pytest.raises(Refused) as refused:
            printed()
        assert refused.value.key == "account.outdated"
    names = [
        str(one.what) for one in missing(household, _current(signing_valley), signing_valley.terms, on=TODAY)
    ]
    assert len(names) == 1
    with pytest.raises(Refused):
        draw_up_agreement(household.pk, signing_valley.terms, actor=signing_valley.actor("cadre"), at=AT)
    printable = {row.pk for row in printable_households(lead, signing_valley.county.path, at=AT)}
    assert printable == {signing_valley.neighbour.pk}
    correct_account(household.pk, "重新丈量", "复核表1号", actor=lead, at=AT)
    assert statement_pdf(lead, household, lang="zh", large=False, at=AT)
    assert version_pdf(lead, household, 1, lang="zh", large=False, at=AT)


def test_the_same_account_from_other_facts_is_up_to_date_again(signing_valley: Valley) -> None:
    """An item of which there is nothing changes no line: no version is issued, and the account is confirmed."""
    InventoryItem.objects.filter(household=signing_valley.household).update(line_no="RENAMED")
    assert is_outdated(_current(signing_valley), on=TODAY)
    Statement.objects.filter(household=signing_valley.household).update(facts_sha256="0" * 64)
    signing_valley.calculate()
    assert not is_outdated(_current(signing_valley), on=TODAY)


def test_a_change_from_a_later_day_marks_it_on_that_day(signing_valley: Valley) -> None:
    tomorrow = TODAY + timedelta(days=1)
    InventoryItem.objects.filter(household=signing_valley.household).update(valid_until=tomorrow)
    assert not is_outdated(_current(signing_valley), on=TODAY)
    assert is_outdated(_current(signing_valley), on=tomorrow)


def test_where_it_was_decided_that_it_stays_it_is_behind_nothing_but_the_next_change(
    signing_valley: Valley,
) -> None:
    signing_valley.sign_all(signing_valley.draw_up())
    signing_valley.measure("88")
    signing_valley.calculate()
    assert is_outdated(_current(signing_valley), on=TODAY)
    lead = signing_valley.actor("lead")
    decide_case(open_cases(lead).get().pk, CaseOutcome.KEEP, "已签", "纪要1号", actor=lead, at=AT)
    assert not is_outdated(_current(signing_valley), on=TODAY)
    assert outdated_household_ids("", TODAY) == frozenset()
    signing_valley.measure("87")
    assert is_outdated(_current(signing_valley), on=TODAY)
    assert outdated_household_ids("", TODAY) == {signing_valley.household.pk}
