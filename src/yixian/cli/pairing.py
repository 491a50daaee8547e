"""`yixian pairing`: pair households with cadres and party members on plain files, without a database."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from yixian.cli.pairing_output import gone_line, proven_lines, refused, solved
from yixian.engines.pairing import (
    CADRE,
    DEFAULT_BALANCE,
    LANGUAGES,
    ROLES,
    CostsTooLarge,
    InputInvalid,
    Solution,
    UnknownId,
    check,
    describe_explanation,
    explain,
    remedies,
    remedy_sentences,
    solve,
    warm_up,
)
from yixian.engines.pairing.pairing_files import (
    FolderUnreadable,
    read_inputs,
    read_solution,
    write_solution,
    write_table,
)
from yixian.engines.pairing.solve import MAX_SEED
from yixian.lazy_imports import pa

_BREACHED = 1
_BAD_INPUT = 2
_MAX_NAMED = 100

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_LANG = click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True)

Answer = TypeVar("Answer")
_Paths = dict[str, Path]


def _inputs(command: Callable[..., Any]) -> Callable[..., Any]:
    """The files every command reads."""
    for name, required, says in (
        (
            "--previous",
            False,
            "household_id, helper_id[, role]: the pairs before, broken as little as possible",
        ),
        ("--eligible", True, "household_id, helper_id, cost: who may stand beside whom"),
        (
            "--helpers",
            True,
            "helper_id, role (cadre|member), body, lon, lat, places[, places_hard][, places_hardest]",
        ),
        ("--households", True, "household_id, area_code, lon, lat, difficulty (1-3)[, demand]"),
    ):
        command = click.option(name, type=_FILE, required=required, help=says)(command)
    return command


@click.group()
def pairing() -> None:
    """Who stands beside whom: exact, proven, on plain files."""


@pairing.command("solve")
@_inputs
@click.option("--seed", type=click.IntRange(0, MAX_SEED), default=0, show_default=True, help="Settles ties.")
@click.option(
    "--balance",
    type=click.IntRange(min=0),
    default=DEFAULT_BALANCE,
    show_default=True,
    help="What each further household adds to the cost of a helper's next one; 0 for pure cost.",
)
@click.option(
    "--remedies",
    "possible",
    type=_FILE,
    help="household_id, helper_id, cost, remedy: pairs that could become eligible; writes remedies.csv.",
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write."
)
@_LANG
def solve_command(*, seed: int, balance: int, out: Path, lang: str, **files: Path | None) -> None:
    """Solve, prove, and write pairs, shortages, proof and fairness to a folder.

    Exits 2, with file and line of every bad row and nothing written, if an input is wrong. A shortage is an answer,
    not an error.
    """
    paths = _given(files)
    tables = _read(paths)
    possible, previous = tables.pop("possible", None), tables.get("previous")
    warm_up()
    solution = _engine(
        paths, lambda: solve(**tables, seed=seed, balance=balance, stopwatch=time.perf_counter)
    )
    found = None
    if possible is not None:
        county = _county(tables)
        found = _engine(paths, lambda: remedies(solution, *county, possible=possible))
    write_solution(solution, out)
    if found is not None:
        write_table(found, out / "remedies.csv")
    for line in solved(solution, tables, lang):
        click.echo(line)
    for row, sentence in zip(found.to_pylist(), remedy_sentences(found, lang), strict=True) if found else ():
        click.echo(f"{row['shortage_id']} {row['rank']}. {sentence}")
    if previous is not None:
        for line in gone_line(solution, paths["previous"])[:_MAX_NAMED]:
            click.echo(line, err=True)


@pairing.command("check")
@click.argument("folder", type=_FOLDER)
@_inputs
def check_command(folder: Path, **files: Path | None) -> None:
    """Verify a solved folder with code that shares nothing with the solver. Exits 1 on any breach."""
    paths = _given(files)
    tables = _read(paths)
    solution = _solution(folder)
    breaches = _engine(paths, lambda: check(solution, **tables))
    for breach in breaches[:_MAX_NAMED]:
        click.echo(f"BREACH {breach.message}")
    if breaches:
        click.echo(f"{len(breaches)} breaches.")
        raise SystemExit(_BREACHED)
    for line in proven_lines(solution):
        click.echo(line)


@pairing.command("explain")
@click.argument("folder", type=_FOLDER)
@_inputs
@click.option("--household", required=True, help="The household's id.")
@click.option("--role", type=click.Choice(ROLES), default=CADRE, show_default=True)
@click.option("--instead", help="The helper's id it might have instead; without it the nearest others.")
@_LANG
def explain_command(
    folder: Path, *, household: str, role: str, instead: str | None, lang: str, **files: Path | None
) -> None:
    """Say why a household has the helper it has, and what another one would change. Exits 2 on bad files or ids."""
    paths = _given(files)
    tables = _read(paths)
    solution = _solution(folder)
    explanation = _engine(
        paths, lambda: explain(solution, **tables, household=household, role=role, instead=instead)
    )
    click.echo(describe_explanation(explanation, lang))


def _given(files: dict[str, Path | None]) -> _Paths:
    return {name: path for name, path in files.items() if path is not None}


def _county(tables: dict[str, pa.Table]) -> tuple[pa.Table, pa.Table, pa.Table]:
    return tables["households"], tables["helpers"], tables["eligible"]


def _read(paths: _Paths) -> dict[str, pa.Table]:
    return _engine(paths, lambda: read_inputs(**paths))


def _solution(folder: Path) -> Solution:
    try:
        return read_solution(folder)
    except FolderUnreadable as error:
        click.echo(f"BREACH {error}")
        raise SystemExit(_BREACHED) from error


def _engine(paths: _Paths, run: Callable[[], Answer]) -> Answer:
    """What the engine answers; whatever it refuses is named, and the program stops."""
    try:
        return run()
    except InputInvalid as error:
        for line in refused(error, paths)[:_MAX_NAMED]:
            click.echo(line, err=True)
        if len(error.faults) > _MAX_NAMED:
            click.echo(f"and {len(error.faults) - _MAX_NAMED} more", err=True)
        raise SystemExit(_BAD_INPUT) from error
    except CostsTooLarge as error:
        click.echo(f"{paths['eligible']}: {error}", err=True)
        raise SystemExit(_BAD_INPUT) from error
    except UnknownId as error:
        click.echo(f"{paths[f'{error.kind}s']}: {error}", err=True)
        raise SystemExit(_BAD_INPUT) from error
