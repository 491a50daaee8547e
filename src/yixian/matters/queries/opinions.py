"""意见书: one decision of a matter with what its letter says besides — to whom and until when one can ask for a review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.matters.access import get_matter
from yixian.matters.choices import ReviewStage
from yixian.matters.matter_read_models import DecisionView
from yixian.matters.matter_state import state_of
from yixian.matters.models import Matter
from yixian.matters.pending import reviewing_organisation
from yixian.matters.queries.identity import opened_identity
from yixian.matters.queries.matter_view import clock_views, decision_views
from yixian.matters.queries.own_matter import own_view

_ASKED_BY = {ReviewStage.FIRST: "review_requested", ReviewStage.REVIEW: "rereview_requested"}
"""By which event a decision of a stage is put before the body above. The final one is not."""


@dataclass(frozen=True, slots=True)
class ReviewWay:
    """救济途径: the body that one can turn to, within how many days, under which clause, and, where it is known, until when."""

    organisation: str
    days: int
    document: str
    clause: str
    until: date | None


@dataclass(frozen=True, slots=True)
class OpinionView:
    """意见书的内容. ``names`` are empty unless the reader has opened who raised it; ``way`` is None after the final review."""

    number: str
    area: str
    received_at: datetime
    decision: DecisionView
    names: tuple[str, ...]
    way: ReviewWay | None
    organisation_id: int


def opinion_view(actor: Actor, number: str, position: int, *, at: datetime) -> OpinionView:
    """The letter of a matter's first, second, … decision. Raises `NotFound` out of reach and where there is none."""
    matter = get_matter(actor, number, at=at)
    decisions = decision_views(matter)
    if not 1 <= position <= len(decisions):
        raise NotFound("matter.no_decision", _("There is no such decision."))
    names = tuple(one.name for one in opened_identity(number, actor=actor, at=at) if one.name)
    return _letter(matter, decisions[position - 1], names, at)


def own_opinion(matter: Matter, decision_id: int, *, at: datetime) -> OpinionView:
    """The letter of a decision that the person was told of, of a matter that they have proven to be theirs. It names nobody:
    whoever holds a receipt need not be who raised it. Raises `NotFound` for any other decision.
    """
    for decision in own_view(matter, at=at).view.decisions:
        if decision.pk == decision_id:
            return _letter(matter, decision, (), at)
    raise NotFound("matter.no_decision", _("There is no such decision."))


def _letter(matter: Matter, decision: DecisionView, names: tuple[str, ...], at: datetime) -> OpinionView:
    return OpinionView(
        number=matter.number,
        area=matter.area.label,
        received_at=matter.received_at,
        decision=decision,
        names=names,
        way=review_way(matter, decision, at),
        organisation_id=matter.decisions.values_list("organisation_id", flat=True).get(pk=decision.pk),
    )


def review_way(matter: Matter, decision: DecisionView, at: datetime) -> ReviewWay | None:
    """Whom to ask, by the clock of the procedure that runs for the person."""
    asked_by = _ASKED_BY.get(ReviewStage(decision.stage))
    state = state_of(matter, at=at)
    procedure = state.effective_procedure.procedure
    clock = next((one for one in procedure.clocks if asked_by in one.stops_on), None)
    if clock is None:
        return None
    row = matter.decisions.select_related("organisation__parent", "organisation__area").get(pk=decision.pk)
    document = state.effective_procedure.pack.documents[clock.document]
    running = [one for one in clock_views(state) if one.id == clock.id and one.started_at >= decision.at]
    return ReviewWay(
        organisation=reviewing_organisation(matter, row.organisation, at=at).label,
        days=clock.limit,
        document=document.title(language()),
        clause=clock.clause,
        until=running[0].due_on if running else None,
    )
