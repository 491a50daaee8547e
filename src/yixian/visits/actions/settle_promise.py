"""承诺结果: each side says what became of a promise; what one says never wipes out what the other says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound
from yixian.kernel.ledger import Entry, record
from yixian.visits.access import require_household, require_recorder
from yixian.visits.choices import PromiseResult, SaidBy
from yixian.visits.limits import MAX_NOTE
from yixian.visits.models import Promise, PromiseOutcome


@dataclass(frozen=True, slots=True)
class PromiseOutcomeInput:
    """What is said of a promise: the outcome, since which day, and a note."""

    outcome: str
    on: date
    note: str = ""


@transaction.atomic
def settle_promise(
    promise_id: int, settling: PromiseOutcomeInput, *, actor: Actor, at: datetime
) -> PromiseOutcome:
    """Say as one who stands beside the household, or leads there, what became of a promise.

    Raises `NotFound` out of reach, `NotPermitted` without the role, `Invalid` for an unknown outcome, a day before the
    promise or in the future, or no note where it was not simply kept.
    """
    promise = _promise(promise_id)
    try:
        _household, user_id = require_recorder(actor, promise.household_id)
    except NotFound as error:
        raise NotFound("promise.not_found", _("There is no such promise.")) from error
    _require_valid(promise, settling, set(PromiseResult.values), at)
    if settling.outcome != PromiseResult.KEPT and not settling.note.strip():
        raise Invalid("promise.note", _("Say why, in a sentence."), field="note")
    return _keep(promise, settling, SaidBy.HELPER, user_id, actor, at)


@transaction.atomic
def say_of_promise(
    promise_id: int, settling: PromiseOutcomeInput, *, actor: Actor, at: datetime
) -> PromiseOutcome:
    """Say as the household itself whether a promise to it was kept. It need not say why, and may say otherwise later.

    Raises `NotFound` for a promise to anybody else, `Invalid` as `settle_promise` does.
    """
    promise = _promise(promise_id)
    try:
        require_household(actor, promise.household_id)
    except NotFound as error:
        raise NotFound("promise.not_found", _("There is no such promise.")) from error
    _require_valid(promise, settling, {PromiseResult.KEPT, PromiseResult.BROKEN}, at)
    return _keep(promise, settling, SaidBy.HOUSEHOLD, None, actor, at)


def _promise(promise_id: int) -> Promise:
    promise = Promise.objects.filter(pk=promise_id).first()
    if promise is None:
        raise NotFound("promise.not_found", _("There is no such promise."))
    return promise


def _require_valid(promise: Promise, settling: PromiseOutcomeInput, known: set[str], at: datetime) -> None:
    if settling.outcome not in known:
        raise Invalid("promise.outcome", _("Choose what became of the promise."), field="outcome")
    if settling.on > timezone.localdate(at):
        raise Invalid("promise.future", _("The day lies in the future."), field="on")
    if settling.on < promise.made_on:
        raise Invalid("promise.before", _("The day lies before the promise was made."), field="on")
    if len(settling.note) > MAX_NOTE:
        raise Invalid("visit.note_long", _("This is too long: a thousand characters at most."), field="note")


def _keep(
    promise: Promise,
    settling: PromiseOutcomeInput,
    side: SaidBy,
    user_id: int | None,
    actor: Actor,
    at: datetime,
) -> PromiseOutcome:
    row = PromiseOutcome(
        promise=promise,
        outcome=settling.outcome,
        said_by=side,
        on=settling.on,
        note=settling.note.strip(),
        by_id=user_id,
        at=at,
    )
    row.save(force_insert=True)
    data = {"promise": promise.pk, "outcome": row.outcome, "said_by": row.said_by, "on": row.on.isoformat()}
    kind = f"promise.{row.outcome}_{row.said_by}"
    record(Entry(kind, "household", promise.household_id, promise.area_path, data), actor=actor, at=at)
    return row
