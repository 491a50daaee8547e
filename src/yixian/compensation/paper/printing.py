"""打印账目: who may print which accounts, one household or many."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.compensation.models import Statement
from yixian.compensation.outdated_accounts import is_outdated, outdated_household_ids
from yixian.compensation.paper.paging import set_statements
from yixian.compensation.paper.statements import statement_document, version_document
from yixian.compensation.queries.versions import get_version
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, Refused
from yixian.kernel.intervals import in_force
from yixian.registry.access import Part, below, household_scope, parts_for
from yixian.registry.actions.note_reading import note_reading
from yixian.registry.models import Household


def statement_pdf(actor: Actor, household: Household, *, lang: str, large: bool, at: datetime) -> bytes:
    """One household's current account as PDF/A-2b; the reading is noted.

    Raises `NotFound` if there is none to see, and `Refused` while it is behind the household's facts.
    """
    today = timezone.localdate(at)
    order = None
    if Part.ACCOUNT in parts_for(actor, household):
        _require_up_to_date(Statement.objects.filter(household=household, is_current=True).first(), today)
        order = statement_document([household], lang=lang, large=large, on=today)
    if order is None:
        raise NotFound("account.not_found", _("There is no account to print yet."))
    note_reading(actor, household, "account on paper", at=at)
    return set_statements(order)


def version_pdf(
    actor: Actor, household: Household, version: int, *, lang: str, large: bool, at: datetime
) -> bytes:
    """One version of a household's account as it was issued, the same bytes every time.

    Raises `NotFound`, and `Refused` for the one in force while it is behind the household's facts.
    """
    statement = get_version(actor, household, version)
    _require_up_to_date(statement, timezone.localdate(at))
    note_reading(actor, household, "account on paper", at=at)
    return set_statements(version_document(statement.pk, lang=lang, large=large))


def printable_households(actor: Actor, area_path: str, *, at: datetime) -> list[Household]:
    """The households below an area whose accounts the actor may print: without those outside its reach, and without those
    whose account is behind their facts.
    """
    today = timezone.localdate(at)
    behind = outdated_household_ids(area_path, today)
    rows = household_scope(actor).filter(in_force(today)).filter(below(area_path))
    rows = rows.defer("phone", "bank_account")
    return [row for row in rows if row.pk not in behind and Part.ACCOUNT in parts_for(actor, row)]


def _require_up_to_date(statement: Statement | None, on: date) -> None:
    if statement is not None and is_outdated(statement, on=on):
        raise Refused(
            "account.outdated",
            _("The register changed since this account was calculated: have it recalculated first."),
        )
