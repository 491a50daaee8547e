"""Routes of the API. Each is declared in the access matrix under ``api-1:<name>``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.params.functions import Query

from yixian.api.schemas import (
    AreaOut,
    ErrorOut,
    HouseholdDetail,
    HouseholdPage,
    MeOut,
    PromiseOut,
    VisitOut,
)
from yixian.compensation.queries import current_statement
from yixian.duty.queries import assigned_helpers
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused, YixianError
from yixian.registry.access import get_household
from yixian.registry.actions.note_reading import note_reading
from yixian.registry.queries import area_children, area_roots, get_area, households, members
from yixian.visits.access import readable_household
from yixian.visits.queries import household_promises, household_visits

PAGE_LIMIT = 200
LAST_OFFSET = 10**9
"""Far beyond any county; a database cannot count without end."""

api = NinjaAPI(
    title="Yixian",
    version="1",
    description="Households, areas and accounts, as far as the signed-in caller reaches.",
    urls_namespace="api-1",
    docs_url=None,
)
_STATUS = {NotPermitted: 403, NotFound: 404, Refused: 409, Invalid: 422}


@api.exception_handler(YixianError)
def refuse(request: HttpRequest, error: YixianError) -> HttpResponse:
    """Refusals as JSON with their status."""
    status = _STATUS.get(type(error), 400)
    body = {"key": error.key, "message": error.sentence, "field": error.field}
    return api.create_response(request, body, status=status)


@api.get("/me", response=MeOut, url_name="me")
def me(request: HttpRequest) -> dict[str, Any]:
    """Who the caller is and which roles they hold."""
    actor = _actor(request)
    return {"label": actor.label, "roles": sorted(actor.roles)}


@api.get("/areas", response=list[AreaOut], url_name="areas")
def areas(request: HttpRequest, parent: int | None = None) -> list[Any]:
    """The topmost areas in reach, or those directly below one."""
    actor = _actor(request)
    return list(area_children(actor, get_area(actor, parent)) if parent else area_roots(actor))


@api.get("/households", response=HouseholdPage, url_name="households")
def household_list(
    request: HttpRequest,
    search: str = "",
    area: int | None = None,
    offset: int = Query(0, ge=0, le=LAST_OFFSET),
    limit: int = Query(50, ge=1, le=PAGE_LIMIT),
) -> dict[str, Any]:
    """Households in reach, by number. ``search`` as on the page."""
    actor = _actor(request)
    path = get_area(actor, area).path if area else ""
    rows = households(actor, on=timezone.localdate(), search=search, area_path=path)
    return {"count": rows.count(), "items": [_household(row) for row in rows[offset : offset + limit]]}


@api.get("/households/{household_id}", response={200: HouseholdDetail, 404: ErrorOut}, url_name="household")
def household_detail(request: HttpRequest, household_id: int) -> dict[str, Any]:
    """One household in reach. The reading is noted, as on the page."""
    actor = _actor(request)
    household = get_household(actor, household_id)
    note_reading(actor, household, "API", at=timezone.now())
    today = timezone.localdate()
    statement = current_statement(actor, household, on=timezone.localdate())
    return {
        **_household(household),
        "members": members(actor, household, on=today),
        "beside": assigned_helpers(actor, household, on=today),
        "statement": statement
        and {
            "version": statement.version,
            "status": statement.status,
            "total_fen": statement.total_fen,
            "monthly_fen": statement.monthly_fen,
            "yearly_fen": statement.yearly_fen,
            "on_date": statement.on_date,
            "issued_at": statement.issued_at,
            "lines": statement.lines,
            "problems": [problem.message for problem in statement.problems],
        },
    }


@api.get(
    "/households/{household_id}/visits",
    response={200: list[VisitOut], 404: ErrorOut},
    url_name="household_visits",
)
def visits_of_household(request: HttpRequest, household_id: int) -> list[dict[str, Any]]:
    """The visits to one household, the latest first. The reading is noted, as on the page."""
    actor = _actor(request)
    household = readable_household(actor, household_id)
    note_reading(actor, household, gettext_noop("visits and promises"), at=timezone.now())
    return [
        {
            "id": visit.pk,
            "on": visit.on,
            "kind": visit.kind,
            "by": visit.by,
            "body": visit.organisation,
            "present": list(visit.present),
            "said": visit.said,
            "confirmed": visit.is_confirmed,
            "corrected": bool(visit.earlier),
            "objections": [one.words for one in visit.objections],
            "photos": [photo.pk for photo in visit.photos],
            "promises": [promise.pk for promise in visit.promises],
        }
        for visit in household_visits(actor, household, on=timezone.localdate())
    ]


@api.get(
    "/households/{household_id}/promises",
    response={200: list[PromiseOut], 404: ErrorOut},
    url_name="household_promises",
)
def promises_of_household(request: HttpRequest, household_id: int) -> list[dict[str, Any]]:
    """The promises made to one household, those that failed first. The reading is noted, as on the page."""
    actor = _actor(request)
    household = readable_household(actor, household_id)
    note_reading(actor, household, gettext_noop("visits and promises"), at=timezone.now())
    return [
        {
            "id": promise.pk,
            "text": promise.text,
            "kind": promise.kind,
            "by": promise.by,
            "made_on": promise.made_on,
            "due_on": promise.due_on,
            "state": promise.state.value,
            "clause": promise.clause.title if promise.clause else "",
            "clause_words": promise.clause.words if promise.clause else "",
            "said": [
                {"outcome": one.outcome, "said_by": one.said_by, "on": one.on, "note": one.note}
                for one in promise.said
            ],
        }
        for promise in household_promises(actor, household, on=timezone.localdate())
    ]


def _household(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "household_no": row.household_no,
        "head_name": row.head.name if row.head else "",
        "area": row.area,
        "zone": row.zone,
        "language": row.language,
        "difficulty": row.difficulty,
    }


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
