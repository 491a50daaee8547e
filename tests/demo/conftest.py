"""A demonstration of the size that everybody gets first, made once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.browser.house import demonstration
from tests.made_once import made_once


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of a small demonstration, not served: the copy of these tests."""
    made = demonstration(tmp_path_factory)
    return made_once(
        tmp_path_factory, "demo", lambda folder: shutil.copytree(made, folder, dirs_exist_ok=True)
    )


def environment() -> dict[str, str]:
    """A home folder of its own, on SQLite whatever the other tests run on."""
    dropped = {"DATABASE_URL", "YIXIAN_HOME", "DJANGO_SETTINGS_MODULE"}
    return {key: value for key, value in os.environ.items() if key not in dropped} | {"PYTHONUNBUFFERED": "1"}
