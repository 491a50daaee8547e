"""换人: a household asks for another helper — once in the time that the county's rules set without a reason, else with one.

Who is asked for takes over on the next day. Nobody else is moved for it. Where nobody else has a place the household keeps
its helper, the request stays open, and every later solution tries again: asking costs a household nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.duty.access import COVERERS
from yixian.duty.actions.pairing_writer import Begin, begin, end
from yixian.duty.choices import HandoverCause, PairingPart, RecusalGround, RequestChannel
from yixian.duty.eligibility import Days
from yixian.duty.helper_search import find_helpers
from yixian.duty.models import HelperRequest, Pairing, Recusal
from yixian.duty.queries.handovers import free_again_on
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.intervals import in_force
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.kernel.roles import Role
from yixian.registry.access import below, get_household, household_scope
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household

NOT_GIVEN_BACK = timedelta(days=365)
"""For so long nobody is given back the helper whom they asked to have replaced."""

_ASKED = gettext_noop("You asked for another helper; the nearest who had a place")
_REPLACED = gettext_noop("You asked for another helper")


@transaction.atomic
def ask_another(
    household_id: int, role: HelperKind, reason: str, channel: RequestChannel, *, actor: Actor, at: datetime
) -> HelperRequest:
    """Write the request and, if anybody can, let somebody else take over tomorrow.

    The household itself asks on the portal; staff write it down at the counter, on the telephone or on a visit. Raises
    `NotFound`, `NotPermitted`, `Invalid` (field ``reason``) if the free request of the year was used, and `Refused` while
    an earlier request is open or nobody stands beside it in that role.
    """
    household = get_household(actor, household_id)
    own = Role.HOUSEHOLD in actor.roles
    require(actor, COVERERS | {Role.HOUSEHOLD})
    Household.objects.select_for_update().get(pk=household.pk)
    today = timezone.localdate(at)
    held = _held(household, role, today)
    if held is None:
        raise Refused(
            "request.nobody",
            _("Nobody stands beside the household in this role; somebody is being looked for."),
        )
    if HelperRequest.objects.filter(
        household=household, role=role, settled_at=None, withdrawn_at=None
    ).exists():
        raise Refused("request.open", _("The household has asked already; somebody is being looked for."))
    free = free_again_on(household, role, on=today)
    if free is not None and not reason.strip():
        raise Invalid(
            "request.reason",
            _("Without a reason one may ask again later; say why."),
            field="reason",
            free=free,
        )
    request = HelperRequest.objects.create(
        household=household,
        helper=held.helper,
        role=role,
        area_path=household.area_path,
        channel=RequestChannel.PORTAL if own else channel,
        by_right=free is None,
        reason=reason.strip(),
        asked_at=at,
    )
    entry = Entry("request.asked", "household", household.pk, household.area_path, {"role": role.value})
    record(entry, actor=actor, at=at)
    settle_request(request, actor=actor, at=at)
    return request


@transaction.atomic
def withdraw_request(request_id: int, *, actor: Actor, at: datetime) -> HelperRequest:
    """Take an open request back; the free one of the year is not used up by it. Raises `NotFound`."""
    request = HelperRequest.objects.filter(pk=request_id, settled_at=None, withdrawn_at=None).first()
    if request is None:
        raise NotFound("request.not_found", _("There is no such request."))
    household = get_household(actor, request.household_id)
    require(actor, COVERERS | {Role.HOUSEHOLD})
    request.withdrawn_at = at
    request.save(update_fields=["withdrawn_at"])
    entry = Entry("request.withdrawn", "household", household.pk, household.area_path, {"role": request.role})
    record(entry, actor=actor, at=at)
    return request


def settle_requests(area_path: str, *, actor: Actor, at: datetime) -> int:
    """Try again for every open request below an area, the oldest first; how many are settled now."""
    rows = HelperRequest.objects.filter(below(area_path), settled_at=None, withdrawn_at=None)
    rows = rows.filter(household__in=household_scope(actor)).select_related("household__area")
    return sum(settle_request(row, actor=actor, at=at) for row in rows.order_by("asked_at", "pk"))


def settle_request(request: HelperRequest, *, actor: Actor, at: datetime) -> bool:
    """Try to find somebody else for an open request, from tomorrow on; whether it is settled. In the caller's transaction."""
    tomorrow = timezone.localdate(at) + timedelta(days=1)
    held = _held(request.household, request.role, tomorrow)
    if held is None or held.helper_id != request.helper_id:
        return _settled(request, at)
    search = find_helpers(
        [request.household], HelperKind(request.role), Days(tomorrow), without={request.helper_id}
    )
    if search.lacking:
        return False
    (one,) = search.found
    end(_arranged(request, tomorrow), tomorrow, _REPLACED, actor=actor, at=at)
    Recusal.objects.create(
        household=request.household,
        helper_id=request.helper_id,
        ground=RecusalGround.ASKED,
        valid_from=tomorrow,
        valid_until=tomorrow + NOT_GIVEN_BACK,
        declared_at=at,
    )
    plan = Begin(
        one.household,
        one.helper,
        one.cost,
        Days(tomorrow),
        HandoverCause.ASKED,
        _ASKED,
        replaces=held,
        request=request,
    )
    begin([plan], actor=actor, at=at)
    return _settled(request, at)


def _arranged(request: HelperRequest, on: date) -> QuerySet[Pairing]:
    """Everybody responsible or standing in from a day on, also a successor who was announced: all of it is decided anew."""
    rows = Pairing.objects.filter(Days(on).overlap(), household=request.household_id, role=request.role)
    return rows.exclude(part=PairingPart.BACKUP).select_related("helper__person")


def _settled(request: HelperRequest, at: datetime) -> bool:
    request.settled_at = at
    request.save(update_fields=["settled_at"])
    return True


def _held(household: Household, role: str, on: date) -> Pairing | None:
    rows = Pairing.objects.filter(in_force(on), household=household, role=role, part=PairingPart.FIRST)
    return rows.select_related("helper__person", "household__area").first()
