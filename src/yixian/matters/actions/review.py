"""复查与复核: the person asks the body above to look again; the review is linked to the same matter and its own clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import PUBLIC, Actor
from yixian.kernel.errors import Refused
from yixian.matters import limits
from yixian.matters.intake import require_words
from yixian.matters.matter_state import NewEvent, record_event, state_of
from yixian.matters.models import Matter, MatterEvent
from yixian.matters.pending import may_ask_review, reviewing_organisation
from yixian.matters.person_access import MatterCredential, authenticated_matter
from yixian.matters.receipt_digits import without_receipts
from yixian.registry.models import Organisation


@transaction.atomic
def ask_review(
    proof: MatterCredential, reason: str, *, source: str = "", actor: Actor = PUBLIC, at: datetime
) -> MatterEvent:
    """Ask for a review of what was decided, or, after a review, for the final one. It goes to the body above.

    Raises `Refused` where there is nothing to review, the time to ask is over, or it was finally reviewed.
    """
    matter = authenticated_matter(proof, source=source, actor=actor, at=at)
    state = state_of(matter, at=at)
    words = without_receipts(require_words("reason", reason, limits.MAX_REASON))
    kind = next(
        (name for name in ("rereview_requested", "review_requested") if may_ask_review(state, name)), None
    )
    if kind is None:
        raise Refused(
            "matter.no_review", _("There is nothing that could be reviewed now, or the time to ask is over.")
        )
    decided = (
        matter.decisions.order_by("-pk").select_related("organisation__parent", "organisation__area").first()
    )
    organisation = reviewing_organisation(
        matter, decided.organisation if decided else _last_holder(matter, at), at=at
    )
    return record_event(matter, NewEvent(kind, None, organisation.pk, words), actor=actor, at=at)


def _last_holder(matter: Matter, at: datetime) -> Organisation:
    """Whoever held it last; a matter was always in somebody's hands."""
    return Organisation.objects.select_related("parent", "area").get(
        pk=state_of(matter, at=at).course.held[-1].organisation
    )
