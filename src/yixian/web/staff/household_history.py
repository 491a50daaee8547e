"""经过: what happened to a household, with its items by name, limited by kind, month and person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Pack
from yixian.kernel.languages import language
from yixian.registry.queries import history
from yixian.registry.register_read_models import RegisterEventView
from yixian.web.request_actor import actor_of
from yixian.web.ui.filters import Choice

MIN_LIMITED = 6
"""From how many events on they can be limited."""


@dataclass(frozen=True, slots=True)
class ShownHistory:
    """The events that were asked for, the fields to ask by, and how many there are in all."""

    events: list[RegisterEventView]
    fields: list[SafeString]
    total: int
    is_limited: bool


def shown_history(
    request: HttpRequest, household: Any, items: Iterable[Any], pack: Pack | None
) -> ShownHistory:
    """The household's history as the address asks for it."""
    actor = actor_of(request)
    names = {code: item.name(language()) for code, item in pack.items.items()} if pack else {}
    lines = {item.line_no: names.get(item.item_code, item.item_code) for item in items}
    events = history(actor, household, {**names, **lines})
    fields = [_field(name, label, events, of) for name, label, of in _ASKED]
    asked = {one.name: one.clean(request.GET.get(one.name, ""), actor) for one in fields}
    found = [row for row in events if all(asked[name] in {"", of(row)} for name, _label, of in _ASKED)]
    html = [one.html(asked[one.name], actor) for one in fields]
    return ShownHistory(found, html if len(events) >= MIN_LIMITED else [], len(events), any(asked.values()))


def _field(
    name: str, label: Any, events: list[RegisterEventView], of: Callable[[RegisterEventView], str]
) -> Choice:
    values = dict.fromkeys(of(row) for row in events)
    return Choice(name, label, [(value, value) for value in values])


def _month(row: RegisterEventView) -> str:
    return f"{timezone.localtime(row.at):%Y-%m}"


_ASKED: tuple[tuple[str, Any, Callable[[RegisterEventView], str]], ...] = (
    ("happened", _("What happened"), lambda row: row.title),
    ("month", _("Month"), _month),
    ("by", _("By whom"), lambda row: row.who),
)
