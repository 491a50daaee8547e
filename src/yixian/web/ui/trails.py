"""经过: a trail of events, limited by what happened, in which month, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from yixian.web.request_actor import actor_of
from yixian.web.ui.filters import Choice

Row = TypeVar("Row")

MIN_LIMITED = 6
"""From how many events on they can be limited."""


@dataclass(frozen=True)
class ShownTrail(Generic[Row]):
    """The events that were asked for, the fields to ask by, and how many there are in all.

    ``kept`` are the other parameters of the address, which asking hands on.
    """

    events: list[Row]
    fields: list[SafeString]
    total: int
    is_limited: bool
    kept: list[tuple[str, str]] = field(default_factory=list)

    @property
    def latest(self) -> list[Row]:
        """What is read at once: the first of a trail that begins with the latest; all of it once it is limited."""
        return self.events if self.is_limited else self.events[:MIN_LIMITED]

    @property
    def earlier(self) -> list[Row]:
        """The others, which a page folds."""
        return self.events[len(self.latest) :]


@dataclass(frozen=True)
class Trail(Generic[Row]):
    """A trail of a page: how an event says what happened, when, and by whom ("" for nobody)."""

    what: Callable[[Row], Any]
    at: Callable[[Row], datetime]
    who: Callable[[Row], Any]

    def shown(self, request: HttpRequest, rows: Iterable[Row]) -> ShownTrail[Row]:
        """The events as the address asks for them."""
        actor, events = actor_of(request), list(rows)
        asked = self._asked()
        said = [tuple(of(row) for _field, of in asked) for row in events]
        choices = [_choice(one, label, said, place) for place, ((one, label), _of) in enumerate(asked)]
        given = [one.clean(request.GET.get(one.name, ""), actor) for one in choices]
        found = [row for row, words in zip(events, said, strict=True) if _fits(words, given)]
        html = [one.html(value, actor) for one, value in zip(choices, given, strict=True)]
        names = {one.name for one in choices}
        kept = [(name, str(value)) for name, value in request.GET.items() if name not in names]
        return ShownTrail(found, html if len(events) >= MIN_LIMITED else [], len(events), any(given), kept)

    def _asked(self) -> tuple[tuple[tuple[str, Any], Callable[[Row], str]], ...]:
        return (
            (("happened", _("What happened")), lambda row: str(self.what(row))),
            (("month", _("Month")), lambda row: f"{timezone.localtime(self.at(row)):%Y-%m}"),
            (("by", _("By whom")), lambda row: str(self.who(row) or "")),
        )


def _choice(name: str, label: Any, said: Sequence[tuple[str, ...]], place: int) -> Choice:
    values = dict.fromkeys(words[place] for words in said if words[place])
    return Choice(name, label, [(value, value) for value in values])


def _fits(words: tuple[str, ...], given: list[str]) -> bool:
    return all(value in {"", word} for word, value in zip(words, given, strict=True))
