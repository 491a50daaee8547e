"""The budget: what a head holds after any sequence of entries, and that nothing is promised beyond it."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.compensation.signing import AT, TODAY, Valley, make_signing_valley
from tests.factories import make_user
from yixian.budget.actions.enter_budget import (
    Approved,
    confirm_budget,
    enter_beyond,
    enter_budget,
    withdraw_budget,
)
from yixian.budget.choices import BudgetStatus
from yixian.budget.limits import overruns, require_within
from yixian.budget.models import BudgetVersion
from yixian.budget.queries import (
    allocation_at,
    before,
    budget_heads_for,
    budget_versions,
    budgets_to_confirm,
    status_of,
)
from yixian.compensation.actions.sign_agreement import sign_agreement
from yixian.compensation.choices import Party
from yixian.compensation.queries import agreement_of
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Event
from yixian.kernel.roles import Role

pytestmark = pytest.mark.django_db
HEADS = ("land", "property", "other")


@pytest.fixture
def valley() -> Valley:
    return make_signing_valley()


def sums(valley: Valley, **named: int) -> dict[str, int]:
    """Nothing under any head of the policy but those named."""
    return {
        budget_head.code: named.get(budget_head.code, 0)
        for budget_head in budget_heads_for(valley.county.path, TODAY)
    }


def entered(valley: Valley, *, on: date = TODAY, by: str = "clerk", **named: int) -> BudgetVersion:
    """A whole budget that waits to be confirmed."""
    given = Approved("云发改〔2026〕3号", "初步设计批准", on, sums(valley, **named))
    return enter_budget(valley.county.pk, given, actor=valley.actor(by), at=AT)


def added(valley: Valley, *, on: date = TODAY, **named: int) -> BudgetVersion:
    """A decision beyond heads that waits to be confirmed."""
    given = Approved("两政发〔2026〕5号", "物价上涨", on, named)
    return enter_beyond(valley.county.pk, given, actor=valley.actor("clerk"), at=AT)


def confirm(valley: Valley, version: BudgetVersion) -> None:
    """By the bureau's lead, who entered neither."""
    confirm_budget(version.pk, actor=valley.actor("lead"), at=AT)


def held(valley: Valley, on: date = TODAY) -> dict[str, int] | None:
    """What the heads hold on a day, without those that hold nothing."""
    allocation = allocation_at(valley.group.path, on)
    return (
        None
        if allocation is None
        else {
            budget_head: one.total_fen
            for budget_head, one in allocation.budget_heads.items()
            if one.total_fen
        }
    )


def test_it_holds_from_its_day_once_another_person_has_confirmed_it(valley):
    version = entered(valley, land=500, property=900)
    assert held(valley) is None
    with pytest.raises(NotPermitted):
        confirm_budget(version.pk, actor=valley.actor("clerk"), at=AT)
    confirm(valley, version)
    assert held(valley) == {"land": 500, "property": 900}
    assert held(valley, TODAY - timedelta(days=1)) is None
    with pytest.raises(Refused) as settled:
        confirm(valley, version)
    assert settled.value.key == "budget.settled"
    kinds = Event.objects.filter(subject_kind="budget").values_list("kind", flat=True)
    assert list(kinds) == ["budget.entered", "budget.approved"]


def test_nobody_confirms_what_they_entered(valley):
    version = entered(valley, by="lead", land=1)
    with pytest.raises(Refused) as refused:
        confirm(valley, version)
    assert refused.value.key == "adoption.two_people"
    leader = valley.actor("leader")
    assert [row.key for row in budgets_to_confirm(leader).window(0, 9)] == [version.pk]
    assert not budgets_to_confirm(valley.actor("lead")).count()
    assert not budgets_to_confirm(valley.actor("clerk")).count()
    confirm_budget(version.pk, actor=leader, at=AT)
    assert not budgets_to_confirm(leader).count()
    assert held(valley) == {"land": 1}


