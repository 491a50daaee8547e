"""阅读习惯: language and large print on the portal, each remembered in a cookie that says nothing about anybody."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from yixian.web.portal.same_site import posted_from_this_site

_A_YEAR = 365 * 24 * 3600
_LARGE = frozenset({"0", "1"})


@posted_from_this_site
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Set what was asked for (``large`` or ``language``) and go back to the page it was asked on."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    apply_preferences(request, response)
    return response


def apply_preferences(request: HttpRequest, response: HttpResponse) -> None:
    """Remember what the post asks for, if it asks for a language or a print; otherwise no cookie is set."""
    large, language = request.POST.get("large"), request.POST.get("language")
    if large in _LARGE:
        _remember(request, response, "large", large)
    if language in dict(settings.LANGUAGES):
        _remember(request, response, settings.LANGUAGE_COOKIE_NAME, language)


def preferences_requested(request: HttpRequest) -> str:
    """For a form that keeps what was entered when language or print change: the language that its answer speaks.

    The print that was asked for is shown at once.
    """
    large, language = request.POST.get("large"), request.POST.get("language")
    if large in _LARGE:
        request.COOKIES["large"] = large
    return language if language in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def _remember(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
    )
