"""照片的存放: photographs of visits stand sealed on disk."""

from __future__ import annotations

from yixian.kernel.sealed_files import SealedStorage


def photo_storage() -> SealedStorage:
    """The storage of photographs (a function, so that migrations name it and not a folder)."""
    return SealedStorage("visit.photo")
