"""终止协议: declare a signed agreement void, by two people and a document; or end it where a decided case replaces it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.compensation.access import VOID_APPROVERS, VOID_PROPOSERS, require_acting_for
from yixian.compensation.approval_recusal import refuse_if_assigned
from yixian.compensation.choices import AgreementEnding, AgreementState
from yixian.compensation.models import Agreement, AgreementEnd, VoidProposal
from yixian.compensation.queries.agreements import AGREED, get_agreement
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.roles import Role

_LIVING = frozenset({AgreementState.SIGNING, AgreementState.IN_FORCE})


@transaction.atomic
def propose_void(
    agreement_id: int, reason: str, document: str, *, actor: Actor, at: datetime
) -> VoidProposal:
    """Propose that an agreement which somebody has signed be void. It has no effect until another person decides.

    Raises `Invalid` without reason or document, `Refused` if nobody has signed (then it is withdrawn), it
    has ended, or the actor stands beside the household.
    """
    agreement, user_id = _living(agreement_id, VOID_PROPOSERS, actor, at)
    if not reason.strip():
        raise Invalid("agreement.reason", _("Say why."), field="reason")
    if not document.strip():
        raise Invalid("agreement.document", _("Name the document that decides it."), field="document")
    proposal = VoidProposal.objects.create(
        agreement=agreement,
        reason=reason.strip(),
        document=document.strip(),
        proposed_by_id=user_id,
        proposed_at=at,
    )
    _record_event(
        "agreement.void_proposed", agreement, actor, at, reason=proposal.reason, document=proposal.document
    )
    return proposal


@transaction.atomic
def declare_void(agreement_id: int, *, actor: Actor, at: datetime) -> AgreementEnd:
    """Decide on the latest proposal that an agreement be void. Raises `Refused` without one, or for one's own."""
    agreement, user_id = _living(agreement_id, VOID_APPROVERS, actor, at)
    proposal = agreement.void_proposals.order_by("-pk").first()
    if proposal is None:
        raise Refused("agreement.no_proposal", _("Nobody has proposed that this agreement be void."))
    if proposal.proposed_by_id == user_id:
        raise Refused("agreement.two_people", _("Another person than the one who proposed it must decide."))
    end = AgreementEnd.objects.create(
        agreement=agreement,
        kind=AgreementEnding.VOID,
        reason=proposal.reason,
        document=proposal.document,
        proposal=proposal,
        decided_by_id=user_id,
        decided_at=at,
    )
    _record_event("agreement.void", agreement, actor, at, reason=end.reason, document=end.document)
    return end


def end_superseded(household_id: int, reason: str, document: str, *, actor: Actor, at: datetime) -> None:
    """End the household's signed agreement because a decided case makes another version current.

    Part of that decision: its caller has asked who may, and holds the transaction. Nothing happens without one.
    """
    agreement = Agreement.objects.filter(AGREED, household=household_id).select_related("statement").first()
    if agreement is None:
        return
    AgreementEnd.objects.create(
        agreement=agreement,
        kind=AgreementEnding.SUPERSEDED,
        reason=reason[:200],
        document=document[:120],
        decided_by_id=actor.user_id,
        decided_at=at,
    )
    _record_event("agreement.superseded", agreement, actor, at, reason=reason, document=document)


def _living(agreement_id: int, roles: frozenset[Role], actor: Actor, at: datetime) -> tuple[Agreement, int]:
    view = get_agreement(actor, agreement_id)
    rows = Agreement.objects.select_related("household", "statement").select_for_update(of=("self",))
    agreement = rows.get(pk=view.pk)
    user_id = require_acting_for(actor, agreement.household, roles)
    refuse_if_assigned(actor, agreement.household, at=at)
    if view.state == AgreementState.DRAWN_UP:
        raise Refused("agreement.unsigned", _("Nobody has signed it yet: withdraw it instead."))
    if view.state not in _LIVING:
        raise Refused("agreement.has_ended", _("This agreement has ended."))
    return agreement, user_id


def _record_event(kind: str, agreement: Agreement, actor: Actor, at: datetime, **data: str) -> None:
    told = {"agreement": agreement.number, "version": agreement.statement.version, **data}
    record(Entry(kind, "household", agreement.household_id, agreement.area_path, told), actor=actor, at=at)
