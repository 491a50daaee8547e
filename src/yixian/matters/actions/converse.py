"""往来: words between the person and the office, and notes among staff. None of them moves a clock."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import PUBLIC, Actor
from yixian.kernel.errors import Refused
from yixian.kernel.received.receiving import received_of
from yixian.kernel.received.upload import Upload
from yixian.matters.actions.handling import handling
from yixian.matters.actions.receive_matter import keep_files
from yixian.matters.choices import NotificationChannel
from yixian.matters.intake import require_words
from yixian.matters.matter_state import NewEvent, record_event, state_of
from yixian.matters.models import Matter, MatterMessage
from yixian.matters.notifications import send_text
from yixian.matters.person_access import MatterCredential, authenticated_matter
from yixian.matters.receipt_digits import without_receipts
from yixian.matters.steps import NOTE, WRITE


def write_to_person(
    number: str, key: uuid.UUID, words: str, notified_by: NotificationChannel, *, actor: Actor, at: datetime
) -> MatterMessage:
    """Write to the person, or note how they were told by telephone, at home or by letter. It is told by the procedure's own
    event, so that “closed without contact” can be seen from the record.
    """
    with transaction.atomic():
        taken = handling(WRITE, number, actor=actor, at=at)
        message = _message(
            taken.matter,
            key,
            words,
            actor,
            at,
            notified_by=notified_by,
            organisation_id=taken.organisation_id,
        )
        if message.pk is None:
            message.save(force_insert=True)
            send_text(taken.matter, notified_by, message.words, key, actor=actor, at=at)
            if taken.state.may_happen(WRITE.event):
                taken.write()
        return message


def write_note(number: str, key: uuid.UUID, words: str, *, actor: Actor, at: datetime) -> MatterMessage:
    """A note among those who deal with the matter."""
    with transaction.atomic():
        taken = handling(NOTE, number, actor=actor, at=at)
        message = _message(
            taken.matter, key, words, actor, at, internal=True, organisation_id=taken.organisation_id
        )
        if message.pk is None:
            message.save(force_insert=True)
            taken.write()
        return message


def write_to_office(
    proof: MatterCredential,
    key: uuid.UUID,
    words: str,
    files: tuple[tuple[str, bytes], ...] = (),
    *,
    source: str = "",
    ends_wait: bool = True,
    actor: Actor = PUBLIC,
    at: datetime,
) -> MatterMessage:
    """What the person adds or answers, with photographs and voice notes. It ends a wait for their answer and nothing else;
    not even that if a machine may have written it (``ends_wait`` false).
    """
    matter = authenticated_matter(proof, source=source, actor=actor, at=at)
    received = received_of([Upload(name, content) for name, content in files])
    with transaction.atomic():
        message = _message(matter, key, words, actor, at, by_person=True)
        if message.pk is None:
            try:
                with transaction.atomic():
                    message.save(force_insert=True)
            except IntegrityError:
                return MatterMessage.objects.get(key=key, matter=matter)
            keep_files(matter, received, by_person=True, at=at)
            state = state_of(matter, at=at)
            kind = "person_answered" if ends_wait and is_waiting(matter) else "commented"
            if state.may_happen(kind) or kind == "commented":
                record_event(matter, NewEvent(kind), actor=actor, at=at)
        return message


def is_waiting(matter: Matter) -> bool:
    """Whether the office has asked the person for something that they have not answered."""
    kinds = matter.events.filter(kind__in=("waiting_person", "person_answered")).order_by("-seq")
    return kinds.values_list("kind", flat=True).first() == "waiting_person"


def _message(
    matter: Matter,
    key: uuid.UUID,
    words: str,
    actor: Actor,
    at: datetime,
    *,
    notified_by: str = "",
    organisation_id: int | None = None,
    by_person: bool = False,
    internal: bool = False,
) -> MatterMessage:
    """The message that this key has made already, or a new one that is not written yet."""
    text = without_receipts(require_words("words", words))
    before = MatterMessage.objects.filter(key=key).first()
    if before is not None:
        if before.matter_id != matter.pk or before.words != text:
            raise Refused(
                "matter.once", _("This form was sent already. Open the page again for another matter.")
            )
        return before
    return MatterMessage(
        matter=matter,
        key=key,
        at=at,
        by_person=by_person,
        internal=internal,
        by_id=actor.user_id,
        organisation_id=organisation_id,
        words=text,
        notified_by=notified_by,
    )
