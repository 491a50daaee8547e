"""成批打印: a place's accounts or cards, asked for here, made in the background, fetched once they are done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yixian.compensation.queries import account_totals, outdated_count
from yixian.kernel.jobs import ask
from yixian.kernel.languages import language
from yixian.kernel.queries import get_job
from yixian.registry.paper.issuing import card_counts
from yixian.registry.paper.print_storage import fetch_print
from yixian.registry.queries import area_chain, get_area
from yixian.web.request_actor import actor_of
from yixian.web.ui.asking_once import Question, ask_once
from yixian.web.ui.file_names import to_save
from yixian.web.ui.forms import status_of_form, submit

_LANGUAGES = (("zh", _("Chinese")), ("en", _("English")))


class StatementsForm(forms.Form):
    """How the accounts are to be printed."""

    lang = forms.ChoiceField(label=_("Language of the paper"), choices=_LANGUAGES)
    large = forms.BooleanField(label=_("Large print"), required=False)


class CardsForm(forms.Form):
    """For whom cards are to be issued."""

    lang = forms.ChoiceField(label=_("Language of the paper"), choices=_LANGUAGES)
    renew = forms.BooleanField(
        label=_("Also for households that have a card"),
        help_text=_("Their present cards stop working as soon as the new ones are printed."),
        required=False,
    )


@require_http_methods(["GET", "POST"])
def statements(request: HttpRequest, area_id: int) -> HttpResponse:
    """What can be printed for a place; POST asks for its accounts."""
    area = get_area(actor_of(request), area_id)
    form = StatementsForm(request.POST or None, initial={"lang": language()})
    asked = _asked_once(request, form, _statements_question(request, area))
    return (
        asked
        or _asked_for("paper.statements", request, area, form)
        or _page(request, area, statements_form=form)
    )


@require_POST
def cards(request: HttpRequest, area_id: int) -> HttpResponse:
    """Ask for new cards for the households of a place."""
    area = get_area(actor_of(request), area_id)
    form = CardsForm(request.POST)
    asked = _asked_once(request, form, _cards_question(request, area))
    return asked or _asked_for("paper.cards", request, area, form) or _page(request, area, cards_form=form)


def _asked_once(request: HttpRequest, form: forms.Form, question: Question) -> HttpResponse | None:
    """The question, once the form holds."""
    return ask_once(request, question) if request.method == "POST" and form.is_valid() else None


def _statements_question(request: HttpRequest, area: Any) -> Question:
    actor, today = actor_of(request), timezone.localdate()
    sums, behind = account_totals(actor, area, on=today), outdated_count(actor, area, on=today)
    numbers = {
        "place": area.label,
        "issued": f"{sums.issued - behind:,}",
        "withheld": f"{sums.withheld:,}",
        "behind": f"{behind:,}",
    }
    return Question(
        gettext("Print the accounts of %(place)s?") % numbers,
        [
            gettext("%(issued)s accounts are printed, and %(withheld)s pages that say why one is withheld.")
            % numbers,
            gettext("%(behind)s accounts that are behind the facts are left out.") % numbers,
            gettext("Each household reads on its page that its account was printed, and by whom."),
        ],
        gettext("Yes, print them"),
        (reverse("paper:statements", args=[area.pk]), area.label),
    )


def _cards_question(request: HttpRequest, area: Any) -> Question:
    counts = card_counts(actor_of(request), area.path, on=timezone.localdate())
    numbers = {
        "place": area.label,
        "new": f"{counts.without_card:,}",
        "old": f"{counts.with_card:,}",
    }
    stops = gettext("%(old)s households get another card; the ones they have stop working.")
    keeps = gettext("%(old)s households keep the card they have.")
    return Question(
        gettext("Issue and print cards for %(place)s?") % numbers,
        [
            gettext("%(new)s households get their first card, with a PIN that is printed once.") % numbers,
            (stops if request.POST.get("renew") else keeps) % numbers,
        ],
        gettext("Yes, issue and print them"),
        (reverse("paper:statements", args=[area.pk]), area.label),
    )


def _asked_for(kind: str, request: HttpRequest, area: Any, form: forms.Form) -> HttpResponse | None:
    """To the job that makes the papers, once the form holds."""
    actor = actor_of(request)
    return submit(
        request,
        form,
        lambda given: ask(kind, {"area_path": area.path, **given}, actor=actor, at=timezone.now()),
        to=lambda job: reverse("staff:job", args=[job.pk]),
    )


@require_GET
def file(request: HttpRequest, job_id: int) -> HttpResponse:
    """The finished batch, for the person who asked for it."""
    actor = actor_of(request)
    batch = fetch_print(actor, get_job(actor, job_id), at=timezone.now())
    response = HttpResponse(batch.content, content_type=batch.media_type)
    return to_save(response, batch.name)


def _page(request: HttpRequest, area: Any, **shown: forms.Form) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    initial = {"lang": language()}
    context = {
        "area": area,
        "chain": area_chain(area),
        "accounts": account_totals(actor, area, on=today),
        "behind": outdated_count(actor, area, on=today),
        "card_counts": card_counts(actor, area.path, on=today),
        "statements_form": StatementsForm(initial=initial),
        "cards_form": CardsForm(initial=initial, prefix=None),
        **shown,
    }
    return render(request, "paper/batches.html", context, status=status_of_form(*shown.values()))
