"""机构查询: bodies and their people. Who works where is public within the county's staff; private details are not."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.intervals import in_force
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.registry.models import Body, Helper


def bodies(actor: Actor, *, search: str = "", kind: str = "") -> QuerySet[Body]:
    """All bodies, for any member of staff; none for others."""
    rows = Body.objects.select_related("area").order_by("kind", "code")
    if not _is_staff(actor):
        return rows.none()
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(Q(name__icontains=search) | Q(code=search)) if search else rows


def get_body(actor: Actor, body_id: int) -> Body:
    """One body. Raises `NotFound`."""
    body = bodies(actor).filter(pk=body_id).first()
    if body is None:
        raise NotFound("body.not_found", "There is no such body.")
    return body


def body_helpers(actor: Actor, body: Body, *, on: date) -> QuerySet[Helper]:
    """The body's helpers in service on a day, with their names."""
    rows = body.helpers.select_related("person", "home_area").prefetch_related("posts")
    return rows.filter(in_force(on)) if _is_staff(actor) else rows.none()


def get_helper(actor: Actor, helper_id: int) -> Helper:
    """One helper, for staff. Raises `NotFound`."""
    helper = None
    if _is_staff(actor):
        rows = Helper.objects.select_related("person", "body", "home_area").prefetch_related("posts")
        helper = rows.filter(pk=helper_id).first()
    if helper is None:
        raise NotFound("helper.not_found", "There is no such helper.")
    return helper


def _is_staff(actor: Actor) -> bool:
    return actor.has_any(*STAFF_ROLES, Role.SYSTEM)