def test_a_decision_adds_to_a_head_until_the_next_budget(valley):
    confirm(valley, entered(valley, land=500, property=900))
    first, second = added(valley, land=40), added(valley, land=2, property=1)
    confirm(valley, first)
    assert held(valley) == {"land": 540, "property": 900}
    later = entered(valley, on=TODAY + timedelta(days=10), land=700)
    confirm(valley, later)
    assert held(valley) == {"land": 540, "property": 900}
    assert held(valley, TODAY + timedelta(days=10)) == {"land": 700}
    with pytest.raises(Refused) as replaced:
        confirm(valley, second)
    assert replaced.value.key == "budget.replaced"
    assert status_of(first, TODAY) == BudgetStatus.IN_FORCE
    assert status_of(first, TODAY + timedelta(days=10)) == BudgetStatus.REPLACED
    assert status_of(later, TODAY) == BudgetStatus.AHEAD
    assert before(later) == BudgetVersion.objects.earliest("pk")


def test_a_decision_adds_nothing_before_its_day(valley):
    confirm(valley, entered(valley, land=500))
    day = TODAY + timedelta(days=3)
    confirm(valley, added(valley, on=day, land=40))
    assert held(valley, day - timedelta(days=1)) == {"land": 500}
    assert held(valley, day) == {"land": 540}


def test_what_is_taken_back_stays_and_holds_nothing(valley):
    version = entered(valley, land=500)
    withdraw_budget(version.pk, actor=valley.actor("clerk"), at=AT)
    assert held(valley) is None
    assert status_of(budget_versions(valley.actor("auditor")).get(), TODAY) == BudgetStatus.WITHDRAWN


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"document": " "}, "document"),
        ({"reason": ""}, "reason"),
        ({"amounts": {"land": 1}}, "resettlement"),
        ({"amounts": "negative"}, "property"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_entered(valley, change, field):
    values = {"document": "文", "reason": "因", "valid_from": TODAY, "amounts": sums(valley)} | change
    if values["amounts"] == "negative":
        values["amounts"] = sums(valley, property=-1)
    with pytest.raises(Invalid) as wrong:
        enter_budget(valley.county.pk, Approved(**values), actor=valley.actor("clerk"), at=AT)
    assert wrong.value.field == field
    assert not BudgetVersion.objects.exists()


def test_who_may_and_where(valley):
    given = Approved("文", "因", TODAY, sums(valley))
    with pytest.raises(NotFound):
        enter_budget(valley.county.pk, given, actor=valley.actor("stranger"), at=AT)
    with pytest.raises(NotPermitted):
        entered(valley, by="auditor")
    with pytest.raises(Refused) as none_yet:
        added(valley, land=1)
    assert none_yet.value.key == "budget.none"
    version = entered(valley)
    assert not budget_versions(valley.actor("stranger")).exists()
    assert not budget_versions(valley.actor("cadre")).exists()
    finance = actor_for(make_user(Role.FINANCE), at=AT)
    assert list(budget_versions(finance)) == [version]


def test_nothing_of_it_can_be_edited(valley):
    confirm(valley, entered(valley, land=5))
    for table in ("budget_budgetversion", "budget_budgetamount", "budget_budgetsettlement"):
        for change in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)


