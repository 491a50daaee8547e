"""封存: workbooks hold every ID number and account there is, so on disk they stand sealed, and exports for a day only."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from yixian.kernel.crypto import keyring

KEPT_FOR = timedelta(days=1)
"""After a day an export is gone; it can be asked for again."""

_PURPOSE = "workbook.file"
_PIECE = 1 << 20
_EXPORTS = "exports"


class SealedFile(File[bytes]):
    """A sealed file as what it was, in memory; it can be closed and opened again."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(_unsealed(path), name=name)
        self._path = path

    def open(self, *_args: Any, **_options: Any) -> SealedFile:
        """Go back to the beginning, reading the file anew if it was closed."""
        if self.closed:
            self.file = _unsealed(self._path)
        self.seek(0)
        return self


class SealedStorage(FileSystemStorage):
    """Files of the media folder, written in sealed pieces of a mebibyte and opened as what they were."""

    def _open(self, name: str, _mode: str = "rb") -> SealedFile:
        return SealedFile(Path(self.path(name)), name)

    def _save(self, name: str, content: Any) -> str:
        return super()._save(name, ContentFile(b"\n".join(_sealed(content)), name=name))


def sealed_storage() -> SealedStorage:
    """The storage of all workbooks (a function, so that migrations name it and not a folder)."""
    return SealedStorage()


def keep_export(job_id: int, content: bytes, *, at: datetime) -> str:
    """Put an export away for a day and return its name. Exports whose day is over are removed."""
    storage = sealed_storage()
    clear_exports(at=at)
    name = f"{_EXPORTS}/{job_id}.xlsx"
    storage.delete(name)
    return storage.save(name, ContentFile(content))


def clear_exports(*, at: datetime) -> None:
    """Remove the exports whose day is over."""
    storage = sealed_storage()
    if storage.exists(_EXPORTS):
        for name in storage.listdir(_EXPORTS)[1]:
            path = f"{_EXPORTS}/{name}"
            if at - storage.get_modified_time(path) > KEPT_FOR:
                storage.delete(path)


def _sealed(content: File[bytes]) -> Iterator[bytes]:
    for chunk in content.chunks(_PIECE):
        piece = base64.b64encode(chunk).decode()
        yield keyring().encrypt(piece, purpose=_PURPOSE).encode()


def _unsealed(path: Path) -> BytesIO:
    with path.open("rb") as file:
        pieces = [keyring().decrypt(line.decode().strip(), purpose=_PURPOSE) for line in file]
    return BytesIO(b"".join(map(base64.b64decode, pieces)))
