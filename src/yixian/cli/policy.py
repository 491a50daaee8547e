"""`yixian policy`: prove a policy pack, without any database."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from yixian.domain.policy import Pack, PackErrors, PackProblem
from yixian.engines.entitlements import load_pack
from yixian.engines.entitlements.examples import check_examples, examples_of


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
        problems = check_examples(loaded)
    except PackErrors as errors:
        _refuse(errors.problems)
    if problems:
        _refuse(problems)
    click.echo(f"{loaded.id} {loaded.version}  sha256 {loaded.sha256}")
    click.echo(
        f"{len(loaded.documents)} documents, {len(loaded.items)} items, {len(loaded.prices)} prices, "
        f"{len(loaded.rules)} rules, {len(examples_of(loaded))} worked examples, all as written"
    )
    for told in _drafts(loaded):
        click.echo(told)


def _refuse(problems: Sequence[PackProblem]) -> NoReturn:
    for problem in problems:
        click.echo(str(problem), err=True)
    click.echo(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}", err=True)
    sys.exit(1)


def _drafts(pack: Pack) -> list[str]:
    """A remark for each draft: what rests on it does not apply."""
    return [
        f"{document.id} is a draft: {sum(price.document == document.id for price in pack.prices)} prices and "
        f"{sum(rule.document == document.id for rule in pack.rules)} rules rest on it and do not apply."
        for document in pack.documents.values()
        if not document.is_decided
    ]
