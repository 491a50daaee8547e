"""门: works out who asks, and lets through only what the access matrix declares."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect

from yixian.config.access_matrix import ENDPOINTS
from yixian.config.endpoint import FIELD_DEVICE, Endpoint
from yixian.duty.access import complete
from yixian.kernel.actors import HOUSEHOLD_SESSION_KEY, PUBLIC, Actor, household_actor
from yixian.kernel.errors import NotPermitted
from yixian.kernel.grants import actor_for
from yixian.kernel.memo import one_reading
from yixian.kernel.permission import require
from yixian.kernel.roles import Role
from yixian.web import error_pages, second_factor, staff_session
from yixian.web.error_pages import refusal
from yixian.web.openrosa.device_entry import refused_entry
from yixian.web.ways_on import came_from

_READING = frozenset({"GET", "HEAD"})
"""Methods of requests that change nothing."""

_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "account_change_password",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_index",
    }
)
"""What somebody who must have a second factor reaches before one was shown in this session."""


class Gate:
    """Middleware: sets ``request.actor`` and refuses what is not declared."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; what only reads sees the tables' stamps of one moment."""
        with one_reading() if request.method in _READING else nullcontext():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Decide by role before the view runs; the view's queries decide by relation."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        endpoint = ENDPOINTS.get(name)
        if endpoint == FIELD_DEVICE:
            _let_in(request, PUBLIC)
            return refused_entry(request)
        if endpoint is None or _has_null(request):
            recognise(request)
            raise Http404
        actor = _actor(request, endpoint)
        if name not in _WITHOUT_SECOND_FACTOR and second_factor.is_missing(request, actor):
            if not endpoint.public:
                return _ask_second_factor(request)
            actor = PUBLIC
        _let_in(request, actor)
        if not endpoint.public:
            try:
                require(actor, endpoint.roles)
            except NotPermitted as error:
                return _refuse(request, endpoint, error)
        return None


def recognise(request: HttpRequest) -> None:
    """Put who asks on a request that no view will answer, so that the page which says so keeps their menu."""
    actor = _actor(request, Endpoint(frozenset(), public=True))
    _let_in(request, PUBLIC if second_factor.is_missing(request, actor) else actor)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing at this address, said with the menu of whoever has signed in."""
    if not hasattr(request, "actor"):
        recognise(request)
    return error_pages.not_found(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token does not fit, likewise: Django refuses it before the gate is asked."""
    recognise(request)
    return error_pages.csrf_failure(request, reason)


def _let_in(request: HttpRequest, actor: Actor) -> None:
    request.actor = actor  # type: ignore[attr-defined]
    request.may = partial(permits, actor)  # type: ignore[attr-defined]


def _has_null(request: HttpRequest) -> bool:
    """Whether something that was asked holds the null character: no text does, and PostgreSQL keeps none that does."""
    values = (
        value for given in (request.GET, request.POST) for _name, found in given.lists() for value in found
    )
    return "\x00" in request.path or any("\x00" in str(value) for value in values)


def permits(actor: Actor, url_name: str) -> bool:
    """Whether somebody of the actor's roles may ask for an address at all: what pages offer is what the matrix allows."""
    endpoint = ENDPOINTS.get(url_name)
    return endpoint is not None and (endpoint.public or actor.has_any(endpoint.roles))


def _actor(request: HttpRequest, endpoint: Endpoint) -> Actor:
    """Staff by their sign-in; a household by its card, on the addresses meant for households."""
    household_id = request.session.get(HOUSEHOLD_SESSION_KEY)
    if household_id and (Role.HOUSEHOLD in endpoint.roles or not request.user.is_authenticated):
        return household_actor(int(household_id))
    if request.user.is_authenticated:
        staff_session.end_if_idle(request)
    if request.user.is_authenticated:
        now = timezone.now()
        return complete(actor_for(request.user, at=now), on=timezone.localdate(now))
    return PUBLIC


def _ask_second_factor(request: HttpRequest) -> HttpResponse:
    """The way to set one up; programs are told no."""
    if request.path.startswith("/api/"):
        return refusal(request, NotPermitted("access.second_factor", _("Set up a second factor first.")))
    messages.info(request, _("Your role needs a second factor: set up an authenticator app now."))
    return HttpResponseRedirect(resolve_url("mfa_activate_totp"))


def _ask_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in, and from there on to the page; where a form was sent, to the page on which it stands."""
    there = request.get_full_path()
    if request.method not in _READING:
        there = came_from(request) or resolve_url("staff:home")
        messages.warning(
            request,
            _(
                "Your sign-in had ended, so nothing was changed. Sign in: you come back to the page, and send it once more."
            ),
        )
    to = f"{resolve_url('account_login')}?next={quote(there)}"
    return HttpResponseClientRedirect(to) if getattr(request, "htmx", False) else HttpResponseRedirect(to)


def _refuse(request: HttpRequest, endpoint: Endpoint, error: NotPermitted) -> HttpResponse:
    """Strangers are shown the way in; the signed-in are told no."""
    if Role.HOUSEHOLD in endpoint.roles:
        return HttpResponseRedirect(resolve_url("portal:home"))
    if not request.user.is_authenticated and not request.path.startswith("/api/"):
        return _ask_sign_in(request)
    return refusal(request, error)
