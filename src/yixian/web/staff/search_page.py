"""全站查找: one search from every page — households, matters, places, bodies, people and clauses, each as far as one may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.search import read_aloud
from yixian.matters.matter_read_models import MatterRow
from yixian.matters.queries.matter_board import matters_numbered
from yixian.policies.clause_search import Hit, search_clauses
from yixian.registry.queries import find_helpers, household_list
from yixian.registry.queries.areas import areas_named
from yixian.registry.queries.organisations import organisation_list
from yixian.registry.queries.search_reasons import members_named
from yixian.web.library.entry_points import STAFF
from yixian.web.request_actor import actor_of

MAX_HITS = 6
"""Hits of a kind that stand on the page; the others are in its list."""

MAX_LENGTH = 100
"""Characters that are searched for; a page pasted into the box is cut."""

_MAX_WORDS = 60


@dataclass(frozen=True, slots=True)
class Found:
    """Something found: what it is called, where or what, why it was found where that cannot be seen, and its page."""

    title: str
    address: str
    detail: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A kind of thing that is searched, for those who may ask for ``needs``; ``listing`` is its own list, searched.

    ``is_opened``: where it alone is found, and only one of it, its page is opened at once.
    """

    title: str | Promise
    needs: str
    find: Callable[[Actor, str, datetime], ResultSet[Found]]
    listing: str = ""
    is_opened: bool = False


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of a kind, how much there is of it, and where all of it is ("" for nowhere else)."""

    section: Section
    found: list[Found]
    count: int
    listing: str


def _households(actor: Actor, text: str, at: datetime) -> ResultSet[Found]:
    found = household_list(actor, on=timezone.localdate(at), search=text)
    return found.reading(partial(_with_members, actor, text))


def _with_members(actor: Actor, text: str, rows: Sequence[Any]) -> list[Found]:
    members = members_named(actor, rows, text)
    return [
        Found(
            row.head.name if row.head else row.household_no,
            reverse("staff:household", args=[row.pk]),
            f"{row.area.label} · {row.household_no}",
            "、".join(members.get(row.pk, [])),
        )
        for row in rows
    ]


def _matters(actor: Actor, text: str, at: datetime) -> ResultSet[Found]:
    def read(rows: Sequence[MatterRow]) -> list[Found]:
        return [
            Found(
                f"{row.topic_label} {row.number}",
                reverse("staff:matter", args=[row.number]),
                f"{row.area} · {row.state_label}",
            )
            for row in rows
        ]

    return matters_numbered(actor, text, at=at).reading(read)


def _places(actor: Actor, text: str, _at: datetime) -> ResultSet[Found]:
    def read(rows: Sequence[Any]) -> list[Found]:
        return [
            Found(row.label, reverse("staff:area", args=[row.pk]), row.parent.label if row.parent else "")
            for row in rows
        ]

    return areas_named(actor, text).reading(read)


def _organisations(actor: Actor, text: str, _at: datetime) -> ResultSet[Found]:
    def read(rows: Sequence[Any]) -> list[Found]:
        return [
            Found(row.label, reverse("staff:organisation", args=[row.pk]), str(row.get_kind_display()))
            for row in rows
        ]

    return organisation_list(actor, search=text).reading(read)


def _people(actor: Actor, text: str, at: datetime) -> ResultSet[Found]:
    def read(rows: Sequence[Any]) -> list[Found]:
        return [
            Found(row.person.name, reverse("staff:helper", args=[row.pk]), row.organisation.label)
            for row in rows
        ]

    return ResultSet(find_helpers(actor, text, on=timezone.localdate(at))).reading(read)


def _clauses(_actor: Actor, text: str, at: datetime) -> ResultSet[Found]:
    on = timezone.localdate(at)

    def read(rows: Sequence[Hit]) -> list[Found]:
        return [_clause(hit, on) for hit in rows]

    return ResultSet(search_clauses(text, on)).reading(read)


def _clause(hit: Hit, on: date) -> Found:
    document, clause, lang = hit.clause.shelved.document, hit.clause.clause, language()
    words = clause.plain(lang) or clause.text(lang)
    return Found(
        Truncator(words).chars(_MAX_WORDS),
        STAFF.document(*hit.clause.shelved.key, clause=clause.id, on=on),
        f"{document.title(lang)} · {document.number}",
    )


SECTIONS = (
    Section(
        title=_("Households"),
        needs="staff:households",
        find=_households,
        listing="staff:households",
        is_opened=True,
    ),
    Section(
        title=_("Matters"), needs="staff:matters", find=_matters, listing="staff:matters", is_opened=True
    ),
    Section(title=_("Places"), needs="staff:areas", find=_places),
    Section(title=_("Helpers"), needs="staff:helper", find=_people),
    Section(
        title=_("Bodies"), needs="staff:organisations", find=_organisations, listing="staff:organisations"
    ),
    Section(title=_("Policy clauses"), needs="staff:library", find=_clauses, listing="staff:library"),
)


@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """What bears the words of ``?q=``, or sounds like them where no household bears them; one thing alone is opened at once."""
    actor, now = actor_of(request), timezone.now()
    text = " ".join(request.GET.get("q", "").split())[:MAX_LENGTH]
    may: Callable[[str], bool] = request.may  # type: ignore[attr-defined]
    sections = [section for section in SECTIONS if may(section.needs)]
    hits = [_hits(section, actor, text, now) for section in sections] if text else []
    alike = _alike(actor, text, now, hits) if text and may("staff:households") else None
    found = [one for one in hits if one.count]
    if len(found) == 1 and found[0].count == 1 and found[0].section.is_opened:
        return redirect(found[0].found[0].address)
    return render(request, "staff/search.html", {"search": text, "hits": found, "alike": alike})


def _hits(section: Section, actor: Actor, text: str, at: datetime) -> Hits:
    results = section.find(actor, text, at)
    rows = results.window(0, MAX_HITS + 1)
    count = len(rows) if len(rows) <= MAX_HITS else results.count()
    listing = f"{reverse(section.listing)}?{urlencode({'q': text})}" if section.listing else ""
    return Hits(section, rows[:MAX_HITS], count, listing if count > MAX_HITS else "")


def _alike(actor: Actor, text: str, at: datetime, hits: list[Hits]) -> Hits | None:
    """Households whose people's names sound like what was typed, where none bears it (卢荣健 finds 卢荣建)."""
    sound = "" if any(one.count for one in hits[:1]) else read_aloud(text)
    found = _hits(SECTIONS[0], actor, sound, at) if sound else None
    return found if found and found.count else None
