"""收热线清单: every call of a sound list becomes a matter, all of them or none; what was taken in before stays as it is."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.duty.access import complete
from yixian.kernel.actors import Actor, system_actor
from yixian.kernel.errors import Refused, YixianError
from yixian.kernel.grants import actor_for
from yixian.kernel.job_reports import Reporter
from yixian.kernel.jobs import ask
from yixian.kernel.models import Job
from yixian.kernel.permission import require_person
from yixian.kernel.sealed_files import SealedStorage
from yixian.matters.access import LISTERS
from yixian.matters.actions.receive_matter import receive_matter
from yixian.matters.hotline import all_places, checked, is_valid, submission_of

_STEP = gettext_noop("Taking in the calls")
_EVERY = 10


def ask_for_list(content: bytes, *, actor: Actor, at: datetime) -> Job:
    """Keep a list, sealed, and ask for it to be taken in. Raises `NotPermitted`, `Refused` for one that is not sound."""
    require_person(actor, LISTERS)
    if not is_valid(checked(content, at=at)):
        raise Refused("matter.list", _("The list has errors: nothing was taken in."))
    with transaction.atomic():
        name = _storage().save(f"lists/{uuid.uuid4()}", ContentFile(content))
        return ask("matters.list", {"file": name}, actor=actor, at=at)


def take_list(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Take in the kept list in one transaction; the file is removed afterwards, whatever came of it.

    Returns how many calls there were and how many of them were new. Raises `Refused` where one of them cannot be taken in.
    """
    owner = job.owner
    actor = (
        system_actor("job") if owner is None else complete(actor_for(owner, at=at), on=timezone.localdate(at))
    )
    name = job.arguments["file"]
    try:
        with _storage().open(name) as file:
            content = file.read()
        return _take(content, report, actor, at)
    finally:
        _storage().delete(name)


@transaction.atomic
def _take(content: bytes, report: Reporter, actor: Actor, at: datetime) -> dict[str, Any]:
    found, places = checked(content, at=at), all_places()
    if not is_valid(found):
        raise Refused("matter.list", _("The list has errors: nothing was taken in."))
    new = 0
    for done, call in enumerate(found.calls):
        if done % _EVERY == 0:
            report(_STEP, done, len(found.calls))
        try:
            new += receive_matter(submission_of(call, places), actor=actor, at=at).is_new
        except YixianError as error:
            raise Refused(
                "matter.list_row",
                _("Row %(row)s of the list cannot be taken in. Nothing was taken in."),
                row=call.row,
            ) from error
    report(_STEP, len(found.calls), len(found.calls))
    return {"calls": len(found.calls), "new": new}


def _storage() -> SealedStorage:
    return SealedStorage("matter.list")
