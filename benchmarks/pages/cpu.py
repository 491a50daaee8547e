"""CPU of a page: what one request costs this process, as a multiple of the trivial page's in the same run.

The WSGI application of the product answers here, in one thread of this process, as a web process of the server does; the
clock is ``time.process_time``, so what other programs do meanwhile does not count. Between two pages the trivial one is
asked again, so that a machine that slows down slows both.
"""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks.pages.addresses import CARD, NOBODY, Page, every_page
from yixian.config.wsgi import application
from yixian.demo.note import read_note
from yixian.kernel.actors import HOUSEHOLD_SESSION_KEY
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.registry.models import Household
from yixian.web.portal.household_session import BEGAN

TRIVIAL = "/left/"
"""The portal's farewell, asked by somebody of the staff who is signed in: a session, a user, their roles, a page without
a question to the register. The same page as in ``crowd``."""

PAGE_REQUESTS, FILE_REQUESTS = 11, 3
"""Requests that a median is taken of."""

PAGE_SECONDS = 5.0
"""CPU after which a page is asked no more, once it was asked as often as a file: a slow page need not be slow eleven times."""

DEPTHS, FRAMES_A_DEPTH = 8, 20
"""Requests begin at eight depths of the stack in turn. Python 3.11 keeps frames in chunks of 16 KiB, and fetches a chunk from
the system each time a call crosses from one into the next: a loop that lies on the border costs half as much again. Where
it lies is chance, and another one in every server; over several depths the median is free of it.
"""

TRIVIAL_BAR = 5.0
"""Milliseconds that the trivial page may cost on the reference machine (two cores)."""

LISTS = frozenset(
    {
        "agreements:cases",
        "agreements:list",
        "api-1:households",
        "field:mine",
        "portal:answers",
        "portal:changes",
        "staff:answers",
        "staff:areas",
        "staff:organisations",
        "staff:checks",
        "staff:desk",
        "staff:duty_absences",
        "staff:duty_handovers",
        "staff:duty_uncovered",
        "staff:households",
        "staff:imports",
        "staff:jobs",
        "staff:matters",
        "staff:policies",
        "staff:revision_households",
        "staff:revisions",
        "staff:users",
        "staff:outdated",
        "staff:withheld",
    }
)
BARS: Mapping[str, float] = {
    "staff:household": 6,
    "staff:home": 8,
    "staff:duty": 15,
    "staff:duty_area": 15,
    "staff:visits": 15,
    **dict.fromkeys(LISTS, 5),
}
"""Multiples of the trivial page's CPU that a page may cost; ``OTHERS`` for every page that is not named."""
OTHERS = 10.0

ENGINES = frozenset(
    {
        "portal:calculate",
        "portal:calculate_ours",
        "staff:duty_why",
        "staff:duty_shortage",
        "staff:duty_what_if_result",
        "staff:revision_compare",
    }
)
"""Pages that ask an engine: no bar."""


@dataclass(slots=True)
class Cost:
    """What a kind of page costs: milliseconds of each request that was answered, the most queries, the trivial page beside it."""

    page: Page
    milliseconds: list[float] = field(default_factory=list)
    trivial: list[float] = field(default_factory=list)
    queries: int = 0
    kilobytes: float = 0.0
    statuses: set[int] = field(default_factory=set)
    kind: str = ""

    @property
    def name(self) -> str:
        """The page's name, without what says that it was searched."""
        return self.page.name.removesuffix(" ?")

    @property
    def is_page(self) -> bool:
        """Whether it is looked at: HTML or the API's JSON, and not a file to take along."""
        return self.kind in {"text/html", "application/json"}

    @property
    def bar(self) -> float | None:
        """The multiple it may cost; None for files and for pages that ask an engine."""
        return None if self.name in ENGINES or not self.is_page else BARS.get(self.name, OTHERS)


class Cookies:
    """Cookies of everybody who looks at pages: staff by their sign-in, a household by its card."""

    def __init__(self, household_id: int) -> None:
        self._household_id = household_id
        self._kept: dict[str, str] = {}

    def of(self, who: str) -> str:
        """The header for somebody, who is signed in at the first asking."""
        if who not in self._kept:
            self._kept[who] = self._signed_in(who)
        return self._kept[who]

    def _signed_in(self, who: str) -> str:
        if who == NOBODY:
            return ""
        client = Client()
        if who == CARD:
            session = client.session
            session[HOUSEHOLD_SESSION_KEY] = self._household_id
            session[BEGAN] = int(time.time())
            session.save()
            client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        else:
            client.force_login(User.objects.get(username=who), "django.contrib.auth.backends.ModelBackend")
        return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


class Counter:
    """Counts what is asked of the database while it is in force."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        self.queries += 1
        return execute(sql, params, many, context)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request was answered, and its CPU in milliseconds."""

    status: int
    kind: str
    length: int
    milliseconds: float


