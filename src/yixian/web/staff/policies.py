"""政策页: packs, their documents and clauses, prices; proposing that one be adopted, and approving it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.kernel.result_sets import Order, ResultSet
from yixian.policies.actions.adopt_pack import approve_adoption, propose_adoption
from yixian.policies.queries import adoptions, get_pack_version, pack_versions, read_pack
from yixian.registry.queries.areas import work_places
from yixian.web.forms import day_field
from yixian.web.library.price_list import PriceRow, price_rows
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import CODE, DAYS, DECIMAL, soft
from yixian.web.ui.filters import ListQuery, Search
from yixian.web.ui.forms import FormPage, lead_on
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table, Where


class AdoptionForm(forms.Form):
    """Which place, from which day, by which document."""

    area = forms.ChoiceField(label=_("Location"))
    valid_from = day_field(label=_("In force from"))
    document = forms.CharField(label=_("Document by which it is adopted"), max_length=120)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(area.pk, area.label) for area in work_places(actor)]  # type: ignore[attr-defined]


@require_GET
def policy_list(request: HttpRequest) -> HttpResponse:
    """The packs there are, and where they are in force."""
    actor = actor_of(request)
    context = {"packs": pack_versions(actor), "adoptions": adoptions(actor)}
    return render(request, "staff/policies/list.html", context)


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


@dataclass(frozen=True, slots=True)
class ShownPrice:
    """A price, and the address of the clause that sets it."""

    price: PriceRow
    clause: str


def _prices(query: ListQuery) -> ResultSet[ShownPrice]:
    version = _version(query)
    rows = price_rows(read_pack(version.pk), query["q"], language())
    address = reverse("staff:policy", args=[version.pk])
    return ResultSet[PriceRow](rows, _PRICE_ORDERS).reading(
        lambda window: [ShownPrice(row, f"{address}#{row.document}-{row.clause}") for row in window]
    )


def _priced(query: ListQuery) -> dict[str, Any]:
    version = _version(query)
    return {"version": version, "title": _pack_title(version)}


_AS_DECIDED = replace(DECIMAL, html=lambda amount: f"{amount:,f}")
"""A price with every digit that the document gives it."""

_PRICE_ORDERS: dict[str, Order] = {
    "item": ("title", "item_code"),
    "code": ("item_code",),
    "zone": ("zone_label", "item_code"),
    "price": ("amount",),
    "unit": ("unit", "item_code"),
    "days": ("valid_from",),
    "document": ("document_title", "clause"),
}

PRICES = ListPage(
    url="staff:policy_prices",
    export="staff:policy_prices_export",
    stem="prices",
    title=_("Prices"),
    table=Table[ShownPrice](
        _("Prices"),
        (
            Column(
                "item",
                _("Item"),
                lambda row: row.price.title,
                under=lambda row: soft(row.price.item_code),
                place="lead",
            ),
            Column("code", _("Code"), lambda row: row.price.item_code, CODE, where=Where.FILE),
            Column("zone", _("Price zone"), lambda row: row.price.zone_label),
            Column("price", _("Yuan"), lambda row: row.price.amount, _AS_DECIDED, place="corner"),
            Column("unit", _("Per"), lambda row: row.price.unit),
            Column("days", _("In force"), lambda row: (row.price.valid_from, row.price.valid_until), DAYS),
            Column(
                "document", _("Document"), lambda row: row.price.document_title, link=lambda row: row.clause
            ),
        ),
        Empty(_("No price fits"), filtered=_("Try a shorter name.")),
    ),
    rows=_prices,
    counted=lambda n: ngettext("%(number)s price", "%(number)s prices", n) % {"number": f"{n:,}"},
    search=Search(_("Name or code of an item")),
    template="staff/policies/prices.html",
    context=_priced,
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


def _pack_title(version: Any) -> str:
    return str(version.title_zh if language() == "zh" else version.title_en)
