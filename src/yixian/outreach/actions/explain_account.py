"""讲解账目: record that a household's account was explained to it line by line, with what it asked, in one transaction."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.compensation.account_read_models import StatementView
from yixian.compensation.queries import current_account
from yixian.duty.models import Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.outreach.asking import hand_in
from yixian.outreach.explanation_draft import ExplanationDraft, require_whole
from yixian.outreach.models import Explanation
from yixian.registry.models import Household
from yixian.visits.access import pairing_of, require_recorder


def explain_account(household_id: int, draft: ExplanationDraft, *, actor: Actor, at: datetime) -> Explanation:
    """Record an explanation by somebody who stands beside the household today, or leads or keeps the register there.

    Every question is handed in at once, to the policy desk or as a matter. The same key sent again gives the explanation that
    it made. Raises `NotFound` out of reach, `NotPermitted` for a role that explains none, `Refused` for an ended household, an
    account that is withheld, behind its facts, or another version than was gone through, and `Invalid` naming the field.
    """
    household, user_id = require_recorder(actor, household_id)
    before = _recorded(draft.key, household, user_id)
    if before is not None:
        return before
    today = timezone.localdate(at)
    if household.valid_until is not None and household.valid_until <= today:
        raise Refused("household.ended", _("This household has ended."))
    account = account_to_explain(actor, household, on=today)
    if account.version != draft.version:
        raise Refused(
            "explanation.version",
            _("There is another version of the account since. Open the page again and explain that one."),
        )
    pairing = pairing_of(actor, household, on=today)
    _require_day(draft.on, account, pairing, today)
    require_whole(draft, {line.position: line.title for line in account.lines})
    row = Explanation(
        household=household,
        area_path=household.area_path,
        statement_id=account.statement_id,
        helper_id=pairing.helper_id if pairing else None,
        recorded_by_id=user_id,
        recorded_at=at,
        key=draft.key,
        on=draft.on,
        language=draft.language,
    )
    try:
        _write(row, account, draft, user_id, actor, at)
    except IntegrityError:
        again = _recorded(draft.key, household, user_id)
        if again is None:
            raise
        return again
    return row


def account_to_explain(actor: Actor, household: Household, *, on: date) -> StatementView:
    """The account in force of a household, if it can be explained. Raises `Refused` where it cannot."""
    account, _change = current_account(actor, household, on=on)
    if account is None or account.total_fen is None:
        raise Refused(
            "explanation.no_account",
            _("There is no account to explain: none is calculated yet, or it is withheld."),
        )
    if account.is_outdated:
        raise Refused(
            "explanation.outdated_account",
            _("The account is behind the facts. Have it calculated again, then explain it."),
        )
    return account


def _require_day(on: date, account: StatementView, pairing: Pairing | None, today: date) -> None:
    if on > today:
        raise Invalid("explanation.future", _("The day lies in the future."), field="on")
    if on < timezone.localdate(account.issued_at):
        raise Invalid("explanation.early", _("This version did not exist yet on that day."), field="on")
    if pairing is not None and on < pairing.valid_from:
        raise Invalid(
            "visit.early", _("On this day you did not stand beside this household yet."), field="on"
        )


def _recorded(key: uuid.UUID, household: Household, user_id: int) -> Explanation | None:
    row = Explanation.objects.filter(key=key).first()
    if row is not None and (row.household_id, row.recorded_by_id) != (household.pk, user_id):
        raise Refused("explanation.key", _("This form belongs to another explanation. Open the page again."))
    return row


@transaction.atomic
def _write(
    row: Explanation,
    account: StatementView,
    draft: ExplanationDraft,
    user_id: int,
    actor: Actor,
    at: datetime,
) -> None:
    row.save(force_insert=True)
    for number, asked in enumerate(draft.questions):
        key = uuid.uuid5(draft.key, str(number))
        hand_in(row, account, asked, key=key, user_id=user_id, actor=actor, at=at)
    data = {
        "explanation": row.pk,
        "version": account.version,
        "on": row.on.isoformat(),
        "questions": len(draft.questions),
    }
    entry = Entry("explanation.recorded", "household", row.household_id, row.area_path, data)
    record(entry, actor=actor, at=at)
