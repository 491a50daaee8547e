"""阅读习惯: large print, remembered by the browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

_A_YEAR = 365 * 24 * 3600


@require_POST
def large_print(request: HttpRequest) -> HttpResponse:
    """Switch large print on or off and go back to where it was asked."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    value = "1" if request.POST.get("large") == "1" else "0"
    response.set_cookie(
        "large", value, max_age=_A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
    )
    return response
