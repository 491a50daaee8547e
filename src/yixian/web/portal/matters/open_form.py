"""无须登录的表单: a form without a token or a cookie, of which nothing may stand in a report, an address or another page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yixian.kernel.errors import NotPermitted
from yixian.web.portal.same_site import came_from_this_site
from yixian.web.raising.microphone import microphone_here

View = Callable[..., HttpResponse]


def open_form(view: View) -> View:
    """Refused if the browser says that the form stood on another site; nothing typed is put into error reports."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not came_from_this_site(request):
            raise NotPermitted("portal.other_site", _("This form was sent from another site."))
        return microphone_here(view(request, *args, **kwargs))

    return csrf_exempt(require_http_methods(["GET", "POST"])(sensitive_post_parameters()(guarded)))
