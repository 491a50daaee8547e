"""一次做好: what all workers of a run need alike is made by whichever comes first; the others wait for a file lock and use it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that is made once in a run, however many workers it has, by a function that fills the empty folder.

    It is shared: whoever changes what is in it takes a copy. If making it fails, the next worker tries anew.
    """
    top = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        top = top.parent
    folder, done = top / f"once-{name}", top / f"once-{name}.done"
    with alone(folder):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While no other worker is: the product runs commands on a home folder one after the other, and refuses the second."""
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
