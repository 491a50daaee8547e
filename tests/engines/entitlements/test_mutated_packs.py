"""Packs spoiled in more than two dozen ways: read as they were meant, or refused with the file named; never otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from tests.engines.entitlements.mutated_packs import WAYS, Files, Told
from yixian.domain.policy import Pack
from yixian.engines.entitlements import PackErrors, compute, load_pack

PACK = Path(__file__).parents[3] / "packs" / "danjiangkou-2009"
ON = date(2026, 11, 2)


@pytest.fixture(scope="module")
def sound() -> Files:
    """The shipped pack's files; its examples stay out, so that each fault is found by the reader itself."""
    return {
        path.name: path.read_bytes() for path in PACK.iterdir() if path.is_file() and path.name != "duty.yaml"
    }


@pytest.fixture(scope="module")
def facts(sound: Files) -> tuple[pa.Table, pa.Table]:
    """Two households, of both zones, with one of everything that the pack knows."""
    codes = [line.split(",")[0] for line in sound["items.csv"].decode().split("\n")[1:] if line]
    households = pa.table({"household_id": ["A", "B"], "zone": ["rural", "town"], "persons": ["3", "2"]})
    rows = [(f"{home}{code}", home, code, "2.5") for home in "AB" for code in codes]
    names = ("line_id", "household_id", "item_code", "quantity")
    items = pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    return households, items


def lines_of(pack: Pack, facts: tuple[pa.Table, pa.Table]) -> list[tuple[object, ...]]:
    """Every line and problem that the pack gives."""
    found = compute(pack, *facts, ON)
    lines = [
        (row["household_id"], row["rule"], row["line_id"], row["amount_fen"])
        for row in found.lines.to_pylist()
    ]
    problems = [(row["household_id"], row["line_id"], row["code"]) for row in found.problems.to_pylist()]
    return sorted([*lines, *problems], key=repr)


def loaded(files: Files, folder: Path) -> Pack:
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return load_pack(folder)


def check(number: int, sound: Files, facts: tuple[pa.Table, pa.Table], before: list, folder: Path) -> str:
    """One case; "" where all is well, else what went wrong."""
    name, spoil = WAYS[number * 5 % len(WAYS)]
    files = dict(sound)
    told: Told = spoil(Random(number), files)
    try:
        pack = loaded(files, folder)
    except PackErrors as refusal:
        named = [problem for problem in refusal.problems if problem.file == told.file]
        return "" if named else f"{name}: {told.file} is not named: {refusal}"
    if told.must:
        return f"{name}: {told.file} was read"
    return "" if lines_of(pack, facts) == before else f"{name}: other accounts"


@pytest.mark.proof(cases=135, slice=10)
def test_spoiled_packs_are_read_as_meant_or_refused_by_file(
    cases: Iterator[int], sound: Files, facts: tuple[pa.Table, pa.Table], tmp_path: Path
) -> None:
    before = lines_of(loaded(sound, tmp_path / "sound"), facts)
    faults = []
    for number in cases:
        fault = check(number, sound, facts, before, tmp_path / str(number))
        if fault:
            faults.append((number, fault))
    assert not faults, "\n".join(f"{number}: {fault}" for number, fault in faults)
