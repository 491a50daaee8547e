"""测试的时钟: programs that believe it is another moment, so that no test depends on the day on which it runs.

Debian's libfaketime answers every question for the time of day, in Python, in the databases and in every program that a test
starts, by a distance that never changes: the clock is set, and goes on. Clocks that only measure (`time.monotonic`) are left
as they are, so waiting takes as long as ever.
"""

from __future__ import annotations

import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

_LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/local/lib/faketime/libfaketimeMT.so.1")
MOMENTS = Path(__file__).resolve().parent.parent / "tests" / "moments.toml"


def moments() -> dict[str, str]:
    """The moments that tests are run at, each with its reason."""
    found: dict[str, str] = tomllib.loads(MOMENTS.read_text(encoding="utf-8"))["moments"]
    return found


def clock_set_to(moment: str) -> dict[str, str]:
    """The environment in which a program, and every program it starts, begins at a moment such as 2028-02-29 00:05+08:00.

    Ends the process if the moment does not say its distance from UTC, or libfaketime is not installed.
    """
    wanted = datetime.fromisoformat(moment)
    if wanted.tzinfo is None:
        sys.exit(f"{moment}: say the distance from UTC too, as in 2028-02-29 00:05+08:00")
    seconds = round((wanted - datetime.now(UTC)).total_seconds())
    return {"LD_PRELOAD": str(_library()), "FAKETIME": f"{seconds:+d}s", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def _library() -> Path:
    """The library, wherever its package put it."""
    for pattern in _LIBRARIES:
        found = sorted(Path("/").glob(pattern[1:]))
        if found:
            return found[0]
    sys.exit("To set the clock of the tests, install libfaketime: sudo apt-get install libfaketime")
