"""磁盘已满: each command that writes says so in a sentence, leaves nothing half written, and works once there is room."""

from __future__ import annotations

import re
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.base import ContentFile

from tests.cli.test_accounts import HOUSEHOLDS, ITEMS, PACK
from tests.engines.pairing.test_command import COUNTY
from yixian.cli import main
from yixian.config.home import Home
from yixian.domain.full_disk import is_disk_full
from yixian.kernel import jobs
from yixian.kernel.choices import JobState
from yixian.kernel.models import Job
from yixian.kernel.sealed_files import SealedStorage

ROOM = 3000
"""Bytes that a file may have while the disk is full."""


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow beyond `ROOM`: writing more fails as on a full file system."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _accounts(folder: Path) -> list[str]:
    many = "".join(
        f"{number:012d}-001,530625101201,rural,4\n" for number in range(530700000000, 530700000300)
    )
    (folder / "households.csv").write_text(HOUSEHOLDS + many, encoding="utf-8")
    (folder / "items.csv").write_text(ITEMS.replace("spaceport", "cistern"), encoding="utf-8")
    files = [f"--pack={PACK}", f"--facts={folder}", f"--out={folder / 'out'}"]
    return ["entitlements", "compute", "--on=2024-06-01", *files]


def _pairing(folder: Path) -> list[str]:
    more = {"households": "".join(f"N{number},530625102201,103.71,28.31,2\n" for number in range(300))}
    more["eligible"] = "".join(f"N{number},{who},9\n" for number in range(300) for who in ("C1", "M1"))
    for name, text in COUNTY.items():
        (folder / f"{name}.csv").write_text(text + more.get(name, ""), encoding="utf-8")
    files = [f"--{name}={folder / name}.csv" for name in COUNTY]
    return ["pairing", "solve", *files, f"--out={folder / 'out'}"]


def _backup(folder: Path) -> list[str]:
    home = Home(folder / "home")
    home.prepare()
    with closing(sqlite3.connect(home.database)) as connection, connection:
        connection.execute("CREATE TABLE facts (word TEXT)")
        connection.execute("INSERT INTO facts VALUES (hex(randomblob(20000)))")
    home.secret()
    return ["backup", f"--home={home.root}", "--unencrypted", str(folder / "out")]


@pytest.mark.parametrize("command", [_accounts, _pairing, _backup])
def test_a_full_disk_is_said_and_nothing_is_half_written(
    tmp_path: Path, command: Callable[[Path], list[str]]
) -> None:
    arguments = command(tmp_path)
    there = {path for path in tmp_path.rglob("*") if path.is_file()}
    with full_disk():
        said = CliRunner().invoke(main, arguments)
    assert said.exit_code not in {0, None}, said.output
    assert said.exception is None or isinstance(said.exception, SystemExit), said.exception
    assert "Traceback" not in said.output
    assert re.search("nothing was written|no backup was made", said.output)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == there
    again = CliRunner().invoke(main, arguments)
    assert (tmp_path / "out").exists(), again.output


@pytest.mark.django_db
def test_a_file_that_did_not_fit_is_not_kept_in_half(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    storage = SealedStorage("workbook.file")
    with full_disk(), pytest.raises(OSError, match="too large") as caught:
        storage.save("exports/1.xlsx", ContentFile(b"x" * 50_000))
    assert is_disk_full(caught.value)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    name = storage.save("exports/1.xlsx", ContentFile(b"x" * 50_000))
    assert (name, storage.open(name).read()) == ("exports/1.xlsx", b"x" * 50_000)


@pytest.mark.django_db
def test_a_job_that_found_no_room_says_so(monkeypatch) -> None:
    def no_room(_job: Job, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(jobs.JOBS, "load", lambda _kind: no_room)
    job = Job.objects.create(kind="workbook.export", arguments={}, created_at="2026-11-30T00:00:00Z")
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error.startswith("磁盘已满")) == (JobState.FAILED, True)


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(28, "No space left on device"), True),
        (OSError(27, "File too large"), True),
        (OSError(122, "Disk quota exceeded"), True),
        (OSError(13, "Permission denied"), False),
        (RuntimeError("IO Error: Could not write file: No space left on device"), True),
        (sqlite3.OperationalError("database or disk is full"), True),
        (sqlite3.OperationalError("database is locked"), False),
        (None, False),
    ],
)
def test_what_says_that_a_disk_is_full(error: Exception | None, full: bool) -> None:
    assert is_disk_full(error) is full
