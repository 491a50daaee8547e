"""A demonstration of the size that everybody gets first, made once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made_once import made_once


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of a small demonstration, not served."""
    return made_once(tmp_path_factory, "demo", _make)


def _make(folder: Path) -> None:
    program = "from yixian.cli import main; main()"
    command = [sys.executable, "-c", program, "demo", "--no-serve", "--home", str(folder)]
    made = subprocess.run(command, check=False, capture_output=True, text=True, env=environment())
    assert made.returncode == 0, made.stdout + made.stderr


def environment() -> dict[str, str]:
    """A home folder of its own, on SQLite whatever the other tests run on."""
    dropped = {"DATABASE_URL", "YIXIAN_HOME", "DJANGO_SETTINGS_MODULE"}
    return {key: value for key, value in os.environ.items() if key not in dropped} | {"PYTHONUNBUFFERED": "1"}
