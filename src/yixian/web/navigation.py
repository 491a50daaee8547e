"""导航: the navigation items of the staff pages, shown to those whom the access matrix lets in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import ResolverMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ITEMS_ON_PHONES = 4
"""How many rooms stand in the bar at the bottom of a phone; the others are behind "More"."""


@dataclass(frozen=True, slots=True)
class NavItem:
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
_POLICIES = ("polic", "adopt", "library", "ask", "hand_in", "answer", "helpdesk", "revision", "recording")

_GROUPS = ("group", "signal", "check")

_ACCESS = ("access", "code_confirm")

NAV_ITEMS: tuple[NavItem, ...] = (
    NavItem("staff:home", _("Today"), _("Today"), "today", ("home",)),
    NavItem("field:mine", _("My households"), _("My households"), "door", ("field:",)),
    NavItem(
        "staff:households", _("Households"), _("Households"), "households", ("household", "card", *_VERSIONS)
    ),
    NavItem("staff:matters", _("Matters"), _("Matters"), "matters", ("matter", "supervision", "formal")),
    NavItem("staff:areas", _("Places"), _("Places"), "areas", ("area",)),
    NavItem(
        "staff:organisations",
        _("Bodies and people"),
        _("Bodies"),
        "organisations",
        ("organisation", "helper"),
    ),
    NavItem("posting:list", _("Postings"), _("Postings"), "imports", ("posting:",)),
    NavItem("staff:accounts", _("Accounts"), _("Accounts"), "accounts", ("account", "withheld", "calculate")),
    NavItem("agreements:list", _("Agreements"), _("Agreements"), "lock", _AGREEMENTS),
    NavItem("staff:budget", _("Budget"), _("Budget"), "budget", ("budget",)),
    NavItem("staff:duty", _("People beside households"), _("Beside"), "pairing", _DUTY, _DUTY_OTHERWISE),
    NavItem("staff:visits", _("Visits"), _("Visits"), "walk", ("visits", "field:")),
    NavItem(
        "outreach:explanations",
        _("Explaining accounts"),
        _("Explain"),
        "accounts",
        ("outreach:expla", "outreach:confirm"),
    ),
    NavItem(
        "outreach:meetings",
        _("Policy meetings"),
        _("Meetings"),
        "policies",
        ("outreach:meeting", "outreach:policy"),
    ),
    NavItem(
        "outreach:sessions",
        _("Leaders on the spot"),
        _("On the spot"),
        "walk",
        ("outreach:session", "outreach:decision"),
    ),
    NavItem("survey:campaigns", _("Surveys on the ground"), _("Survey"), "areas", ("survey:",)),
    NavItem("staff:policies", _("Policies"), _("Policies"), "policies", _POLICIES),
    NavItem("staff:groups", _("Working groups"), _("Groups"), "groups", _GROUPS, ("staff:checks",)),
    NavItem("staff:quizzes", _("Policy quizzes"), _("Quizzes"), "quizzes", ("quiz",)),
    NavItem(
        "staff:imports", _("Import and export"), _("Import"), "imports", ("import", "export", "fact_sheet")
    ),
    NavItem("staff:changes", _("Changes"), _("Changes"), "pen", ("change",)),
    NavItem(
        "staff:users", _("Users"), _("Users"), "users", ("user", "grant", *_ACCESS), ("staff:access_changes",)
    ),
    NavItem("staff:system", _("System"), _("System"), "system", ("system", "job")),
)


NavState = tuple[tuple[str, bool], ...]
"""For each of `NAV_ITEMS`: the url name by which somebody enters ("" for those who may not), and whether they are in it."""


def nav_state(request: HttpRequest) -> NavState:
    """The rooms as they stand for who asks for this page."""
    may = getattr(request, "may", None)
    if may is None:
        return ()
    match = request.resolver_match
    name = _name_of(match) if match else ""
    return tuple((item.entrance(may), name.startswith(item.section)) for item in NAV_ITEMS)


def nav_items_of(standing: NavState) -> list[tuple[NavItem, bool]]:
    """The rooms that may be entered, each by its own entrance, with whether the page asked for lies in it."""
    found = zip(NAV_ITEMS, standing, strict=bool(standing))
    return [(replace(item, url_name=door), here) for item, (door, here) in found if door]


def _name_of(match: ResolverMatch) -> str:
    """The url name without ``staff:``; with its namespace elsewhere."""
    return (match.view_name or "").removeprefix("staff:")


def role_labels(request: HttpRequest) -> str:
    """The actor's roles in words."""
    actor = getattr(request, "actor", None)
    return " · ".join(str(role.label) for role in sorted(actor.roles)) if actor else ""
