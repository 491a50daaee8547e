"""请人上门念给我听: one tap by which a household asks that those beside it read its account to it, and one that takes it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from yixian.outreach.actions.ask_for_reading import ask_for_reading, take_back_reading
from yixian.outreach.queries.reading_requests import has_no_helpers
from yixian.web.portal.household_session import household_required
from yixian.web.portal.same_site import posted_from_this_site
from yixian.web.request_actor import actor_of


@posted_from_this_site
@household_required
def ask(request: HttpRequest, household: Any) -> HttpResponse:
    """Somebody is to come and read it to us."""
    now = timezone.now()
    ask_for_reading(household.pk, actor=actor_of(request), at=now)
    if has_no_helpers(household.pk, on=timezone.localdate(now)):
        said = _("Passed on. Nobody stands beside you yet: your township and the resettlement bureau see it.")
    else:
        said = _("Passed on. Those beside you see it on their first page.")
    messages.success(request, said)
    return redirect("portal:account")


@posted_from_this_site
@household_required
def take_back(request: HttpRequest, household: Any) -> HttpResponse:
    """Nobody need come; where nobody waited any more, nothing is left to do."""
    take_back_reading(household.pk, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Taken back. Nobody need come."))
    return redirect("portal:account")
