"""Where a request ends: nobody hides a second one in the body of the first, nor gives two lengths (request smuggling)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kills.served import made_product
from tests.kills.test_held_up import await_server

HEAD = b"POST /c/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n"
HIDDEN = b"GET /hidden-by-smuggling/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
TWO_WAYS = {
    "two lengths": (b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", {400}),
    "a length that is none": (b"Content-Length: +5\r\n\r\nhello", {400}),
    "an unknown coding": (b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", {400, 501}),
    "length and chunks": (
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
        {400, 403, 404, 422},
    ),
    "a line folded": (b"X-A: b\r\n Content-Length: 5\r\nContent-Length: 0\r\n\r\n", {400, 403, 404, 422}),
}


@pytest.fixture
def port(db: None, tmp_path: Path) -> Iterator[int]:
    """Where the web server of the product answers."""
    with made_product(tmp_path / "home") as product, product.serving(1) as (port, _pid):
        await_server(port)
        yield port


@pytest.mark.sqlite_enough
@pytest.mark.proof(cases=len(TWO_WAYS), slice=0)
def test_a_request_that_can_be_read_in_two_ways_is_one_or_none(cases: Iterator[int], port: int) -> None:
    """One answer, and never that of the hidden request."""
    for case in cases:
        rest, expected = list(TWO_WAYS.values())[case]
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(HEAD + rest)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        assert answer.count(b"HTTP/1.1 ") == 1, answer
        assert int(answer.split()[1]) in expected, (case, answer[:200])
