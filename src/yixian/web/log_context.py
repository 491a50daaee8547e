"""日志里的谁和哪里: puts the user's number and the network into every line logged while a request is answered (ASVS 16.2.1)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from yixian.web.client_network import network_of

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class LogContext:
    """Middleware: remembers the request that this thread answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


class WhoAndWhere(logging.Filter):
    """Gives a record ``who`` (the user's number, no name) and ``where``; both are - outside of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through."""
        request = getattr(record, "request", None) or _request.get()
        actor = getattr(request, "actor", None)
        record.who = getattr(actor, "user_id", None) or "-"
        record.where = network_of(request) if isinstance(request, HttpRequest) else "-"
        return True
