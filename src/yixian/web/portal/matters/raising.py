"""说一件事: the page on which anybody raises something, with a card, with a name, or without one.

The receipt is shown in the answer to the form itself and nowhere else: there is no cookie before a card is shown, so nothing
could remember it, and a receipt at an address would be open to whoever reads the browser's history. Whoever loads the page again
sends the same form again, and gets the same matter and the same receipt.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from yixian.duty.queries import assigned_helpers
from yixian.kernel.actors import PUBLIC, household_actor
from yixian.kernel.errors import YixianError
from yixian.kernel.throttle import TooManyGuesses
from yixian.matters.actions.receive_matter import receive_matter
from yixian.matters.citations import cited_clauses
from yixian.matters.person_access import MatterCredential, authenticated_matter
from yixian.registry.access import get_household
from yixian.registry.actions.open_card import open_card
from yixian.web.error_pages import status_of
from yixian.web.forms import put_error
from yixian.web.portal import household_session
from yixian.web.portal.card_form import CardForm
from yixian.web.portal.display_preferences import apply_preferences, preferences_requested
from yixian.web.portal.entrance import show_card, source_of
from yixian.web.portal.matters.open_form import open_form, wait_for
from yixian.web.raising.raise_form import CARD, RaiseForm, clause_keys, new_key
from yixian.web.raising.receipt import receipt_context
from yixian.web.raising.uploads import files_of
from yixian.web.ui.attempts import waiting

SEND, ASK_CARD, SHOW_CARD = "send", "card", "show"

_FIELDS = {"people": "name", "email": "name", "clauses": None, "subjects": "office"}
"""Where the page shows a refusal that names something the form calls otherwise."""

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
    form = _form(household, request.POST)
    if not form.is_valid():
        return _page(request, form, household, status=422)
    now, source = timezone.now(), source_of(request)
    actor = household_actor(household.pk) if household is not None and form.with_card else PUBLIC
    try:
        if form.suffered_for:
            authenticated_matter(
                MatterCredential(code=form.suffered_for), source=source, actor=PUBLIC, at=now
            )
        submission = form.submission(files_of(request), household.pk if household is not None else None)
        receipt = receive_matter(submission, source=source, actor=actor, at=now)
    except TooManyGuesses as error:
        return _later(request, form, household, int(error.params["seconds"]))
    except YixianError as error:
        return _refused(request, form, household, error)
    context = receipt_context(receipt, at=now) | {"again": submission}
    return render(request, "portal/matters/receipt.html", context)


def _refused(
    request: HttpRequest, form: RaiseForm, household: Any | None, error: YixianError
) -> HttpResponse:
    """The form with the refusal beside what it is about. Files are chosen again: no page can keep them for anybody."""
    fault = error.sentence if error.field in _OF_FILES else ""
    if error.key == "matter.no_receipt":
        form.add_error("earlier", error.sentence)
    else:
        error.field = _FIELDS.get(error.field, error.field) or ""
        put_error(form, error)
    return _page(request, form, household, status=status_of(error), file_fault=fault)


def _later(request: HttpRequest, form: RaiseForm, household: Any | None, seconds: int) -> HttpResponse:
    sentence = _(
        "Very much was sent from here today. Please wait %(time)s and send it again; what you typed stands here."
    )
    form.add_error(None, sentence % {"time": waiting(seconds)})
    return wait_for(_page(request, form, household, status=429), seconds)


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
    request: HttpRequest, form: RaiseForm, household: Any | None, *, status: int = 200, file_fault: str = ""
) -> HttpResponse:
    clause = form["clause"].value() or ""
    context = {
        "form": form,
        "household": household,
        "cited": cited_clauses(clause_keys(clause)),
        "file_fault": file_fault,
        "had_files": bool(request.FILES),
    }
    return render(request, "portal/matters/raise.html", context, status=status)


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
