"""政策页: packs, their documents and clauses, prices; proposing that one be adopted, and approving it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yixian.kernel.actors import Actor
from yixian.kernel.errors import YixianError
from yixian.kernel.languages import language
from yixian.policies.actions.adopt_pack import approve_adoption, propose_adoption
from yixian.policies.queries import adoptions, get_pack_version, pack_versions, read_pack
from yixian.registry.queries.areas import work_places
from yixian.web.forms import day_field, put_error
from yixian.web.library.price_list import price_rows
from yixian.web.request_actor import actor_of
from yixian.web.ui.paging import page_of


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


@require_GET
def policy_prices(request: HttpRequest, pack_version_id: int) -> HttpResponse:
    """The pack's price list, searched by name or code."""
    version = get_pack_version(actor_of(request), pack_version_id)
    search = request.GET.get("q", "").strip()[:60]
    page = page_of(price_rows(read_pack(version.pk), search, language()), request.GET.get("page"))
    context = {"version": version, "title": _pack_title(version), "page": page, "search": search}
    inner = getattr(request, "htmx", False)
    return render(
        request, "staff/policies/price_rows.html" if inner else "staff/policies/prices.html", context
    )


@require_http_methods(["GET", "POST"])
def policy_propose(request: HttpRequest, pack_version_id: int) -> HttpResponse:
    """Propose that the pack be in force somewhere."""
    actor = actor_of(request)
    version = get_pack_version(actor, pack_version_id)
    form = AdoptionForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            propose_adoption(
                version.pk,
                int(given["area"]),
                given["valid_from"],
                given["document"],
                actor=actor,
                at=timezone.now(),
            )
        except YixianError as error:
            put_error(form, error)
        else:
            messages.success(request, _("Proposed. Another person must approve it before it has any effect."))
            return redirect("staff:policies")
    context = {"version": version, "title": _pack_title(version), "form": form}
    return render(request, "staff/policies/propose.html", context, status=422 if form.errors else 200)


@require_POST
def adoption_approve(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Approve somebody else's proposal."""
    approve_adoption(adoption_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Approved. The policy is in force from the day it names."))
    return redirect("staff:policies")


def _pack_title(version: Any) -> str:
    return str(version.title_zh if language() == "zh" else version.title_en)
