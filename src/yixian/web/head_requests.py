"""HEAD 请求: whoever asks for the head of a page gets it: views need to know GET and POST only (RFC 9110, 9.3.2)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class HeadAsGet:
    """Middleware: a HEAD is answered as a GET; the server leaves the content out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if request.method == "HEAD":
            request.method = "GET"
        return self.get_response(request)
