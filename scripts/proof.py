"""长跑证明: every numbered case of a room's proofs, of which the gate runs the first few; resumable, its results kept.

    .venv/bin/python scripts/proof.py                   every room (make proof)
    .venv/bin/python scripts/proof.py --room access     one room (make proof ROOM=access)
    .venv/bin/python scripts/proof.py --postgresql      on a private PostgreSQL (make proof DATABASE=postgresql)

Stop it with Ctrl+C and call it again: it goes on where it was, as long as ``src``, ``tests`` and ``packs`` are the same.
Each result stands in ``proofs/``; commit it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from gate.commands import ROOT
from gate.lanes import folders_of
from private_postgres import private_postgres


def main() -> None:
    """Run the proofs of a room, or of all."""
    parser = argparse.ArgumentParser(description="Run all the cases of proofs.")
    parser.add_argument("--room", default="", help="only the folders of tests that bear this name")
    parser.add_argument(
        "--postgresql", action="store_true", help="what asks a database, on a private PostgreSQL"
    )
    options = parser.parse_args()
    folders = folders_of(options.room) if options.room else ("tests",)
    command = [sys.executable, "-m", "pytest", "--proof", "-q", *folders]
    if not options.postgresql:
        sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
    with private_postgres() as url:
        environment = os.environ | {"DATABASE_URL": url}
        done = subprocess.run([*command, "--only-database"], cwd=ROOT, check=False, env=environment)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
