"""协议列表与协议页: agreements in reach — searched, limited, exported; and one of them with what can be done about it."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from yixian.compensation.access import DRAWERS_UP, VOID_APPROVERS, VOID_PROPOSERS, acts_for
from yixian.compensation.choices import AgreementState
from yixian.compensation.paper.agreement import agreement_pdf
from yixian.compensation.queries import agreements, get_agreement, open_cases, parties_to_record, row_of
from yixian.domain.cells import plain
from yixian.domain.money import format_fen
from yixian.registry.access import get_household
from yixian.registry.actions.note_reading import note_reading, note_reading_many
from yixian.registry.queries import get_area
from yixian.registry.queries.areas import area_names
from yixian.web.agreements.versions import asked_print
from yixian.web.asking import actor_of
from yixian.web.paper.single import pdf
from yixian.web.staff.accounts import work_places
from yixian.web.staff.paging import page_of

_LIVING = (AgreementState.SIGNING, AgreementState.IN_FORCE)


@require_GET
def agreement_list(request: HttpRequest) -> HttpResponse:
    """The list, a page at a time."""
    actor, chosen = actor_of(request), _chosen(request)
    page = page_of(_rows(request, chosen), request.GET.get("page"))
    rows = [row_of(row) for row in page.rows]
    context = {
        "page": page,
        "rows": rows,
        "places": area_names({row.area_path for row in rows}),
        "chosen": chosen,
        "states": AgreementState.choices,
        "areas": work_places(actor),
        "waiting": open_cases(actor).count(),
    }
    return render(request, "agreements/list.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The limited list as a text table in the reader's language; every household in it is noted as read."""
    actor, now = actor_of(request), timezone.now()
    rows = [row_of(row) for row in _rows(request, _chosen(request))]
    places = area_names({row.area_path for row in rows})
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [
            _("Agreement no."),
            _("Household number"),
            _("Head of household"),
            _("Location"),
            _("Version"),
            _("Total, yuan"),
            _("Drawn up on"),
            _("State"),
        ]
    )
    for row in rows:
        cells = [
            row.number,
            row.household_no,
            row.head,
            places.get(row.area_path, ""),
            str(row.version),
            format_fen(row.total_fen),
            row.drawn_up_on.isoformat(),
            row.state_label,
        ]
        writer.writerow([plain(cell) for cell in cells])
    note_reading_many(actor, [row.household_id for row in rows], gettext_noop("list of agreements"), at=now)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    day = timezone.localdate(now).isoformat()
    response["Content-Disposition"] = f'attachment; filename="agreements-{day}.csv"'
    return response


@require_GET
def agreement_page(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """One agreement: parties, signatures, and what this reader may do about it. The reading is noted."""
    actor = actor_of(request)
    view = get_agreement(actor, agreement_id)
    household = get_household(actor, view.household_id)
    note_reading(actor, household, gettext_noop("agreement"), at=timezone.now())
    living = view.state in _LIVING
    context = {
        "agreement": view,
        "household": household,
        "to_record": parties_to_record(actor, agreement_id),
        "may_withdraw": view.state == AgreementState.DRAWN_UP and acts_for(actor, household, DRAWERS_UP),
        "may_propose_void": living and view.proposal is None and acts_for(actor, household, VOID_PROPOSERS),
        "may_declare_void": living
        and view.proposal is not None
        and view.proposed_by_id != actor.user_id
        and acts_for(actor, household, VOID_APPROVERS),
        "may_draw_up": acts_for(actor, household, DRAWERS_UP) and view.end is not None,
    }
    return render(request, "agreements/agreement.html", context)


@require_GET
def paper(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """The agreement as a PDF."""
    actor = actor_of(request)
    view = get_agreement(actor, agreement_id)
    lang, _large = asked_print(request)
    return pdf(agreement_pdf(actor, agreement_id, lang=lang, at=timezone.now()), f"{view.number}.pdf")


def _chosen(request: HttpRequest) -> dict[str, Any]:
    area = request.GET.get("area", "")
    actor = actor_of(request)
    return {
        "search": request.GET.get("q", "").strip()[:60],
        "state": request.GET.get("state", ""),
        "area": get_area(actor, int(area)) if area.isascii() and area.isdigit() else None,
    }


def _rows(request: HttpRequest, chosen: dict[str, Any]) -> Any:
    return agreements(
        actor_of(request),
        search=chosen["search"],
        state=chosen["state"],
        area_path=chosen["area"].path if chosen["area"] else "",
    )
