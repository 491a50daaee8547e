"""张榜公示: put a list up, prove that it hangs, take it down, and close the round when its last day is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.domain.procedure.posting import CLOSED, POSTED, PROVEN, TAKEN_DOWN
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid
from yixian.kernel.received.photographs import photograph_of
from yixian.kernel.received.upload import Upload
from yixian.posting.actions.posting_events import add_event, taking_step
from yixian.posting.models import PostingEvent
from yixian.posting.steps import CLOSE, PROVE, PUT_UP, TAKE_DOWN


@transaction.atomic
def put_up(posting_id: int, place: str, *, actor: Actor, at: datetime) -> PostingEvent:
    """Say that the list was put up now, and where. Taken down too early, it is put up again in the same way.

    Raises `NotFound` out of reach, `NotPermitted` without the role, `Invalid` without a place, `Refused` while it hangs.
    """
    posting = taking_step(PUT_UP, posting_id, actor=actor, at=at)
    return add_event(posting, POSTED, actor=actor, at=at, place=_filled("place", place))


@transaction.atomic
def prove_posting(
    posting_id: int, photograph: Upload, place: str, *, actor: Actor, at: datetime
) -> PostingEvent:
    """Keep a photograph of the list where it hangs. Raises as `put_up` does, and `NoPhotograph`."""
    posting = taking_step(PROVE, posting_id, actor=actor, at=at)
    found = photograph_of(photograph)
    return add_event(
        posting,
        PROVEN,
        actor=actor,
        at=at,
        place=_filled("place", place),
        photograph=found.content,
        data={"sha256": found.sha256},
    )


@transaction.atomic
def take_down(posting_id: int, reason: str, *, actor: Actor, at: datetime) -> PostingEvent:
    """Say that the list was taken down, and why. Before its last day is over the posting is void. Raises as `put_up` does."""
    posting = taking_step(TAKE_DOWN, posting_id, actor=actor, at=at)
    return add_event(posting, TAKEN_DOWN, actor=actor, at=at, reason=_filled("reason", reason))


@transaction.atomic
def close_round(posting_id: int, *, actor: Actor, at: datetime) -> PostingEvent:
    """Close a round that hung through its last day and has its proofs. Raises `Refused` before that."""
    return add_event(taking_step(CLOSE, posting_id, actor=actor, at=at), CLOSED, actor=actor, at=at)


def _filled(field: str, text: str) -> str:
    if not text.strip():
        raise Invalid("posting.missing", _("This must be filled in."), field=field)
    return text.strip()
