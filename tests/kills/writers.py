"""写者: four writers forked from one warm process, killed at random moments and forked anew; then everything is compared.

    python -m tests.kills.writers HOME      reads a line for each kill, prints what it did, and at the end what was found

Every fifth kill takes all writers, so that SQLite must recover from the log that they left. Every tenth kills a process of
the PostgreSQL server instead, with ``KILL_SERVER``: it ends all connections and recovers. The parent holds no connection
meanwhile. A writer says through a pipe what it begins and what was acknowledged; a pipe outlives whoever wrote.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import NoReturn

from yixian.cli.product import open_home, prepare

_CHANCES = (2, 2, 1, 2)
"""Of each writer to be the one that is killed: a workbook takes longer than a signature."""


class Writer:
    """A forked process that does one act after another until it is killed."""

    def __init__(self, slot: int) -> None:
        self.slot = slot
        self._reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._reading)
            work(slot, writing)
        os.close(writing)

    def killed(self, *, has_ended: bool = False) -> list[tuple[str, str, str]]:
        """End it unless its server has ``has_ended`` under it, and what it had written down."""
        if not has_ended:
            os.kill(self.pid, signal.SIGKILL)
        ended = os.waitpid(self.pid, 0)[1]
        assert has_ended or os.WTERMSIG(ended) == signal.SIGKILL, f"the writer ended by itself: {ended}"
        with os.fdopen(self._reading, encoding="utf-8") as file:
            lines = file.read().splitlines()
        return [tuple(json.loads(line)) for line in lines]  # type: ignore[misc]


def work(slot: int, writing: int) -> NoReturn:
    """In the child: act until killed; a fault ends it with its traceback and an exit status that the parent notices."""

    def journal(*entry: str) -> None:
        os.write(writing, json.dumps(entry).encode() + b"\n")

    acts = ACTS[slot]
    parent = os.getppid()
    try:
        for number in itertools.count(random.Random(os.getpid()).randrange(len(acts))):
            acts[number % len(acts)](WORLD, journal)
            if os.getppid() != parent:
                break
    except Exception:  # noqa: BLE001 - it is shown, and ends the proof
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(1)


def warmed() -> list[tuple[str, str, str]]:
    """Each act once, here, so that what is read and compiled at first use is in the writers' memory; what was done."""
    entries: list[tuple[str, str, str]] = []
    for act in itertools.chain(*ACTS):
        act(WORLD, lambda *entry: entries.append(entry))
    connections.close_all()  # no connection may be shared by two processes
    return entries


class Journal:
    """What all writers together have begun and had acknowledged."""

    def __init__(self) -> None:
        self.done: dict[str, set[str]] = {}
        self.open: dict[str, set[str]] = {}
        self.counts: Counter[str] = Counter()

    def add(self, entries: list[tuple[str, str, str]]) -> None:
        """Of one writer that was killed: whatever it had begun and not had acknowledged may stand or not."""
        for state, kind, key in entries:
            (self.done if state == "done" else self.open).setdefault(kind, set()).add(key)
        if entries and entries[-1][0] == "begin":
            self.counts["killed in the middle"] += 1


def main() -> None:
    """Kill once for each line, then compare."""
    journal = Journal()
    journal.add(warmed())
    writers = [Writer(slot) for slot in range(len(ACTS))]
    for line in sys.stdin:
        case, dice = int(line), random.Random(int(line))
        time.sleep(dice.uniform(0.03, 0.5))
        of_server = "KILL_SERVER" in os.environ and case % 10 == 0
        every = of_server or case % 5 == 0
        if of_server:
            kill_server(dice)
        journal.counts["recoveries"] += of_server or (every and connection.vendor == "sqlite")
        for number in range(len(writers)) if every else dice.choices(range(len(writers)), _CHANCES):
            journal.add(writers[number].killed(has_ended=of_server))
            journal.counts["writers killed"] += 1
        if of_server:
            await_server()
        for number, writer in enumerate(writers):
            if not Path(f"/proc/{writer.pid}").exists():
                writers[number] = Writer(writer.slot)
        print("killed", flush=True)
    for writer in writers:
        journal.add(writer.killed())
    found = compare(journal.done, journal.open)
    print(json.dumps({"counts": journal.counts | found.counts, "faults": found.faults}, ensure_ascii=False))


def kill_server(dice: random.Random) -> None:
    """Kill the server's process that works for a writer; where no writer is connected yet, the one that works for us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database() ORDER BY pid")
        os.kill(dice.choice(cursor.fetchall())[0], signal.SIGKILL)
    connections.close_all()


def await_server() -> None:
    """Until the server has recovered and answers."""
    end = time.monotonic() + 60
    while True:
        try:
            connection.ensure_connection()
        except OperationalError:
            assert time.monotonic() < end, "the server does not come back"
            time.sleep(0.05)
        else:
            connections.close_all()
            return


if __name__ == "__main__":
    open_home(sys.argv[1])
    prepare()

    from django.db import OperationalError, connection, connections

    from tests.kills.acts import ACTS
    from tests.kills.comparing import compare
    from tests.kills.world import make_world

    WORLD = make_world(Path(sys.argv[2]))
    main()
