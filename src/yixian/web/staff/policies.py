"""政策页: packs, their documents and clauses, prices; proposing that one be adopted, and approving it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.kernel.result_sets import ResultSet
from yixian.policies.actions.adopt_pack import approve_adoption, propose_adoption
from yixian.policies.queries import (
    adoptions_and_proposals,
    called_off_because,
    get_adoption,
    get_pack_version,
    may_be_called_off,
    pack_versions,
    read_pack,
)
from yixian.registry.queries.areas import work_places
from yixian.revisions.actions.call_off_adoption import call_off_adoption
from yixian.revisions.queries.outcomes import deciding_revisions
from yixian.web.forms import day_field
from yixian.web.library.price_list import ORDERS, PRICE_TABLE, PriceRow, counted, price_rows
from yixian.web.request_actor import actor_of
from yixian.web.ui.filters import ListQuery, Search
from yixian.web.ui.forms import FormPage, Submission, lead_on
from yixian.web.ui.lists import ListPage


class AdoptionForm(forms.Form):
    """Which place, from which day, by which document."""

    area = forms.ChoiceField(label=_("Location"))
    valid_from = day_field(label=_("In force from"))
    document = forms.CharField(label=_("Document by which it is adopted"), max_length=120)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(area.pk, area.label) for area in work_places(actor)]  # type: ignore[attr-defined]


class CallOffForm(forms.Form):
    """Why what was planned is called off; what two people approved, by which document."""

    because = forms.CharField(label=_("Why it is called off"), max_length=200)
    number = forms.CharField(label=_("Number of the document"), max_length=80, required=False)

    def __init__(self, *args: Any, is_approved: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = is_approved


@dataclass(frozen=True, slots=True)
class ShownAdoption:
    """An adoption as it stands; by whom it was called off and why, and the revision that decided it, if any."""

    row: Any
    called_off_by: str
    because: str
    revision_id: int | None
    may_be_called_off: bool


@require_GET
def policy_list(request: HttpRequest) -> HttpResponse:
    """The packs there are, and where they are in force."""
    actor = actor_of(request)
    rows = list(adoptions_and_proposals(actor))
    context = {"packs": pack_versions(actor), "adoptions": _shown(actor, rows, on=timezone.localdate())}
    return render(request, "staff/policies/list.html", context)


def _shown(actor: Actor, rows: list[Any], *, on: date) -> list[ShownAdoption]:
    reasons = called_off_because(actor, rows)
    revisions = deciding_revisions(actor, (row.pk for row in rows))
    return [
        ShownAdoption(
            row,
            *reasons.get(row.pk, ("", "")),
            revision_id=revisions.get(row.pk),
            may_be_called_off=row.pk not in revisions and may_be_called_off(actor, row, on=on),
        )
        for row in rows
    ]


@require_GET
def policy_page(request: HttpRequest, pack_version_id: int) -> HttpResponse:
    """One pack: its documents, decided or draft, with every clause."""
    version = get_pack_version(actor_of(request), pack_version_id)
    pack, lang = read_pack(version.pk), language()
    documents = [
        {
            "document": document,
            "title": document.title(lang),
            "clauses": [(key, clause.text(lang)) for key, clause in document.clauses.items()],
        }
        for document in pack.documents.values()
    ]
    context = {"version": version, "title": _pack_title(version), "documents": documents}
    return render(request, "staff/policies/page.html", context)


def _version(query: ListQuery) -> Any:
    return get_pack_version(query.actor, query.kwargs["pack_version_id"])


def _prices(query: ListQuery) -> ResultSet[PriceRow]:
    version = query.subject
    rows = price_rows(read_pack(version.pk), query["q"], language())
    address = reverse("staff:policy", args=[version.pk])
    return ResultSet[PriceRow](rows, ORDERS).reading(
        lambda window: [replace(row, address=f"{address}#{row.document}-{row.clause}") for row in window]
    )


PRICES = ListPage(
    url="staff:policy_prices",
    export="staff:policy_prices_export",
    title=_("Prices"),
    table=PRICE_TABLE,
    subject=_version,
    rows=_prices,
    counted=counted,
    search=Search(_("Name or code of an item")),
    template="staff/policies/prices.html",
    context=lambda query: {"version": query.subject, "title": _pack_title(query.subject)},
)

PROPOSE = FormPage(
    title=_("Propose a policy"),
    lead=lambda asked: _pack_title(asked.subject),
    note=_("It has no effect until another person approves it."),
    subject=lambda asked: get_pack_version(asked.actor, asked.kwargs["pack_version_id"]),
    form=lambda asked: AdoptionForm(asked.data, actor=asked.actor),
    action=lambda asked: propose_adoption(
        asked.subject.pk,
        int(asked.given["area"]),
        asked.given["valid_from"],
        asked.given["document"],
        actor=asked.actor,
        at=asked.at,
    ),
    to=lambda _asked, _made: reverse("staff:policies"),
    done=_("Proposed. Another person must approve it before it has any effect."),
    button=_("Propose"),
    back=lambda _asked: (reverse("staff:policies"), _("Policies")),
)


@require_POST
def adoption_approve(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Approve somebody else's proposal."""
    approve_adoption(adoption_id, actor=actor_of(request), at=timezone.now())
    done = _("Approved. The policy is in force from the day it names.")
    return lead_on(request, reverse("staff:policies"), done)


def _adoption(asked: Submission) -> Any:
    return get_adoption(asked.actor, asked.kwargs["adoption_id"])


def _what_is_called_off(asked: Submission) -> str:
    row = asked.subject
    values = {
        "pack": _pack_title(row.pack_version),
        "place": row.area.label,
        "day": row.valid_from.isoformat(),
    }
    return gettext("%(pack)s, in %(place)s from %(day)s on") % values


CALL_OFF = FormPage(
    title=_("Call off the adoption"),
    lead=_what_is_called_off,
    note=_("It never takes effect; what is in force until then stays in force. The history keeps both."),
    subject=_adoption,
    form=lambda asked: CallOffForm(asked.data, is_approved=asked.subject.approved_by_id is not None),
    action=lambda asked: call_off_adoption(asked.subject.pk, **asked.given, actor=asked.actor, at=asked.at),
    to=lambda _asked, _row: reverse("staff:policies"),
    done=_("Called off. What was in force stays."),
    button=_("Call it off"),
    back=lambda _asked: (reverse("staff:policies"), _("Policies")),
)


def _pack_title(version: Any) -> str:
    return str(version.title_zh if language() == "zh" else version.title_en)
