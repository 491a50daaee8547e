"""A year of the full county: who stands beside whom through departures, leaves, arrivals, divisions, illness and requests.

``python -m benchmarks.duty_year [--home DIR] [--households N] [--share 1.0] [--seed 1] [--first 2026-03-02]``

Makes the demonstration county in the home folder if none stands there, works on a copy of it, covers everybody, and does a
year of events through the product's own actions: at ``--share 1.0`` 400 departures, 300 leaves, 350 arrivals, 60 divisions,
40 sudden absences and 100 requests. Prints how many there were and how long each took (median, worst), then what the
separate checker finds over the whole year. Exits 1 if any household was alone for a day, a sudden absence lasted longer
than the rules allow, somebody was moved without need, or somebody was given back the helper they had asked to replace.
It takes some minutes.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from benchmarks.pages.county import HOME, make_county
from yixian.cli.product import open_home
from yixian.demo.note import read_note


def main() -> None:
    """Do the year and print what it shows."""
    asked = arguments()
    if read_note(asked.home) is None:
        make_county(asked.home, asked.households)
    with tempfile.TemporaryDirectory(prefix="yixian-year-") as folder:
        copy = Path(folder) / "home"
        shutil.copytree(asked.home, copy, ignore=shutil.ignore_patterns("*.lock"))
        open_home(copy)
        year = do_the_year(asked)
        faults = findings(year)
    sys.exit("; ".join(faults) if faults else 0)


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description="A year of pairings, day by day.")
    parser.add_argument("--home", type=Path, default=HOME)
    parser.add_argument("--households", type=int, default=12_000)
    parser.add_argument("--share", type=float, default=1.0, help="of the year's events")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=date.fromisoformat, help="first day; today if it is not said")
    return parser.parse_args()


def do_the_year(asked: argparse.Namespace) -> Any:
    """The apps can be loaded only in an opened home: hence by name."""
    course, doing, leaders, models, actors = (
        importlib.import_module(name)
        for name in (
            "benchmarks.year.course",
            "benchmarks.year.doing",
            "yixian.demo.leader_appointments",
            "yixian.registry.models",
            "yixian.kernel.actors",
        )
    )
    first = asked.first or date.today()  # noqa: DTZ011 - the county's own day, as the machine says it
    actor, morning = actors.system_actor("benchmark"), course.moment(first, 7 * 60)
    if not leaders.leaders_stand():
        leaders.appoint_leaders(actor=actor, at=morning)
    path = models.Area.objects.get(level="county").path
    year = doing.Year(path, first, actor, Random(asked.seed))
    began = time.perf_counter()
    short = year.remedies.cover_all(path, seed=asked.seed, at=morning)
    print(
        f"households short of somebody at first: {short}; sent for {year.remedies.sent} people, "
        f"{year.remedies.stationed} departments stationed further; {time.perf_counter() - began:.1f} s"
    )
    began = time.perf_counter()
    year.run(course.FULL.times(asked.share))
    print(f"{sum(year.done.values())} events in {time.perf_counter() - began:.1f} s, watching included")
    for kind, seconds in sorted(year.seconds.items()):
        print(
            f"  {kind:<12} {len(seconds):>5}  median {median(seconds) * 1000:7.1f} ms  worst {max(seconds) * 1000:8.1f} ms"
        )
    print(f"people sent for during the year: {year.remedies.sent}")
    return year


def findings(year: Any) -> list[str]:
    """What the separate checker finds over the year, printed; the faults among it."""
    coverage, watching, policies = (
        importlib.import_module(name)
        for name in ("yixian.duty.coverage", "benchmarks.year.watching", "yixian.policies.queries")
    )
    began = time.perf_counter()
    rows = coverage.uncovered(year.first, year.until, area_path=year.area_path)
    days: Counter[str] = Counter()
    for row in rows:
        days[row.kind] += row.days
    print(f"household-days with nobody: {days['gap']}; with only the township's lead: {days['lead']}")
    hours = policies.duty_rules(year.area_path, year.first).sudden_absence_hours
    late = 0
    for row in coverage.sudden_absences(year.first, year.until):
        lasted = row.lasted(row.covered_at) if row.covered_at else None
        late += lasted is None or row.is_late(hours, row.covered_at)
        print(f"  sudden: noticed {row.noticed_at:%F %H:%M}, {row.households} households, lasted {lasted}")
    back = watching.given_back()
    print(
        f"moved without need: {len(year.watch.found)}; given back within the year: {len(back)}; "
        f"later than {hours} hours: {late}; checked in {time.perf_counter() - began:.1f} s"
    )
    faults = [f"{days['gap']} household-days with nobody"] if days["gap"] else []
    faults += [f"{late} sudden absences lasted too long"] if late else []
    return faults + year.watch.found[:20] + back[:20]


if __name__ == "__main__":
    main()
