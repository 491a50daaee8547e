"""时间预算: how many seconds of a worker each folder of tests may take, and what a run took beside it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from gate.commands import ROOT
from gate.counting import Count

FILE = ROOT / "tests" / "budgets.toml"

TOLERANCE = 3.0
"""A machine with other work takes longer: beyond once its budget a folder is named, beyond this many times it fails."""


@dataclass(frozen=True)
class Budgets:
    """Fewest tests of the whole and of the quick gate; seconds of each folder, over all lanes together."""

    whole: int
    quick: int
    seconds: dict[str, float]


def budgets(file: Path = FILE) -> Budgets:
    """Read ``tests/budgets.toml``."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return Budgets(table["fewest"]["whole"], table["fewest"]["quick"], table["seconds"])


def told(count: Count, given: Budgets) -> str:
    """The table of folders, longest first: tests, seconds, budget, and a mark where it was too long."""
    lines = [f"\n{'folder':<26}{'tests':>7}{'seconds':>9}{'budget':>8}"]
    for folder, seconds in sorted(count.seconds.items(), key=lambda entry: -entry[1]):
        budget = given.seconds.get(folder)
        mark = "  has no budget" if budget is None else "  over its budget" if seconds > budget else ""
        shown = "-" if budget is None else f"{budget:.0f}"
        lines.append(f"{folder:<26}{count.tests[folder]:>7}{seconds:>9.1f}{shown:>8}{mark}")
    total = sum(count.seconds.values())
    lines.append(f"{'all':<26}{count.ran:>7}{total:>9.1f}{sum(given.seconds.values()):>8.0f}")
    return "\n".join(lines)


def failures(count: Count, given: Budgets) -> list[str]:
    """Folders without a budget, and those that took far more than theirs."""
    return [
        f"tests/{folder} has no budget in tests/budgets.toml"
        if folder not in given.seconds
        else f"tests/{folder} took {seconds:.0f} s of {given.seconds[folder]:.0f}"
        for folder, seconds in count.seconds.items()
        if folder not in given.seconds or seconds > TOLERANCE * given.seconds[folder]
    ]


def too_few(count: Count, given: Budgets, *, quick: bool, room: str) -> list[str]:
    """What to say where fewer tests ran than there are known to be."""
    fewest = 1 if room else given.quick if quick else given.whole
    if count.ran >= fewest:
        return []
    return [f"only {count.ran} tests ran, and {fewest} are expected (tests/budgets.toml)"]
