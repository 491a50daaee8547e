"""自己算一算的两页: one for everybody, one for the household that has shown its card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yixian.kernel.errors import NotPermitted
from yixian.kernel.rate_limit import RateLimit
from yixian.web.client_network import network_of
from yixian.web.portal.calculator import calculator_view, comparing
from yixian.web.portal.calculator.choosing import PolicyChoice, choice_at, choices_on
from yixian.web.portal.calculator.entered import Entered
from yixian.web.portal.display_preferences import apply_preferences, preferences_requested
from yixian.web.portal.household_session import household_required
from yixian.web.portal.same_site import came_from_this_site
from yixian.web.request_actor import actor_of

RATE_LIMIT = RateLimit(at_once=120, every=timedelta(milliseconds=500))
"""Two goes a second for one address, and 120 at once: a village behind one address is not kept waiting."""

_PAGE = "portal/calculator/page.html"

View = Callable[..., HttpResponse]


def _open_form(view: View) -> View:
    """A form without a token: refused if the browser says that it stood on another site, and nothing of it in reports."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not came_from_this_site(request):
            raise NotPermitted("portal.other_site", _("This form was sent from another site."))
        return view(request, *args, **kwargs)

    return csrf_exempt(require_http_methods(["GET", "POST"])(sensitive_post_parameters()(guarded)))


@_open_form
def calculator(request: HttpRequest) -> HttpResponse:
    """Reckon what anybody enters. Nothing is stored."""
    return _answered(request, choices_on, None)


@_open_form
@household_required
def own_calculator(request: HttpRequest, household: Any) -> HttpResponse:
    """The same, beginning with what was surveyed as ours, and showing what a change would change."""
    surveyed = partial(_surveyed, request, household)
    return _answered(request, partial(choice_at, household.area_path), surveyed)


def _surveyed(request: HttpRequest, household: Any, choice: PolicyChoice) -> Entered:
    return comparing.surveyed(actor_of(request), household, choice.pack, on=timezone.localdate())


def _answered(
    request: HttpRequest, choices: calculator_view.Choices, own: calculator_view.OwnCalculation | None
) -> HttpResponse:
    wait = RATE_LIMIT.wait(network_of(request), at=timezone.now()) if request.method == "POST" else 0
    with override(preferences_requested(request)):
        question = calculator_view.calculator_request(request, choices, own)
        frame = "portal/ours.html" if own else "portal/base.html"
        context: dict[str, Any] = {"frame": frame, "ours": own is not None, "wait": wait}
        if question is not None:
            if wait:
                question = calculator_view.without_calculation(question)
            context |= calculator_view.calculator_context(question, own(question.choice) if own else None)
        response = render(request, _PAGE, context, status=429 if wait else 200)
    if wait:
        response["Retry-After"] = str(wait)
    apply_preferences(request, response)
    return response
