"""A home folder of its own, on the database under test, for what needs several processes or connections at once."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from tests.migrated import copy_of_template, database_url, name_on_server
from yixian.kernel import scheduled_tasks

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Apart:
    """A home folder whose tables are made, reached by processes that are really apart from this one."""

    environment: dict[str, str]
    folder: Path

    def run(self, code: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a program in the opened home folder."""
        program = f"import django; django.setup()\n{code}"
        return subprocess.run(
            [sys.executable, "-c", program],
            check=False,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=self.environment | more,
        )


@pytest.fixture(scope="session")
def apart(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Apart:
    """SQLite in a file, or a database beside the test's own. Its tables are never emptied: each test uses its own names."""
    folder = tmp_path_factory.mktemp("apart")
    left_out = {"DATABASE_URL", "YIXIAN_HOME", "DJANGO_SETTINGS_MODULE"}
    kept = {key: value for key, value in os.environ.items() if key not in left_out}
    own = {"YIXIAN_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "yixian.config.settings"}
    if connection.vendor == "postgresql":
        database = name_on_server("yixian_several")
        copy_of_template(database)
        own["DATABASE_URL"] = database_url(database)
    here = Apart(kept | own, folder)
    made = here.run("from yixian.cli.product import prepare_tables; prepare_tables()")
    assert made.returncode == 0, made.stderr
    return here


@pytest.fixture
def no_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The register of ticks, empty for this test."""
    monkeypatch.setattr(scheduled_tasks, "_TASKS", {})
    monkeypatch.setattr(scheduled_tasks.FUNCTIONS, "_addresses", {})
