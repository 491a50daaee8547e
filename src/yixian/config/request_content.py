"""请求正文: request content is read whole before a page is asked for, no larger than a form may be, no slower than people are.

A thread that works on pages never waits for a client: content is taken in by the event loop, up to a mebibyte in memory and the
rest in a temporary file. What is too large is refused by its declared length, before a byte of it is read; what comes too slowly
is cut off, so that it costs a connection for seconds and nothing else (OWASP: slow HTTP denial of service).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import suppress
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO

MEBIBYTE = 1 << 20
FORM_BYTES = 3 * MEBIBYTE
"""A form without files: Django's own bound of two mebibytes and what is around it."""

FILES_BYTES = 52 * MEBIBYTE
"""Photographs and voice notes: `yixian.kernel.received.limits` allows fifty mebibytes of them."""

WORKBOOK_BYTES = 201 * MEBIBYTE
"""A workbook: `yixian.engines.spreadsheets.archive` takes two hundred mebibytes."""

_LIMITS = (
    ("/staff/imports/", WORKBOOK_BYTES),
    ("/staff/facts/", WORKBOOK_BYTES),
    ("/staff/matters/hotline", WORKBOOK_BYTES),
    ("/openrosa/submission", FILES_BYTES),
    ("/staff/", FILES_BYTES),
    ("/raise/", FILES_BYTES),
    ("/status/", FILES_BYTES),
    ("/ours/", FILES_BYTES),
)

IDLE_SECONDS = 15.0
"""Between two pieces."""

GRACE_SECONDS = 20.0
BYTES_PER_SECOND = 1024
"""Content may take the grace, and a second more for each kibibyte that has come: a tenth of what a bad mobile network does."""


_LET_BY_BYTES = 16 * MEBIBYTE
"""Content that is too large by no more than this is read and thrown away: browsers show no answer before they have sent all."""


class ContentRefused(Exception):
    """The content is not taken; ``status`` is the answer."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


def limit_of(path: str) -> int:
    """How many bytes content sent to this path may have."""
    return next((limit for start, limit in _LIMITS if path.startswith(start)), FORM_BYTES)


async def received(pieces: AsyncIterable[bytes], *, path: str, declared: str) -> IO[bytes]:
    """The whole content, to be read from its beginning.

    ``declared`` is the header Content-Length, empty for content sent in chunks. Raises `ContentRefused`: 413 for one that is
    too large, 408 for one that is too slow, 400 for a length that is no number.
    """
    most = limit_of(path)
    if declared and not (declared.isascii() and declared.isdigit()):
        raise ContentRefused(HTTPStatus.BAD_REQUEST)
    if declared and int(declared) > most:
        if int(declared) <= most + _LET_BY_BYTES:
            await _let_by(aiter(pieces))
        raise ContentRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    file = SpooledTemporaryFile(max_size=MEBIBYTE)  # noqa: SIM115 - closed by whoever answers the request
    try:
        size = await _filled(file, aiter(pieces), most)
    except BaseException as error:  # also for one who went away, or is told to
        file.close()
        if isinstance(error, TimeoutError):
            raise ContentRefused(HTTPStatus.REQUEST_TIMEOUT) from error
        raise
    if size > most:
        file.close()
        raise ContentRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    file.seek(0)
    return file


async def _filled(file: IO[bytes], pieces: AsyncIterator[bytes], most: int) -> int:
    """Take the pieces until they end or are too many; how many bytes came. Raises `TimeoutError`."""
    began, size = time.monotonic(), 0
    while size <= most:
        over = began + GRACE_SECONDS + size / BYTES_PER_SECOND - time.monotonic()
        async with asyncio.timeout(max(0.0, min(IDLE_SECONDS, over))):
            piece = await _next(pieces)
        if not piece:
            break
        size += len(piece)
        file.write(piece)
    return size


async def _let_by(pieces: AsyncIterator[bytes]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(GRACE_SECONDS):
            while await _next(pieces):
                pass


async def _next(pieces: AsyncIterator[bytes]) -> bytes:
    """The next piece, empty at the end. (`anext` with a default wraps Granian's awaitable so that no timeout ends it.)"""
    try:
        return await pieces.__anext__()
    except StopAsyncIteration:
        return b""
