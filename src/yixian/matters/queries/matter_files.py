"""附件: photographs and voice notes of matters, for those who may see the matter."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.matters.access import matter_scope
from yixian.matters.models import MatterFile


def matter_file(actor: Actor, file_id: int, *, at: datetime) -> MatterFile:
    """One attachment of a matter in reach. Raises `NotFound` for any other."""
    rows = MatterFile.objects.filter(pk=file_id, matter__in=matter_scope(actor, at=at))
    return _found(rows.first())


def _found(row: MatterFile | None) -> MatterFile:
    if row is None:
        raise NotFound("matter.no_file", _("There is no such file."))
    return row
