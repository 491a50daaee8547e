"""封存: workbooks hold every ID number and account there is, so on disk they stand sealed, and exports for a day only."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from yixian.kernel.sealed_files import SealedStorage

KEPT_FOR = timedelta(days=1)
"""After a day an export is gone; it can be asked for again."""

PURPOSE = "workbook.file"
_EXPORTS = "exports"


def keep_export(job_id: int, content: bytes, *, at: datetime) -> str:
    """Put an export away for a day and return its name. Exports whose day is over are removed."""
    storage = SealedStorage(PURPOSE)
    clear_exports(at=at)
    name = f"{_EXPORTS}/{job_id}.xlsx"
    storage.delete(name)
    return storage.save(name, ContentFile(content))


def clear_exports(*, at: datetime) -> None:
    """Remove the exports whose day is over."""
    storage = SealedStorage(PURPOSE)
    if storage.exists(_EXPORTS):
        for name in storage.listdir(_EXPORTS)[1]:
            path = f"{_EXPORTS}/{name}"
            if at - storage.get_modified_time(path) > KEPT_FOR:
                storage.delete(path)
