"""压缩: HTML is sent compressed where it can carry no secret (decision 031).

Compression tells an eavesdropper how much of a page repeats itself. Where a page holds a secret and also says back what
somebody made the visitor ask, that is enough to read the secret bit by bit (BREACH, Prado, Harris and Gluck 2013). So only
pages are compressed that were made for nobody in particular: no session, no form token, no cookie set.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXTS = ("text/html", "application/json")


class CompressPublicPages(GZipMiddleware):
    """Middleware: gzip for pages without a secret; all others go out as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The response, compressed if it may be and the browser takes it."""
        if may_carry_secret(request, response) or response.streaming:
            return response
        if not response.headers.get("Content-Type", "").startswith(_TEXTS):
            return response
        return super().process_response(request, response)


def may_carry_secret(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the visitor is known by a session, or the page holds a form's token or sets a cookie."""
    known = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} & request.COOKIES.keys()
    return bool(known or response.cookies or "CSRF_COOKIE" in request.META)
