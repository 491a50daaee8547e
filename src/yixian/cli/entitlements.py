"""`yixian entitlements`: reckon accounts from plain files, without any database."""

from __future__ import annotations

import json
import sys
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yixian.domain.money import format_fen
from yixian.engines.entitlements import FactsError, PackErrors, compute, load_pack, sentence
from yixian.engines.entitlements.fact_files import FactFilesError, read_fact_files, write_result

_WITHHELD = {"zh": "暂缓出账", "en": "withheld"}
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def entitlements() -> None:
    """Accounts from facts and a policy pack (补偿核算)."""


@entitlements.command(name="compute")
@click.option("--pack", required=True, type=_FOLDER, help="Folder of the policy pack.")
@click.option(
    "--facts", required=True, type=_FOLDER, help="Folder with households and items (.csv or .parquet)."
)
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day, YYYY-MM-DD.")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."
)
@click.option(
    "--strict/--no-strict", default=True, help="Exit 1 if any household is withheld (after writing all)."
)
def compute_command(pack: Path, facts: Path, on: datetime, out: Path, *, strict: bool) -> None:
    """Reckon every household and write lines, statements, problems and a manifest.

    Exits 2 if a file cannot be used (every bad row is named; nothing is written).
    """
    begun = time.monotonic_ns()
    try:
        loaded = load_pack(pack)
        households, items = read_fact_files(facts, loaded)
        result = compute(loaded, households, items, _day(on))
    except (PackErrors, FactFilesError) as errors:
        for problem in errors.problems:
            click.echo(str(problem), err=True)
        sys.exit(2)
    except FactsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    seconds = Decimal(time.monotonic_ns() - begun).scaleb(-9).quantize(Decimal("0.001"))
    write_result(result, out, seconds=seconds)
    manifest = result.manifest
    click.echo(
        f"{manifest['households']} households, {manifest['lines']} lines, {manifest['withheld']} withheld, "
        f"total {format_fen(manifest['total_fen'], loaded.currency)} {loaded.currency.code}\n"
        f"checksum {manifest['checksum']}  ({seconds} s)"
    )
    for problem in result.problems.slice(0, 20).to_pylist():
        click.echo(f"withheld {problem['household_id']} {problem['line_id']}: {problem['message']}", err=True)
    sys.exit(1 if strict and manifest["problems"] else 0)


@entitlements.command()
@click.option("--out", required=True, type=_FOLDER, help="Folder that compute wrote.")
@click.option("--pack", required=True, type=_FOLDER, help="The pack it was reckoned with.")
@click.option("--household", required=True, help="The household's number.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
def explain(out: Path, pack: Path, household: str, lang: str) -> None:
    """Tell one household's account line by line, from what was stored. Exits 1 if there is no such household."""
    try:
        loaded = load_pack(pack)
    except PackErrors as errors:
        raise click.ClickException(str(errors)) from errors
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    if manifest["pack"]["sha256"] != loaded.sha256:
        raise click.ClickException("This is not the pack that the account was reckoned with.")
    statements = pq.read_table(out / "statements.parquet")
    own = statements.filter(pc.equal(statements.column("household_id"), household)).to_pylist()
    if not own:
        raise click.ClickException(f"There is no household {household}.")
    for line in _rows(out / "lines.parquet", household):
        told = sentence(
            loaded, line["rule"], line["item_code"], json.loads(line["values"]), line["amount_fen"], lang
        )
        document = loaded.documents[line["document"]]
        click.echo(f"{told}  [{document.number}, {line['clause']}]")
    for problem in _rows(out / "problems.parquet", household):
        click.echo(f"! {problem['line_id']} {problem['message']}")
    total = own[0]["total_fen"]
    click.echo(
        _WITHHELD[lang] if total is None else f"= {format_fen(total, loaded.currency)} {loaded.currency.code}"
    )


def _rows(path: Path, household: str) -> list[dict[str, Any]]:
    table = pq.read_table(path)
    rows: list[dict[str, Any]] = table.filter(pc.equal(table.column("household_id"), household)).to_pylist()
    return rows


def _day(moment: datetime) -> date:
    return moment.date()
