"""一并答复: write what was decided for all to one who asked for it. The matter stays with whoever holds it, as it stood."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.permission import require
from yixian.kernel.roles import Role
from yixian.matters import limits
from yixian.matters.choices import NotificationChannel
from yixian.matters.intake import require_words
from yixian.matters.matter_state import NewEvent, record_event, state_of
from yixian.matters.models import Matter, MatterMessage
from yixian.matters.notifications import send_text

_UNTOLD = frozenset({"decided", "reviewed"})
"""In these states the person has still to be told of a decision of their own: telling them of another would start its limits."""


@transaction.atomic
def answer_with_decision(
    matter_id: int,
    key: uuid.UUID,
    words: str,
    document: str,
    *,
    organisation_id: int | None,
    actor: Actor,
    at: datetime,
) -> bool:
    """Write to the person of a matter on behalf of a body; ``document`` is the decision that it rests on.

    Whether it was written: the same key again writes nothing. No clock moves, and nobody's turn changes. Raises
    `NotPermitted` for anybody but the machine, `Refused` for a key that another matter has.
    """
    require(actor, {Role.SYSTEM})
    matter = Matter.objects.select_for_update(of=("self",)).select_related("area").get(pk=matter_id)
    before = MatterMessage.objects.filter(key=key).values_list("matter_id", flat=True).first()
    if before is not None:
        if before != matter.pk:
            raise Refused(
                "matter.once", _("This form was sent already. Open the page again for another matter.")
            )
        return False
    MatterMessage.objects.create(
        matter=matter,
        key=key,
        at=at,
        by_person=False,
        internal=False,
        by_id=None,
        organisation_id=organisation_id,
        words=require_words("words", words),
        notified_by=NotificationChannel.PORTAL,
    )
    state = state_of(matter, at=at)
    may_tell = state.course.state not in _UNTOLD and state.may_happen("told")
    kind = "told" if may_tell else "commented"
    clause = document.strip()[: limits.MAX_CLAUSE]
    record_event(matter, NewEvent(kind, organisation_id, clause=clause), actor=actor, at=at)
    send_text(matter, NotificationChannel.PORTAL, words, key, actor=actor, at=at)
    return True
