"""进门: the first page, the card, and leaving."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from yixian.kernel.errors import NotPermitted
from yixian.registry.actions.open_card import open_card
from yixian.web.client_network import network_of
from yixian.web.portal import household_session
from yixian.web.portal.card_form import CardForm
from yixian.web.portal.matters.status import matter_of_receipt
from yixian.web.portal.same_site import came_from_this_site, posted_from_this_site
from yixian.web.ui.attempts import NOT_FOUND, Attempt, attempt


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What this is, in plain words, and where to show the card."""
    return render(request, "portal/home.html", {"form": CardForm()})


@csrf_exempt  # guarded by came_from_this_site: before the card is shown there is no cookie
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """Show the card: the number may come from the QR code's fragment, which only the browser sees."""
    if request.method == "GET":
        return render(request, "portal/card.html", {"form": CardForm()})
    if not came_from_this_site(request):
        raise NotPermitted("portal.other_site", gettext_lazy("This form was sent from another site."))
    form = CardForm(request.POST)
    opened = show_card(request, form)
    if not opened.is_done:
        matter = matter_of_receipt(request, at=timezone.now()) if opened.status == NOT_FOUND else None
        return matter or opened.on(render(request, "portal/card.html", {"form": form}))
    return redirect("portal:account")


@posted_from_this_site
def leave(request: HttpRequest) -> HttpResponse:
    """End the visit and say so."""
    household_session.end(request)
    return redirect("portal:left")


@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """The page after leaving."""
    return render(request, "portal/left.html")


def show_card(request: HttpRequest, form: CardForm) -> Attempt[int]:
    """Open a card by its number and PIN, and begin the visit: the household's id, or why not, in the form."""
    opened = attempt(
        form,
        lambda given: open_card(given["code"], given["pin"], source=network_of(request), at=timezone.now()),
        unknown=_("The card number or the PIN is wrong. Please look at both again."),
    )
    if opened.is_done:
        household_session.begin(request, opened.result)
    return opened
