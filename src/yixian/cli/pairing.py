"""`yixian pairing`: pair households with cadres and party members on plain files, without a database."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
import pyarrow as pa

from yixian.engines.pairing import (
    DEFAULT_BALANCE,
    CostsTooLarge,
    Fault,
    InputInvalid,
    Solution,
    check,
    solve,
    warm_up,
)
from yixian.engines.pairing.files import (
    FolderUnreadable,
    line_of,
    read_inputs,
    read_solution,
    write_solution,
)
from yixian.engines.pairing.solve import MAX_SEED

_BREACHED = 1
_BAD_INPUT = 2
_NAMED_AT_MOST = 100
_SHORTAGES_TOLD = 10

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _inputs(command: Callable[..., Any]) -> Callable[..., Any]:
    """The three files both commands read."""
    for name, says in (
        ("--eligible", "household_id, helper_id, cost: who may stand beside whom"),
        ("--helpers", "helper_id, role (cadre|member), body, lon, lat, places"),
        ("--households", "household_id, area_code, lon, lat, difficulty (1-3)[, demand]"),
    ):
        command = click.option(name, type=_FILE, required=True, help=says)(command)
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
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write."
)
def solve_command(
    households: Path, helpers: Path, eligible: Path, *, seed: int, balance: int, out: Path
) -> None:
    """Solve, prove, and write pairs, shortages, proof and fairness to a folder.

    Exits 2, with file and line of every bad row and nothing written, if an input is wrong. A shortage is an answer,
    not an error.
    """
    paths = {"households": households, "helpers": helpers, "eligible": eligible}
    tables = _read(paths)
    warm_up()
    try:
        solution = solve(*tables, seed=seed, balance=balance, stopwatch=time.perf_counter)
    except InputInvalid as error:
        _refuse(error.faults, paths)
    except CostsTooLarge as error:
        click.echo(f"{eligible}: {error}", err=True)
        raise SystemExit(_BAD_INPUT) from error
    write_solution(solution, out)
    _tell(solution)


@pairing.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_inputs
def check_command(folder: Path, households: Path, helpers: Path, eligible: Path) -> None:
    """Verify a solved folder with code that shares nothing with the solver. Exits 1 on any breach."""
    paths = {"households": households, "helpers": helpers, "eligible": eligible}
    tables = _read(paths)
    try:
        solution = read_solution(folder)
        breaches = check(solution, *tables)
    except InputInvalid as error:
        _refuse(error.faults, paths)
    except FolderUnreadable as error:
        click.echo(f"BREACH {error}")
        raise SystemExit(_BREACHED) from error
    for breach in breaches[:_NAMED_AT_MOST]:
        click.echo(f"BREACH {breach.message}")
    if breaches:
        click.echo(f"{len(breaches)} breaches.")
        raise SystemExit(_BREACHED)
    for role, proof in solution.proof.items():
        click.echo(
            f"{role}: {proof.served} served, {proof.unserved} go without, no pairing can do better "
            f"(cost {proof.objective}, bound {proof.dual_bound}, gap {proof.gap})."
        )


def _read(paths: dict[str, Path]) -> tuple[pa.Table, pa.Table, pa.Table]:
    try:
        return read_inputs(**paths)
    except InputInvalid as error:
        _refuse(error.faults, paths)


def _refuse(faults: list[Fault], paths: dict[str, Path]) -> NoReturn:
    """Name every bad row by file and line, and stop."""
    for fault in faults[:_NAMED_AT_MOST]:
        click.echo(f"{paths[fault.table]}:{line_of(fault)}: {fault.message}", err=True)
    if len(faults) > _NAMED_AT_MOST:
        click.echo(f"and {len(faults) - _NAMED_AT_MOST} more", err=True)
    raise SystemExit(_BAD_INPUT)


def _tell(solution: Solution) -> None:
    for role, proof in solution.proof.items():
        click.echo(
            f"{role}: {proof.households} households, {proof.served} served, {proof.unserved} go without; "
            f"cost {proof.objective}, bound {proof.dual_bound}, gap {proof.gap}; {proof.solver_seconds:.3f} s"
        )
    shortages = sorted(solution.shortages.to_pylist(), key=lambda row: -row["short"])
    for row in shortages[:_SHORTAGES_TOLD]:
        click.echo(
            f"{row['shortage_id']}: {row['households']} households need {row['demand']} places, and the "
            f"{row['helpers']} helpers who could serve them have {row['places']}: short {row['short']}"
        )
    if len(shortages) > _SHORTAGES_TOLD:
        click.echo(f"and {len(shortages) - _SHORTAGES_TOLD} smaller shortages, see shortages.csv")
