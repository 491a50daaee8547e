"""Kill -9 of writers while matters are raised, agreements signed, packs adopted, workbooks entered and sheets received.

Nothing that was acknowledged is lost, nothing stands twice, nothing half. The web server itself is killed in
`tests/matters/test_kill.py`, of which the gate runs a part.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from scripts.private_postgres import private_postgres

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("matter", "step", "agreement", "signature", "void", "adoption", "import", "sheet")


@pytest.fixture
def environment(db: None) -> Iterator[dict[str, str]]:
    """Of a product with a database of its own, of the kind that the tests run on, and of a server that may be killed."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "YIXIAN_HOME"}}
    kept["DJANGO_SETTINGS_MODULE"] = "yixian.config.settings"
    if connection.vendor == "sqlite":
        yield kept
        return
    with private_postgres(in_a_hurry=False) as url:
        yield kept | {"DATABASE_URL": url, "KILL_SERVER": "1"}


@pytest.mark.proof(cases=1_000, slice=0)
def test_what_was_acknowledged_stands_once_and_whole(
    cases: Iterator[int], environment: dict[str, str], tmp_path: Path, counted: dict[str, int]
) -> None:
    """A case is one writer killed, or all of them, at a random moment."""
    command = [sys.executable, "-m", "tests.kills.writers", str(tmp_path / "home"), str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for case in cases:
            print(case, file=process.stdin, flush=True)
            assert process.stdout.readline() == "killed\n"
        process.stdin.close()
        said = json.loads(process.stdout.read())
    assert said["faults"] == []
    assert process.returncode == 0
    assert all(said["counts"][f"{kind} acknowledged"] for kind in KINDS)
    assert said["counts"]["killed in the middle"] > 0
    counted.update(said["counts"])
