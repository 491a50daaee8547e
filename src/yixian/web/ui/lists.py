"""列表页: a list page declared once — columns, search, filters, sorting, paging, empty state, Excel and CSV.

A declaration hands its `ListQuery` to a room's query and gets a `ResultSet` back; scope and permission are in that, so the
page, its count and its files cannot differ in what they show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yixian.kernel.actors import Actor
from yixian.kernel.result_sets import ResultSet
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import Text
from yixian.web.ui.exports import Sheet, table_file
from yixian.web.ui.file_names import file_name, own_place
from yixian.web.ui.filters import Filter, ListQuery, Place, Search, Tabs
from yixian.web.ui.paging import PER_PAGE, Page, window_of
from yixian.web.ui.selections import BulkAction, BulkActions, mark_of
from yixian.web.ui.tables import Column, Empty, Heading, Table

Row = TypeVar("Row")

LISTS: dict[str, ListPage[Any]] = {}
"""Every declared list by the name of its address: what the tests of lists go through."""


@dataclass(frozen=True, slots=True)
class Action:
    """A button at the head of a page, for those who may ask for its address."""

    url: str
    words: Text
    icon: str = ""
    is_primary: bool = False


@dataclass(frozen=True, kw_only=True)
class ListPage(Generic[Row]):
    """The declaration of a list page.

    ``rows`` asks the room. ``counted`` says how many there are. ``url`` and ``export`` are names of addresses (``export``
    "" where nothing may be taken along), ``actions`` stand at the head. ``titled`` and
    ``empty`` stand in for the title and the table's empty state where they depend on what is asked. ``noted``
    writes down, before a batch of rows leaves in a file, that they were read. ``subject`` finds what the address is about,
    once for all that asks for it as ``query.subject``, and raises `NotFound`. ``context`` adds what a ``template`` of the
    list's own shows besides. ``around`` is what the page around the list is asked for (a day, a place): its template draws
    these fields, the list's own form and links hand them on. ``adds`` gives the rows of one page what no file bears.
    ``tab_filters`` are those of one tab: on another they are neither shown nor applied. ``bulk`` is what may be done with
    several rows at once. ``is_walked`` where the page behind a row leads on to its neighbours (`yixian.web.ui.walks`).
    """

    url: str
    title: Text
    table: Table[Row]
    rows: Callable[[ListQuery], ResultSet[Row]]
    counted: Callable[[int], str]
    lead: Text = ""
    titled: Callable[[ListQuery], Text] | None = None
    empty: Callable[[ListQuery], Empty] | None = None
    tabs: Tabs | None = None
    search: Search | None = None
    filters: tuple[Filter, ...] = ()
    tab_filters: Mapping[str, tuple[Filter, ...]] = field(default_factory=dict)
    around: tuple[Filter, ...] = ()
    export: str = ""
    stem: str = ""
    noted: Callable[[ListQuery, Sequence[Row]], None] | None = None
    page_size: int = PER_PAGE
    actions: tuple[Action, ...] = ()
    template: str = "ui/list_page.html"
    subject: Callable[[ListQuery], Any] | None = None
    context: Callable[[ListQuery], Mapping[str, Any]] | None = None
    adds: Callable[[ListQuery, Sequence[Row]], Sequence[Row]] | None = None
    bulk: BulkActions[Row] | None = None
    is_walked: bool = False

    def __post_init__(self) -> None:
        LISTS[self.url] = self

    def page(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page; htmx gets only the results."""
        is_read = request.method in {"GET", "HEAD"}
        return self.answer(request, kwargs) if is_read else HttpResponseNotAllowed(["GET", "HEAD"])

    def answer(
        self,
        request: HttpRequest,
        kwargs: Mapping[str, Any],
        more: Mapping[str, Any] | Callable[[ListQuery], Mapping[str, Any]] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The page with more beside its list (or what makes it of what is asked), for a view of its own."""
        shown = self.shown(request, **kwargs)
        if _wants_results_only(request):
            return render(request, "ui/results.html", {"list": shown, "is_part": True})
        added = {**(self.context(shown.query) if self.context else {})}
        added |= more(shown.query) if callable(more) else more or {}
        return render(request, self.template, {"list": shown, **added}, status=status)

    def file(self, request: HttpRequest, file_format: str, **kwargs: Any) -> HttpResponseBase:
        """The whole list as a file, limited and sorted as the address says."""
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        shown = self.shown(request, **kwargs)
        query, noted, batches = shown.query, self.noted, shown.found.batches()
        if noted is not None:
            batches = _noting(batches, lambda rows: noted(query, rows))
        return table_file([Sheet(self.table, batches)], shown.file_name, file_format)

    def shown(self, request: HttpRequest, **kwargs: Any) -> ShownList[Row]:
        """The list as a request asks for it, for pages that show more than a list."""
        return ShownList(self, request, kwargs)

    def urls(self, route: str) -> list[URLPattern]:
        """The addresses of the page and of its files."""
        page = path(route, self.page, name=self.url.partition(":")[2])
        if not self.export:
            return [page]
        return [page, path(f"{route}export.<str:file_format>", self.file, name=self.export.partition(":")[2])]

    def query(
        self, actor: Actor, at: datetime, given: Mapping[str, str], kwargs: Mapping[str, Any]
    ) -> ListQuery:
        """What an actor asks for by what the address gives."""
        values = {one.name: one.clean(given.get(one.name, ""), actor) for one in self.fields}
        open_tab = values[self.tabs.name] if self.tabs else ""
        values |= {one.name: "" for tab, own in self.tab_filters.items() if tab != open_tab for one in own}
        query = ListQuery(actor, at, values, kwargs)
        return query if self.subject is None else replace(query, subject=self.subject(query))

    @property
    def fields(self) -> tuple[Tabs | Search | Filter, ...]:
        """Everything that the address may ask for."""
        of_tabs = (one for own in self.tab_filters.values() for one in own)
        return tuple(one for one in (self.tabs, self.search, *self.filters, *of_tabs, *self.around) if one)


class ShownList(Generic[Row]):
    """A list page as one request asks for it: what its templates read."""

    def __init__(
        self,
        declared: ListPage[Row],
        request: HttpRequest,
        kwargs: Mapping[str, Any],
        asked: QueryDict | None = None,
    ) -> None:
        """``asked`` is the list's query, where it stands elsewhere than in the request's own address."""
        self.declared, self.request = declared, request
        self.asked = request.GET if asked is None else asked
        self.given = {one.name: self.asked.get(one.name, "") for one in declared.fields}
        self.query = declared.query(actor_of(request), timezone.now(), self.given, kwargs)

    @cached_property
    def found(self) -> ResultSet[Row]:
        """What the room's query gives, in the order asked for."""
        found = self.declared.rows(self.query)
        name, descending = self.sort
        return found.ordered(name, descending=descending) if name in found.orders else found

    @cached_property
    def page(self) -> Page[Row]:
        """The rows of one page."""
        return window_of(self.found, self.asked.get("page"), size=self.declared.page_size)

    @cached_property
    def sort(self) -> tuple[str, bool]:
        """The column that the list is sorted by ("" for the query's own order), and whether downwards."""
        asked = self.asked.get("sort", "")
        name = asked.removeprefix("-")
        known = any(column.name == name and not column.unsorted for column in self.declared.table.columns)
        return (name, asked.startswith("-")) if known else ("", False)

    @cached_property
    def title(self) -> Text:
        """The title of the page."""
        return self.declared.titled(self.query) if self.declared.titled else self.declared.title

    @property
    def file_name(self) -> str:
        """What a file of the list is called: its title, the place that it is limited to, and the day."""
        actor = self.query.actor
        places = (one for one in self.declared.fields if isinstance(one, Place))
        place = next(filter(None, (one.named(self.given[one.name], actor) for one in places)), "")
        return file_name(self.title, place or own_place(actor), on=self.query.on)

    @property
    def empty(self) -> Empty:
        """What stands where there is nothing."""
        return self.declared.empty(self.query) if self.declared.empty else self.declared.table.empty

    @property
    def tab(self) -> str:
        """The tab that is open."""
        return self.query[self.declared.tabs.name] if self.declared.tabs else ""

    @property
    def tabs(self) -> list[tuple[Text, str, bool]]:
        """The tabs as (words, address, whether open); search and filters go along."""
        declared = self.declared.tabs
        if declared is None:
            return []
        return [
            (words, self._address(page="", **{declared.name: str(value)}), str(value) == self.tab)
            for value, words in declared.shown(self.query.actor)
        ]

    @property
    def is_limited(self) -> bool:
        """Whether a search or a filter leaves anything out."""
        return bool(self.search_value) or self.is_filtered

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the search does."""
        own = self.declared.tab_filters.get(self.tab, ())
        return any(self.query[one.name] for one in (*own, *self.declared.filters))

    @property
    def count(self) -> str:
        """How many there are, in words."""
        return self.declared.counted(self.page.total)

    @property
    def rows_html(self) -> SafeString:
        """The rows of the page as HTML."""
        rows, adds, bulk = self.page.rows, self.declared.adds, self.declared.bulk
        return self.declared.table.rows_html(
            adds(self.query, rows) if adds else rows,
            marked=mark_of(bulk) if bulk and self.bulk_actions else None,
            along=self._along if self.declared.is_walked else None,
        )

    @cached_property
    def bulk_actions(self) -> list[BulkAction]:
        """What this actor may do with several rows of the page at once."""
        may = getattr(self.request, "may", None)
        bulk = self.declared.bulk
        return list(bulk.actions) if bulk and self.page.rows and may and may(bulk.url) else []

    @cached_property
    def address(self) -> str:
        """What the list is asked for, to be carried along and come back to."""
        return self._address().removeprefix("?")

    def _along(self, place: int) -> str:
        return walk_query(self.address, self.page.first + place)

    @property
    def headings(self) -> list[Heading]:
        """The headings of the page's columns, each with its link to sort by it."""
        return [self._heading(column) for column in self.declared.table.on_page]

    @property
    def fields(self) -> list[SafeString]:
        """The filters as HTML; those left out that offer nothing to this actor."""
        return self._html((*self.declared.tab_filters.get(self.tab, ()), *self.declared.filters))

    @property
    def around(self) -> list[SafeString]:
        """The fields of the page around the list, likewise."""
        return self._html(self.declared.around)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the address says besides, for the page around the list: the filters' form hands it on."""
        own = {*self.given, "sort", "page"} - {one.name for one in self.declared.around}
        return [(name, str(value)) for name, value in self.asked.items() if name not in own]

    @property
    def sort_options(self) -> list[tuple[str, str, bool]]:
        """The orders to choose from where headings do not show, as (value, words, whether chosen)."""
        name, descending = self.sort
        columns = [column for column in self.declared.table.columns if not column.unsorted]
        return [
            (
                f"-{column.name}" if down else column.name,
                words % {"heading": column.heading},
                (name, descending) == (column.name, down),
            )
            for column in columns
            for down, words in ((False, _("%(heading)s, ascending")), (True, _("%(heading)s, descending")))
        ]

    @property
    def search_value(self) -> str:
        """The words searched for."""
        return self.query[self.declared.search.name] if self.declared.search else ""

    @property
    def actions(self) -> list[Action]:
        """The buttons at the head that this actor may use."""
        may = getattr(self.request, "may", None)
        return [action for action in self.declared.actions if may and may(action.url)]

    @property
    def files(self) -> list[tuple[str, str]]:
        """Addresses of the list's files, by the words of their buttons; none for whom they are not, or where nothing is."""
        may = getattr(self.request, "may", None)
        if not (self.declared.export and self.page.total and may and may(self.declared.export)):
            return []
        query, kwargs = self._address(page=""), self.query.kwargs
        return [
            (words, reverse(self.declared.export, kwargs={**kwargs, "file_format": name}) + query)
            for words, name in (("Excel", "xlsx"), ("CSV", "csv"))
        ]

    def _html(self, fields: tuple[Filter, ...]) -> list[SafeString]:
        shown = (one.html(self.given[one.name], self.query.actor) for one in fields)
        return [html for html in shown if html]

    def _heading(self, column: Column[Row]) -> Heading:
        name, descending = self.sort
        sorted_by = name == column.name
        if column.unsorted:
            return Heading(column.heading, column.is_right)
        asked = f"-{column.name}" if sorted_by and not descending else column.name
        direction = ("descending" if descending else "ascending") if sorted_by else "none"
        return Heading(column.heading, column.is_right, self._address(sort=asked, page=""), direction)

    def _address(self, **changes: str) -> str:
        query = self.asked.copy()
        for name, value in changes.items():
            query[name] = value
        for name in [name for name, value in query.items() if not value]:
            del query[name]
        return f"?{query.urlencode()}" if query else ""


def walk_query(address: str, place: int) -> str:
    """What an address carries along of the list from which one came: what that was asked for, and the place there, from 1."""
    return f"?{urlencode({'list': address, 'row': place})}"


def _noting(batches: Any, note: Callable[[Sequence[Any]], None]) -> Any:
    for batch in batches:
        note(batch)
        yield batch


def _wants_results_only(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False)) and request.headers.get("HX-Request-Type") != "full"
