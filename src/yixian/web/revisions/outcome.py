"""执行结果页: every account reckoned again, the differences to be paid, and the cases that wait for a decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from yixian.compensation.account_read_models import DifferenceView
from yixian.compensation.queries import (
    difference_list,
    difference_total,
    differences_of_run,
    open_cases,
    withheld_households,
)
from yixian.kernel.errors import NotFound
from yixian.kernel.jobs import ask
from yixian.kernel.permission import require_person
from yixian.kernel.result_sets import ResultSet
from yixian.revisions.access import DRAFTERS
from yixian.revisions.queries import get_revision, revision_run, revision_view
from yixian.web.request_actor import actor_of
from yixian.web.ui.addresses import address_of
from yixian.web.ui.cells import CODE, MONEY, NUMBER, STRONG, soft
from yixian.web.ui.filters import ListQuery
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table, Where


@require_POST
def adopt(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Ask for every account to be reckoned under what was decided, or for that to go on."""
    actor = actor_of(request)
    require_person(actor, DRAFTERS)
    revision = get_revision(actor, revision_id)
    job = ask("revisions.adopt", {"revision_id": revision.pk}, actor=actor, at=timezone.now())
    return redirect("staff:job", job.pk)


def _run(query: ListQuery) -> tuple[Any, Any]:
    """A revision in reach, and the reckoning under it. Raises `NotFound` before there is one."""
    revision = get_revision(query.actor, query.kwargs["revision_id"])
    run = revision_run(revision)
    if run is None:
        raise NotFound("revision.no_run", _("No account has been calculated under it yet."))
    return revision, run


def _rows(query: ListQuery) -> ResultSet[DifferenceView]:
    _revision, run = query.subject
    return difference_list(query.actor, run.run_id)


def _around(query: ListQuery) -> dict[str, Any]:
    revision, run = query.subject
    actor = query.actor
    return {
        "revision": revision,
        "view": revision_view(revision),
        "run": run,
        "total": difference_total(differences_of_run(actor, run.run_id)),
        "case_table": CASES,
        "cases": list(open_cases(actor, run_id=run.run_id)),
        "withheld": withheld_households(actor, on=query.on, area_path=revision.area.path).count(),
    }


def _why(case: Any) -> str:
    """Why a case waits for a decision."""
    reasons = [
        words
        for words, holds in (
            (gettext("touches a signed agreement"), case.breaks_agreement),
            (gettext("the household would get less"), case.loses),
        )
        if holds
    ]
    return gettext(", ").join(reasons)


CASES = Table[Any](
    _("cases that wait for a decision"),
    (
        Column(
            "name",
            _("Household"),
            lambda case: case.household.head.name if case.household.head else case.household.household_no,
            link=lambda case: address_of("agreements:case", case.pk),
            under=lambda case: soft(case.household.household_no),
            place="lead",
        ),
        Column("place", _("Area"), lambda case: case.household.area.label),
        Column("why", _("Why it waits"), _why),
        Column("old", _("In force, yuan"), lambda case: case.current.total_fen, MONEY),
        Column("new", _("As calculated, yuan"), lambda case: case.proposed.total_fen, MONEY),
    ),
    Empty(_("No case waits")),
)

DIFFERENCES = ListPage(
    url="staff:revision_outcome",
    export="staff:revision_differences",
    title=_("What came of it"),
    table=Table[DifferenceView](
        _("Differences to be paid"),
        (
            Column("no", _("Household number"), lambda row: row.household_no, CODE, where=Where.FILE),
            Column(
                "name",
                _("Household"),
                lambda row: row.head_name or row.household_no,
                link=lambda row: address_of("staff:household", row.household_id),
                under=lambda row: soft(row.household_no),
                place="lead",
                file_heading=_("Head of household"),
            ),
            Column("place", _("Area"), lambda row: row.area.label),
            Column("version", _("Version"), lambda row: row.version, NUMBER),
            Column("old", _("Before, yuan"), lambda row: row.old_fen, MONEY),
            Column("new", _("Now in force, yuan"), lambda row: row.new_fen, MONEY),
            Column("difference", _("Difference, yuan"), lambda row: row.difference_fen, STRONG),
        ),
        Empty(_("No difference"), _("Nobody's sum changed.")),
    ),
    rows=_rows,
    counted=lambda n: ngettext("%(number)s household", "%(number)s households", n) % {"number": f"{n:,}"},
    template="revisions/outcome.html",
    subject=_run,
    context=_around,
)
