"""今日: what needs you today, by what you are, each with the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yixian.compensation.queries import accounts_of, lacking_account, withheld_list
from yixian.duty.queries import (
    count_unsolved,
    handover_counts,
    handovers_to,
    places_short,
    uncovered_count,
)
from yixian.kernel.access_changes import (
    ACCESS_READERS,
    codes_to_confirm,
    given_of_late,
    grants_to_confirm,
)
from yixian.kernel.actors import Actor
from yixian.kernel.queries import jobs_failed_since
from yixian.kernel.roles import CONFIRMERS, HELPER_ROLES, Role
from yixian.matters.access import HANDLERS
from yixian.matters.queries import matter_board
from yixian.policies.access import APPROVERS
from yixian.policies.policy_helpdesk import helpdesk_counts
from yixian.policies.queries import proposals_to_approve
from yixian.registry.queries import households
from yixian.registry.queries.proposed_changes import changes_to_agree
from yixian.web.request_actor import actor_of
from yixian.web.staff.system import system_state
from yixian.workbook.queries import waiting_batches

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class TodayItem:
    """Something that waits: how much of it, why it matters, and where to go."""

    count: int
    title: str | Promise
    why: str | Promise
    address: str


@require_GET
def home_page(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    actor, now = actor_of(request), timezone.now()
    on = timezone.localdate(now)
    context = {
        "tasks": [task for task in _tasks(request, actor, on) if task.count],
        "mine": _mine(actor, on),
        "system": system_state(actor, at=now) if Role.ADMINISTRATOR in actor.roles else None,
        "today": on,
    }
    return render(request, "staff/home.html", context)


def _tasks(request: HttpRequest, actor: Actor, on: date) -> list[TodayItem]:
    found: list[TodayItem] = []
    may = request.may  # type: ignore[attr-defined]
    if actor.has_any(HANDLERS):
        found += _matter_tasks(actor)
    if may("staff:accounts"):
        found += _account_tasks(actor, on)
    if may("staff:pairing"):
        found += _pairing_tasks(actor, on)
    if may("staff:duty"):
        found += _duty_tasks(actor, on)
    if actor.helper_id is not None and may("staff:duty_handovers"):
        found.append(
            TodayItem(
                len(handovers_to(actor, on=on)),
                _("Households pass to you"),
                _("Accept each, visit it with the helper before, and let the household acknowledge."),
                reverse("staff:duty_handovers"),
            )
        )
    if may("staff:imports"):
        found.append(
            TodayItem(
                waiting_batches(actor),
                _("Workbooks wait to be committed"),
                _("They are checked; nothing is entered before somebody commits them."),
                reverse("staff:imports"),
            )
        )
    if may("staff:helpdesk"):
        found += _helpdesk_tasks(actor, on)
    if actor.has_any(APPROVERS):
        found.append(_adoption_task(actor))
    found.append(_change_task(actor))
    found += _access_tasks(actor)
    found.append(
        TodayItem(
            jobs_failed_since(actor, on),
            _("Work that failed today"),
            _("Look at the reason, and ask for it again."),
            reverse("staff:jobs"),
        )
    )
    return found


def _change_task(actor: Actor) -> TodayItem:
    return TodayItem(
        changes_to_agree(actor),
        _("Changes wait for a second person"),
        _("What is paid depends on them; they take effect when you have agreed."),
        reverse("staff:changes"),
    )


def _access_tasks(actor: Actor) -> list[TodayItem]:
    """What a second person must confirm, and, for those above, which roles were given of late."""
    found, now = [], timezone.now()
    if actor.has_any(CONFIRMERS):
        found.append(
            TodayItem(
                grants_to_confirm(actor).count() + codes_to_confirm(actor, at=now).count(),
                _("Roles and codes wait for a second person"),
                _("Another administrator gave them; they hold when you have confirmed them."),
                reverse("staff:access_waiting"),
            )
        )
    if actor.has_any(ACCESS_READERS):
        found.append(
            TodayItem(
                given_of_late(actor, at=now),
                _("Roles given in the last two weeks"),
                _("Who gave whom which role: look whether you know of each."),
                reverse("staff:access_changes"),
            )
        )
    return found


def _matter_tasks(actor: Actor) -> list[TodayItem]:
    counts, listing = matter_board(actor, at=timezone.now()), reverse("staff:matters")
    return [
        TodayItem(
            counts.overdue,
            _("Matters are overdue"),
            _("A limit has passed, and somebody waits for each of them."),
            f"{listing}?tab=overdue",
        ),
        TodayItem(
            counts.offered,
            _("Matters are offered to your office"),
            _("Take each over or return it with reasons; after five working days it is yours."),
            f"{listing}?tab=offered",
        ),
        TodayItem(
            counts.mine,
            _("Matters are in your hands"),
            _("What is due first stands at the top."),
            f"{listing}?tab=mine",
        ),
    ]


def _account_tasks(actor: Actor, on: date) -> list[TodayItem]:
    listing = reverse("staff:households")
    return [
        TodayItem(
            withheld_list(actor, on=on).count(),
            _("Accounts are withheld"),
            _("Something in them cannot be calculated. Each says what, and what to do."),
            reverse("staff:withheld"),
        ),
        TodayItem(
            lacking_account(actor, on=on),
            _("Households have no account yet"),
            _("They were entered after the last calculation."),
            f"{listing}?account=none",
        ),
    ]


def _pairing_tasks(actor: Actor, on: date) -> list[TodayItem]:
    return [
        TodayItem(
            uncovered_count(actor, on=on),
            _("Households lack a cadre or a party member"),
            _("Every household is owed both, on every day."),
            f"{reverse('staff:households')}?uncovered=1",
        ),
        TodayItem(
            places_short(actor),
            _("Places are short and nobody else can serve"),
            _("The last pairing shows where people are needed, and how many."),
            reverse("staff:pairing"),
        ),
    ]


def _duty_tasks(actor: Actor, on: date) -> list[TodayItem]:
    return [
        TodayItem(
            count_unsolved(actor, on=on),
            _("Somebody is suddenly away"),
            _("Their households have the township's lead until stand-ins are confirmed."),
            reverse("staff:duty_absences"),
        ),
        TodayItem(
            handover_counts(actor, on=on)["late"],
            _("Hand-overs are late"),
            _("Their day has come, and a step is missing."),
            f"{reverse('staff:duty_handovers')}?state=late",
        ),
    ]


def _adoption_task(actor: Actor) -> TodayItem:
    return TodayItem(
        len(proposals_to_approve(actor)),
        _("Policies wait for your approval"),
        _("Somebody else proposed them; without a second person they have no effect."),
        reverse("staff:policies"),
    )


def _helpdesk_tasks(actor: Actor, on: date) -> list[TodayItem]:
    counts, address = helpdesk_counts(actor, on), reverse("staff:helpdesk")
    return [
        TodayItem(
            counts.overdue,
            _("Questions to the policy desk are overdue"),
            _("Their last day is over. Somebody waits for each of them."),
            address,
        ),
        TodayItem(
            counts.open,
            _("Questions wait at the policy desk"),
            _("The library did not answer them. Each has a last day."),
            address,
        ),
    ]


def _mine(actor: Actor, on: date) -> list[dict[str, object]] | None:
    """The households that the actor stands beside; None for those whose work is not of that kind."""
    grants = tuple(grant for grant in actor.grants if grant.role in HELPER_ROLES)
    if not grants:
        return None
    rows = list(households(actor.with_grants(grants), on=on)[:_SHOWN])
    accounts = accounts_of(actor, [row.pk for row in rows])
    return [{"household": row, "account": accounts.get(row.pk)} for row in rows]
