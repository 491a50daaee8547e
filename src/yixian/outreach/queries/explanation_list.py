"""待讲解查询: which households' accounts are explained, confirmed or still to be explained, by place and by helper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from yixian.compensation.access import reached_with_account
from yixian.compensation.choices import StatementStatus
from yixian.compensation.models import Statement
from yixian.compensation.outdated_accounts import outdated_of
from yixian.duty.models import Pairing
from yixian.duty.queries import assigned_helpers_of_many
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.roles import HELPER_ROLES
from yixian.outreach.access import STATE_READERS
from yixian.outreach.choices import ConfirmationWay, ExplanationState
from yixian.outreach.explanation_state import (
    ExplanationFacts,
    explained_on,
    in_state,
    with_answers,
)
from yixian.outreach.models import (
    Explanation,
    ExplanationConfirmation,
    ExplanationObjection,
    ExplanationQuestion,
)
from yixian.outreach.outreach_read_models import ExplanationRow
from yixian.outreach.queries.reading_requests import open_requests
from yixian.registry.access import below
from yixian.registry.models import Household
from yixian.registry.queries.household_search import matching

WAITING = "waiting"
"""Of a list: those to whom the account in force is still to be explained."""

REQUESTED = "requested"
"""Of a list: those who asked for somebody to read it to them at their door, and wait."""

DENIED = "denied"
"""Of a list: those who say that an explanation never took place."""


def explanation_list(
    actor: Actor, *, on: date, search: str = "", area_path: str = "", state: str = ""
) -> ResultSet[ExplanationRow]:
    """Households in reach with the state of their account's explanation: by name, number, place, or day explained.

    ``state`` is one of `ExplanationState`, `WAITING`, `REQUESTED` or `DENIED`. ``search`` also finds a helper's households.
    """
    rows = _reached(actor, on).filter(below(area_path))
    if search.strip():
        helped = Pairing.objects.filter(in_force(on), helper__person__name__icontains=search.strip())
        rows = rows.filter(matching(actor, search.strip()) | Q(pk__in=helped.values("household")))
    rows = _of_state(rows, state) if state else rows
    latest = Explanation.objects.filter(household=OuterRef("pk")).order_by("-on", "-pk")
    rows = rows.annotate(explained_on=Subquery(latest.values("on")[:1])).select_related("area", "head")
    orders = {
        "name": ("head__name", "household_no"),
        "no": ("household_no",),
        "place": ("area_path", "household_no"),
        "explained": ("explained_on", "household_no"),
    }
    rows = rows.defer("phone", "bank_account", "head__id_number", "head__phone")
    return ResultSet(rows.order_by("area_path", "household_no"), orders, lambda found: _read(found, on))


def accounts_to_explain(actor: Actor, *, at: datetime) -> ResultSet[Pending]:
    """The households that the actor stands beside and to whom the account in force is still to be explained (worklist).

    An account that is behind its facts is calculated again first, which is not the helper's work. A household that asked for it
    to be read stands in another queue.
    """
    if not actor.has_any(HELPER_ROLES):
        return NOTHING
    today = timezone.localdate(at)
    rows = _of_state(_reached(actor.acting_as(HELPER_ROLES), today), WAITING)
    rows = rows.exclude(pk__in=outdated_of(list(rows.values_list("pk", flat=True)), on=today))
    rows = rows.exclude(pk__in=open_requests().values("household"))
    account = Statement.objects.filter(household=OuterRef("pk"), is_current=True)
    rows = rows.annotate(issued_at=Subquery(account.values("issued_at")[:1])).select_related("area", "head")
    rows = rows.defer("phone", "bank_account", "head__id_number", "head__phone")
    return ResultSet(rows.order_by("issued_at", "household_no"), read=_to_explain)


def answers_to_bring(actor: Actor, *, at: datetime) -> ResultSet[Pending]:
    """Questions of the actor's households that were answered, and that the household has not confirmed since (worklist)."""
    if not actor.has_any(HELPER_ROLES) or not ExplanationQuestion.objects.exists():
        return NOTHING
    mine = _reached(actor.acting_as(HELPER_ROLES), timezone.localdate(at))
    after = ExplanationConfirmation.objects.filter(
        explanation=OuterRef("explanation"), at__gte=OuterRef("answered_at")
    ).exclude(way=ConfirmationWay.NONE)
    rows = with_answers(ExplanationQuestion.objects.filter(explanation__household__in=mine.values("pk")))
    rows = rows.filter(~Exists(after), explanation__statement__is_current=True).exclude(answered_at=None)
    rows = rows.select_related("explanation__household__head", "explanation__household__area")
    return ResultSet(rows.order_by("answered_at", "pk"), read=_to_bring)


def denied_explanations(actor: Actor, *, at: datetime) -> int:
    """How many households in reach say that the explanation of their account in force never took place (worklist)."""
    return _of_state(_reached(actor, timezone.localdate(at)), DENIED).count()


def _reached(actor: Actor, on: date) -> QuerySet[Household]:
    return reached_with_account(actor.acting_as(STATE_READERS)).filter(in_force(on))


def _of_state(rows: QuerySet[Household], state: str) -> QuerySet[Household]:
    if state == REQUESTED:
        return rows.filter(pk__in=open_requests().values("household"))
    if state == WAITING:
        account = Statement.objects.filter(
            household=OuterRef("pk"), is_current=True, status=StatementStatus.ISSUED
        )
        never_held = ExplanationObjection.objects.filter(explanation=OuterRef("pk"), never_held=True)
        current = Explanation.objects.filter(household=OuterRef("pk"), statement__is_current=True)
        return rows.filter(Exists(account), ~Exists(current.filter(~Exists(never_held))))
    if state == DENIED:
        denied = ExplanationObjection.objects.filter(
            never_held=True, explanation__household=OuterRef("pk"), explanation__statement__is_current=True
        )
        return rows.filter(Exists(denied))
    return in_state(rows, ExplanationState(state))


def _read(households: list[Any], on: date) -> list[ExplanationRow]:
    ids = [row.pk for row in households]
    known, helpers = explained_on(ids, on), assigned_helpers_of_many(ids, on=on)
    return [_row(row, *known[row.pk], helpers.get(row.pk, [])) for row in households]


def _row(
    household: Any, state: ExplanationState, facts: list[ExplanationFacts], helpers: Sequence[Any]
) -> ExplanationRow:
    latest = facts[-1] if facts else None
    return ExplanationRow(
        household,
        state,
        household.explained_on,
        latest.by if latest else "",
        latest is not None and bool(latest.denied),
        tuple(one.name for one in helpers),
    )


def _to_explain(households: list[Any]) -> list[Pending]:
    return [
        Pending(
            row.pk,
            row.head.name if row.head else row.household_no,
            " · ".join(part for part in (row.area.label, row.address) if part),
            timezone.localdate(row.issued_at),
        )
        for row in households
    ]


def _to_bring(questions: list[Any]) -> list[Pending]:
    found = []
    for row in questions:
        household = row.explanation.household
        name = household.head.name if household.head else household.household_no
        found.append(
            Pending(row.explanation_id, name, household.area.label, timezone.localdate(row.answered_at))
        )
    return found
