"""附件的存放: encrypted file storage for photographs and voice notes of matters."""

from __future__ import annotations

from yixian.kernel.sealed_files import SealedStorage


def file_storage() -> SealedStorage:
    """The storage of attachments (a function, so that migrations name it and not a folder)."""
    return SealedStorage("matter.file")
