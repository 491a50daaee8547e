"""看哪里、哪一天: the place and the day that a page of this room is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.registry.queries import first_forks, get_area
from yixian.registry.queries.areas import reached_by_path
from yixian.web.ui.filters import Day, ListQuery, asked_for

DAY = Day("day", _("On the day"), is_today=True)
"""The day that a page of this room is asked for."""


def day_of(query: ListQuery) -> date:
    """The day that a list is asked for, else that of the request."""
    return parse_date(query["day"]) or query.on


def area_of(query: ListQuery) -> Any:
    """The area that a list is asked for, as `requested_area` finds it for other pages."""
    named = query["area"]
    return reached_by_path(query.actor, [named]).get(named) if named else sole_root(query.actor)


def requested_day(request: HttpRequest) -> date:
    """The day that the address names (``day``), else today."""
    return parse_date(asked_for(request, DAY)["day"]) or timezone.localdate()


def requested_area(request: HttpRequest, actor: Actor) -> Any:
    """The area that the address names (``area``), else the one place where the actor's reach begins; None if there are many.

    Raises `NotFound` for an area out of reach.
    """
    named = request.GET.get("area", "")
    if named.isascii() and named.isdigit():
        return get_area(actor, int(named))
    return sole_root(actor)


def sole_root(actor: Actor) -> Any:
    """The place where the actor's reach spreads out, if it is one."""
    forks = first_forks(actor)
    return forks[0] if len(forks) == 1 else None
