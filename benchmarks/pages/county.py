"""The county of full size that benchmarks look at, made once and kept."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.browser.house import COMMAND, environment

HOME = Path(__file__).parents[1] / "results" / "home"


def make_county(home: Path, households: int) -> None:
    """The demonstration county, by the command."""
    command = [*COMMAND, "demo", "--households", str(households), "--no-serve", "--home", str(home)]
    subprocess.run(command, check=True, env=environment())
