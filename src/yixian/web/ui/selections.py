"""批量办理: what may be done with several rows of a list at once (bulk action) — marked in the list, named on a page that says
what will be done and what will not and why, and then done for all of them or for none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from yixian.kernel.all_or_none import all_or_none
from yixian.kernel.errors import NotFound
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import MAX_QUERY
from yixian.web.ui.cells import Text
from yixian.web.ui.forms import Submission, status_of_form, submit

Row = TypeVar("Row")

MAX_ROWS = 100
"""So many rows at once: more than a page shows, few enough for one transaction."""

MAX_KEY = 40
"""So many characters has the key of a row at most."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row that was marked: how it is called, where its page is, and what tells it from others. ``refusal`` is why it will
    not be done with the others, "" where it will.
    """

    key: str
    title: str
    href: str = ""
    detail: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAction:
    """One thing to do with several rows.

    ``act`` does it for the row of a key, with what the form gave (``asked.given``), and raises what the room refuses.
    ``refusals`` says beforehand for which keys it cannot be done, and why. ``form`` asks what holds for all of them; its
    ``asked.subject`` are the keys for which it can be done. ``done`` is said of so many.
    """

    name: str
    button: Text
    act: Callable[[Submission, str], object]
    refusals: Callable[[Submission, Sequence[str]], Mapping[str, str]]
    done: Callable[[int], str]
    form: Callable[[Submission], forms.Form] = lambda asked: forms.Form(asked.data)
    why: Text = ""

    def title(self) -> str:
        """What stands at the head of its page."""
        return str(self.button)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkActions(Generic[Row]):
    """What may be done with several rows of a list. ``url`` is the name of the page's address, which ends with the action's
    name; ``list_url`` and ``crumb`` lead back. ``key`` names a row, ``label`` says which it is to whoever hears the page.
    ``chosen`` finds the rows of keys again, within the actor's reach.
    """

    url: str
    list_url: str
    crumb: Text
    key: Callable[[Row], str]
    label: Callable[[Row], str]
    chosen: Callable[[Submission, Sequence[str]], Sequence[Chosen]]
    actions: tuple[BulkAction, ...]

    def urls(self, route: str) -> URLPattern:
        """One address for all of them: the name of the action is the last part of the path."""
        return path(f"{route}<str:action>/", self.page, name=self.url.partition(":")[2])

    def page(self, request: HttpRequest, action: str) -> HttpResponse:
        """Name what is marked, and do it once it is confirmed."""
        declared = next((one for one in self.actions if one.name == action), None)
        if declared is None:
            raise NotFound("bulk.unknown", _("There is no such step for several at once."))
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        back = self._back(request)
        keys = _keys(request)
        if not keys:
            messages.warning(request, _("First mark what it is about."))
            return redirect(back)
        asked = Submission(request, actor_of(request), timezone.now(), {})
        chosen = self._chosen(declared, asked, keys)
        able = [one for one in chosen if not one.refusal]
        asked = replace(asked, subject=[one.key for one in able])
        form = declared.form(asked)
        done = submit(
            request,
            form,
            lambda given: all_or_none(keys, lambda key: declared.act(replace(asked, given=given), key)),
            to=back,
            done=declared.done,
        )
        return done or self._shown(declared, asked, form, chosen, back)

    def _chosen(self, declared: BulkAction, asked: Submission, keys: Sequence[str]) -> list[Chosen]:
        found = {one.key: one for one in self.chosen(asked, keys)}
        if not found:
            raise NotFound("bulk.not_found", _("None of what is marked exists for you."))
        refusals = declared.refusals(asked, list(found))
        unknown = str(_("You do not reach it any more."))
        return [
            replace(found[key], refusal=refusals.get(key, ""))
            if key in found
            else Chosen(key, key, refusal=unknown)
            for key in keys
        ]

    def _shown(
        self, declared: BulkAction, asked: Submission, form: forms.Form, chosen: Sequence[Chosen], back: str
    ) -> HttpResponse:
        context = {
            "action": declared,
            "form": form,
            "able": [one for one in chosen if not one.refusal],
            "unable": [one for one in chosen if one.refusal],
            "crumbs": [(back, self.crumb)],
            "back": back,
            "list_query": _list_query(asked.request),
        }
        return render(asked.request, "ui/bulk_page.html", context, status=status_of_form(form))

    def _back(self, request: HttpRequest) -> str:
        query = _list_query(request)
        return f"{reverse(self.list_url)}{f'?{query}' if query else ''}"


def mark_of(bulk: BulkActions[Any]) -> Callable[[Any], SafeString]:
    """A function that draws the box by which a row is marked."""

    def mark(row: Any) -> SafeString:
        return format_html(
            '<td class="tick"><label class="mark-box"><input type="checkbox" name="row" value="{}"><span '
            'class="visually-hidden">{}</span></label></td>',
            bulk.key(row),
            bulk.label(row),
        )

    return mark


def _keys(request: HttpRequest) -> list[str]:
    """The rows that were marked, each once, in their order."""
    sent = request.POST if request.method == "POST" else request.GET
    keys = [key for key in sent.getlist("row") if 0 < len(key) <= MAX_KEY]
    return list(dict.fromkeys(keys))[:MAX_ROWS]


def _list_query(request: HttpRequest) -> str:
    """What the list was asked for from which one came."""
    sent = request.POST if request.method == "POST" else request.GET
    return str(sent.get("list", ""))[:MAX_QUERY]
