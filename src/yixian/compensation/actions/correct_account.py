"""更正账目: reckon one household again because an entry of it was wrong, with the reason and the document."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.compensation.access import CALCULATORS, require_acting_for
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.compensation.choices import StatementCause
from yixian.compensation.models import Statement, StatementRun
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.registry.access import get_household
from yixian.registry.models import Household


@transaction.atomic
def correct_account(
    household_id: int, reason: str, document: str, *, actor: Actor, at: datetime
) -> Statement:
    """Reckon the household's account again as a correction; its entries were put right in the register before.

    An account under a signed agreement is only proposed, as by any reckoning. Raises `Invalid` without a reason or a
    document, and `Refused` if nothing changed, if the policy changed too (then the place is reckoned instead), or
    while a reckoning of the place is not finished.
    """
    household = get_household(actor, household_id)
    require_acting_for(actor, household, CALCULATORS)
    if not reason.strip():
        raise Invalid("agreement.reason", _("Say why."), field="reason")
    if not document.strip():
        raise Invalid("agreement.document", _("Name the document that decides it."), field="document")
    _require_quiet(household)
    on = timezone.localdate(at)
    run = calculate_accounts(
        household.area_path, on=on, actor=_for_one(actor, household), at=at, is_correction=True
    )
    statement = Statement.objects.filter(run=run, household=household).first()
    if statement is None:
        raise Refused(
            "account.nothing_wrong", _("Nothing changed: put the error right in the register first.")
        )
    if statement.cause != StatementCause.CORRECTION:
        raise Refused(
            "account.policy_changed", _("The policy changed since: have the place calculated instead.")
        )
    data = {"version": statement.version, "reason": reason.strip(), "document": document.strip()}
    entry = Entry("account.corrected", "household", household.pk, household.area_path, data)
    record(entry, actor=actor, at=at)
    return statement


def _require_quiet(household: Household) -> None:
    """A reckoning of the place that was cut off would be overtaken by this one, which holds one household only."""
    paths = StatementRun.objects.filter(end=None).values_list("area_path", flat=True)
    if any(household.area_path.startswith(path) for path in paths):
        raise Refused(
            "account.run_open", _("A calculation of this place is not finished: go on with it first.")
        )


def _for_one(actor: Actor, household: Household) -> Actor:
    """The same actor, reaching this household and no other."""
    roles = sorted(actor.roles & CALCULATORS)
    return actor.with_grants(tuple(Grant(role, household_ids=frozenset({household.pk})) for role in roles))
