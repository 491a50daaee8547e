"""换个时刻再检验: the tests that ask what time it is, at every moment of `tests/moments.toml`.

    .venv/bin/python scripts/test_clock.py [--at MOMENT]... [FOLDER]...

One run of pytest a moment, with a home folder of its own; says which moments failed, and why each was chosen.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from clock import clock_set_to, moments
from gate.commands import ROOT, own_environment

FOLDERS = ("tests/access", "tests/api", "tests/cli", "tests/demo", "tests/kernel", "tests/web")
"""Where tests ask for the present moment: all others say it themselves, and no clock can change them."""


def main() -> None:
    """Run the folders at the moments, one after the other."""
    parser = argparse.ArgumentParser(description="Run tests with the clock set.")
    parser.add_argument("--at", action="append", metavar="MOMENT", help="only this moment; may be repeated")
    parser.add_argument("folders", nargs="*", default=FOLDERS, metavar="FOLDER")
    options = parser.parse_args()
    reasons = moments()
    failed = [at for at in options.at or reasons if not passes(at, reasons.get(at, ""), options.folders)]
    for at in failed:
        print(f"FAILED at {at}: {reasons.get(at, '')}")
    sys.exit(1 if failed else 0)


def passes(at: str, reason: str, folders: list[str]) -> bool:
    """Whether the folders' tests pass at a moment."""
    print(f"\n== {at}  {reason}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="yixian-clock-") as home:
        command = [sys.executable, "-m", "pytest", "-q", "-m", "not browser", *folders]
        environment = own_environment(Path(home)) | clock_set_to(at)
        result = subprocess.run(command, check=False, cwd=ROOT, env=environment)
    print(f"   {at}: {time.monotonic() - began:.0f} s", flush=True)
    return result.returncode == 0


if __name__ == "__main__":
    main()
