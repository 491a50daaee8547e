"""公文正文: what a formal paper says, from the matter's own facts and the procedure's dated law. The drafter may reword it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yixian.domain.numerals import article_number
from yixian.kernel.languages import language
from yixian.matters.choices import FormalPaperKind
from yixian.matters.matter_read_models import DecisionView
from yixian.matters.matter_state import state_of
from yixian.matters.models import Matter, MatterEvent
from yixian.matters.queries.matter_view import clock_views, decision_views
from yixian.matters.queries.opinions import ReviewWay, review_way

DECISIONS = {
    FormalPaperKind.DECISION: "first",
    FormalPaperKind.REVIEW: "review",
    FormalPaperKind.FINAL: "final",
}
"""Papers that bring a decision of a stage."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the sentences are made of."""

    matter: Matter
    event: MatterEvent
    at: datetime

    @property
    def _received_at(self) -> datetime:
        """When the body that writes received the matter: when it was last passed on to it, or when it was raised there."""
        passed = self.matter.events.filter(
            seq__lt=self.event.seq, to_organisation_id=self.event.actor_organisation_id
        )
        last = passed.order_by("-seq").first() if self.event.actor_organisation_id else None
        return last.at if last else self.matter.received_at

    @property
    def values(self) -> dict[str, str]:
        """Number and days, in words."""
        return {
            "number": self.matter.number,
            "received": date_format(timezone.localdate(self._received_at)),
            "day": date_format(timezone.localdate(self.event.at)),
            "reason": self.event.reason,
            "receiver": self.event.to_organisation.label if self.event.to_organisation else "",
        }


def formal_text(kind: FormalPaperKind, matter: Matter, event: MatterEvent, *, at: datetime) -> str:
    """The paragraphs of a paper, one a line, in the language being spoken."""
    facts = _Facts(matter, event, at)
    if kind in DECISIONS:
        return "\n".join(_decision(facts, DECISIONS[kind]))
    return "\n".join(one for one in _SENTENCES[kind](facts) if one)


def _law(facts: _Facts, clause: str) -> str:
    """A clause of the document by which the matter is dealt with, by title and article."""
    work = state_of(facts.matter, at=facts.at).effective_procedure
    document = work.pack.documents[work.procedure.document]
    return _("%(document)s, article %(clause)s") % {
        "document": document.title(language()),
        "clause": article_number(clause, language()),
    }


def _until(facts: _Facts, clock: str) -> str:
    """The last day of a clock that runs; "" where none does."""
    found = [one for one in clock_views(state_of(facts.matter, at=facts.at)) if one.id == clock]
    return date_format(found[-1].due_on) if found else ""


def _acceptance(facts: _Facts) -> list[str]:
    until = _until(facts, "decide")
    return [
        _("The matter %(number)s that you raised and we received on %(received)s was accepted on %(day)s.")
        % facts.values,
        _("It is dealt with and answered in writing by %(until)s (%(law)s).")
        % {"until": until, "law": _law(facts, "34")}
        if until
        else "",
        facts.event.reason,
    ]


def _refusal(facts: _Facts) -> list[str]:
    reason, _line, way = facts.event.reason.partition("\n")
    return [
        _("The matter %(number)s that you raised and we received on %(received)s is not accepted.")
        % facts.values,
        _("Reasons: %(reason)s") % {"reason": reason},
        _("The way that is open to you: %(way)s") % {"way": way},
        _("You are told of this under %(law)s.") % {"law": _law(facts, "23")},
    ]


def _forwarding(facts: _Facts) -> list[str]:
    return [
        _(
            "Matter %(number)s was received on %(received)s. It lies within your competence and is forwarded to you."
        )
        % facts.values,
        _(
            "Under %(law)s, tell the person in writing within fifteen days whether you accept it; what is not yours is returned "
            "within five working days, with reasons."
        )
        % {"law": _law(facts, "23")},
        facts.event.reason,
    ]


def _assignment(facts: _Facts) -> list[str]:
    return [
        _("Matter %(number)s was received on %(received)s. It is assigned to you to be dealt with.")
        % facts.values,
        _("Deal with it within the limit of %(law)s and report its result in writing.")
        % {"law": _law(facts, "34")},
        facts.event.reason,
    ]


def _extension(facts: _Facts) -> list[str]:
    return [
        _(
            "Your matter %(number)s takes longer than the limit allows. With the approval of our head it is decided by %(until)s."
        )
        % {**facts.values, "until": _until(facts, "decide")},
        _("Reasons: %(reason)s") % facts.values,
        _("You are told of this under %(law)s.") % {"law": _law(facts, "34")},
    ]


def _decision(facts: _Facts, stage: str) -> list[str]:
    """Request, facts, reasons, law, decision, and whom one may ask to look again until when."""
    rows = [one for one in decision_views(facts.matter) if one.stage == stage and one.at <= facts.at]
    decision: DecisionView = rows[-1]
    basis = _(", ").join([*(one.title for one in decision.basis), *filter(None, [decision.basis_words])])
    return [
        _("Your matter %(number)s was received on %(received)s. After inquiry we decide as follows.")
        % facts.values,
        _("1. What was asked: %(words)s") % {"words": decision.asked},
        _("2. The facts: %(words)s") % {"words": decision.facts},
        _("3. The reasons: %(words)s") % {"words": decision.reasons},
        _("4. What it rests on: %(words)s") % {"words": basis},
        _("5. The decision: %(words)s")
        % {"words": _(", ").join([decision.outcome_label, *decision.changes])},
        _review(review_way(facts.matter, decision, facts.at), stage),
    ]


def _review(way: ReviewWay | None, stage: str) -> str:
    if way is None:
        return _("This is the final review.")
    values = {"organisation": way.organisation, "days": way.days}
    if stage == "review":
        words = _(
            "If you do not agree, you may ask %(organisation)s for the final review within %(days)s days of receiving this paper."
        )
        return words % values
    words = _(
        "If you do not agree, you may ask %(organisation)s for a review within %(days)s days of receiving this paper."
    )
    return words % values


_SENTENCES = {
    FormalPaperKind.ACCEPTANCE: _acceptance,
    FormalPaperKind.REFUSAL: _refusal,
    FormalPaperKind.FORWARDING: _forwarding,
    FormalPaperKind.ASSIGNMENT: _assignment,
    FormalPaperKind.EXTENSION: _extension,
}
