"""执行结果页: every account reckoned again, the differences to be paid, and the cases that wait for a decision."""

from __future__ import annotations

import csv
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from yixian.compensation.queries import (
    difference_total,
    difference_views,
    differences_of_run,
    open_cases,
    withheld_households,
)
from yixian.domain.cells import plain
from yixian.domain.money import format_fen
from yixian.kernel.errors import NotFound
from yixian.kernel.jobs import ask
from yixian.kernel.permission import require_person
from yixian.revisions.access import DRAFTERS
from yixian.revisions.queries import get_revision, revision_run, revision_view
from yixian.web.request_actor import actor_of
from yixian.web.ui.paging import page_of


@require_POST
def adopt(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Ask for every account to be reckoned under what was decided, or for that to go on."""
    actor = actor_of(request)
    require_person(actor, DRAFTERS)
    revision = get_revision(actor, revision_id)
    job = ask("revisions.adopt", {"revision_id": revision.pk}, actor=actor, at=timezone.now())
    return redirect("staff:job", job.pk)


@require_GET
def outcome(request: HttpRequest, revision_id: int) -> HttpResponse:
    """What the reckoning changed, household by household."""
    actor = actor_of(request)
    revision = get_revision(actor, revision_id)
    run = revision_run(revision)
    if run is None:
        raise NotFound("revision.no_run", gettext_lazy("No account has been reckoned under it yet."))
    rows = differences_of_run(actor, run.run_id).order_by("household__household_no")
    page = page_of(rows, request.GET.get("page"))
    page = replace(page, rows=list(difference_views(page.rows)))
    context = {
        "revision": revision,
        "view": revision_view(revision),
        "run": run,
        "page": page,
        "total": difference_total(rows),
        "cases": list(open_cases(actor, run_id=run.run_id)),
        "withheld": withheld_households(actor, on=timezone.localdate(), area_path=revision.area.path).count(),
    }
    return render(request, "revisions/outcome.html", context)


@require_GET
def differences_csv(request: HttpRequest, revision_id: int) -> HttpResponse:
    """The differences to be paid, as a table for the finance office."""
    actor = actor_of(request)
    revision = get_revision(actor, revision_id)
    run = revision_run(revision)
    if run is None:
        raise NotFound("revision.no_run", gettext_lazy("No account has been reckoned under it yet."))
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="revision-{revision.pk}-differences.csv"'
    writer = csv.writer(response)
    writer.writerow(
        [
            _("Household"),
            _("Place"),
            _("Head"),
            _("Version"),
            _("Now, yuan"),
            _("Then, yuan"),
            _("Difference, yuan"),
        ]
    )
    for view in difference_views(differences_of_run(actor, run.run_id).order_by("household__household_no")):
        amounts = [
            format_fen(fen).replace(",", "") for fen in (view.old_fen, view.new_fen, view.difference_fen)
        ]
        who = map(plain, (view.household_no, view.area.label, view.head_name))
        writer.writerow([*who, view.version, *amounts])
    return response
