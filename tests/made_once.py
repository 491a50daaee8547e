"""一次做好: what all workers of a run need alike is made by whichever comes first; the others wait for a file lock and use it.

What several lanes of the gate need alike is made once for all of them: the gate says where, in ``MADE_ONCE``.
"""

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
    top = _shared_folder(factory)
    folder, done = top / f"once-{name}", top / f"once-{name}.done"
    with alone(folder):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def _shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The gate's, for all lanes at the same moment; otherwise the run's own."""
    if "MADE_ONCE" in os.environ:
        top = Path(os.environ["MADE_ONCE"])
        top.mkdir(parents=True, exist_ok=True)
        return top
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While no other worker is: the product runs commands on a home folder one after the other, and refuses the second."""
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
