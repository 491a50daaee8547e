"""存取: a finished batch waits one day for the person who asked for it, and for nobody else."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.choices import JobState
from yixian.kernel.crypto import keyring
from yixian.kernel.errors import NotFound
from yixian.kernel.models import Job
from yixian.kernel.roles import Role
from yixian.registry.access import PARTS, Part
from yixian.registry.paper.batches import Bundle

KEPT_FOR = timedelta(days=1)
"""After a day the file is gone; it can be asked for again."""

_FOLDER = "paper"
_PIECE = 1 << 20
_PURPOSE = "paper.file"
_PART_OF_KIND = {"paper.statements": Part.ACCOUNT, "paper.cards": Part.CARD}


def store_print(job: Job, bundle: Bundle, *, at: datetime) -> dict[str, Any]:
    """Put the batch away, sealed, and return what the job's result says about it. Older files are removed."""
    clear_old(at=at)
    path = f"{_FOLDER}/{job.pk}"
    default_storage.delete(path)
    default_storage.save(path, ContentFile(b"\n".join(_sealed_pieces(bundle.content))))
    return {"file": path, "name": bundle.name, "media_type": bundle.media_type, "bytes": len(bundle.content)}


def fetch_print(actor: Actor, job: Job, *, at: datetime) -> Bundle:
    """The batch of a finished job, for its owner only and only while their role still prints such papers.

    Raises `NotFound` for everybody else, and when its day is over.
    """
    part = _PART_OF_KIND.get(job.kind)
    if part is None or job.state != JobState.DONE or not _owns(actor, job) or not _prints(actor, part):
        raise NotFound("paper.not_found", _("There is no such file."))
    path = str(job.result["file"])
    if job.ended_at is None or at - job.ended_at > KEPT_FOR or not default_storage.exists(path):
        raise NotFound("paper.gone", _("The file was kept for one day. Please have it printed again."))
    with default_storage.open(path) as file:
        pieces = [keyring().decrypt(line.decode().strip(), purpose=_PURPOSE) for line in file]
    content = b"".join(base64.b64decode(piece) for piece in pieces)
    return Bundle(str(job.result["name"]), str(job.result["media_type"]), content)


def clear_old(*, at: datetime) -> int:
    """Remove the files whose day is over; how many there were."""
    if not default_storage.exists(_FOLDER):
        return 0
    paths = [f"{_FOLDER}/{name}" for name in default_storage.listdir(_FOLDER)[1]]
    old = [path for path in paths if at - default_storage.get_modified_time(path) > KEPT_FOR]
    for path in old:
        default_storage.delete(path)
    return len(old)


def _sealed_pieces(content: bytes) -> Iterator[bytes]:
    """The bytes in sealed pieces of a mebibyte, so that a county's batch never stands in memory several times."""
    for start in range(0, len(content), _PIECE):
        piece = base64.b64encode(content[start : start + _PIECE]).decode()
        yield keyring().encrypt(piece, purpose=_PURPOSE).encode()


def _owns(actor: Actor, job: Job) -> bool:
    return actor.user_id is not None and job.owner_id == actor.user_id


def _prints(actor: Actor, part: Part) -> bool:
    return any(part in PARTS.get(Role(role), frozenset()) for role in actor.roles)
