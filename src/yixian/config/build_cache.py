"""编译缓存: where what can be made again is kept between processes, so that a start does not wait for it.

In the virtual environment, so that it goes with the packages it was made from; else in the user's own cache folder.
Never in a folder that other users may write to: what lies here becomes a county's database.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path | None:
    """The folder, made if it is missing; None where neither place can be written."""
    return next((folder for folder in _candidates() if _is_ours(folder)), None)


def _candidates() -> list[Path]:
    users = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "yixian"
    return [Path(sys.prefix) / "cache" / "yixian", users] if sys.prefix != sys.base_prefix else [users]


def _is_ours(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return False
    return os.access(folder, os.W_OK)
