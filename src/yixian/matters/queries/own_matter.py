"""我的事: where a person's own matter stands, and what they can do next."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.utils import timezone

from yixian.kernel.actors import PUBLIC, Actor
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.matters.access import projection_scope
from yixian.matters.event_words import QUIET
from yixian.matters.matter_read_models import AccessView, DecisionView, MatterRow, OwnView
from yixian.matters.matter_state import state_of
from yixian.matters.models import Matter, SupervisionOrder
from yixian.matters.pending import may_ask_review
from yixian.matters.procedures import MatterState
from yixian.matters.queries.matter_board import rows_of
from yixian.matters.queries.matter_view import clock_views, matter_view
from yixian.matters.recusal import organisations_of_helper
from yixian.registry.models import Organisation


def own_view(matter: Matter, *, at: datetime) -> OwnView:
    """A matter that the person has proven to be theirs, without what is among staff.

    A decision is shown once the person was told of it. Staff are not named in the steps; who looked is.
    """
    at = max(
        at, matter.projection.last_at
    )  # the same form sent twice at once: the other one was written a moment later
    view = matter_view(PUBLIC, matter, at=at)
    state = state_of(matter, at=at)
    told = [step.at for step in view.steps if step.kind in {"told", "closed"}]
    shown = view.__class__(
        **{name: getattr(view, name) for name in view.__slots__}
        | {
            "steps": tuple(step for step in view.steps if step.kind not in QUIET or step.to_organisation),
            "messages": tuple(one for one in view.messages if not one.internal),
            "decisions": tuple(one for one in view.decisions if _was_notified(one, told)),
            "meetings": view.meetings,
            "links": (),
        }
    )
    asking = _asking(state)
    orders = SupervisionOrder.objects.filter(matter=matter).select_related("by_organisation").order_by("pk")
    return OwnView(
        supervised=tuple((row.by_organisation.label, row.at, row.due_on) for row in orders),
        view=shown,
        code=matter.code,
        household=matter.people.exclude(household_index="").exists(),
        looked=_looked(matter, at),
        may_write=not view.is_closed,
        may_review=asking,
        review_until=_review_until(state, asking),
        may_judge=any(step.kind in {"told", "not_accepted", "closed"} for step in view.steps),
    )


def household_matters(actor: Actor, *, at: datetime) -> list[MatterRow]:
    """A household's own matters, the latest first; nothing for anybody else."""
    if Role.HOUSEHOLD not in actor.roles:
        return []
    return rows_of(projection_scope(actor, at=at).order_by("-received_at", "-pk"), at=at)


def _was_notified(decision: DecisionView, told: list[datetime]) -> bool:
    return any(moment >= decision.at for moment in told)


def _asking(state: MatterState) -> str:
    for kind in ("rereview_requested", "review_requested"):
        if may_ask_review(state, kind):
            return kind
    return ""


def _review_until(state: MatterState, kind: str) -> date | None:
    days = [
        view.due_on
        for view, reading in zip(clock_views(state), state.course.clocks, strict=True)
        if kind and kind in reading.clock.stops_on
    ]
    return days[-1] if days else None


def _looked(matter: Matter, at: datetime) -> tuple[AccessView, ...]:
    """Who opened the matter and who opened the identity, the latest first."""
    openings = [(row.at, row.by_id, True, row.reason) for row in matter.openings.all()]
    readings = [(row.at, row.by_id, False, "") for row in matter.readings.all()]
    rows = sorted(openings + readings, key=lambda row: row[0], reverse=True)
    users = User.objects.in_bulk({row[1] for row in rows})
    organisations = _organisations_of(list(users.values()), at)
    return tuple(
        AccessView(moment, str(users[by]), organisations.get(by, ""), identity, reason)
        for moment, by, identity, reason in rows
    )


def _organisations_of(users: list[User], at: datetime) -> dict[int, str]:
    found: dict[int, set[int]] = defaultdict(set)
    for user in users:
        found[user.pk] = organisations_of_helper(user.helper_id, on=timezone.localdate(at))
        found[user.pk] |= {
            grant.organisation_id for grant in user.role_grants.all() if grant.organisation_id is not None
        }
    labels = {
        organisation.pk: organisation.label
        for organisation in Organisation.objects.filter(pk__in=set().union(*found.values(), set()))
    }
    return {pk: " · ".join(labels[one] for one in sorted(ids) if one in labels) for pk, ids in found.items()}
