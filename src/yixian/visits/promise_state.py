"""承诺的状态: a promise's state on a day, derived from its due day and from what either side says; never stored."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from yixian.visits.choices import PromiseResult, SaidBy
from yixian.visits.limits import SOON_DAYS
from yixian.visits.models import Promise, PromiseOutcome


class PromiseState(models.TextChoices):
    """状态."""

    OPEN = "open", _("Not due yet")
    SOON = "soon", _("Due within a week")
    OVERDUE = "overdue", _("Overdue: not kept so far")
    SAID_KEPT = "said_kept", _("Kept, say those who promised; the household has not said so yet")
    KEPT = "kept", _("Kept, says the household")
    DISPUTED = "disputed", _("Not kept, says the household; those who promised say otherwise")
    BROKEN = "broken", _("Not kept")
    WITHDRAWN = "withdrawn", _("Taken back, and the household agreed")
    OVERTAKEN = "overtaken", _("No longer needed: things have changed")


WAITING = frozenset({PromiseState.OPEN, PromiseState.SOON, PromiseState.OVERDUE})
"""Nobody has said yet what became of it."""

FAILED = frozenset({PromiseState.OVERDUE, PromiseState.BROKEN, PromiseState.DISPUTED})
"""What a household was promised and does not have."""

_BY_HELPER = {
    PromiseResult.KEPT: PromiseState.SAID_KEPT,
    PromiseResult.BROKEN: PromiseState.BROKEN,
    PromiseResult.WITHDRAWN: PromiseState.WITHDRAWN,
    PromiseResult.OVERTAKEN: PromiseState.OVERTAKEN,
}


def state_of(due_on: date, by_helper: str, by_household: str, on: date) -> PromiseState:
    """What a promise is on a day: the latest word of each side, "" for none.

    The household's word stands beside the other and is never replaced by it: “kept” said by those who promised is not
    “kept” said by those to whom it was promised.
    """
    if by_household == PromiseResult.KEPT:
        return PromiseState.KEPT
    if by_household == PromiseResult.BROKEN:
        return PromiseState.DISPUTED if by_helper not in {"", PromiseResult.BROKEN} else PromiseState.BROKEN
    if by_helper:
        return _BY_HELPER[PromiseResult(by_helper)]
    if due_on < on:
        return PromiseState.OVERDUE
    return PromiseState.SOON if due_on <= on + timedelta(days=SOON_DAYS) else PromiseState.OPEN


def with_words(rows: QuerySet[Promise]) -> QuerySet[Promise]:
    """Promises with the latest word of each side as ``by_helper`` and ``by_household`` (None where there is none)."""
    return rows.annotate(by_helper=_latest(SaidBy.HELPER), by_household=_latest(SaidBy.HOUSEHOLD))


def waiting(on: date, *, overdue: bool | None = None) -> Q:
    """Of promises `with_words`: those of which nobody has said what became; only the overdue, or the others, if asked."""
    open_ones = Q(by_helper=None, by_household=None)
    if overdue is None:
        return open_ones
    return open_ones & (Q(due_on__lt=on) if overdue else Q(due_on__gte=on))


BROKEN = Q(by_household=PromiseResult.BROKEN) | Q(by_household=None, by_helper=PromiseResult.BROKEN)
"""Of promises `with_words`: those that were not kept, says the household, or nobody denies."""

NOBODY_SAID = ~Q(Exists(PromiseOutcome.objects.filter(promise=OuterRef("pk"))))
"""Of promises: neither side has said yet what became of it, as `waiting` has it; for counting many."""


def said_broken(rows: QuerySet[Promise]) -> QuerySet[Promise]:
    """Those of the promises that are `BROKEN`; only those of which anybody ever said so are looked at."""
    ever = PromiseOutcome.objects.filter(outcome=PromiseResult.BROKEN).values("promise")
    return with_words(rows.filter(pk__in=ever)).filter(BROKEN)


def _latest(side: SaidBy) -> Subquery:
    rows = PromiseOutcome.objects.filter(promise=OuterRef("pk"), said_by=side).order_by("-pk")
    return Subquery(rows.values("outcome")[:1])
