"""拒绝如何说: every refusal of the house as a page, or as a fragment where htmx asked for one."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from yixian.domain.full_disk import is_disk_full
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused, YixianError
from yixian.kernel.roles import STAFF_ROLES
from yixian.web.ways_on import WAYS_ON, came_from

_logger = logging.getLogger(__name__)
_AGAIN_SECONDS = 30

_STATUS: tuple[tuple[type[YixianError], int], ...] = (
    (NotPermitted, 403),
    (NotFound, 404),
    (Refused, 409),
    (Invalid, 422),
)


_SAME_MOMENT = _(
    "Somebody else did the same at the same moment, and was quicker. Nothing of yours was written: look at how it stands now."
)
_SECOND = frozenset({"23505", "23P01"})
"""SQLSTATE of what must be there once only: unique violation, exclusion violation."""


def _is_second(error: IntegrityError) -> bool:
    """Whether the database refused what may stand there once only, so that somebody else was quicker."""
    code = getattr(error.__cause__, "sqlstate", None)
    return code in _SECOND if code else "UNIQUE constraint failed" in str(error)


class Refusals:
    """Middleware: a typed error that a view let through becomes the page that explains it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; an address that only takes forms says so in words."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not request.path.startswith("/api/"):
            page = _page(request, response.status_code)
            page["Allow"] = response.get("Allow", "")
            return page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for one of our errors; anything else is not ours to explain."""
        if isinstance(error, OperationalError):
            _logger.error("The database does not answer: %s", error, exc_info=error)
            return unavailable()
        if isinstance(error, OSError) and is_disk_full(error):
            _logger.error("The disk is full: %s", error, exc_info=error)
            return unavailable()
        if isinstance(error, IntegrityError) and _is_second(error):
            _logger.error("Two did the same at the same moment: %s", error, exc_info=error)
            return refusal(request, Refused("same_moment", _SAME_MOMENT))
        return refusal(request, error) if isinstance(error, YixianError) else None


def refusal(request: HttpRequest, error: YixianError) -> HttpResponse:
    """The error as a full page, as a fragment for htmx, or as JSON for the API, with its status."""
    if request.path.startswith("/api/"):
        body = {"key": error.key, "message": error.sentence, "field": error.field}
        return JsonResponse(body, status=status_of(error))
    return _page(
        request,
        status_of(error),
        sentence=error.sentence,
        way=WAYS_ON.get(error.key),
    )


def status_of(error: YixianError) -> int:
    """The HTTP status that an error stands for."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Nothing at this address, or nothing for this actor: the same page, so that it tells nothing."""
    return _page(request, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Refused by Django itself."""
    return _page(request, 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A request that cannot be read."""
    return _page(request, 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The form's token does not fit: usually a page that was open for very long."""
    return _page(request, 403, template="csrf")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Signing in was tried too often from here."""
    return _page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Our fault. Drawn without the database, which may be what failed; then it is said when to come again."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError) or is_disk_full(error):
        return unavailable()
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def unavailable() -> HttpResponse:
    """The database is locked, full or away: nothing was changed, and it may work in a moment."""
    return HttpResponse(
        render_to_string("errors/503.html"), status=503, headers={"Retry-After": str(_AGAIN_SECONDS)}
    )


def _page(request: HttpRequest, status: int, *, template: str = "", **context: Any) -> HttpResponse:
    name = f"errors/{template or status}.html"
    shown = {"error_base": _base(request), "back": came_from(request), **context}
    return render(request, name, shown, status=status)


def _base(request: HttpRequest) -> str:
    """A fragment for htmx; the pages of staff with their menu for those who have signed in; else a page of its own."""
    if getattr(request, "htmx", False):
        return "errors/fragment.html"
    actor = getattr(request, "actor", None)
    return "errors/staff_page.html" if actor and actor.has_any(STAFF_ROLES) else "errors/page.html"
