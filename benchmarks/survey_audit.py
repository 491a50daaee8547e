"""What looks odd in a survey of 12,000 households: how long it takes, how few honest ones are asked, how many frauds are found.

Beside the bars of the survey's design: under one in a hundred households asked in the honest county, 28 of 30 frauds asked
about. Exits 1 if either is missed. The counties are those of the tests (`tests/engines/audit`), of another size.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from pathlib import Path

from click.testing import CliRunner

from tests.engines.audit.county import CUTOFF, County, clean_county
from tests.engines.audit.frauds import FRAUDS, found, plant_all
from yixian.cli import main

MAX_ASKED_SHARE = 0.01
MIN_FOUND = 28


def asked(county: County, folder: Path) -> list[dict[str, str]]:
    """The questions that the command asks, and how long it took."""
    words = county.write(folder / "tables")
    words += ["--photos", str(county.photos), "--out", str(folder / "out")]
    words += ["--cutoff", f"{CUTOFF}", "--tolerance", "0.02", "--lang", "en"]
    began = time.perf_counter()
    result = CliRunner().invoke(main, ["survey", "odd", *words], catch_exceptions=False)
    print(f"{time.perf_counter() - began:8.1f} s  {result.output.splitlines()[0]}", flush=True)
    with (folder / "out" / "questions.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def run(households: int, photographs: int, folder: Path) -> bool:
    """Whether both bars are kept."""
    began = time.perf_counter()
    county = clean_county(folder / "photos", households, photographs)
    print(f"{time.perf_counter() - began:8.1f} s  to invent the county", flush=True)
    share = len({row["household_id"] for row in asked(county, folder / "clean")} - {""}) / households
    print(f"honest county: {share:.3%} of its households are asked (bar: under {MAX_ASKED_SHARE:.0%})")
    planted = plant_all(county)
    seen = found(planted, asked(county, folder / "planted"))
    print(
        f"{len(seen)} of {len(FRAUDS)} frauds are asked about (bar: {MIN_FOUND}); not: {sorted(set(FRAUDS) - seen)}"
    )
    return share < MAX_ASKED_SHARE and len(seen) >= MIN_FOUND


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=12_000)
    parser.add_argument("--photographs", type=int, default=12_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        sys.exit(not run(options.households, options.photographs, Path(made)))
