"""拟订协议: draw an agreement up over the account in force, and take it back while nobody has signed."""

from __future__ import annotations

import json
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.compensation.access import DRAWERS_UP, require_acting_for
from yixian.compensation.approval_recusal import refuse_if_only_later
from yixian.compensation.budget_check import require_budget
from yixian.compensation.choices import AgreementEnding, AgreementState
from yixian.compensation.drawing_up import Terms, content_of, missing
from yixian.compensation.models import Agreement, AgreementEnd, Statement
from yixian.compensation.queries.agreements import get_agreement
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.registry.access import get_household
from yixian.registry.models import Household, Organisation


@transaction.atomic
def draw_up_agreement(household_id: int, terms: Terms, *, actor: Actor, at: datetime) -> Agreement:
    """Draw up an agreement over the household's current account; everything its paper shows is sealed with it.

    Raises `NotFound` for a household out of reach, `NotPermitted` without the role, `Refused`
    ``agreement.open`` while another one holds or is being signed, and `Refused` ``agreement.blank`` if anything the
    paper shows is missing (`yixian.compensation.drawing_up.missing` names it), ``budget.beyond`` if a head of the
    budget does not hold it. No blank is ever signed: domain 1.6.
    """
    household = get_household(actor, household_id)
    user_id = require_acting_for(actor, household, DRAWERS_UP)
    refuse_if_only_later(actor, household, at=at)
    today = timezone.localdate(at)
    if household.valid_until is not None and household.valid_until <= today:
        raise Refused("agreement.ended", _("This household has ended."))
    sequence = _next_sequence(household)
    statement = Statement.objects.filter(household=household, is_current=True).first()
    if missing(household, statement, terms, on=today) or statement is None:
        raise Refused(
            "agreement.blank", _("The agreement would have blanks: fill in first what is named here.")
        )
    require_budget(statement, on=today)
    agreement = _write(household, statement, terms, sequence, user_id, today, at)
    _record_event("agreement.drawn_up", agreement, actor, at)
    return agreement


def _next_sequence(household: Household) -> int:
    """One more than the latest; a second writer at the same moment fails on the table's constraint."""
    earlier = list(Agreement.objects.filter(household=household).select_related("end").order_by("sequence"))
    if any(not hasattr(row, "end") for row in earlier):
        raise Refused("agreement.open", _("This household has an agreement already."))
    return earlier[-1].sequence + 1 if earlier else 1


def _write(
    household: Household,
    statement: Statement,
    terms: Terms,
    sequence: int,
    user_id: int,
    today: date,
    at: datetime,
) -> Agreement:
    bureau, attesting = (
        Organisation.objects.get(pk=pk) for pk in (terms.bureau_id, terms.attesting_organisation_id)
    )
    number = f"{household.household_no}-{sequence:02d}"
    content = content_of(household, terms, number, bureau=bureau, attesting=attesting, on=today)
    return Agreement.objects.create(
        number=number,
        household=household,
        area_path=household.area_path,
        sequence=sequence,
        statement=statement,
        bureau=bureau,
        attesting_organisation=attesting,
        content=json.dumps(content, ensure_ascii=False),
        drawn_up_on=today,
        drawn_up_by_id=user_id,
        drawn_up_at=at,
    )


@transaction.atomic
def withdraw_draw_up(agreement_id: int, reason: str, *, actor: Actor, at: datetime) -> AgreementEnd:
    """Take back an agreement that nobody has signed yet. Raises `Refused` once somebody has, `Invalid` without a reason."""
    view = get_agreement(actor, agreement_id)
    agreement = Agreement.objects.select_related("household").select_for_update(of=("self",)).get(pk=view.pk)
    user_id = require_acting_for(actor, agreement.household, DRAWERS_UP)
    if not reason.strip():
        raise Invalid("agreement.reason", _("Say why."), field="reason")
    if view.state != AgreementState.DRAWN_UP:
        raise Refused(
            "agreement.signed", _("Somebody has signed: it can only be declared void, by two people.")
        )
    end = AgreementEnd.objects.create(
        agreement=agreement,
        kind=AgreementEnding.WITHDRAWN,
        reason=reason.strip(),
        decided_by_id=user_id,
        decided_at=at,
    )
    _record_event("agreement.withdrawn", agreement, actor, at, reason=end.reason)
    return end


def _record_event(kind: str, agreement: Agreement, actor: Actor, at: datetime, **data: str) -> None:
    told = {"agreement": agreement.number, "version": agreement.statement.version, **data}
    record(Entry(kind, "household", agreement.household_id, agreement.area_path, told), actor=actor, at=at)
