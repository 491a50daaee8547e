"""文件的存放: photographs of checks, and reports with the letters that answer them, stand sealed on disk."""

from __future__ import annotations

from yixian.kernel.sealed_files import SealedStorage


def photo_storage() -> SealedStorage:
    """The storage of photographs (a function, so that migrations name it and not a folder)."""
    return SealedStorage("check.photo")


def report_storage() -> SealedStorage:
    """The storage of reports and letters."""
    return SealedStorage("group.report")
