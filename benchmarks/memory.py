"""How much memory an idle product holds: every process that `yixian serve` runs, with its resident and proportional size.

A small invented county is made by the process that then serves it, as `make demo` does. After the first pages were answered
and nothing has been asked for a while, ``/proc`` says of every process of that tree how much of it is resident (RSS, which
counts shared pages in every process that has them) and its proportional share (PSS, in which each page counts once).

    python -m benchmarks.memory [--home DIR] [--idle SECONDS]
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

MAX_MEGABYTES = 700
_PATHS = ("/", "/accounts/login/", "/policy/")
_START_SECONDS = 600
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Process:
    """A process, its command shortened, and its memory in KiB."""

    number: int
    command: str
    rss: int
    pss: int


def main() -> None:
    """Measure, print, and end with 1 if it is too much."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--home", type=Path, help="a demonstration that stands already (default: a new small one)"
    )
    parser.add_argument("--idle", type=float, default=20.0, help="seconds without a request before measuring")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="yixian-memory-") as folder,
        served(asked.home or Path(folder)) as root,
    ):
        time.sleep(asked.idle)
        found = [one for number in tree(root) if (one := measured(number))]
    print("    RSS     PSS  MB")
    for one in found:
        print(f"{one.rss / _KIB:7.1f} {one.pss / _KIB:7.1f}  {one.command}")
    rss, pss = (sum(getattr(one, name) for one in found) / _KIB for name in ("rss", "pss"))
    print(f"{rss:7.1f} {pss:7.1f}  {len(found)} processes together; at most {MAX_MEGABYTES} MB RSS")
    sys.exit(rss > MAX_MEGABYTES)


@contextmanager
def served(home: Path) -> Iterator[int]:
    """The process id of the command that makes and serves a demonstration in a home folder, once it has answered pages."""
    port = _free_port()
    command = [
        sys.executable,
        "-c",
        "from yixian.cli import main; main()",
        "demo",
        "--home",
        str(home),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _await_pages(f"http://127.0.0.1:{port}", process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _await_pages(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait for the server, then ask every web process for a few pages."""
    end = time.monotonic() + _START_SECONDS
    while not _asked(address, "/"):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError("the product does not answer")
        time.sleep(0.2)
    for path in _PATHS * 2 * (os.cpu_count() or 1):
        _asked(address, path)


def _asked(address: str, path: str) -> bool:
    try:
        with urlopen(f"{address}{path}", timeout=10) as answer:  # noqa: S310 - our own address
            return bool(answer.read())
    except (URLError, ConnectionError, TimeoutError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tree(root: int) -> list[int]:
    """The process ids of a process and everything below it."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # ended meanwhile
    found = [root]
    for number in found:
        found += [child for child, parent in parents.items() if parent == number]
    return found


def measured(number: int) -> Process | None:
    """The memory of one process; None if it has ended meanwhile."""
    folder = Path("/proc") / str(number)
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()[1:]
        words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return None
    sizes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return Process(number, words[:90], sizes["Rss"], sizes["Pss"])


if __name__ == "__main__":
    main()
