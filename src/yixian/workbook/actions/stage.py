"""上传: keep a workbook as it came, byte for byte."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import path_chain
from yixian.engines.spreadsheets.archive import MAX_FILE
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid
from yixian.kernel.ledger import Entry, record
from yixian.workbook.access import Reach, reach_of
from yixian.workbook.models import ImportBatch

_CHUNK = 1024 * 1024


@transaction.atomic
def stage(content: File[bytes], *, file_name: str, actor: Actor, at: datetime) -> ImportBatch:
    """Keep the file under a name of our own and open a batch for it. Raises `Invalid` for one that is too large."""
    reach = reach_of(actor)
    if content.size > MAX_FILE:
        raise Invalid("file.too_large", _("The file is larger than 200 MB: split it."), field="workbook")
    digest = hashlib.sha256()
    for chunk in content.chunks(_CHUNK):
        digest.update(chunk)
    batch = ImportBatch(
        file_name=file_name[:200],
        sha256=digest.hexdigest(),
        uploaded_by_id=actor.user_id,
        uploaded_at=at,
        area_path=_smallest_area(reach),
    )
    batch.file.save(f"{digest.hexdigest()[:16]}.xlsx", content, save=False)
    batch.save()
    record(
        Entry("import.staged", "import_batch", batch.pk, data={"sha256": batch.sha256}), actor=actor, at=at
    )
    return batch


def _smallest_area(reach: Reach) -> str:
    """The path of the smallest area that holds a whole reach."""
    steps = zip(*(path_chain(path) for path in reach), strict=False)
    shared = [step[0] for step in steps if len(set(step)) == 1]
    return shared[-1] if shared else ""
