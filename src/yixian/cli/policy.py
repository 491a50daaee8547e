"""`yixian policy`: prove a policy pack and read what it says on a day (政策包), without any database."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from yixian.cli.policy_output import policy_lines
from yixian.cli.policy_problems import grouped
from yixian.domain.policy import Pack, PackErrors, PackProblem
from yixian.engines.entitlements import load_pack
from yixian.engines.entitlements.examples import run_examples
from yixian.engines.entitlements.pack_notes import notes_of

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Chinese or English."
)
_VALID = {
    "zh": "{documents} 个文件，{items} 个指标，{prices} 条单价，{factors} 条系数，{rules} 条规则，"
    "{examples} 个算例，全部照写算出。",
    "en": "{documents} documents, {items} items, {prices} prices, {factors} factors, {rules} rules, "
    "{examples} worked examples, all as written",
}
_NOTES = {
    "zh": "不算错误，请再看一眼：",
    "en": "No faults, but look at these again:",
}
_DRAFT = {
    "zh": "{document} 是未定稿：有 {prices} 条单价、{rules} 条规则以它为据，不生效。",
    "en": "{document} is a draft: {prices} prices and {rules} rules rest on it and do not apply.",
}


@click.group()
def policy() -> None:
    """Policy packs: dated, cited law as data (政策包)."""


@policy.command()
@click.argument("pack", type=_FOLDER)
@_LANG
def check(pack: Path, lang: str) -> None:
    """Prove the pack in folder PACK: its files, names, dates, units, citations, formulas and worked examples.

    Every fault is named with file, line and column (in a CSV file: the cell), grouped by file, with the line itself. Exits
    0 if there is none, 1 if there is one, and 2 if there is no such folder. What is more often a slip than meant (a rule
    that no example proves, a price of 0, two rules for the same) is told after the verdict and changes no exit code.
    """
    loaded = _loaded(pack, lang)
    try:
        outcome = run_examples(loaded)
    except PackErrors as errors:
        _refuse(pack, errors.problems, lang)
    if outcome.problems:
        _refuse(pack, outcome.problems, lang)
    click.echo(f"{loaded.id} {loaded.version}  sha256 {loaded.sha256}")
    click.echo(
        _VALID[lang].format(
            documents=len(loaded.documents),
            items=len(loaded.items),
            prices=len(loaded.prices),
            factors=len(loaded.factors),
            rules=len(loaded.rules),
            examples=outcome.count,
        )
    )
    for told in _drafts(loaded, lang):
        click.echo(told)
    notes = notes_of(loaded, outcome.proven, today=datetime.now(tz=UTC).astimezone().date())
    if notes:
        click.echo("\n" + _NOTES[lang])
        for told in grouped(pack, notes, lang, counted=False):
            click.echo(told)


@policy.command()
@click.argument("pack", type=_FOLDER)
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day, YYYY-MM-DD.")
@_LANG
def show(pack: Path, on: datetime, lang: str) -> None:
    """Read what the pack in folder PACK says on a day: documents, rules in sentences, prices and factors in force.

    Exits 1 if the pack has a fault, and 2 if there is no such folder or day.
    """
    for line in policy_lines(_loaded(pack, lang), on.date(), lang):
        click.echo(line)


def _loaded(folder: Path, lang: str) -> Pack:
    try:
        return load_pack(folder)
    except PackErrors as errors:
        _refuse(folder, errors.problems, lang)


def _refuse(folder: Path, problems: Sequence[PackProblem], lang: str) -> NoReturn:
    for line in grouped(folder, problems, lang):
        click.echo(line, err=True)
    sys.exit(1)


def _drafts(pack: Pack, lang: str) -> list[str]:
    """A remark for each draft: what rests on it does not apply."""
    return [
        _DRAFT[lang].format(
            document=document.id,
            prices=sum(price.document == document.id for price in pack.prices),
            rules=sum(rule.document == document.id for rule in pack.rules),
        )
        for document in pack.documents.values()
        if not document.is_decided
    ]
