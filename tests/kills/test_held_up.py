"""A lock held for 70 seconds and 12 slow clients leave the portal answering, on the real server and either database."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.kills.served import Product, made_product

HELD_SECONDS = 70
SLOW_CLIENTS = 12
PROXIED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}

_HOLD = """
import sys, time
from yixian.cli.product import open_home
open_home(sys.argv[1])
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        cursor.execute("LOCK TABLE matters_matter IN ACCESS EXCLUSIVE MODE")
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def product(db: None, tmp_path: Path) -> Iterator[Product]:
    """A home folder with a county."""
    with made_product(tmp_path / "home") as made:
        yield made


@contextmanager
def held_lock(product: Product) -> Iterator[None]:
    """Somebody holds what everybody needs who sends a matter in."""
    command = [sys.executable, "-c", _HOLD, str(product.home)]
    with subprocess.Popen(
        command, env=dict(product.environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield
        process.stdin.close()


def ask(port: int, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, float]:
    """The status of an answer, and how many seconds it took."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = urlencode(fields) if fields else None
    headers = PROXIED | ({"Content-Type": "application/x-www-form-urlencoded"} if fields else {})
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, time.monotonic() - began


def await_server(port: int) -> None:
    """Until the front page is answered."""
    end = time.monotonic() + 120
    while True:
        try:
            ask(port, "GET", "/")
        except OSError:
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.1)
        else:
            return


class SlowClient(threading.Thread):
    """Sends a byte every twenty seconds of a form that it says is a megabyte long; notes when it was cut off."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port, self.seconds = port, 0.0

    def run(self) -> None:
        """Send until the connection is gone."""
        began = time.monotonic()
        head = b"POST /c/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nContent-Length: 1000000\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(head)
            connection.settimeout(20)
            while True:
                try:
                    connection.sendall(b"a")
                    connection.recv(1000)
                    break
                except TimeoutError:
                    continue
                except OSError:
                    break
        self.seconds = time.monotonic() - began


class Sender(threading.Thread):
    """Sends a matter while the lock is held."""

    def __init__(self, port: int, matter: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.port, self.matter = port, matter
        self.status, self.seconds = 0, 0.0

    def run(self) -> None:
        """Send it, and note the answer."""
        self.status, self.seconds = ask(self.port, "POST", "/raise/", self.matter)


@pytest.mark.proof(cases=1, slice=0)
def test_the_portal_answers_meanwhile(
    cases: Iterator[int], product: Product, counted: dict[str, int]
) -> None:
    """The front page and the library within seconds all the while; a post is refused in words; slow clients are cut off."""
    matter = {"do": "send", "key": str(uuid.uuid4()), "words": "一件事", "topic": "other", "who": "unnamed"}
    with product.serving(1) as (port, _pid):
        await_server(port)
        slow = [SlowClient(port) for _one in range(SLOW_CLIENTS)]
        for client in slow:
            client.start()
        for _case in cases:
            seen, senders = list[float](), [Sender(port, matter) for _one in range(4)]
            with held_lock(product):
                end = time.monotonic() + HELD_SECONDS
                for sender in senders:
                    sender.start()
                while time.monotonic() < end:
                    for path in ("/", "/policy/"):
                        status, seconds = ask(port, "GET", path)
                        assert status == 200
                        seen.append(seconds)
                    time.sleep(0.5)
                for sender in senders:
                    sender.join()
            assert [sender.status for sender in senders] == [503] * 4
            assert max(seen) < 5
            assert max(sender.seconds for sender in senders) < 30
            for client in slow:
                client.join(60)
                assert 0 < client.seconds < 60
            assert ask(port, "POST", "/raise/", matter)[0] == 200
            counted.update(
                pages=len(seen),
                slowest_page_milliseconds=round(max(seen) * 1000),
                slowest_refusal_milliseconds=round(max(sender.seconds for sender in senders) * 1000),
            )