class Ledger:
    """A plain list beside the tables: budgets with what was confirmed on top of each."""

    def __init__(self) -> None:
        self.wholes: list[tuple[date, dict[str, int], list[tuple[date, dict[str, int]]]]] = []

    def holds(self, on: date) -> dict[str, int]:
        """The latest confirmed budget that has begun, and the decisions on top of it that have begun."""
        begun = [whole for whole in self.wholes if whole[0] <= on]
        if not begun:
            return {}
        _since, held_by, tops = begun[-1]
        found = dict(held_by)
        for since, more in tops:
            for budget_head, fen in more.items() if since <= on else ():
                found[budget_head] = found.get(budget_head, 0) + fen
        return {budget_head: fen for budget_head, fen in found.items() if fen}


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.sqlite_enough) for seed in range(3, 12))]
)
def test_after_any_sequence_each_head_holds_what_was_confirmed_for_it(valley, seed):
    draws, ledger = random.Random(seed), Ledger()
    for _step in range(14):
        one_entry(valley, draws, ledger)
    for ahead in range(40):
        on = TODAY + timedelta(days=ahead)
        expected = ledger.holds(on)
        assert (held(valley, on) or {}) == expected
        allocation = allocation_at(valley.county.path, on)
        if allocation is not None:
            asked = {budget_head: draws.randrange(0, 1800) for budget_head in (*HEADS, "", "unknown")}
            over = {budget_head: fen - expected.get(budget_head, 0) for budget_head, fen in asked.items()}
            assert overruns(allocation, asked) == {
                budget_head: fen for budget_head, fen in over.items() if fen > 0
            }


def one_entry(valley: Valley, draws: random.Random, ledger: Ledger) -> None:
    """A budget or a decision beyond one, now and then taken back; a stale decision must be refused."""
    named = {budget_head: draws.randrange(1, 900) for budget_head in HEADS if draws.random() < 0.7}
    is_whole = draws.random() < 0.5 or allocation_at(valley.county.path, TODAY) is None
    if is_whole:
        on = max([TODAY, *(whole[0] for whole in ledger.wholes)]) + timedelta(days=draws.randrange(0, 3))
        version = entered(valley, on=on, **named)
    elif named:
        on = TODAY + timedelta(days=draws.randrange(0, 9))
        version = added(valley, on=on, **named)
    else:
        return
    if draws.random() < 0.2:
        withdraw_budget(version.pk, actor=valley.actor("clerk"), at=AT)
    elif is_whole:
        confirm(valley, version)
        ledger.wholes.append((on, named, []))
    elif len([whole for whole in ledger.wholes if whole[0] <= TODAY]) < len(ledger.wholes):
        with pytest.raises(Refused):
            confirm(valley, version)
    else:
        confirm(valley, version)
        ledger.wholes[-1][2].append((on, named))


def test_what_is_beyond_is_refused_and_named(valley):
    confirm(valley, entered(valley, land=500))
    allocation = allocation_at(valley.county.path, TODAY)
    require_within(allocation, {"land": 500, "property": 0})
    for asked, named in (({"land": 501}, "土地补偿费 0.01"), ({"": 7}, "— 0.07"), ({"new": 1}, "new 0.01")):
        with pytest.raises(Refused) as refused:
            require_within(allocation, asked)
        assert refused.value.params["budget_heads"] == named


def test_no_agreement_is_drawn_up_or_signed_beyond_a_head(valley):
    total = agreement_sum(valley)
    confirm(valley, entered(valley, property=total - 1))
    with pytest.raises(Refused) as refused:
        valley.draw_up()
    assert (refused.value.key, refused.value.params["budget_heads"]) == (
        "budget.beyond",
        "移民个人财产补偿费 0.01",
    )
    confirm(valley, added(valley, property=1))
    agreement = valley.draw_up()
    later = TODAY
    confirm(valley, entered(valley, on=later, property=total - 1))
    with pytest.raises(Refused):
        sign_agreement(agreement.pk, valley.signing(Party.HOUSEHOLD), actor=valley.actor("cadre"), at=AT)
    assert agreement_of(valley.actor("cadre"), valley.household).state == "drawn_up"
    confirm(valley, added(valley, property=1))
    valley.sign_all(agreement)


def agreement_sum(valley: Valley) -> int:
    """What the household's account in force comes to: personal property alone."""
    return valley.household.statements.get(is_current=True).total_fen


def test_without_a_budget_nothing_is_refused(valley):
    valley.sign_all(valley.draw_up())
