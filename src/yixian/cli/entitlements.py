"""`yixian entitlements`: reckon accounts from plain files, without any database."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from yixian.cli.progress import TerminalProgress
from yixian.domain.money import Currency, format_fen
from yixian.domain.policy import Pack
from yixian.engines.entitlements import (
    CheckFailed,
    FactTablesError,
    PackErrors,
    compare,
    load_pack,
    pack_from_canonical,
    sentence,
    trace_of,
)
from yixian.engines.entitlements.comparing import write_comparison
from yixian.engines.entitlements.distributed import ENGINES, EngineMissing, compute_distributed
from yixian.engines.entitlements.fact_files import FactFilesError, fact_files
from yixian.engines.entitlements.file_run import compute_files
from yixian.lazy_imports import pq

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
_WORDS = {
    "withheld": {"zh": "暂缓出账", "en": "withheld"},
    "monthly": {"zh": "每月", "en": "a month"},
    "yearly": {"zh": "每年", "en": "a year"},
}
_MESSAGES = 20


@click.group()
def entitlements() -> None:
    """Accounts from facts and a policy pack (补偿核算)."""


@entitlements.command(name="compute")
@click.option("--pack", required=True, type=_FOLDER, help="Folder of the policy pack.")
@click.option(
    "--facts", required=True, type=_FOLDER, help="Folder with households and items (.csv or .parquet)."
)
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day, YYYY-MM-DD.")
@click.option("--out", required=True, type=_NEW_FOLDER, help="Folder to write to.")
@click.option(
    "--strict/--no-strict", default=True, help="Exit 1 if any household is withheld (after writing all)."
)
@click.option(
    "--check/--no-check",
    default=True,
    help="Reckon every line a second time in plain Python (slow beyond a county).",
)
@click.option("--threads", type=click.IntRange(1), help="How many to work on; as many as the machine has.")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", *ENGINES]),
    default="duckdb",
    help="On this machine, or the same under Ray or Spark (extras yixian[ray], yixian[spark]).",
)
def compute_command(
    pack: Path,
    facts: Path,
    on: datetime,
    out: Path,
    *,
    strict: bool,
    check: bool,
    threads: int | None,
    engine: str,
) -> None:
    """Reckon every household and write lines, statements, problems and a manifest.

    Exits 2 if a file cannot be used (every bad row is named; nothing is written).
    """
    begun = time.monotonic_ns()
    try:
        loaded = load_pack(pack)
        with tempfile.TemporaryDirectory(prefix="yixian-facts-") as made, closing(TerminalProgress()) as bar:
            households, items = fact_files(facts, loaded, Path(made))
            _note_empty(households=households, items=items)
            calculate = compute_files if engine == "duckdb" else partial(compute_distributed, engine=engine)
            manifest = calculate(
                loaded,
                households,
                items,
                on.date(),
                out,
                checked=check,
                threads=threads or os.cpu_count() or 1,
                report=lambda done, total: bar("Reckoning the households", done, total),
            )
    except (PackErrors, FactFilesError) as errors:
        _refuse([str(problem) for problem in errors.problems])
    except (FactTablesError, CheckFailed, EngineMissing) as error:
        _refuse([str(error)])
    seconds = Decimal(time.monotonic_ns() - begun).scaleb(-9).quantize(Decimal("0.001"))
    click.echo(
        f"{manifest['households']} households, {manifest['lines']} lines, {manifest['withheld']} withheld, "
        f"total {_money(manifest['total_fen'], loaded.currency)}\n"
        f"checksum {manifest['checksum']}  ({seconds} s)"
    )
    if manifest["below_zero"]:
        click.echo(_below_zero(out, manifest["below_zero"]), err=True)
    for problem in pq.read_table(out / "problems.parquet").slice(0, _MESSAGES).to_pylist():
        click.echo(f"withheld {problem['household_id']} {problem['line_id']}: {problem['message']}", err=True)
    sys.exit(1 if strict and manifest["problems"] else 0)


def _note_empty(**files: Path) -> None:
    """Say that a table holds its heads only: what is meant for nothing at all looks the same as a file cut off."""
    for name, path in files.items():
        if not pq.read_metadata(path).num_rows:
            click.echo(f"note: {name}: the table has its heads only; no row of it was read", err=True)


def _below_zero(out: Path, count: int) -> str:
    """Who comes to less than nothing; that can be meant (a dearer house in exchange), and is never passed over."""
    rows = pq.read_table(out / "statements.parquet", ["household_id"], filters=[("total_fen", "<", 0)])
    named = ", ".join(rows.column("household_id").slice(0, _MESSAGES).to_pylist())
    more = f" and {count - _MESSAGES} more" if count > _MESSAGES else ""
    return f"below zero: {count} households would have to pay: {named}{more}"


@entitlements.command(name="compare")
@click.option("--pack", required=True, type=_FOLDER, help="Folder of the policy pack as it is.")
@click.option(
    "--with", "other", required=True, type=_FOLDER, help="Folder of the pack as it might be; may be a draft."
)
@click.option(
    "--facts", required=True, type=_FOLDER, help="Folder with households and items (.csv or .parquet)."
)
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day, YYYY-MM-DD.")
@click.option("--out", required=True, type=_NEW_FOLDER, help="Folder to write to.")
def compare_command(pack: Path, other: Path, facts: Path, on: datetime, out: Path) -> None:
    """Set the same facts under two packs beside each other: who gains, who loses, where, and under which head.

    Writes lines (those that differ), households, areas, items and heads, each as Parquet and CSV, and a manifest. Exits 2
    if a file cannot be used (nothing is written). Drafts count as decided: nothing of this is owed.
    """
    begun = time.monotonic_ns()
    try:
        old, new = load_pack(pack), load_pack(other)
        with tempfile.TemporaryDirectory(prefix="yixian-facts-") as made:
            households, items = fact_files(facts, _asking(old, new), Path(made))
            _note_empty(households=households, items=items)
            tables = [pq.read_table(path) for path in (households, items)]
        found = compare(old, new, tables[0], tables[1], on.date())
    except (PackErrors, FactFilesError) as errors:
        _refuse([str(problem) for problem in errors.problems])
    except FactTablesError as error:
        _refuse([str(error)])
    seconds = Decimal(time.monotonic_ns() - begun).scaleb(-9).quantize(Decimal("0.001"))
    write_comparison(found, out)
    told, currency = found.manifest, old.currency
    click.echo(
        f"{told['compared']} of {told['households']} households compared: {told['gaining']} gain, "
        f"{told['losing']} lose, {told['unchanged']} stay the same\n"
        f"gained {_money(told['gained_fen'], currency)}, lost {_money(told['lost_fen'], currency)}, "
        f"total {_money(told['old_fen'], currency)} -> {_money(told['new_fen'], currency)}  ({seconds} s)"
    )
    if told["newly_withheld"] or told["no_longer_withheld"]:
        click.echo(
            f"{told['newly_withheld']} newly withheld, {told['no_longer_withheld']} no longer withheld"
        )


def _asking(old: Pack, new: Pack) -> Pack:
    """A pack that asks for the facts of both, for reading them from CSV."""
    return replace(
        old,
        household_inputs=old.household_inputs | new.household_inputs,
        item_inputs=old.item_inputs | new.item_inputs,
    )


@entitlements.command()
@click.option("--out", required=True, type=_FOLDER, help="Folder that compute wrote.")
@click.option("--household", required=True, help="The household's number.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
def explain(out: Path, household: str, lang: str) -> None:
    """Tell one household's account line by line, from what was stored. Exits 1 if there is no such household."""
    try:
        pack = pack_from_canonical((out / "pack.json").read_bytes())
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        own = _rows(out / "statements.parquet", household)
    except FileNotFoundError as error:
        raise click.ClickException(
            f"{error.filename} is missing: is this a folder that compute wrote?"
        ) from error
    if manifest["pack"]["sha256"] != pack.sha256:
        raise click.ClickException("pack.json is not the pack that the account was reckoned with.")
    if not own:
        raise click.ClickException(f"There is no household {household}.")
    on = date.fromisoformat(manifest["on"])
    for line in _in_order(pack, _rows(out / "lines.parquet", household)):
        told = sentence(
            pack, on, line["rule"], line["item_code"] or "", trace_of(line), line["amount_fen"], lang
        )
        click.echo(f"{told}  [{pack.documents[line['document']].number}, {line['clause']}]")
    for problem in _rows(out / "problems.parquet", household):
        click.echo(f"! {problem['line_id']} {problem['message']}")
    if own[0]["total_fen"] is None:
        click.echo(_WORDS["withheld"][lang])
        return
    click.echo(f"= {_money(own[0]['total_fen'], pack.currency)}")
    for name in ("monthly", "yearly"):
        if own[0][f"{name}_fen"]:
            click.echo(f"= {_money(own[0][f'{name}_fen'], pack.currency)} {_WORDS[name][lang]}")


def _in_order(pack: Pack, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rules = pack.rule_ids
    items = [*pack.items, None]
    return sorted(
        lines, key=lambda line: (rules.index(line["rule"]), items.index(line["item_code"]), line["line_id"])
    )


def _rows(path: Path, household: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path, filters=[("household_id", "=", household)]).to_pylist()
    return rows


def _money(amount: int, currency: Currency) -> str:
    return f"{format_fen(amount, currency)} {currency.code}"


def _refuse(problems: list[str]) -> NoReturn:
    for problem in problems:
        click.echo(problem, err=True)
    sys.exit(2)
