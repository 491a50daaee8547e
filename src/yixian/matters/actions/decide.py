"""处理意见: decide a matter in writing — what was asked, the facts, the reasons, the legal basis, and the outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound
from yixian.matters import limits
from yixian.matters.actions.handling import begin, handling, reach
from yixian.matters.choices import DecisionOutcome, ReviewStage
from yixian.matters.intake import ClauseKey, optional_words, require_words
from yixian.matters.models import Matter, MatterDecision, MatterEvent, RemedyDone
from yixian.matters.queries.remedy_previews import preview
from yixian.matters.remedies import CONSEQUENCES, function_of, get_remedy
from yixian.matters.remedy_lines import Remedies, read, written
from yixian.matters.steps import (
    ASK_REMEDY,
    CARRY_OUT,
    CLOSE,
    DECIDE,
    DECIDE_REREVIEW,
    DECIDE_REVIEW,
    REOPEN,
    decision_of,
)
from yixian.policies.models import PackClause

_STAGE = {
    DECIDE.event: ReviewStage.FIRST,
    DECIDE_REVIEW.event: ReviewStage.REVIEW,
    DECIDE_REREVIEW.event: ReviewStage.FINAL,
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """A decision's contents. ``basis`` are clauses of the library; ``basis_words`` what else it rests on."""

    asked: str
    facts: str
    reasons: str
    outcome: DecisionOutcome
    basis: tuple[ClauseKey, ...] = ()
    basis_words: str = ""
    remedies: Remedies | None = None


@transaction.atomic
def decide(number: str, opinion: Opinion, *, actor: Actor, at: datetime) -> MatterDecision:
    """Decide, review or finally review a matter that one's body holds.

    Raises `Invalid` naming what is missing: request, facts, reasons, a legal basis; a remedy that there is not or whose
    household is not known; `Refused` where the procedure does not allow a decision now.
    """
    context = reach(number, actor=actor, at=at)
    taken = begin(decision_of(context), context, actor=actor, at=at)
    values = _validated(opinion, actor, at)
    _require_basis(opinion)
    _require_remedies(taken.matter, opinion)
    decision = MatterDecision.objects.create(
        matter=taken.matter,
        stage=_STAGE[taken.step.event],
        organisation_id=taken.organisation,
        by_id=taken.user_id,
        at=at,
        **values,
    )
    taken.write()
    return decision


@transaction.atomic
def ask_for_remedy(number: str, to_organisation: int, *, actor: Actor, at: datetime) -> MatterEvent:
    """Show the matter to the body that keeps the register, so that it carries the decided change out."""
    return handling(ASK_REMEDY, number, actor=actor, at=at).write(to_organisation=to_organisation)


@transaction.atomic
def carry_out(number: str, document: str, *, actor: Actor, at: datetime) -> RemedyDone:
    """落实: make the decided change, by somebody who did not decide it, and have the account reckoned again.

    The change itself asks for its own permission. Raises `Refused` where nothing is open or by whoever decided it,
    `Invalid` without a document, and whatever the change refuses; then nothing has changed.
    """
    taken = handling(CARRY_OUT, number, actor=actor, at=at)
    decision = taken.context.remedy
    if decision is None or decision.by_id is None:
        raise NotFound("matter.remedy", _("There is no such remedy."))
    remedies = read(decision.remedy, decision.remedy_values)
    reason = decision.reasons[: limits.MAX_REASON]
    by_document = require_words("document", document, limits.MAX_CLAUSE)
    told = _carried_out(remedies, reason, by_document, decision.by_id, actor, at)
    done = RemedyDone.objects.create(decision=decision, by_id=taken.user_id, result=told, at=at)
    taken.write()
    return done


@transaction.atomic
def close(number: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """办结: close a matter that was decided and told. It is not thereby resolved: that, the person says.

    Raises `Refused` while a decided change is not carried out, or the person was not told since the decision.
    """
    return handling(CLOSE, number, actor=actor, at=at).write()


@transaction.atomic
def reopen(number: str, reason: str, *, actor: Actor, at: datetime) -> MatterEvent:
    """Open a closed matter again; it goes back to whoever held it last."""
    taken = handling(REOPEN, number, actor=actor, at=at)
    return taken.write(reason=require_words("reason", reason, limits.MAX_REASON))


def _validated(opinion: Opinion, actor: Actor, at: datetime) -> dict[str, object]:
    return {
        "asked": require_words("asked", opinion.asked, limits.MAX_WORDS),
        "facts": require_words("facts", opinion.facts, limits.MAX_WORDS),
        "reasons": require_words("reasons", opinion.reasons, limits.MAX_WORDS),
        "basis": [[key.pack_id, key.document, key.clause] for key in opinion.basis],
        "basis_words": optional_words("basis_words", opinion.basis_words, limits.MAX_REASON),
        "outcome": opinion.outcome,
        "remedy": opinion.remedies.kind if opinion.remedies else "",
        "remedy_values": written(_looked_up(opinion.remedies, actor, at)) if opinion.remedies else "",
    }


def _require_basis(opinion: Opinion) -> None:
    if not opinion.basis and not opinion.basis_words.strip():
        raise Invalid("matter.basis", _("Name the clause or the law that it rests on."), field="basis")
    known = set(
        PackClause.objects.filter(clause__in=[key.clause for key in opinion.basis]).values_list(
            "pack_version__pack_id", "document", "clause"
        )
    )
    if any((key.pack_id, key.document, key.clause) not in known for key in opinion.basis):
        raise Invalid("matter.clause", _("There is no such clause in the library."), field="basis")


def _require_remedies(matter: Matter, opinion: Opinion) -> None:
    """Each line must be of a kind that there is, whole, and of the household that raised the matter."""
    if not opinion.remedies:
        return
    if opinion.outcome != DecisionOutcome.SUPPORTED:
        raise Invalid("matter.remedy_outcome", _("Only what is supported is set right."), field="remedy")
    if str(opinion.remedies.household_id) not in {one.household for one in matter.people.all()}:
        raise Invalid(
            "matter.remedy_household",
            _("A change needs the household that raised the matter."),
            field="remedy",
        )
    for line in opinion.remedies.lines:
        kind = get_remedy(line.kind)
        if kind is None:
            raise Invalid("matter.remedy", _("There is no such remedy."), field="remedy")
        for name, label in kind.fields:
            if not line.values.get(name, "").strip():
                words = _("%(what)s must be filled in.")
                raise Invalid("matter.remedy_words", words, field="remedy", what=label)


def _looked_up(remedies: Remedies, actor: Actor, at: datetime) -> Remedies:
    """The lines with what each would change, as far as whoever decides may see it."""
    lines = (replace(line, change=preview(remedies.household_id, line, actor, at)) for line in remedies.lines)
    return replace(remedies, lines=tuple(lines))


def _carried_out(
    remedies: Remedies, reason: str, document: str, decided_by: int, actor: Actor, at: datetime
) -> dict[str, Any]:
    """Make every change, let follow what follows, and say both."""
    lines = _looked_up(remedies, actor, at).lines
    for line in lines:
        kind = get_remedy(line.kind)
        if kind is None:
            raise NotFound("matter.remedy", _("There is no such remedy."))
        make = function_of(kind)
        make(remedies.household_id, line.values, reason, document, decided_by=decided_by, actor=actor, at=at)
    told: dict[str, Any] = {"changes": [line.change for line in lines]}
    for follow in CONSEQUENCES.load_all():
        told |= follow(remedies.household_id, reason, document, actor=actor, at=at)
    return told
