"""说一件事: the page on which anybody raises something, with a card, with a name, or without one.

The receipt is shown in the answer to the form itself and nowhere else: there is no cookie before a card is shown, so nothing
could remember it, and a receipt at an address would be open to whoever reads the browser's history. Whoever loads the page again
sends the same form again, and gets the same matter and the same receipt.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from yixian.duty.queries import assigned_helpers
from yixian.kernel.actors import PUBLIC, household_actor
from yixian.matters.actions.receive_matter import Receipt, receive_matter
from yixian.matters.citations import cited_clauses
from yixian.matters.intake import Submission
from yixian.matters.person_access import MatterCredential, authenticated_matter
from yixian.registry.access import get_household
from yixian.web.client_network import network_of
from yixian.web.portal import household_session
from yixian.web.portal.card_form import CardForm
from yixian.web.portal.display_preferences import apply_preferences, preferences_requested
from yixian.web.portal.entrance import show_card
from yixian.web.portal.matters.open_form import open_form
from yixian.web.raising.raise_form import CARD, RaiseForm, clause_keys, new_key
from yixian.web.raising.receipt import receipt_context
from yixian.web.raising.uploads import files_of
from yixian.web.ui.attempts import attempt

SEND, ASK_CARD, SHOW_CARD = "send", "card", "show"

_FIELDS = {
    "people": "name",
    "email": "name",
    "clauses": "",
    "subjects": "office",
    "matter.no_receipt": "earlier",
}
"""Where the page shows a refusal that names something the form calls otherwise."""

_LATER = _(
    "Very much was sent from here today. Please wait %(time)s and send it again; what you typed is kept here."
)

_OF_FILES = frozenset({"files", "photos", "sounds"})


@open_form
def raise_matter(request: HttpRequest) -> HttpResponse:
    """The form; sent, the receipt. Every button on it keeps what was typed."""
    with override(preferences_requested(request)):
        response = _answered(request, request.POST.get("do", ""))
    apply_preferences(request, response)
    return response


def _answered(request: HttpRequest, do: str) -> HttpResponse:
    if do == ASK_CARD:
        return _card_page(request, CardForm())
    if do == SHOW_CARD:
        return _shown(request)
    household = household_session.shown(request)
    if do == SEND:
        return _sent(request, household)
    return _page(request, _filled(request, household), household)


def _sent(request: HttpRequest, household: Any | None) -> HttpResponse:
    """The receipt; or the form with the refusal beside what it is about. Files are chosen again: no page can keep them."""
    form, now = _form(household, request.POST), timezone.now()
    made = attempt(
        form, lambda _given: _received(request, form, household, at=now), fields=_FIELDS, later=_LATER
    )
    if made.is_done:
        submission, receipt = made.result
        context = receipt_context(receipt, at=now) | {"again": submission}
        return render(request, "portal/matters/receipt.html", context)
    fault = made.error.sentence if made.error and made.error.field in _OF_FILES else ""
    return made.on(_page(request, form, household, file_fault=fault))


def _received(
    request: HttpRequest, form: RaiseForm, household: Any | None, *, at: datetime
) -> tuple[Submission, Receipt]:
    source = network_of(request)
    if form.suffered_for:
        authenticated_matter(MatterCredential(code=form.suffered_for), source=source, actor=PUBLIC, at=at)
    submission = form.submission(files_of(request), household.pk if household is not None else None)
    actor = household_actor(household.pk) if household is not None and form.with_card else PUBLIC
    return submission, receive_matter(submission, source=source, actor=actor, at=at)


def _shown(request: HttpRequest) -> HttpResponse:
    """The card is shown in the middle of writing: nothing written is lost, and the card's choice is made."""
    card = CardForm(request.POST)
    opened = show_card(request, card)
    if not opened.is_done:
        return opened.on(_card_page(request, card))
    household = get_household(household_actor(opened.result), opened.result)
    form = _filled(request, household)
    form.initial["who"] = CARD
    return _page(request, form, household)


def _card_page(request: HttpRequest, card: forms.Form) -> HttpResponse:
    context = {"form": card, "kept": list(_filled(request, None))}
    return render(request, "portal/matters/card.html", context)


def _page(
    request: HttpRequest, form: RaiseForm, household: Any | None, *, file_fault: str = ""
) -> HttpResponse:
    clause = form["clause"].value() or ""
    context = {
        "form": form,
        "household": household,
        "cited": cited_clauses(clause_keys(clause)),
        "file_fault": file_fault,
        "had_files": bool(request.FILES),
    }
    return render(request, "portal/matters/raise.html", context)


def _form(household: Any | None, data: Any = None, **options: Any) -> RaiseForm:
    people = []
    if household is not None:
        on = timezone.localdate()
        rows = assigned_helpers(household_actor(household.pk), household, on=on)
        people = list({row.helper_id: f"{row.name} · {row.organisation_name}" for row in rows}.items())
    return RaiseForm(data, people=people, has_card=household is not None, at=timezone.now(), **options)


def _filled(request: HttpRequest, household: Any | None) -> RaiseForm:
    """The form with what another page or another button sent along, judged by nobody yet."""
    begun = {"key": new_key(), "who": CARD if household is not None else ""}
    return _form(household, initial=begun | request.POST.dict())
