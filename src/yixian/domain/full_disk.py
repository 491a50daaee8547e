"""磁盘已满: whether an error says that a file system holds no more, whoever raised it."""

from __future__ import annotations

import errno
from typing import Final

DISK_FULL: Final = (
    "磁盘已满，没有写成；腾出地方后请再试一次。 "
    "The disk is full, and nothing was written: make room and try again."
)
"""What is said where no page is: on a terminal, and of a job."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_WORDS = ("No space left on device", "Disk quota exceeded", "File too large", "database or disk is full")
"""What libraries say whose errors bear no number: DuckDB, SQLite, Arrow."""


def is_disk_full(error: BaseException | None) -> bool:
    """Whether an error, or one that it came from, says that a disk or a quota is full."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if any(words in str(error) for words in _WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False
