"""网页服务: a request becomes what WSGI says of it, and an answer goes out whole or in pieces."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from yixian.config import server


class Granian:
    """What Granian hands over with a request, and what was sent through it."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces, self.sent, self.status, self.headers = iter(pieces), list[bytes](), 0, list[Any]()

    def __aiter__(self) -> Granian:
        return self

    async def __anext__(self) -> bytes:
        for piece in self.pieces:
            return piece
        raise StopAsyncIteration

    def response_bytes(self, status: int, headers: list[Any], body: bytes) -> None:
        self.status, self.headers, self.sent = status, headers, [body]

    def response_str(self, status: int, headers: list[Any], body: str) -> None:
        self.response_bytes(status, headers, body.encode())

    def response_stream(self, status: int, headers: list[Any]) -> Granian:
        self.status, self.headers = status, headers
        return self

    def send_bytes(self, data: bytes) -> asyncio.Future[None]:
        """An awaitable of the running loop and no coroutine, as Granian's is."""
        self.sent.append(data)
        sent: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        sent.set_result(None)
        return sent


class Headers(list[tuple[str, str]]):
    def items(self) -> list[tuple[str, str]]:
        return self

    def __contains__(self, name: object) -> bool:
        return any(key == name for key, _value in self)

    def get(self, name: str, default: str = "") -> str:
        return next((value for key, value in self if key == name), default)


class Answer:
    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces, self.closed = pieces, False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)

    def close(self) -> None:
        self.closed = True


def scope_of(method: str, path: str, *headers: tuple[str, str]) -> Any:
    return SimpleNamespace(
        proto="http",
        method=method,
        path=path,
        query_string="q=%E6%88%B7",
        http_version="1.1",
        server="127.0.0.1:8000",
        client="[2001:db8::1]:4000",
        scheme="http",
        authority=None,
        headers=Headers([("host", "county.example"), *headers]),
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[dict[str, Any], Granian, Answer]]:
    """Ask an application that notes what it was asked and answers with these pieces."""

    def ask(scope: Any, *body: bytes, answer: tuple[bytes, ...] = (b"ok",)) -> Any:
        noted, made, granian = dict[str, Any](), Answer(list(answer)), Granian(*body)

        def application(environ: dict[str, Any], start: Callable[..., object]) -> Answer:
            noted.update(environ, read=environ["wsgi.input"].read())
            start("201 Created", [("x-a", "1")])
            return made

        monkeypatch.setattr(server, "application", application)
        asyncio.run(server.app(scope, granian))
        return noted, granian, made

    return ask


def test_a_request_as_wsgi_says_it(asked: Any) -> None:
    headers = (
        ("content-type", "text/plain"),
        ("content-length", "4"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("x-forwarded-for", "192.0.2.1"),
        ("x_forwarded_for", "203.0.113.66"),
    )
    noted, granian, answer = asked(scope_of("POST", "/户/", *headers), b"co", b"de")
    assert (noted["read"], noted["CONTENT_LENGTH"], noted["CONTENT_TYPE"]) == (b"code", "4", "text/plain")
    assert noted["PATH_INFO"].encode("latin-1").decode() == "/户/"
    assert (noted["HTTP_HOST"], noted["REMOTE_ADDR"]) == ("county.example", "2001:db8::1")
    assert noted["HTTP_COOKIE"] == "a=1; b=2"
    assert noted["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"
    assert (granian.status, granian.headers, granian.sent) == (201, [("x-a", "1")], [b"ok"])
    assert answer.closed


def test_a_long_answer_goes_out_in_pieces_and_is_closed(asked: Any) -> None:
    _noted, granian, answer = asked(scope_of("GET", "/file/"), answer=(b"x" * 40_000,) * 4)
    assert [len(piece) for piece in granian.sent] == [80_000, 80_000]
    assert answer.closed


def test_what_is_refused_never_reaches_a_page(asked: Any) -> None:
    noted, granian, _answer = asked(scope_of("POST", "/c/", ("content-length", str(1 << 40))))
    assert (noted, granian.status) == ({}, 413)
    assert "太大" in granian.sent[0].decode()


@pytest.mark.parametrize(
    ("method", "path", "pool"),
    [
        ("GET", "/policy/", "portal"),
        ("HEAD", "/", "portal"),
        ("GET", "/staff/", "staff"),
        ("POST", "/c/", "writing"),
    ],
)
def test_who_looks_something_up_does_not_wait_for_who_writes(method: str, path: str, pool: str) -> None:
    assert server._pool(scope_of(method, path))._thread_name_prefix == pool


class Slow(Granian):
    """A client that never sends the rest."""

    async def __anext__(self) -> bytes:
        await asyncio.sleep(3600)
        raise StopAsyncIteration


def test_slow_clients_and_a_held_lock_leave_the_portal_answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real times, with a real lock on both databases: `tests/kills/test_held_up.py`."""
    lock_is_free = threading.Event()

    def application(environ: dict[str, Any], start: Callable[..., object]) -> Answer:
        if environ["REQUEST_METHOD"] == "POST":
            lock_is_free.wait(60)
        start("200 OK", [])
        return Answer([b"ok"])

    async def crowd() -> None:
        length = ("content-length", "4")
        slow = [
            asyncio.create_task(server.app(scope_of("POST", "/c/", length), Slow())) for _one in range(12)
        ]
        held = [
            asyncio.create_task(server.app(scope_of("POST", "/c/", length), Granian(b"code")))
            for _one in range(12)
        ]
        await asyncio.sleep(0)
        for path in ("/", "/policy/", "/staff/"):
            page = Granian()
            await asyncio.wait_for(server.app(scope_of("GET", path), page), 30)
            assert page.sent == [b"ok"]
        assert not any(task.done() for task in (*slow, *held))
        lock_is_free.set()
        await asyncio.gather(*held)
        for task in slow:
            task.cancel()

    monkeypatch.setattr(server, "application", application)
    asyncio.run(crowd())
