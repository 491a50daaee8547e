"""核对台账: works the ledger's chain of digests out again, and says whether every event is as it was recorded."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click
from django.utils import timezone

from yixian.cli.product import open_home, prepare_tables


@click.command()
@click.option("--home", type=click.Path(file_okay=False, path_type=Path), help="Home folder (default ./var).")
@click.option("--known", default="", help="A digest that was printed here before and kept elsewhere.")
def verify_ledger(home: Path | None, known: str) -> None:
    """Check that no event of the ledger was changed, removed or slipped in, and print the digest of the last.

    Write that digest down where the machine's operators cannot change it; with --known it must be found again, or events
    were cut off. Ends with 1 if something is not as it was.
    """
    open_home(home)
    prepare_tables()
    chain = importlib.import_module("yixian.kernel.ledger_chain")
    while chain.seal_events(at=timezone.now())["sealed"]:
        pass
    report = chain.verify_chain(known)
    click.echo(f"{report.links} events hold. Digest of the last: {report.head}")
    if report.broken_at is not None:
        click.echo(
            f"BROKEN: event {report.broken_at} was changed or removed, or what stands before it.", err=True
        )
    if report.unsealed and report.broken_at is None:
        click.echo(
            f"BROKEN: {report.unsealed} events stand where none were when their neighbours were sealed.",
            err=True,
        )
    if not report.knows:
        click.echo(
            "BROKEN: the digest you know is not in the chain: events were cut off or replaced.", err=True
        )
    if report.broken_at is not None or report.unsealed or not report.knows:
        sys.exit(1)
