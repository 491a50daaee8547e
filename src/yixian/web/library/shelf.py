"""书架: what is in force on a day, what is only a draft, what was before; search; a page for each document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from yixian.domain.policy.standing import Standing
from yixian.kernel.languages import language
from yixian.policies.answers import answer_views, public_answers
from yixian.policies.finding import search_clauses
from yixian.policies.library import Shelved, clauses_of, document_on, documents_on, superseded, superseding
from yixian.web.library.room import PORTAL, Door, day_asked
from yixian.web.library.rows import answer_row, clause_row, document_row, hit_row

LONGEST_SEARCH = 60
_MOST_HITS = 60
_MOST_ANSWERS = 20


def shelf(request: HttpRequest, door: Door) -> HttpResponse:
    """The library on a day, or what a search finds in it."""
    on, is_no_day = day_asked(request)
    search = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    context = {
        "door": door,
        "base": door.base,
        "on": on,
        "today": timezone.localdate(),
        "is_no_day": is_no_day,
        "search": search,
        **(_found(search, on, door) if search else {"groups": _groups(on, door)}),
    }
    return render(request, "library/shelf.html", context)


def document(request: HttpRequest, door: Door, pack_id: str, document_id: str) -> HttpResponse:
    """One document: what it is on the day, what came before and after it, every clause."""
    on, is_no_day = day_asked(request)
    version = request.GET.get("version", "")[:32]
    shelved = document_on(pack_id, document_id, on, version)
    context = {
        "door": door,
        "base": door.base,
        "on": on,
        "today": timezone.localdate(),
        "is_no_day": is_no_day,
        "row": document_row(shelved, door, on),
        "clauses": [clause_row(clause, door, on) for clause in clauses_of([shelved]).values()],
        "after": [document_row(row, door, on) for row in superseding(shelved, on)],
        "before": [document_row(row, door, on) for row in superseded(shelved, on)],
        "edition": shelved.edition,
        "adoptions": _adoptions(shelved),
        "versions": _versions(shelved),
        "lasting": request.build_absolute_uri(PORTAL.document(pack_id, document_id)),
    }
    return render(request, "library/document.html", context)


def _groups(on: date, door: Door) -> list[dict[str, Any]]:
    shelved = documents_on(on)
    titles = {
        Standing.IN_FORCE: _("In force on this day"),
        Standing.DRAFT: _("Drafts: not decided, they promise nothing"),
        Standing.LATER: _("Not in force yet"),
        Standing.ENDED: _("No longer in force"),
    }
    groups = [
        {
            "standing": standing,
            "title": title,
            "rows": [document_row(row, door, on) for row in shelved if row.force.standing == standing],
        }
        for standing, title in titles.items()
    ]
    return [group for group in groups if group["rows"]]


def _found(search: str, on: date, door: Door) -> dict[str, Any]:
    hits = search_clauses(search, on)
    answers = list(public_answers(search)[:_MOST_ANSWERS])
    today = timezone.localdate()
    return {
        "hits": [hit_row(hit, door, on) for hit in hits[:_MOST_HITS]],
        "hit_count": len(hits),
        "answers": [answer_row(view, door, today) for view in answer_views(answers, today)],
    }


def _adoptions(shelved: Shelved) -> list[dict[str, Any]]:
    """Where and by which document each edition was adopted, the latest first."""
    lang = language()
    return [
        {
            "area": edition.area(lang),
            "begin": edition.adopted.begin,
            "end": edition.adopted.end,
            "document": edition.by_document,
            "version": edition.version,
        }
        for edition in reversed(shelved.editions)
    ]


def _versions(shelved: Shelved) -> list[str]:
    """The other versions whose words can be read, the latest first."""
    versions = dict.fromkeys(edition.version for edition in reversed(shelved.editions))
    return [version for version in versions if version != shelved.edition.version]
