"""定时: does once what is due now, for those who let cron or systemd ring instead of `yixian serve`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from yixian.cli.product import open_home, prepare_tables


@click.command()
@click.option("--home", type=click.Path(file_okay=False, path_type=Path), help="Home folder (default ./var).")
@click.option("--all", "everything", is_flag=True, help="Everything, due or not.")
def tick(home: Path | None, everything: bool) -> None:  # noqa: FBT001 - click hands over a flag
    """Do what is due now and print for each what it did and how long it took.

    Ends with 1 if something failed. What another process is doing at this moment is left to it.
    """
    open_home(home)
    prepare_tables()
    action = importlib.import_module("yixian.kernel.actions.run_scheduled_tasks")
    now = timezone.now()
    runs = action.run_all(at=now) if everything else action.run_due(at=now)
    for run in runs:
        click.echo(_line(run))
    if not runs:
        click.echo("Nothing is due.")
    if any(run.error for run in runs):
        sys.exit(1)


def _line(run: Any) -> str:
    counts = ", ".join(f"{name} {number}" for name, number in run.counts.items())
    return f"{run.name:<24} {run.took_ms:>7} ms  {f'FAILED: {run.error}' if run.error else counts}"
