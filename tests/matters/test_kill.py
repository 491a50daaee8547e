"""Kill -9 of the web server in the middle of taking matters down: what was acknowledged stands there, and stands there once.

The server is the one that `yixian serve` runs, with four web processes; one of them is killed at random moments while people
send what they have to say, and send it again, as phones do, until they hold a receipt. It goes on until somebody was in the
middle of sending: a kill in an idle moment proves nothing.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.kills.served import Product, made_product

WORKERS = 4
SENDERS = 4
MAX_SECONDS = 240
"""Never reached on a machine that has anything to spare: a process is begun anew in two seconds."""
_RESPAWN_SECONDS = "0.2"
_CRASH_LOOP_SECONDS = 6.0
"""The server takes a process that ends sooner than this after it was begun anew for one that will never run, and gives up."""

_READ = """
import json, sys
from yixian.cli.product import open_home
open_home(sys.argv[1])
from yixian.matters.models import Matter
rows = Matter.objects.select_related("text", "projection")
print(json.dumps([
    [str(row.key), row.code, row.text.words, row.events.count(), row.sortings.count(), row.projection.last_seq]
    for row in rows]))
"""

_CODE = re.compile(rb'class="receipt-code[^>]*>(.*?)</p>', re.DOTALL)


class Workers:
    """The web processes of the server, and since when each has been seen."""

    def __init__(self, pid: int) -> None:
        self._children = Path(f"/proc/{pid}/task/{pid}/children")
        self._since = dict.fromkeys(self._now(), 0.0)

    def _now(self) -> list[int]:
        return [int(one) for one in self._children.read_text(encoding="ascii").split()]

    def kill_one(self) -> bool:
        """Kill one that has run long enough, if there is one."""
        alive, now = self._now(), time.monotonic()
        self._since = {pid: self._since.get(pid, now) for pid in alive}
        old = [pid for pid in alive if now - self._since[pid] > _CRASH_LOOP_SECONDS]
        if old:
            os.kill(random.choice(old), signal.SIGKILL)
        return bool(old)


class Sender(threading.Thread):
    """Somebody who sends one thing after another, each until a receipt is in hand."""

    def __init__(self, port: int, number: int, enough: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.number, self.enough = port, number, enough
        self.receipts: dict[str, set[str]] = {}
        self.words: dict[str, str] = {}
        self.broken_off = 0
        self.other: list[int] = []

    def run(self) -> None:
        """Send until it is enough; what was begun is sent until it is acknowledged."""
        count = 0
        while not self.enough.is_set():
            count += 1
            key, words = str(uuid.uuid4()), f"第{self.number}人的第{count}件事"
            self.words[key] = words
            again = 2 if count % 3 == 0 else 1
            for _time in range(again):
                self._until_acknowledged(key, words)

    def _until_acknowledged(self, key: str, words: str) -> None:
        end = time.monotonic() + MAX_SECONDS
        while time.monotonic() < end:
            code = self._send(key, words)
            if code:
                self.receipts.setdefault(key, set()).add(code)
                return
            time.sleep(0.05)

    def _send(self, key: str, words: str) -> str:
        body = urlencode({"do": "send", "key": key, "words": words, "topic": "other", "who": "unnamed"})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = False
        try:
            connection.request("POST", "/raise/", body, self._headers())
            sent = True
            response = connection.getresponse()
            page = response.read()
        except (OSError, http.client.HTTPException):
            self.broken_off += sent
            return ""
        finally:
            connection.close()
        shown = _CODE.search(page)
        if response.status != 200 or shown is None:
            self.other.append(response.status)
            return ""
        return re.sub(r"\D", "", re.sub(r"<[^>]+>", "", shown[1].decode()))

    def _headers(self) -> dict[str, str]:
        address = ".".join(str(random.randrange(1, 255)) for _part in range(4))
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": address,
        }


@pytest.fixture
def product(db: None, tmp_path: Path) -> Iterator[Product]:
    """A home folder with a county that has somebody to take matters."""
    with made_product(tmp_path / "home") as made:
        yield made


@pytest.mark.sqlite_enough
@pytest.mark.proof(cases=1_000, slice=4)
def test_what_was_acknowledged_is_there_and_there_once(cases: Iterator[int], product: Product) -> None:
    """A case is a process killed while people send."""
    enough = threading.Event()
    with product.serving(WORKERS, "--respawn-interval", _RESPAWN_SECONDS) as (port, pid):
        senders = [Sender(port, number, enough) for number in range(SENDERS)]
        for sender in senders:
            sender.start()
        end = time.monotonic() + MAX_SECONDS
        while not any(sender.receipts for sender in senders):
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.05)
        workers = Workers(pid)
        for _kill in cases:
            kill_soon(workers)
        while not any(sender.broken_off for sender in senders):
            kill_soon(workers)
        enough.set()
        for sender in senders:
            sender.join(timeout=30)
    assert [status for sender in senders for status in sender.other] == []
    assert_whole(product, senders)


def kill_soon(workers: Workers) -> None:
    """Kill a process at a random moment, once one has run long enough."""
    end = time.monotonic() + MAX_SECONDS
    time.sleep(random.uniform(0.05, 0.6))
    while not workers.kill_one():
        assert time.monotonic() < end, "no process ran long enough to be killed"
        time.sleep(random.uniform(0.05, 0.2))


def assert_whole(product: Product, senders: list[Sender]) -> None:
    """Every receipt opens its matter, every key stands once, and no matter is half there."""
    rows = {row[0]: row for row in json.loads(product.program(_READ))}
    words = {key: text for sender in senders for key, text in sender.words.items()}
    acknowledged = {key: codes for sender in senders for key, codes in sender.receipts.items()}
    assert len(acknowledged) > SENDERS
    for key, codes in acknowledged.items():
        assert codes == {rows[key][1]}
    for key, _code, text, events, sortings, last_seq in rows.values():
        assert text == words[key]
        assert (events, sortings, last_seq) == (1, 1, 1)
    file = product.home / "yixian.sqlite3"
    if file.exists():
        assert_sound(file, len(rows))


def assert_sound(file: Path, matters: int) -> None:
    """SQLite finds its file in order, with as many of everything as there are matters."""
    assert_sound_file(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM matters_matter").fetchone() == (matters,)
        for table in ("matters_mattertext", "matters_matterprojection", "matters_matterevent"):
            counted = connection.execute(
                f"SELECT count(*), count(DISTINCT matter_id) FROM {table}"
            ).fetchone()
            assert counted == (matters, matters)


def assert_sound_file(file: Path) -> None:
    """SQLite finds its file in order."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
