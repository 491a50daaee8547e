"""网页服务: the WSGI application behind Granian's event loop — whole requests only, and threads that do not wait for each other.

Granian speaks HTTP and hands over requests by RSGI. Content is read here (`request_content`); a whole request then goes to one
of three small pools of threads: what is read on the portal, what else is read, and what writes. A database that somebody
keeps locked holds up those who write, and nobody who looks something up on the portal.
"""

from __future__ import annotations

import asyncio
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import IO, Any, Protocol

from yixian.config.request_content import ContentRefused, received

os.environ.setdefault("YIXIAN_DATABASE_WAIT", "10")
# before the settings are read: a page waits ten seconds for the database, the background work sixty

from yixian.config.wsgi import application

_THREADS = 2
"""Of each pool: a slow page does not hold up the next one, and more would only wait for the interpreter."""

_PIECE = 1 << 16
_SEND_SECONDS = 60.0
"""How long a reader may take over a piece of a file."""

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_WITHIN = ("/staff/", "/api/", "/accounts/", "/openrosa/")

_portal, _staff, _writing = (
    ThreadPoolExecutor(_THREADS, thread_name_prefix=name) for name in ("portal", "staff", "writing")
)

_BASE: dict[str, Any] = {
    "GATEWAY_INTERFACE": "CGI/1.1",
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "Granian",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}

Headers = list[tuple[str, str]]


class Transport(Protocol):
    """Where the pieces of a long answer go."""

    async def send_bytes(self, data: bytes) -> None:
        """Send a piece."""


async def app(scope: Any, protocol: Any) -> None:
    """Answer a request (RSGI)."""
    if scope.proto != "http":
        return
    headers = scope.headers
    content: IO[bytes] = io.BytesIO()
    if "content-length" in headers or "transfer-encoding" in headers:
        try:
            content = await received(protocol, path=scope.path, declared=headers.get("content-length", ""))
        except ContentRefused as refused:
            protocol.response_str(refused.status, *_said(scope.path, _SENTENCES[refused.status]))
            return
    environ = _environ(scope, content)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(_pool(scope), _answer, environ, protocol, loop)


_PLAIN: Headers = [
    ("content-type", "text/plain; charset=utf-8"),
    ("connection", "close"),
    ("cache-control", "no-store"),
]
_SENTENCES = {
    HTTPStatus.BAD_REQUEST: "请求有误。\nThis request cannot be read.\n",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "发来的内容太大，没有收下。请减少照片或录音，分几次发。\n"
        "What you sent is too large and was not taken. Send fewer files at once.\n"
    ),
    HTTPStatus.REQUEST_TIMEOUT: "网络太慢，没有收完。请再试一次。\nThe connection was too slow. Please try again.\n",
}


def _said(path: str, sentence: str) -> tuple[Headers, str]:
    """A sentence in plain text; to field devices in the words of their protocol."""
    if not path.startswith("/openrosa/"):
        return _PLAIN, sentence
    headers = [("content-type", "text/xml; charset=utf-8"), *_PLAIN[1:], ("x-openrosa-version", "1.0")]
    return headers, (
        '<OpenRosaResponse xmlns="http://openrosa.org/http/response">'
        f'<message nature="submit_error">{sentence}</message></OpenRosaResponse>'
    )


def _pool(scope: Any) -> ThreadPoolExecutor:
    if scope.method not in _READING:
        return _writing
    return _staff if scope.path.startswith(_WITHIN) else _portal


def _environ(scope: Any, content: IO[bytes]) -> dict[str, Any]:
    """The request as WSGI says it (PEP 3333). Names with an underscore are left out: they would pass for others."""
    size = content.seek(0, io.SEEK_END)
    content.seek(0)
    host, _colon, port = scope.server.rpartition(":")
    environ = _BASE | {
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": content,
        "CONTENT_LENGTH": str(size),
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        if name == "content-type":
            environ["CONTENT_TYPE"] = value
        elif name not in {"content-length", "transfer-encoding"} and "_" not in name:
            key = f"HTTP_{name.upper().replace('-', '_')}"
            joint = "; " if name == "cookie" else ","
            environ[key] = f"{environ[key]}{joint}{value}" if key in environ and name != "host" else value
    return environ


def _answer(environ: dict[str, Any], protocol: Any, loop: asyncio.AbstractEventLoop) -> None:
    """In a thread of a pool: have the page made, and send it; a long one in pieces, as its reader takes them."""
    status, headers = 500, list[tuple[str, str]]()

    def start(line: str, given: Headers, _error: object = None) -> Callable[[bytes], object]:
        nonlocal status, headers
        status, headers = int(line.partition(" ")[0]), given
        return lambda _data: None

    answer: Any = application(environ, start)
    try:
        pieces = _pieces(answer)
        first = next(pieces, b"")
        second = next(pieces, None)
        if second is None:
            protocol.response_bytes(status, headers, first)
            return
        transport: Transport = protocol.response_stream(status, headers)
        for piece in (first, second):
            _send(transport, piece, loop)
        for piece in pieces:
            _send(transport, piece, loop)
    finally:
        answer.close()
        environ["wsgi.input"].close()


def _send(transport: Transport, piece: bytes, loop: asyncio.AbstractEventLoop) -> None:
    """Send a piece, and wait until it is taken. Granian's awaitable is no coroutine, and belongs to the loop."""

    async def sent() -> None:
        await transport.send_bytes(piece)

    asyncio.run_coroutine_threadsafe(sent(), loop).result(_SEND_SECONDS)


def _pieces(answer: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces worth sending."""
    kept, size = list[bytes](), 0
    for piece in answer:
        kept.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(kept)
            kept, size = [], 0
    if kept:
        yield b"".join(kept)
