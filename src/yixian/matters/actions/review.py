"""复查与复核: the person asks the body above to look again; the review is linked to the same matter and its own clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import PUBLIC, Actor
from yixian.kernel.errors import Refused
from yixian.matters import limits
from yixian.matters.drafting import require_words
from yixian.matters.following import Happening, append, standing_of
from yixian.matters.models import Matter, MatterEvent
from yixian.matters.own import Proof, proven
from yixian.matters.queries.pending import may_ask_review, reviewing_body
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
        (name for name in ("rereview_requested", "review_requested") if may_ask_review(standing, name)), None
    )
    if kind is None:
        raise Refused(
            "matter.no_review", _("There is nothing that could be reviewed now, or the time to ask is over.")
        )
    decided = matter.decisions.order_by("-pk").select_related("body__parent", "body__area").first()
    body = reviewing_body(matter, decided.body if decided else _last_holder(matter, at))
    return append(matter, Happening(kind, None, body.pk, words), actor=actor, at=at)


def _last_holder(matter: Matter, at: datetime) -> Body:
    """Whoever held it last; a matter was always in somebody's hands."""
    return Body.objects.select_related("parent", "area").get(
        pk=standing_of(matter, at=at).course.held[-1].body
    )
