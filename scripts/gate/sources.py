"""所验的源: what a kept result is of — the committed trees of product, tests and packs, by their Git hashes.

Standard library only: the fixture of the proofs imports it as well as the scripts.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("src", "tests", "packs")


class NotCommitted(Exception):
    """Something that a result would be of is not committed; the message lists it."""


def sources(*more: str) -> str:
    """The hashes of the trees, and of ``more`` folders, twelve digits each.

    Raises `NotCommitted` if one of them holds more than is committed.
    """
    folders = (*FOLDERS, *more)
    changed = git("status", "--porcelain", *folders)
    if changed:
        raise NotCommitted(f"A result is of sources that are committed; these are not:\n{changed}")
    return " ".join(git("rev-parse", f"HEAD:{folder}")[:12] for folder in folders)


def git(*arguments: str) -> str:
    """What a command of Git says. Raises `subprocess.CalledProcessError`."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()
