"""埋缺陷: plants known defects in a copy of the repository, one after another, and shows that the tests find each.

    .venv/bin/python scripts/planted.py                     all of them (make planted)
    .venv/bin/python scripts/planted.py --kind security     those of one kind
    .venv/bin/python scripts/planted.py --only some-defect  one alone, also if it was found before; nothing is kept
    .venv/bin/python scripts/planted.py -j 2                two at a time, each in a copy of its own

First a selection of tests is run without any defect and must pass; then once with each defect that it must find. What was
found stands in ``proofs/planted.json``, to be committed; a run that was cut off goes on where it stopped, as long as the
sources are the same. How to add a defect: CONTRIBUTING.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from threading import Lock

from gate.commands import ROOT
from gate.defects import KINDS, Defect, defects
from gate.scratch import ALL_PASSED, SOME_FAILED, Outcome, Scratch, scratch_copies
from gate.sources import NotCommitted, sources

RESULTS = ROOT / "proofs" / "planted.json"


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a defect: whether a test found it, which, after how many seconds, and if none did, why not."""

    id: str
    kind: str
    found: bool
    by: str
    seconds: int
    why_not: str = ""


class Findings:
    """What was found in these sources, kept in a file after each defect."""

    def __init__(self, of: str, file: Path | None = RESULTS) -> None:
        self._of, self._file, self._lock = of, file, Lock()
        kept = json.loads(file.read_text(encoding="utf-8")) if file and file.exists() else {}
        same = kept.get("sources") == of
        self._found = {one["id"]: Finding(**one) for one in kept["defects"]} if same else {}

    def has(self, defect: Defect) -> bool:
        """Whether it was found before."""
        return defect.id in self._found and self._found[defect.id].found

    def add(self, finding: Finding) -> None:
        """Say what became of a defect, and keep it."""
        with self._lock:
            self._found[finding.id] = finding
            how = finding.by if finding.found else f"NOT FOUND: {finding.why_not}"
            print(f"{finding.kind:<9} {finding.id:<44} {finding.seconds:>4} s  {how}", flush=True)
            if self._file is not None:
                self._keep(self._file)

    def _keep(self, file: Path) -> None:
        rows = sorted(self._found.values(), key=lambda one: (KINDS.index(one.kind), one.id))
        result = {
            "sources": self._of,
            "day": date.today().isoformat(),  # noqa: DTZ011 - the day on this machine
            "defects": [asdict(one) for one in rows],
        }
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Plant what was asked for; exit 1 unless every one of it is found."""
    options = _options()
    chosen = [one for one in defects() if options.only in {"", one.id} and options.kind in {"", one.kind}]
    if not chosen:
        sys.exit("There is no such defect.")
    try:
        findings = Findings(sources("procedures"), None if options.only else RESULTS)
    except NotCommitted as error:
        sys.exit(str(error))
    waiting = [one for one in chosen if not findings.has(one)]
    if waiting:
        _plant(_by_selection(waiting), options.jobs, findings.add)
    found = sum(findings.has(one) for one in chosen)
    print(f"\n{found} of {len(chosen)} found")
    sys.exit(0 if found == len(chosen) else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Plant defects and show that the tests find them.")
    parser.add_argument("--only", default="", metavar="ID", help="this defect alone; nothing is kept")
    parser.add_argument("--kind", default="", choices=KINDS, help="the defects of one kind")
    parser.add_argument("-j", "--jobs", type=int, default=1, help="how many at a time")
    return parser.parse_args()


def _by_selection(chosen: Iterable[Defect]) -> list[list[Defect]]:
    """The defects that the same tests must find, together: those tests are run once without any of them."""
    groups: dict[tuple[str, ...], list[Defect]] = {}
    for defect in chosen:
        groups.setdefault(defect.tests, []).append(defect)
    return list(groups.values())


def _plant(groups: list[list[Defect]], jobs: int, add: Callable[[Finding], None]) -> None:
    with scratch_copies(min(jobs, len(groups))) as copies, ThreadPoolExecutor(len(copies)) as pool:
        free: SimpleQueue[Scratch] = SimpleQueue()
        for copy in copies:
            free.put(copy)

        def plant(group: list[Defect]) -> None:
            copy = free.get()
            try:
                _plant_group(copy, group, add)
            finally:
                free.put(copy)

        list(pool.map(plant, groups))


def _plant_group(copy: Scratch, group: list[Defect], add: Callable[[Finding], None]) -> None:
    sound = copy.tests(group[0].tests)
    for defect in group:
        add(finding_of(defect, sound, copy.with_defect))


def finding_of(defect: Defect, sound: Outcome, planted: Callable[[Defect], Outcome]) -> Finding:
    """What became of a defect, given how its tests go without it. Only a test that failed has found it."""
    if sound.code != ALL_PASSED:
        why = f"its tests do not pass without it ({sound.code}):\n{sound.said}"
        return Finding(defect.id, defect.kind, False, "", round(sound.seconds), why)  # noqa: FBT003 - not found
    outcome = planted(defect)
    if outcome.code == SOME_FAILED:
        return Finding(defect.id, defect.kind, True, outcome.test, round(outcome.seconds))  # noqa: FBT003 - found
    why = (
        "every test passed"
        if outcome.code == ALL_PASSED
        else f"the defect is wrong, pytest ended with {outcome.code}:\n{outcome.said}"
    )
    return Finding(defect.id, defect.kind, False, "", round(outcome.seconds), why)  # noqa: FBT003 - not found


if __name__ == "__main__":
    main()
