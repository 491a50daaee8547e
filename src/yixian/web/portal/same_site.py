"""本站提交: forms of the portal, protected without a cookie.

Before the card is shown the portal sets no cookie at all, so there is no token to compare. Instead the browser says
where a form was sent from, which another site cannot change (Fetch Metadata; Origin, RFC 6454). Browsers too old to
say either are let through: what they could be tricked into is opening a card whose PIN the other site already knows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yixian.kernel.errors import NotPermitted

View = Callable[..., HttpResponse]


def posted_from_this_site(view: View) -> View:
    """A view for POST only, refused (403) if the browser says that the form stood on another site."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not came_from_this_site(request):
            raise NotPermitted("portal.other_site", _("This form was sent from another site."))
        return view(request, *args, **kwargs)

    return csrf_exempt(require_POST(guarded))


def came_from_this_site(request: HttpRequest) -> bool:
    """What the browser says about where the request came from; true if it says nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"
