"""What a request is answered, read to the last byte, and taken back afterwards."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import HttpResponse


def content_of(response: HttpResponse) -> bytes:
    """Everything the answer says: its address, its headers, its body; a spreadsheet's inside."""
    body = b"".join(response) if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.items()).encode()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    return headers + body


@contextmanager
def undone() -> Iterator[None]:
    """What is changed in the block is taken back, so that each request meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
