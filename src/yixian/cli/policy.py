"""`yixian policy`: prove a policy pack, without any database."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from yixian.engines.entitlements import PackErrors, load_pack
from yixian.engines.entitlements.examples import examples_of, run_examples


@click.group()
def policy() -> None:
    """Policy packs: dated, cited law as data (政策包)."""


@policy.command()
@click.argument("pack", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(pack: Path) -> None:
    """Prove the pack in folder PACK: its files, names, dates, units, citations, formulas and worked examples.

    Every fault is named with file, line and column. Exits 1 if there is one.
    """
    try:
        loaded = load_pack(pack)
    except PackErrors as errors:
        for problem in errors.problems:
            click.echo(str(problem), err=True)
        click.echo(f"{len(errors.problems)} problems", err=True)
        sys.exit(1)
    failures = run_examples(loaded)
    for failure in failures:
        click.echo(failure, err=True)
    click.echo(
        f"{loaded.id} {loaded.version}  sha256 {loaded.sha256}\n"
        f"{len(loaded.documents)} documents, {len(loaded.items)} items, {len(loaded.prices)} prices, "
        f"{len(loaded.rules)} rules, {len(examples_of(loaded))} worked examples, {len(failures)} of them wrong"
    )
    sys.exit(1 if failures else 0)
