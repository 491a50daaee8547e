"""准入页: who signed in, what was given to whom, and what waits for a second person's confirmation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from yixian.kernel.access_changes import CHANGES as RIGHTS
from yixian.kernel.access_changes import (
    SIGN_INS,
    AccessChange,
    access_changes,
    codes_to_confirm,
    grants_to_confirm,
)
from yixian.kernel.actions.confirm_access import confirm_code, confirm_grant
from yixian.kernel.roles import Role
from yixian.registry.queries.areas import area_names
from yixian.web.request_actor import actor_of
from yixian.web.ui.cells import CODE, MOMENT, Text
from yixian.web.ui.filters import Choice, Day, Search, Tabs
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

WORDS: dict[str, Text] = {
    "sign_in.succeeded": _("Signed in"),
    "sign_in.failed": _("Wrong user name or password"),
    "sign_in.factor_failed": _("Wrong second factor"),
    "sign_in.ended": _("Signed out"),
    "user.created": _("User made"),
    "user.opened": _("Sign-in opened again"),
    "user.closed": _("Sign-in closed"),
    "user.password_set": _("Password set by an administrator"),
    "user.password_changed": _("Password changed"),
    "user.password_chosen": _("Password chosen with a one-time code"),
    "user.code_issued": _("One-time code given out"),
    "user.code_confirmed": _("One-time code confirmed"),
    "user.code_refused": _("One-time code refused"),
    "user.factor_added": _("Second factor added"),
    "user.factor_removed": _("Second factor taken away"),
    "user.sessions_ended": _("Other sign-ins ended"),
    "user.sign_in_ended": _("Sign-in ended, until a code that two people know of"),
    "grant.proposed": _("Role proposed"),
    "grant.given": _("Role given"),
    "grant.confirmed": _("Role confirmed"),
    "grant.refused": _("Role refused"),
    "grant.ended": _("Role ended"),
}


def _role(row: AccessChange) -> str | None:
    return str(Role(row.role).label) if row.role in Role.values else None


def _by(row: AccessChange) -> str:
    """Who did it; the product itself and its commands have a name for the ledger alone."""
    label = row.event.actor_label
    return gettext("the system operator") if label.startswith("system:") else label


CHANGES = ListPage(
    url="staff:access_changes",
    title=_("Sign-ins and rights"),
    lead=_("Who gave whom which role, and who signed in or failed to. Nobody can change or delete a line."),
    table=Table[Any](
        _("Sign-ins and rights"),
        (
            Column("at", _("When"), lambda row: row.event.at, MOMENT),
            Column("what", _("What"), lambda row: WORDS.get(row.event.kind, row.event.kind), place="lead"),
            Column("whom", _("Whom"), lambda row: row.user or None, unsorted="the name of today"),
            Column("role", _("Role"), _role, unsorted="not every event is about one"),
            Column("by", _("By"), _by, CODE),
            Column(
                "from",
                _("Network address"),
                lambda row: row.network or None,
                CODE,
                unsorted="not every event has one",
            ),
        ),
        Empty(_("Nothing is recorded yet")),
    ),
    rows=lambda query: access_changes(
        query.actor,
        sign_ins=query["show"] == "sign_ins",
        search=query["q"],
        kind=query["kind"] or query["sign_in"],
        since=parse_date(query["since"]),
        until=parse_date(query["until"]),
    ),
    search=Search(_("Name or user name"), _("Who did it, or whom it is about")),
    filters=(
        Day("since", _("From")),
        Day("until", _("Until")),
    ),
    tab_filters={
        "rights": (Choice("kind", _("What happened"), [(kind, WORDS[kind]) for kind in RIGHTS]),),
        "sign_ins": (Choice("sign_in", _("What happened"), [(kind, WORDS[kind]) for kind in SIGN_INS]),),
    },
    counted=lambda n: ngettext("%(number)s line", "%(number)s lines", n) % {"number": f"{n:,}"},
    tabs=Tabs("show", _("Which"), (("rights", _("Rights")), ("sign_ins", _("Sign-ins")))),
    page_size=50,
)


@require_GET
def access_waiting(request: HttpRequest) -> HttpResponse:
    """What another administrator gave and this person may confirm."""
    actor = actor_of(request)
    grants = list(grants_to_confirm(actor))
    names = area_names({grant.area_path for grant in grants})
    context = {
        "grants": [(grant, names.get(grant.area_path, "")) for grant in grants],
        "codes": codes_to_confirm(actor, at=timezone.now()),
    }
    return render(request, "staff/users/waiting.html", context)


@require_POST
def grant_confirm(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Confirm or refuse a role."""
    grant = confirm_grant(
        grant_id, confirmed=_is_confirmed(request), actor=actor_of(request), at=timezone.now()
    )
    return _back(request, is_confirmed=not grant.waiting)


@require_POST
def code_confirm(request: HttpRequest, code_id: int) -> HttpResponse:
    """Confirm or refuse a one-time code."""
    code = confirm_code(code_id, confirmed=_is_confirmed(request), actor=actor_of(request), at=timezone.now())
    return _back(request, is_confirmed=not code.waiting)


def _is_confirmed(request: HttpRequest) -> bool:
    return request.POST.get("confirmed") == "1"


def _back(request: HttpRequest, *, is_confirmed: bool) -> HttpResponse:
    messages.success(request, _("It is confirmed and holds.") if is_confirmed else _("It is refused."))
    return redirect("staff:access_waiting")
