"""导航: the rooms of the staff pages, shown to those whom the access matrix lets in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import ResolverMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ON_PHONES = 4
"""How many rooms stand in the bar at the bottom of a phone; the others are behind "More"."""


@dataclass(frozen=True, slots=True)
class Room:
    """A page one can go to from everywhere.

    ``short`` is its label on a phone; ``section`` holds the beginnings of url names that belong to it. Who may not ask for
    ``url_name`` enters by the first of ``otherwise`` that they may ask for.
    """

    url_name: str
    label: str | Promise
    short: str | Promise
    icon: str
    section: tuple[str, ...]
    otherwise: tuple[str, ...] = ()

    def entrance(self, may: Callable[[str], bool]) -> str:
        """The url name by which somebody enters; "" for those who may not."""
        return next((name for name in (self.url_name, *self.otherwise) if may(name)), "")


_VERSIONS = ("agreements:version", "agreements:compare", "agreements:correct", "agreements:draw_up")
_AGREEMENTS = (
    "agreements:list",
    "agreements:agreement",
    "agreements:sign",
    "agreements:withdraw",
    "agreements:void",
    "agreements:case",
)
_DUTY = ("duty", "pairing")
_DUTY_OTHERWISE = ("staff:pairing", "staff:duty_handovers")
_POLICIES = ("polic", "adopt", "library", "ask", "hand_in", "answer", "desk", "revision")

_GROUPS = ("group", "signal", "check")

ROOMS: tuple[Room, ...] = (
    Room("staff:home", _("Today"), _("Today"), "today", ("home",)),
    Room("field:mine", _("My households"), _("My households"), "door", ("field:",)),
    Room(
        "staff:households", _("Households"), _("Households"), "households", ("household", "card", *_VERSIONS)
    ),
    Room("staff:matters", _("Matters"), _("Matters"), "matters", ("matter",)),
    Room("staff:areas", _("Places"), _("Places"), "areas", ("area",)),
    Room("staff:bodies", _("Bodies and people"), _("Bodies"), "bodies", ("bod", "helper")),
    Room("staff:accounts", _("Accounts"), _("Accounts"), "accounts", ("account", "withheld", "reckon")),
    Room("agreements:list", _("Agreements"), _("Agreements"), "lock", _AGREEMENTS),
    Room("staff:budget", _("Budget"), _("Budget"), "budget", ("budget",)),
    Room("staff:duty", _("People beside households"), _("Beside"), "pairing", _DUTY, _DUTY_OTHERWISE),
    Room("staff:visits", _("Visits"), _("Visits"), "walk", ("visits", "field:")),
    Room("staff:policies", _("Policies"), _("Policies"), "policies", _POLICIES),
    Room("staff:groups", _("Working groups"), _("Groups"), "groups", _GROUPS, ("staff:checks",)),
    Room("staff:quizzes", _("Policy quizzes"), _("Quizzes"), "quizzes", ("quiz",)),
    Room("staff:imports", _("Import and export"), _("Import"), "imports", ("import", "export", "fact_sheet")),
    Room("staff:users", _("Users"), _("Users"), "users", ("user", "grant")),
    Room("staff:system", _("System"), _("System"), "system", ("system", "job")),
)


Standing = tuple[tuple[str, bool], ...]
"""For each of `ROOMS`: the url name by which somebody enters ("" for those who may not), and whether they are in it."""


def rooms_standing(request: HttpRequest) -> Standing:
    """The rooms as they stand for who asks for this page."""
    may = getattr(request, "may", None)
    if may is None:
        return ()
    match = request.resolver_match
    name = _name_of(match) if match else ""
    return tuple((room.entrance(may), name.startswith(room.section)) for room in ROOMS)


def rooms_of(standing: Standing) -> list[tuple[Room, bool]]:
    """The rooms that may be entered, each by its own entrance, with whether the page asked for lies in it."""
    found = zip(ROOMS, standing, strict=bool(standing))
    return [(replace(room, url_name=door), here) for room, (door, here) in found if door]


def _name_of(match: ResolverMatch) -> str:
    """The url name without ``staff:``; with its namespace elsewhere."""
    return (match.view_name or "").removeprefix("staff:")


def role_labels(request: HttpRequest) -> str:
    """The actor's roles in words."""
    actor = getattr(request, "actor", None)
    return " · ".join(str(role.label) for role in sorted(actor.roles)) if actor else ""
