"""请求正文: what is too large or too slow is refused before it costs more than a connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus

import pytest

from yixian.config import request_content
from yixian.config.request_content import ContentRefused, limit_of, received

Pieces = list[tuple[float, bytes]]
"""Each piece after so many seconds."""


def taken(pieces: Pieces, path: str = "/c/", declared: str = "") -> bytes:
    async def take() -> bytes:
        with await received(coming(pieces), path=path, declared=declared) as file:
            return file.read()

    return asyncio.run(take())


async def coming(pieces: Pieces) -> AsyncIterator[bytes]:
    for seconds, piece in pieces:
        await asyncio.sleep(seconds)
        yield piece


def refused(pieces: Pieces, path: str = "/c/", declared: str = "") -> HTTPStatus:
    with pytest.raises(ContentRefused) as caught:
        taken(pieces, path, declared)
    return caught.value.status


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_content, "IDLE_SECONDS", 0.1)
    monkeypatch.setattr(request_content, "GRACE_SECONDS", 0.2)


def test_a_body_is_taken_whole() -> None:
    assert taken([(0, b"code="), (0, b"1"), (0, b"2")], declared="7") == b"code=12"
    assert taken([]) == b""


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/c/", 3),
        ("/raise/", 52),
        ("/staff/households/1/", 52),
        ("/staff/imports/", 201),
        ("/accounts/login/", 3),
    ],
)
def test_each_kind_of_form_has_its_limit(path: str, limit: int) -> None:
    assert limit_of(path) == limit << 20


def test_a_declared_length_is_refused_before_a_byte_is_read() -> None:
    assert refused([(60, b"never waited for")], declared=str(1 << 40)) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert refused([], declared="-1") == HTTPStatus.BAD_REQUEST


def test_a_body_in_chunks_is_refused_where_it_grows_too_large() -> None:
    assert refused([(0, b"x" * (1 << 20))] * 5) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_silence_and_dripping_are_cut_off(quick: None) -> None:
    assert refused([(5, b"x")]) == HTTPStatus.REQUEST_TIMEOUT
    assert refused([(0.05, b"x")] * 200) == HTTPStatus.REQUEST_TIMEOUT


def test_a_slow_but_steady_network_is_waited_for(quick: None) -> None:
    assert len(taken([(0.05, b"x" * 1024)] * 10)) == 10 * 1024
