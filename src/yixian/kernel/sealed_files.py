"""封存的文件: files that stand sealed on disk, for one purpose each, and are opened as what they were."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from yixian.domain.full_disk import is_disk_full
from yixian.kernel.crypto import keyring

_PIECE = 1 << 20


class SealedFile(File[bytes]):
    """A sealed file as what it was, in memory; it can be closed and opened again."""

    def __init__(self, path: Path, name: str, purpose: str) -> None:
        super().__init__(_unsealed(path, purpose), name=name)
        self._path = path
        self._purpose = purpose

    def open(self, *_args: Any, **_options: Any) -> SealedFile:
        """Go back to the beginning, reading the file anew if it was closed."""
        if self.closed:
            self.file = _unsealed(self._path, self._purpose)
        self.seek(0)
        return self


class SealedStorage(FileSystemStorage):
    """Files of the media folder, written in sealed pieces of a mebibyte and opened as what they were.

    The purpose is bound into every piece: what was sealed for another one does not open. Migrations name the purpose and no
    folder.
    """

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self._purpose = purpose

    def _open(self, name: str, _mode: str = "rb") -> SealedFile:
        return SealedFile(Path(self.path(name)), name, self._purpose)

    def _save(self, name: str, content: Any) -> str:
        pieces = b"\n".join(_sealed(content, self._purpose))
        try:
            saved: str = super()._save(name, ContentFile(pieces, name=name))  # type: ignore[misc] # the stubs leave it out
        except OSError as error:
            if is_disk_full(error):  # the name was free: what stands there now is half of this file
                Path(self.path(name)).unlink(missing_ok=True)
            raise
        return saved


def _sealed(content: File[bytes], purpose: str) -> Iterator[bytes]:
    for chunk in content.chunks(_PIECE):
        piece = base64.b64encode(chunk).decode()
        yield keyring().encrypt(piece, purpose=purpose).encode()


def _unsealed(path: Path, purpose: str) -> BytesIO:
    with path.open("rb") as file:
        pieces = [keyring().decrypt(line.decode().strip(), purpose=purpose) for line in file]
    return BytesIO(b"".join(map(base64.b64decode, pieces)))
