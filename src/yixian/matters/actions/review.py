"""复查与复核: the person asks the body above to look again; the review is linked to the same matter and its own clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yixian.domain.procedure.clocks import RUNNING
from yixian.kernel.actors import PUBLIC, Actor
from yixian.kernel.errors import Refused
from yixian.matters import limits
from yixian.matters.drafting import require_words
from yixian.matters.following import Happening, Standing, append, standing_of
from yixian.matters.models import Matter, MatterEvent
from yixian.matters.own import Proof, proven
from yixian.matters.recusal import keeps_out
from yixian.matters.routing import first_body, superior_of
from yixian.registry.models import Body


@transaction.atomic
def ask_review(
    proof: Proof, reason: str, *, source: str = "", actor: Actor = PUBLIC, at: datetime
) -> MatterEvent:
    """Ask for a review of what was decided, or, after a review, for the final one. It goes to the body above.

    Raises `Refused` where there is nothing to review, the time to ask is over, or it was finally reviewed.
    """
    matter = proven(proof, source=source, actor=actor, at=at)
    standing = standing_of(matter, at=at)
    words = require_words("reason", reason, limits.MOST_REASON)
    kind = next(
        (name for name in ("rereview_requested", "review_requested") if may_ask(standing, name)), None
    )
    if kind is None:
        raise Refused(
            "matter.no_review", "There is nothing that could be reviewed now, or the time to ask is over."
        )
    decided = matter.decisions.order_by("-pk").select_related("body__parent", "body__area").first()
    body = reviewing_body(matter, decided.body if decided else _last_holder(matter, at))
    return append(matter, Happening(kind, None, body.pk, words), actor=actor, at=at)


def reviewing_body(matter: Matter, decided_by: Body) -> Body:
    """The body that reviews what a body decided: the one above it, unless the matter is about that."""
    body = superior_of(decided_by)
    if keeps_out(matter, body.pk):
        about = matter.subjects.values_list("body_id", flat=True)
        body = first_body(matter.area, [], list(about))
    return body


def may_ask(standing: Standing, kind: str) -> bool:
    """Whether the person may ask now: the procedure knows the step here, and their own limit is running.

    A matter that was not accepted has no such limit: that may be reviewed as long as it stands.
    """
    if not standing.may_happen(kind):
        return False
    own = {one.clock.id: one for one in standing.course.clocks if kind in one.clock.stops_on}
    if not own:
        return kind == "review_requested" and standing.course.state == "refused"
    return all(one.status == RUNNING for one in own.values())


def _last_holder(matter: Matter, at: datetime) -> Body:
    """Whoever held it last; a matter was always in somebody's hands."""
    return Body.objects.select_related("parent", "area").get(
        pk=standing_of(matter, at=at).course.held[-1].body
    )
