"""账目待办: agreements to sign or decide on, cases, budgets; accounts that are withheld, missing or behind their facts."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.budget.queries import budgets_to_confirm
from yixian.compensation.queries import lacking_account, outdated_accounts, withheld_list
from yixian.compensation.queries.pending_signatures import (
    agreements_to_sign,
    cases_to_decide,
    voids_to_decide,
)
from yixian.web.staff.worklist.queues import WorkQueue, listing, page

ACCOUNTS = (
    WorkQueue(
        name="agreements.sign",
        needs="agreements:sign",
        act=_("Record a signature"),
        title=_("Agreements wait for a signature"),
        why=_("A party has not signed yet, and you record its signature."),
        rows=lambda actor, _at: agreements_to_sign(actor),
        page=page("agreements:agreement"),
        listing=listing("agreements:list", "?state=signing"),
    ),
    WorkQueue(
        name="agreements.void",
        needs="agreements:void_decide",
        act=_("Decide on ending an agreement"),
        title=_("Agreements are proposed to be void"),
        why=_("Somebody else proposed it; it has no effect until you have decided."),
        rows=lambda actor, _at: voids_to_decide(actor),
        page=page("agreements:agreement"),
        listing=listing("agreements:list"),
    ),
    WorkQueue(
        name="cases.decide",
        needs="agreements:cases",
        act=_("Decide a case"),
        title=_("Cases wait for your decision"),
        why=_("The account would fall, or an agreement is touched: nothing changes before you decide."),
        rows=lambda actor, _at: cases_to_decide(actor),
        page=page("agreements:case"),
        listing=listing("agreements:cases"),
    ),
    WorkQueue(
        name="budget.confirm",
        needs="staff:budget_confirm",
        act=_("Confirm a budget"),
        title=_("Budgets wait for your confirmation"),
        why=_("Somebody else entered them; they hold when you have confirmed them."),
        rows=lambda actor, _at: budgets_to_confirm(actor),
        page=page("staff:budget_version"),
        listing=listing("staff:budget"),
    ),
    WorkQueue(
        name="accounts.outdated",
        needs="staff:calculate",
        title=_("Accounts are behind their facts"),
        why=_(
            "What they rest on changed; they can be neither printed nor signed before they are calculated again."
        ),
        count=lambda actor, at: outdated_accounts(actor, on=timezone.localdate(at)).count(),
        listing=listing("staff:outdated"),
    ),
    WorkQueue(
        name="accounts.withheld",
        needs="staff:accounts",
        title=_("Accounts are withheld"),
        why=_("Something in them cannot be calculated. Each says what, and what to do."),
        count=lambda actor, at: withheld_list(actor, on=timezone.localdate(at)).count(),
        listing=listing("staff:withheld"),
    ),
    WorkQueue(
        name="accounts.none",
        needs="staff:accounts",
        title=_("Households have no account yet"),
        why=_("They were entered after the last calculation."),
        count=lambda actor, at: lacking_account(actor, on=timezone.localdate(at)),
        listing=listing("staff:households", "?account=none"),
    ),
)
