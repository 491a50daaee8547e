"""命令: one command of the gate, run in an environment of its own, with what it said and how long it took."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"


def run(
    name: str,
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    apart: bool = False,
    fine: Collection[int] = (0,),
) -> bool:
    """Run one program of ``.venv/bin`` and print how long it took; whether it ended with an exit code that is fine.

    What runs beside something else (``apart``) says all it has to say when it ends, so that nothing is interleaved.
    """
    print(f"\n== {name}{' …' if apart else ''}", flush=True)
    began = time.monotonic()
    result = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        check=False,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if apart else None,
        stderr=subprocess.STDOUT if apart else None,
        text=True,
    )
    said = f"\n== {name}\n{result.stdout}" if apart else ""
    outcome = "in order" if result.returncode in fine else "FAILED"
    print(f"{said}   {name}: {outcome}, {time.monotonic() - began:.0f} s", flush=True)
    return result.returncode in fine


def own_environment(home: Path) -> dict[str, str]:
    """The environment without an installation's settings, with a home folder of its own that is made here.

    Nothing in the gate may touch a real home folder or database. Bytecode is kept, so that no lane compiles every module
    again in each of its processes.
    """
    home.mkdir(parents=True, exist_ok=True)
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("YIXIAN_") and key not in {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
    }
    return kept | {"YIXIAN_HOME": str(home)}


def temporary_homes() -> tempfile.TemporaryDirectory[str]:
    """The folder that holds the homes of one call of the gate, and goes with it."""
    return tempfile.TemporaryDirectory(prefix="yixian-test-")
