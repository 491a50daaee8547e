"""账目页: what is in force, what was reckoned last, what is withheld and why; and having it reckoned again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from yixian.compensation.account_read_models import WithheldRow
from yixian.compensation.queries import (
    account_totals,
    get_open_run,
    latest_calculation,
    open_runs,
    outdated_accounts,
    outdated_count,
    withheld_list,
)
from yixian.kernel.actors import Actor
from yixian.kernel.jobs import ask
from yixian.policies.queries import pack_in_force
from yixian.registry.actions.note_reading import note_reading_many
from yixian.registry.queries import first_forks, get_area, work_places
from yixian.web.request_actor import actor_of, posted_id
from yixian.web.ui.asking_once import Question, ask_once
from yixian.web.ui.cells import CODE, LINES
from yixian.web.ui.crumbs import household_crumb
from yixian.web.ui.filters import ListQuery
from yixian.web.ui.household_counts import counted_households
from yixian.web.ui.lists import Action, ListPage
from yixian.web.ui.tables import Column, Empty, Table


@require_GET
def accounts_page(request: HttpRequest) -> HttpResponse:
    """The accounts of every place in reach, in sums."""
    actor, on = actor_of(request), timezone.localdate()
    roots = first_forks(actor)
    places = work_places(actor)
    context: dict[str, Any] = {
        "totals": [
            (area, account_totals(actor, area, on=on), outdated_count(actor, area, on=on)) for area in roots
        ],
        "run": latest_calculation(actor),
        "open_runs": open_runs(actor),
        "in_force": pack_in_force(places[0].path, on) if places else None,
        "places": places,
    }
    return render(request, "staff/accounts/page.html", context)


@require_POST
def calculate_accounts(request: HttpRequest) -> HttpResponse:
    """Ask for the accounts of a place to be reckoned."""
    actor = actor_of(request)
    area = get_area(actor, posted_id(request, "area"))
    asked = ask_once(request, _calculation(actor, area))
    if asked is not None:
        return asked
    job = ask("compensation.calculate", {"area_path": area.path}, actor=actor, at=timezone.now())
    return redirect("staff:job", job.pk)


def _calculation(actor: Actor, area: Any) -> Question:
    """How many accounts a calculation looks at, and what may become of them."""
    on = timezone.localdate()
    sums, behind = account_totals(actor, area, on=on), outdated_count(actor, area, on=on)
    numbers = {
        "place": area.label,
        "households": counted_households(sums.issued + sums.withheld + sums.missing),
        "missing": f"{sums.missing:,}",
        "withheld": f"{sums.withheld:,}",
        "behind": f"{behind:,}",
    }
    return Question(
        gettext("Calculate the accounts of %(place)s?") % numbers,
        [
            gettext("%(households)s are calculated, every line twice.") % numbers,
            gettext(
                "Today %(missing)s of them have no account yet, %(withheld)s are withheld, and %(behind)s are behind the facts."
            )
            % numbers,
            gettext(
                "An account that does not change keeps its version. One that would fall, or touches an agreement, is not put "
                "in force but waits for a decision."
            ),
        ],
        gettext("Yes, calculate them"),
        (reverse("staff:accounts"), gettext("Accounts")),
    )


@require_POST
def resume_calculation(request: HttpRequest) -> HttpResponse:
    """Ask for a reckoning that was cut off to go on."""
    actor = actor_of(request)
    run = get_open_run(actor, posted_id(request, "run"))
    job = ask("compensation.resume", {"run_id": run.run_id}, actor=actor, at=timezone.now())
    return redirect("staff:job", job.pk)


def _reasons(row: WithheldRow) -> list[str]:
    """Each reason, with the number of the line that it is about."""
    return [
        f"{problem.message} ({problem.line_no})" if problem.line_no else problem.message
        for problem in row.problems
    ]


def _noted(query: ListQuery, rows: Sequence[WithheldRow]) -> None:
    ids = [row.household.pk for row in rows]
    note_reading_many(query.actor, ids, gettext_noop("list of withheld accounts"), at=query.at)


WITHHELD = ListPage(
    url="staff:withheld",
    export="staff:withheld_export",
    title=_("Withheld accounts"),
    lead=_(
        "Nobody is skipped and no sum is silently short: what cannot be calculated stands here with its reason."
    ),
    table=Table[WithheldRow](
        _("Withheld accounts"),
        (
            Column(
                "name",
                _("Head of household"),
                lambda row: household_crumb(row.household)[1],
                link=lambda row: household_crumb(row.household)[0],
                place="lead",
            ),
            Column("no", _("Household number"), lambda row: row.household.household_no, CODE),
            Column("place", _("Location"), lambda row: row.household.area.label),
            Column("why", _("Why"), _reasons, LINES, unsorted="several reasons stand in one cell"),
        ),
        Empty(
            _("No account is withheld"),
            _("Every account in your reach could be calculated whole."),
        ),
        css="",
    ),
    rows=lambda query: withheld_list(query.actor, on=query.on),
    counted=lambda n: ngettext("%(number)s household", "%(number)s households", n) % {"number": f"{n:,}"},
    noted=_noted,
    template="staff/accounts/withheld.html",
)


def _outdated_noted(query: ListQuery, rows: Sequence[Any]) -> None:
    ids = [row.pk for row in rows]
    note_reading_many(query.actor, ids, gettext_noop("list of accounts behind the facts"), at=query.at)


OUTDATED = ListPage(
    url="staff:outdated",
    export="staff:outdated_export",
    title=_("Accounts behind the facts"),
    lead=_(
        "The register says something else of these households today than what their account was calculated from. "
        "Until it is recalculated it is neither printed nor signed."
    ),
    table=Table[Any](
        _("Accounts behind the facts"),
        (
            Column(
                "name",
                _("Head of household"),
                lambda row: household_crumb(row)[1],
                link=lambda row: household_crumb(row)[0],
                place="lead",
            ),
            Column("no", _("Household number"), lambda row: row.household_no, CODE),
            Column("place", _("Location"), lambda row: row.area.label),
        ),
        Empty(
            _("No account is behind the facts"),
            _("Every account in your reach was calculated from what the register says today."),
        ),
        css="",
    ),
    rows=lambda query: outdated_accounts(query.actor, on=query.on),
    counted=lambda n: ngettext("%(number)s household", "%(number)s households", n) % {"number": f"{n:,}"},
    noted=_outdated_noted,
    actions=(Action("staff:accounts", _("Recalculate")),),
)
