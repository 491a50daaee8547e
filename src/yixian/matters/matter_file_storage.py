"""附件的存放: photographs and voice notes of matters stand sealed on disk."""

from __future__ import annotations

from yixian.kernel.sealed_files import SealedStorage


def file_storage() -> SealedStorage:
    """The storage of attachments (a function, so that migrations name it and not a folder)."""
    return SealedStorage("matter.file")
