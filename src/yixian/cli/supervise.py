"""看护进程: what `yixian serve` becomes once all is ready: a small process that keeps the programs running, and nothing else.

It takes the place of the process that prepared the home folder (or made a whole demonstration in it), so that nothing of
that stays in memory: the same process id and terminal, the same lock on the home folder, a new and nearly empty interpreter.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import IO, NoReturn

import click

from yixian.cli.supervisor import Program, Supervisor

_START_SECONDS = 600.0
"""A loaded machine takes minutes over what takes seconds on a quiet one; a program that ends is noticed at once."""

_PROBE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: each program's name and command, the pages first; where they answer, and what is said once they do."""

    programs: Sequence[tuple[str, Sequence[str]]]
    host: str
    port: int
    announcement: str


def become_supervisor(plan: Plan, lock: IO[str]) -> NoReturn:
    """Replace this process by one that follows the plan and goes on holding the lock."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        json.dump(asdict(plan), file)
        file.flush()
        file.seek(0)
        for kept in (file, lock):
            os.set_inheritable(kept.fileno(), True)  # noqa: FBT003 - its only parameter
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(sys.executable, [sys.executable, "-m", __name__, str(file.fileno())])  # noqa: S606 - ourselves


@click.command()
@click.argument("plan", type=int)
def supervise(plan: int) -> None:
    """Follow the plan in an open file (its descriptor) until told to stop."""
    with os.fdopen(plan, encoding="utf-8") as file:
        told = Plan(**json.load(file))
    supervisor = Supervisor([Program(name, command) for name, command in told.programs], os.environ)
    supervisor.run(
        ready=lambda: _answers(told.host, told.port),
        when_ready=lambda: click.echo(told.announcement),
        within=_START_SECONDS,
    )


def _answers(host: str, port: int) -> bool:
    """Whether the front page is really answered."""
    connection = HTTPConnection(host, port, timeout=_PROBE_SECONDS)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    supervise(prog_name="yixian")
