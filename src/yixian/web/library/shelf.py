"""书架: what is in force on a day, what is only a draft, what was before; search; a page for each document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.domain.policy.legal_status import LegalStatus
from yixian.kernel.languages import language
from yixian.policies.answers import answer_list
from yixian.policies.clause_search import search_clauses
from yixian.policies.library import Shelved, clauses_of, document_on, documents_on, superseded, superseding
from yixian.web.library.entry_points import PORTAL, EntryPoint, requested_day
from yixian.web.library.library_rows import answer_row, clause_row, document_row, hit_row
from yixian.web.ui.filters import Search, asked_for

SEARCH = Search(gettext_lazy("What are you looking for?"))
_MAX_HITS = 60
_MAX_ANSWERS = 20


def shelf(request: HttpRequest, entry_point: EntryPoint) -> HttpResponse:
    """The library on a day, or what a search finds in it."""
    on, is_no_day = requested_day(request)
    search = asked_for(request, SEARCH)["q"]
    context = {
        "entry_point": entry_point,
        "base": entry_point.base,
        "on": on,
        "today": timezone.localdate(),
        "is_no_day": is_no_day,
        "search": search,
        **(_found(search, on, entry_point) if search else {"groups": _groups(on, entry_point)}),
    }
    return render(request, "library/shelf.html", context)


def document(request: HttpRequest, entry_point: EntryPoint, pack_id: str, document_id: str) -> HttpResponse:
    """One document: what it is on the day, what came before and after it, every clause."""
    on, is_no_day = requested_day(request)
    version = request.GET.get("version", "")[:32]
    shelved = document_on(pack_id, document_id, on, version)
    context = {
        "entry_point": entry_point,
        "base": entry_point.base,
        "on": on,
        "today": timezone.localdate(),
        "is_no_day": is_no_day,
        "row": document_row(shelved, entry_point, on),
        "clauses": [clause_row(clause, entry_point, on) for clause in clauses_of([shelved]).values()],
        "after": [document_row(row, entry_point, on) for row in superseding(shelved, on)],
        "before": [document_row(row, entry_point, on) for row in superseded(shelved, on)],
        "document_version": shelved.document_version,
        "adoptions": _adoptions(shelved),
        "versions": _versions(shelved),
        "lasting": request.build_absolute_uri(PORTAL.document(pack_id, document_id)),
    }
    return render(request, "library/document.html", context)


def _groups(on: date, entry_point: EntryPoint) -> list[dict[str, Any]]:
    shelved = documents_on(on)
    titles = {
        LegalStatus.IN_FORCE: _("In force on this day"),
        LegalStatus.DRAFT: _("Drafts: not decided, they promise nothing"),
        LegalStatus.LATER: _("Not in force yet"),
        LegalStatus.ENDED: _("No longer in force"),
    }
    groups = [
        {
            "status": status,
            "title": title,
            "rows": [document_row(row, entry_point, on) for row in shelved if row.force.status == status],
        }
        for status, title in titles.items()
    ]
    return [group for group in groups if group["rows"]]


def _found(search: str, on: date, entry_point: EntryPoint) -> dict[str, Any]:
    hits = search_clauses(search, on)
    today = timezone.localdate()
    answers = answer_list(search, today=today).window(0, _MAX_ANSWERS)
    return {
        "hits": [hit_row(hit, entry_point, on) for hit in hits[:_MAX_HITS]],
        "hit_count": len(hits),
        "answers": [answer_row(view, entry_point, today) for view in answers],
    }


def _adoptions(shelved: Shelved) -> list[dict[str, Any]]:
    """Where and by which document each edition was adopted, the latest first."""
    lang = language()
    return [
        {
            "area": document_version.area(lang),
            "begin": document_version.adopted.begin,
            "end": document_version.adopted.end,
            "document": document_version.by_document,
            "version": document_version.version,
        }
        for document_version in reversed(shelved.document_versions)
    ]


def _versions(shelved: Shelved) -> list[str]:
    """The other versions whose words can be read, the latest first."""
    versions = dict.fromkeys(
        document_version.version for document_version in reversed(shelved.document_versions)
    )
    return [version for version in versions if version != shelved.document_version.version]
