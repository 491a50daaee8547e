"""A crowd: how long eight people at once wait for a page of the real server, and beside a page that does nothing.

Serves the home folder with the product's own command, signs in eight times, and asks for each kind of page from eight
threads at the same moment. Prints a line per kind: p50 and p95 in milliseconds, p95 as a multiple of the trivial page's in
the same run, and the bar where there is one; then the peak memory of all processes together.
"""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlencode, urlsplit

from tests.browser.house import served
from yixian.demo.note import PASSWORD

USER = "clerk"


@dataclass(frozen=True)
class Kind:
    """A kind of page: its name, addresses to draw from, and how long the 95th of a hundred may wait (ms)."""

    name: str
    addresses: list[str]
    bar: float | None = None


class Person:
    """Somebody signed in, with a connection kept open as browsers do."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self._cookies: dict[str, str] = {}
        page = self.ask("/accounts/login/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        form = {"login": USER, "password": PASSWORD, "csrfmiddlewaretoken": token.group(1).decode()}
        self.ask("/accounts/login/", form, expected=302)

    def ask(self, path: str, form: dict[str, str] | None = None, *, expected: int = 200) -> bytes:
        """The body of an answer. Raises AssertionError for another status than the expected one."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if form is None:
            self._connection.request("GET", path, headers=headers)
        else:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            self._connection.request("POST", path, urlencode(form), headers)
        response = self._connection.getresponse()
        body = response.read()
        assert response.status == expected, f"{path}: {response.status}"
        for header in response.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        return body

    def waits(self, addresses: list[str]) -> list[float]:
        """Milliseconds for each address, one after the other."""
        waited = []
        for address in addresses:
            began = time.perf_counter()
            self.ask(address)
            waited.append((time.perf_counter() - began) * 1000)
        return waited


def waits_of_a_crowd(home: Path, users: int, requests: int) -> list[str]:
    """Measure and print; the names of the kinds of pages that miss their bar."""
    with served(home) as address:
        people = [Person(address) for _one in range(users)]
        missed = [kind.name for kind in kinds(home) if not measure(kind, people, requests)]
        print(f"peak memory of all processes: {peak_memory() / 1e6:,.0f} MB")
    return missed


def kinds(home: Path) -> list[Kind]:
    """The pages, with addresses drawn from the register itself; the trivial one first."""
    with closing(sqlite3.connect(home / "yixian.sqlite3")) as connection:
        rows = connection.execute(
            "SELECT h.id, h.household_no, p.name FROM registry_household h JOIN registry_person p ON p.id = h.head_id"
        ).fetchall()
    names = [quote(name) for _pk, _number, name in rows]
    return [
        Kind("trivial page", ["/left/"]),
        Kind("household page", [f"/staff/households/{pk}/" for pk, _number, _name in rows], 150),
        Kind("list", [f"/staff/households/?page={page}" for page in range(1, len(rows) // 25)], 200),
        Kind("search by name", [f"/staff/households/?q={name}" for name in names], 200),
        Kind(
            "search by family name", sorted({f"/staff/households/?q={quote(row[2][0])}" for row in rows}), 200
        ),
        Kind(
            "search by pinyin",
            [f"/staff/households/?q={text}" for text in ("wang", "lidm", "zhangf", "chen")],
            200,
        ),
        Kind("search by number", [f"/staff/households/?q={number}" for _pk, number, _name in rows], 200),
        Kind("portal, prices", ["/policy/prices/"]),
    ]


_trivial: list[float] = []


def measure(kind: Kind, people: list[Person], requests: int) -> bool:
    """Let everybody ask at once, print the line; whether the bar was held."""
    chance = random.Random(kind.name)
    draws = [[chance.choice(kind.addresses) for _request in range(requests)] for _person in people]
    with ThreadPoolExecutor(len(people)) as threads:
        asking: Callable[[Person, list[str]], list[float]] = Person.waits
        for person in people[:2]:
            person.waits(draws[0][:3])  # nobody measures the first request after a start
        waits = sorted(wait for waited in threads.map(asking, people, draws) for wait in waited)
    hundredths = quantiles(waits, n=100)
    p50, p95 = hundredths[49], hundredths[94]
    _trivial.append(p95)
    held = kind.bar is None or p95 < kind.bar
    bar = "" if kind.bar is None else f"bar {kind.bar:.0f} ms {'held' if held else 'MISSED'}"
    print(
        f"{kind.name:22} n={len(waits):4}  p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  {p95 / _trivial[0]:5.1f} x trivial  {bar}"
    )
    return held


def peak_memory() -> int:
    """Bytes that this process's descendants ever held, summed (Linux's VmHWM)."""
    return sum(peak(pid) for pid in descendants(str(Path("/proc/self").resolve().name)))


def descendants(pid: str) -> Iterator[str]:
    """The processes below one."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield child
            yield from descendants(child)


def peak(pid: str) -> int:
    """Bytes that one process ever held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found.group(1)) * 1024 if found else 0
