"""到期查询: when each household was last visited, which promises wait, and the list of one's own households by what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from yixian.compensation.models import Statement
from yixian.compensation.queries import accounts_of
from yixian.domain.policy import DutyRules
from yixian.kernel.actors import Actor
from yixian.kernel.prepared import one_of, prepared
from yixian.kernel.roles import HELPER_ROLES
from yixian.policies.queries import duty_rules_at
from yixian.registry.access import Part, parts_for
from yixian.registry.models import Household
from yixian.registry.queries import households
from yixian.visits.choices import SaidBy
from yixian.visits.models import Promise, PromiseOutcome, Visit
from yixian.visits.promise_state import FAILED, WAITING, PromiseState, state_of
from yixian.visits.visit_read_models import Due, MyHousehold


def my_households(actor: Actor, *, on: date, search: str = "") -> list[MyHousehold]:
    """The households that the actor stands beside, by what is due; with a search, those that fit it."""
    grants = tuple(grant for grant in actor.grants if grant.role in HELPER_ROLES)
    mine = actor.with_grants(grants)
    rows = _searched(mine, on, search) if search.strip() else _in_hand(on, reach=mine)
    accounts, dues = accounts_of(mine, [row.pk for row in rows]), due_of(rows, on=on)
    found = [
        _mine(mine, row, dues[row.pk], accounts.get(row.pk))
        for row in rows
        if Part.VISITS in parts_for(mine, row)
    ]
    return sorted(found, key=lambda one: one.urgency(on))


@prepared
def _in_hand(on: date, *, reach: Actor) -> QuerySet[Household]:
    return _searched(reach, on, "")


def _searched(actor: Actor, on: date, search: str) -> QuerySet[Household]:
    rows = households(actor, on=on, search=search)
    return rows.defer("bank_account", "head__id_number", "head__phone")


def household_due(
    actor: Actor, household: Household, *, on: date, rules: DutyRules | None = None
) -> Due | None:
    """A household's visits and promises in figures, for those who may see who stands beside it; else None.

    ``rules`` are those in force there, where the caller knows them already.
    """
    if parts_for(actor, household).isdisjoint({Part.VISITS, Part.DUTY}):
        return None
    known = {household.area_path: rules} if rules else None
    return due_of([household], on=on, rules=known)[household.pk]


def due_of(
    rows: Iterable[Household], *, on: date, rules: Mapping[str, DutyRules] | None = None
) -> dict[int, Due]:
    """The same for many; the caller has limited them to what its actor may see. Four statements at most.

    A household that was never visited is due as many days after it stood in the register as the rule says.
    """
    rows = list(rows)
    ids = [row.pk for row in rows]
    last = dict(_last_visits(ids, on))
    promised = _promised(ids, on)
    rules = rules or duty_rules_at({row.area_path for row in rows}, on)
    return {
        row.pk: _due(row, last.get(row.pk), rules[row.area_path].visit_every_days, promised[row.pk])
        for row in rows
    }


@prepared
def _last_visits(household_ids: Collection[int], on: date) -> QuerySet[Visit, tuple[int, date]]:
    rows = Visit.objects.filter(one_of("household_id", household_ids), corrected_by=None, on__lte=on)
    return rows.order_by().values_list("household_id").annotate(Max("on"))


@dataclass(slots=True)
class _Promised:
    open: int = 0
    overdue: int = 0
    broken: int = 0
    next_due_on: date | None = None


def _promised(ids: list[int], on: date) -> dict[int, _Promised]:
    """What waits of the promises to each household, and what was not kept: read as rows, and sorted out by `state_of`."""
    rows = _promises(ids)
    words = {(pk, side): word for pk, side, word in _outcomes(ids)} if rows else {}
    found: dict[int, _Promised] = defaultdict(_Promised)
    for pk, household_id, due_on in rows:
        by_helper, by_household = (words.get((pk, side), "") for side in (SaidBy.HELPER, SaidBy.HOUSEHOLD))
        state, of_household = state_of(due_on, by_helper, by_household, on), found[household_id]
        if state in WAITING:
            of_household.open += 1
            of_household.overdue += state == PromiseState.OVERDUE
            of_household.next_due_on = of_household.next_due_on or due_on
        of_household.broken += state in FAILED - WAITING
    return found


@prepared
def _promises(household_ids: Collection[int]) -> QuerySet[Promise, tuple[int, int, date]]:
    rows = Promise.objects.filter(one_of("household_id", household_ids)).order_by("due_on")
    return rows.values_list("pk", "household_id", "due_on")


@prepared
def _outcomes(household_ids: Collection[int]) -> QuerySet[PromiseOutcome, tuple[int, str, str]]:
    rows = PromiseOutcome.objects.filter(one_of("promise__household_id", household_ids)).order_by("pk")
    return rows.values_list("promise_id", "said_by", "outcome")


def _due(row: Household, last_on: date | None, every_days: int, promised: _Promised) -> Due:
    return Due(
        last_on=last_on,
        visit_due_on=(last_on or row.valid_from) + timedelta(days=every_days),
        open=promised.open,
        overdue=promised.overdue,
        broken=promised.broken,
        next_due_on=promised.next_due_on,
    )


def _mine(actor: Actor, row: Household, due: Due, account: Statement | None) -> MyHousehold:
    issued_on = timezone.localdate(account.issued_at) if account else None
    changed = (
        account is not None
        and account.version > 1
        and issued_on is not None
        and due.last_on is not None
        and issued_on >= due.last_on
    )
    return MyHousehold(
        household=row,
        phone=row.phone if Part.CONTACT in parts_for(actor, row) else "",
        due=due,
        total_fen=account.total_fen if account else None,
        has_account=account is not None,
        account_changed_on=issued_on if changed else None,
    )
