"""个案决定: put a proposed account in force, or keep the one that stands; by a person, with a reason and a document."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.compensation.access import DECIDERS
from yixian.compensation.actions.end_agreement import end_superseded
from yixian.compensation.approval_recusal import refuse_if_assigned
from yixian.compensation.choices import CaseOutcome
from yixian.compensation.models import AccountCase, CaseDecision, Statement
from yixian.domain.money import format_fen
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.registry.access import household_scope

_MAX_REASON_LENGTH = 500
_MAX_DOCUMENT_LENGTH = 120


@transaction.atomic
def decide_case(
    case_id: int, outcome: CaseOutcome, reason: str, document: str, *, actor: Actor, at: datetime
) -> CaseDecision:
    """Decide an open case in reach. ``apply`` makes the proposed version the current one; ``keep`` leaves what stands.

    A signed agreement over the replaced account ends as superseded: another one must be drawn up.

    Raises `Invalid` without a reason or a document, `Refused` if it was decided already its account was replaced since, or the
    decider stands beside the household.
    """
    person = require_person(actor, DECIDERS)
    reason, document = (
        _words("reason", reason, _MAX_REASON_LENGTH),
        _words("document", document, _MAX_DOCUMENT_LENGTH),
    )
    if outcome not in {CaseOutcome.APPLY, CaseOutcome.KEEP}:
        raise Invalid("case.outcome", _("Choose what is decided."), field="outcome")
    cases = AccountCase.objects.select_for_update(of=("self",)).select_related(
        "current", "proposed", "household"
    )
    case = cases.filter(pk=case_id, household__in=household_scope(actor).values("pk")).first()
    if case is None:
        raise NotFound("case.not_found", _("There is no such case."))
    refuse_if_assigned(actor, case.household, at=at)
    if CaseDecision.objects.filter(case=case).exists():
        raise Refused("case.decided", _("This case is decided already."))
    if outcome == CaseOutcome.APPLY:
        _put_in_force(case)
        end_superseded(case.household_id, reason, document, actor=actor, at=at)
    decision = CaseDecision.objects.create(
        case=case, outcome=outcome, reason=reason, document=document, decided_by_id=person, at=at
    )
    _record_event(case, decision, actor, at)
    return decision


def _put_in_force(case: AccountCase) -> None:
    replaced = Statement.objects.filter(pk=case.current_id, is_current=True).update(is_current=False)
    if not replaced:
        raise Refused("case.replaced", _("The account in force was replaced since; recalculate."))
    Statement.objects.filter(pk=case.proposed_id).update(is_current=True)


def _words(field: str, text: str, longest: int) -> str:
    text = text.strip()
    if not text:
        raise Invalid("case.words", _("A decision needs its reason and its document."), field=field)
    if len(text) > longest:
        raise Invalid("case.too_long", _("This is too long."), field=field)
    return text


def _record_event(case: AccountCase, decision: CaseDecision, actor: Actor, at: datetime) -> None:
    kind = "case.applied" if decision.outcome == CaseOutcome.APPLY else "case.kept"
    data = {"version": case.proposed.version, "document": decision.document, "reason": decision.reason}
    if case.proposed.total_fen is not None:
        data["total"] = format_fen(case.proposed.total_fen)
    record(Entry(kind, "household", case.household_id, case.area_path, data), actor=actor, at=at)
