"""Pages of a county of full size: what each costs beside a page that does nothing, and how long eight people at once wait.

``python -m benchmarks.pages [--home DIR] [--households N] [--only cpu|crowd] [--match TEXT] [--users 8] [--requests 60]``

Makes the demonstration county in the home folder if none stands there. Then, in one run: the CPU of every page of the
access matrix (`benchmarks.pages.cpu`), worst first, and the waits of several people at the same moment before the real
server (`benchmarks.pages.crowd`). Exits 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from benchmarks.pages.county import HOME, make_county
from benchmarks.pages.crowd import waits_of_a_crowd
from yixian.cli.product import open_home, prepare
from yixian.demo.note import read_note


def main() -> None:
    """Measure and print."""
    asked = arguments()
    if read_note(asked.home) is None:
        make_county(asked.home, asked.households)
    missed: list[str] = []
    if asked.only != "crowd":
        missed += cpu_of_pages(asked.home, asked.match)
    if asked.only != "cpu":
        missed += waits_of_a_crowd(asked.home, asked.users, asked.requests)
    sys.exit(f"bars missed: {', '.join(missed)}" if missed else 0)


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description="Pages of a county of full size.")
    parser.add_argument("--home", type=Path, default=HOME)
    parser.add_argument("--households", type=int, default=12_000)
    parser.add_argument("--only", choices=("cpu", "crowd"))
    parser.add_argument("--match", default="", help="measure the CPU of pages whose name holds this text")
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--requests", type=int, default=60, help="per person and kind of page")
    return parser.parse_args()


def cpu_of_pages(home: Path, match: str) -> list[str]:
    """Every page in this process; the bars that are missed. What it loads needs the opened home."""
    open_home(home)
    prepare(pages=True)
    found: list[str] = importlib.import_module("benchmarks.pages.cpu").cost_of_pages(match)
    return found


if __name__ == "__main__":
    main()
