"""筛选: what a list can be limited by, read from the address so that it can be kept, passed on and exported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any, Protocol

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.domain.areas import SEGMENT, AreaLevel
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.registry.queries import area_options, get_area
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import Text

Options = Iterable[tuple[Any, Text]]

MAX_SEARCH = 60

_ALL = gettext_lazy("All")
_LOCATION = gettext_lazy("Location")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list is asked for: by whom, when, limited by what, and what the address itself names.

    ``values`` holds a text for every search and filter; "" where it limits nothing. ``subject`` is what the address is
    about, where the list declares how it is found.
    """

    actor: Actor
    at: datetime
    values: Mapping[str, str]
    kwargs: Mapping[str, Any]
    subject: Any = None

    @property
    def on(self) -> date:
        """The day of the request."""
        return timezone.localdate(self.at)

    def __getitem__(self, name: str) -> str:
        return self.values[name]


class Filter(Protocol):
    """One field of a list's form. ``clean`` raises `NotFound` for what the actor may not name."""

    @property
    def name(self) -> str:
        """Its parameter in the address."""

    def clean(self, given: str, actor: Actor) -> str:
        """The value handed to the query; "" for what is not known."""

    def html(self, given: str, actor: Actor) -> SafeString:
        """The field, showing what was given; "" where there is nothing to choose."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search in words. ``label`` is for those who do not see, ``placeholder`` for those who do."""

    label: Text
    placeholder: Text = ""
    name: str = "q"

    def clean(self, given: str, _actor: Actor) -> str:
        """The words without blanks around them, 60 characters at most."""
        return given.strip()[:MAX_SEARCH]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some values. ``options`` are pairs of value and word, or a function that gives an actor theirs."""

    name: str
    label: Text
    options: Options | Callable[[Actor], Options]
    everything: Text = _ALL

    def clean(self, given: str, actor: Actor) -> str:
        """The value if it is one of the options."""
        known = given and any(given == str(value) for value, _word in self._options(actor))
        return given if known else ""

    def html(self, given: str, actor: Actor) -> SafeString:
        """A select with a label."""
        return _select(self.name, self.label, [("", self.everything), *self._options(actor)], given)

    def _options(self, actor: Actor) -> Options:
        return self.options(actor) if callable(self.options) else self.options


@dataclass(frozen=True, slots=True)
class Tabs:
    """One of several lists behind links above the list; the first where none is asked for.

    ``options`` are pairs of value and word, or a function that gives an actor theirs, ``first`` the one to begin with.
    """

    name: str
    label: Text
    options: Options | Callable[[Actor], Options]
    first: Callable[[Actor], str] | None = None

    def clean(self, given: str, actor: Actor) -> str:
        """The value if it is one of the options, else that of the tab to begin with."""
        values = [str(value) for value, _word in self.shown(actor)]
        first = self.first(actor) if self.first else values[0]
        return given if given in values else first

    def shown(self, actor: Actor) -> Options:
        """The tabs of an actor."""
        return self.options(actor) if callable(self.options) else self.options


@dataclass(frozen=True, slots=True)
class Toggle:
    """Yes, or no limit."""

    name: str
    label: Text

    def clean(self, given: str, _actor: Actor) -> str:
        """ "1" or nothing."""
        return "1" if given == "1" else ""

    def html(self, given: str, actor: Actor) -> SafeString:
        """A box to tick."""
        checked = " checked" if self.clean(given, actor) else ""
        return mark_safe(  # noqa: S308 - escaped here
            f'<label class="choice"><input type="checkbox" name="{self.name}" value="1"{checked}>'
            f"{escape(str(self.label))}</label>"
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the actor's reach: the address names its id, the query is handed its path."""

    name: str = "area"
    label: Text = _LOCATION
    levels: tuple[AreaLevel, ...] = (AreaLevel.TOWNSHIP, AreaLevel.VILLAGE)

    def clean(self, given: str, actor: Actor) -> str:
        """The area's path. Raises `NotFound` outside of the actor's reach, and for what is no id."""
        if not given:
            return ""
        if not (given.isascii() and given.isdigit()):
            raise NotFound("area.not_found", gettext_lazy("There is no such area."))
        return get_area(actor, int(given)).path

    def named(self, given: str, actor: Actor) -> str:
        """The place by name; "" where none is asked for."""
        return get_area(actor, int(given)).label if given else ""

    def html(self, given: str, actor: Actor) -> SafeString:
        """A select of the places of its levels, each set in below what it lies in; nothing where there are none."""
        options = place_options(actor, self.levels, chosen=int(given or 0))
        return (
            _select(self.name, self.label, [("", _("All places")), *options], given)
            if options
            else SafeString()
        )


@dataclass(frozen=True, slots=True)
class Day:
    """A day in the browser's own calendar; where none is named, the query's own rule holds.

    ``is_today`` says that this rule is today, which the field then shows.
    """

    name: str
    label: Text
    is_today: bool = False

    def clean(self, given: str, _actor: Actor) -> str:
        """The day as it is written in ISO 8601; "" for what is no day."""
        try:
            found = parse_date(given)
        except ValueError:
            return ""
        return found.isoformat() if found else ""

    def html(self, given: str, _actor: Actor) -> SafeString:
        """A field with a label."""
        given = given or (timezone.localdate().isoformat() if self.is_today else "")
        return mark_safe(  # noqa: S308 - escaped here
            f'<div class="field"><label for="{self.name}">{escape(str(self.label))}</label>'
            f'<input id="{self.name}" type="date" name="{self.name}" value="{escape(given)}"></div>'
        )


def asked_for(request: HttpRequest, *fields: Search | Filter) -> dict[str, str]:
    """What the address of a page that is no list asks for, by the fields that it declares; a list reads its own."""
    actor = actor_of(request)
    return {one.name: one.clean(request.GET.get(one.name, ""), actor) for one in fields}


def place_options(actor: Actor, levels: tuple[AreaLevel, ...], *, chosen: int) -> list[tuple[int, str]]:
    """Places of these levels as options of a select, each set in below what it lies in."""
    found = area_options(actor, levels, chosen=chosen)
    depths = [len(path) for _pk, _label, path in found]
    top = min(depths, default=0)
    return [
        (pk, "　" * ((depth - top) // SEGMENT) + label)
        for (pk, label, _path), depth in zip(found, depths, strict=True)
    ]


def _select(name: str, label: Text, options: Options, given: str) -> SafeString:
    inner = _options_html(tuple((str(value), str(word)) for value, word in options), str(given))
    head = f'<label for="{name}">{escape(str(label))}</label>'
    return mark_safe(  # noqa: S308 - escaped here
        f'<div class="field">{head}<select id="{name}" name="{name}">{inner}</select></div>'
    )


@lru_cache(maxsize=256)
def _options_html(options: tuple[tuple[str, str], ...], chosen: str) -> str:
    """Options as HTML, kept: every list of a place shows the same hundreds of villages."""
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(word)}</option>'
        for value, word in options
    )
