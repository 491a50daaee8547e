"""长跑证明: every numbered case of a room's proofs, of which the gate runs the first few; resumable, its results kept.

    .venv/bin/python scripts/proof.py                   every room (make proof)
    .venv/bin/python scripts/proof.py --room access     one room (make proof ROOM=access)

Stop it with Ctrl+C and call it again: it goes on where it was, as long as ``src``, ``tests`` and ``packs`` are the same.
Each result stands in ``proofs/``; commit it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from gate.commands import ROOT
from gate.lanes import folders_of


def main() -> None:
    """Run the proofs of a room, or of all."""
    parser = argparse.ArgumentParser(description="Run all the cases of proofs.")
    parser.add_argument("--room", default="", help="only the folders of tests that bear this name")
    room = parser.parse_args().room
    folders = folders_of(room) if room else ("tests",)
    command = [sys.executable, "-m", "pytest", "--proof", "-q", *folders]
    sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)


if __name__ == "__main__":
    main()