def ask(address: str, cookies: str) -> Answer:
    """Let the application answer one request, to the last byte."""
    path, _mark, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_COOKIE": cookies,
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.version": (1, 0),
    }
    answered: list[tuple[str, dict[str, str]]] = []

    def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        answered.append((status, dict(headers)))

    began = time.process_time()
    response = application(environ, start)
    length = sum(len(part) for part in response)
    response.close()
    spent = (time.process_time() - began) * 1000
    status, headers = answered[0]
    return Answer(int(status[:3]), headers.get("Content-Type", "").partition(";")[0], length, spent)


def ask_from(deeper: int, address: str, cookies: str) -> Answer:
    """The same from so many calls further down the stack."""
    return ask_from(deeper - 1, address, cookies) if deeper else ask(address, cookies)


def measure(page: Page, cookies: Cookies, trivial_cookies: str) -> Cost:
    """Ask for a page again and again; the first answers, which fill caches as a running product has them, do not count."""
    cost = Cost(page)
    header = cookies.of(page.who)
    firsts = {address: ask(address, header) for address in page.addresses}
    cost.statuses = {answer.status for answer in firsts.values()}
    shown = [address for address, answer in firsts.items() if answer.status == HTTPStatus.OK]
    if not shown:
        return cost
    cost.kind = firsts[shown[0]].kind
    cost.kilobytes = max(firsts[address].length for address in shown) / 1024
    requests = PAGE_REQUESTS if cost.is_page else FILE_REQUESTS
    for number, address in enumerate(islice(cycle(shown), max(requests, len(shown)))):
        if number >= FILE_REQUESTS and sum(cost.milliseconds) > PAGE_SECONDS * 1000:
            break
        deeper = number % DEPTHS * FRAMES_A_DEPTH
        cost.trivial.append(ask_from(deeper, TRIVIAL, trivial_cookies).milliseconds)
        cost.milliseconds.append(ask_from(deeper, address, header).milliseconds)
    for address in shown[:3]:
        counter = Counter()
        with connection.execute_wrapper(counter):
            ask(address, header)
        cost.queries = max(cost.queries, counter.queries)
    return cost


def report(costs: list[Cost]) -> list[str]:
    """Print a line for each page, the worst multiple first; the names of those that miss their bar."""
    trivial = median(wait for cost in costs for wait in cost.trivial)
    shown = [cost for cost in costs if cost.milliseconds]
    times = {id(cost): median(cost.milliseconds) / median(cost.trivial) for cost in shown}
    missed = [] if trivial < TRIVIAL_BAR else [f"trivial page ({trivial:.1f} ms)"]
    print(f"{'trivial page':34} {'':10} {trivial:7.1f} ms           1.0 x  bar {TRIVIAL_BAR:.0f} ms")
    for cost in sorted(shown, key=lambda cost: -times[id(cost)]):
        held = cost.bar is None or times[id(cost)] <= cost.bar
        if not held:
            missed.append(f"{cost.page.name} as {cost.page.who or 'anybody'}")
        told = (
            "file"
            if not cost.is_page
            else "asks an engine"
            if cost.bar is None
            else f"bar {cost.bar:.0f} {'held' if held else 'MISSED'}"
        )
        print(
            f"{cost.page.name:34} {cost.page.who or 'anybody':10} {median(cost.milliseconds):7.1f} ms"
            f" {cost.queries:4} q {times[id(cost)]:6.1f} x  {cost.kilobytes:6.0f} kB  {told}"
        )
    unseen = [
        f"{cost.page.name} {sorted(cost.statuses) or 'none'}" for cost in costs if not cost.milliseconds
    ]
    print(f"not shown to a GET in this county ({len(unseen)}): {', '.join(sorted(unseen))}")
    return missed


def cost_of_pages(match: str) -> list[str]:
    """Measure every page whose name holds a text, print, and say which miss their bar."""
    logging.getLogger("django.request").setLevel(logging.ERROR)  # what is only posted to says so
    note = read_note(Path(settings.HOME.root))
    assert note is not None
    held = Household.objects.filter(household_no=note.cards[0].household_no).values_list("pk", flat=True)
    cookies = Cookies(held.get())
    pages = every_page({sign_in.username: Role(sign_in.role) for sign_in in note.sign_ins})
    trivial = cookies.of("clerk")
    for _request in range(20):
        ask(TRIVIAL, trivial)
    asked = [page for page in pages if match in page.name]
    costs = []
    for number, page in enumerate(asked, 1):
        costs.append(measure(page, cookies, trivial))
        spent = f"{median(costs[-1].milliseconds):.0f} ms" if costs[-1].milliseconds else "not shown"
        print(f"{number}/{len(asked)} {page.name} as {page.who or 'anybody'}: {spent}", file=sys.stderr)
    return report(costs)
