"""锁定名单: the government's opinion after the last round, proposed by one and agreed by another; then the list is locked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.procedure.posting import CONFIRMED
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.policies.queries import read_pack
from yixian.posting.actions.posting_events import add_event, taking_step
from yixian.posting.choices import ObjectionOutcome, PostedList
from yixian.posting.models import ListLock, ListLockAgreement, ObjectionAnswer, Posting
from yixian.posting.register_lines import ListLine, changes, posted_lines, register_lines, sha256_of
from yixian.posting.steps import AGREE_LOCK, PROPOSE_LOCK


@transaction.atomic
def propose_lock(posting_id: int, document: str, *, actor: Actor, at: datetime) -> ListLock:
    """Propose, by a document, that a list be locked as its rounds leave it; ``posting_id`` is of its last round.

    Raises `NotFound` out of reach, `NotPermitted` without the role, `Invalid` without a document, `Refused` before the last round
    is closed, while an objection waits, once it is locked, and where the register has other lines than were posted.
    """
    person = PROPOSE_LOCK.person(actor)
    posting = taking_step(PROPOSE_LOCK, posting_id, actor=actor, at=at)
    if not document.strip():
        raise Invalid("posting.document", _("Name the document."), field="document")
    lock = ListLock.objects.create(
        posting=posting,
        document=document.strip(),
        sha256=_ready(posting, at),
        proposed_by_id=person,
        proposed_at=at,
    )
    _record("posting.lock_proposed", posting, lock, actor, at)
    return lock


@transaction.atomic
def agree_lock(posting_id: int, *, actor: Actor, at: datetime) -> ListLockAgreement:
    """Agree as another person to the latest proposal: from now on the list is locked.

    Raises as `propose_lock` does; `Refused` for one's own proposal, and where nobody has proposed it.
    """
    person = AGREE_LOCK.person(actor)
    posting = taking_step(AGREE_LOCK, posting_id, actor=actor, at=at)
    lock = posting.locks.latest("pk")
    if _ready(posting, at) != lock.sha256:
        raise Refused("posting.other_lines", _("The lines are others than were proposed."))
    add_event(posting, CONFIRMED, actor=actor, at=at)
    agreement = ListLockAgreement.objects.create(lock=lock, by_id=person, at=at)
    _record("posting.locked", posting, lock, actor, at)
    return agreement


def _ready(posting: Posting, at: datetime) -> str:
    """The hash of what would be locked. Raises `Refused` where it cannot be."""
    posted = PostedList(posting.list)
    lines = posted_lines(posting.area_id, posted)
    _check_corrected(posting, lines)
    now = register_lines(posting.area, posted, timezone.localdate(at), read_pack(posting.pack_version_id))
    different = changes(lines, now)
    if different:
        words = _("The register differs from what was posted in %(lines)s lines: post them first.")
        raise Refused("posting.register_differs", words, lines=len(different))
    return sha256_of(lines)


def _check_corrected(posting: Posting, lines: Iterable[ListLine]) -> None:
    """Raise `Refused` while a line still bears the quantity that others found to be wrong when they measured again."""
    answers = ObjectionAnswer.objects.filter(
        objection__posting__area=posting.area_id, objection__posting__list=posting.list
    )
    latest = {
        (one.objection.household_no, one.objection.line_no): one
        for one in answers.select_related("objection").order_by("at", "pk")
    }
    for line in lines:
        found = latest.get(line.key)
        if found and found.outcome == ObjectionOutcome.CHANGED and line.quantity == found.before:
            words = _(
                "Line %(line)s was found to be another quantity, and the register is not corrected yet."
            )
            raise Refused("posting.not_corrected", words, line=line.line_no or line.household_no)


def _record(kind: str, posting: Posting, lock: ListLock, actor: Actor, at: datetime) -> None:
    data = {"list": posting.list, "document": lock.document, "sha256": lock.sha256}
    record(Entry(kind, "posting", posting.pk, posting.area_path, data), actor=actor, at=at)
