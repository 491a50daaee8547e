"""挂乡与驻村: appoint and relieve leaders of townships, station and withdraw bodies, so that no place is left alone.

Who ends must leave somebody: a township keeps a county leader and its lead, and every village with households a body
stationed in it or above it. A change of lead is one step, `appoint_leader` with the lead before relieved on the same day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel, path_chain
from yixian.duty.access import require_area
from yixian.duty.choices import LeadershipKind
from yixian.duty.eligibility import Days
from yixian.duty.leader_steps import APPOINT, RELIEVE, STATION, WITHDRAW
from yixian.duty.models import Absence, Leadership, Stationing
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.registry.access import below
from yixian.registry.models import Area, Helper, Household, Organisation


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who leads at which township from which day, by which document. ``relieves``: a leadership that ends on that day."""

    helper_id: int
    area_id: int
    kind: LeadershipKind
    first: date
    document: str
    relieves_id: int | None = None


@transaction.atomic
def appoint_leader(given: Appointment, *, actor: Actor, at: datetime) -> Leadership:
    """Appoint a leader; the one relieved ends on the same day.

    Raises `NotPermitted`, `NotFound`, `Invalid` with the field, and `Refused` if the township has another lead then.
    """
    require(actor, APPOINT.roles)
    area = _area(given.area_id, actor)
    Area.objects.select_for_update().get(pk=area.pk)
    helper = (
        Helper.objects.select_related("person").filter(Days(given.first).held(), pk=given.helper_id).first()
    )
    if helper is None:
        raise Invalid("leader.not_in_service", _("They are not in service on that day."), field="helper")
    if area.level != AreaLevel.TOWNSHIP:
        raise Invalid("leader.township", _("Leaders stand with townships."), field="area")
    if not given.document.strip():
        raise Invalid("leader.document", _("Name the document."), field="document")
    if Absence.objects.filter(Days(given.first).overlap(), helper=helper).exists():
        raise Invalid("leader.away", _("They are away, or are leaving."), field="helper")
    if given.relieves_id is not None:
        _end(_leadership(given.relieves_id, area), given.first, given.document)
    if (
        given.kind == LeadershipKind.TOWNSHIP_LEAD
        and Leadership.objects.filter(Days(given.first).overlap(), area=area, kind=given.kind).exists()
    ):
        raise Refused(
            "leader.one", _("The township has its lead on that day: relieve them with the same document.")
        )
    made = Leadership.objects.create(
        helper=helper,
        area=area,
        area_path=area.path,
        kind=given.kind,
        valid_from=given.first,
        document=given.document.strip(),
    )
    data = {"helper": helper.person.name, "kind": given.kind.value, "from": given.first.isoformat()}
    record(Entry(APPOINT.event, "area", area.pk, area.path, data), actor=actor, at=at)
    return made


@transaction.atomic
def relieve_leader(leadership_id: int, on: date, because: str, *, actor: Actor, at: datetime) -> Leadership:
    """End a leadership where another of its kind remains. Raises `Refused` if the township would have none."""
    require(actor, RELIEVE.roles)
    row = Leadership.objects.select_related("area", "helper__person").filter(pk=leadership_id).first()
    if row is None:
        raise NotFound("leader.not_found", _("There is no such leader."))
    require_area(actor, row.area_path)
    _end(row, on, because)
    if not Leadership.objects.filter(Days(on).held(), area=row.area_id, kind=row.kind).exists():
        raise Refused(
            "leader.last", _("The township would have nobody: appoint the successor with the same document.")
        )
    data = {"helper": row.helper.person.name, "kind": row.kind, "until": on.isoformat()}
    record(Entry(RELIEVE.event, "area", row.area_id, row.area_path, data), actor=actor, at=at)
    return row


@transaction.atomic
def station_organisation(
    organisation_id: int, area_id: int, first: date, document: str, *, actor: Actor, at: datetime
) -> Stationing:
    """Station a body at a township, village or group. Raises `Invalid`, and `Refused` if it is stationed there then."""
    require(actor, STATION.roles)
    area = _area(area_id, actor)
    Area.objects.select_for_update().get(pk=area.pk)
    organisation = Organisation.objects.filter(pk=organisation_id, valid_until=None).first()
    if organisation is None or area.level in {AreaLevel.PROVINCE, AreaLevel.COUNTY}:
        raise Invalid("station.where", _("Choose a body, and a township, village or group."), field="area")
    if not document.strip():
        raise Invalid("leader.document", _("Name the document."), field="document")
    if Stationing.objects.filter(Days(first).overlap(), organisation=organisation, area=area).exists():
        raise Refused("station.twice", _("It is stationed there already."))
    made = Stationing.objects.create(
        organisation=organisation, area=area, area_path=area.path, valid_from=first, document=document.strip()
    )
    data = {"organisation": organisation.name, "from": first.isoformat(), "document": made.document}
    record(Entry(STATION.event, "area", area.pk, area.path, data), actor=actor, at=at)
    return made


@transaction.atomic
def withdraw_organisation(
    stationing_id: int, on: date, because: str, *, actor: Actor, at: datetime
) -> Stationing:
    """End a stationing. Raises `Refused` if a village with households, or a household, would lose the last that serves it."""
    require(actor, WITHDRAW.roles)
    row = (
        Stationing.objects.select_related("organisation", "area")
        .filter(pk=stationing_id, valid_until=None)
        .first()
    )
    if row is None:
        raise NotFound("station.not_found", _("There is no such stationing."))
    require_area(actor, row.area_path)
    if on <= row.valid_from or not because.strip():
        raise Invalid("station.end", _("Give a day after it began, and the reason."), field="on")
    row.valid_until, row.ended_because = on, because.strip()
    row.save(update_fields=["valid_until", "ended_because"])
    _refuse_alone(row.area_path, on)
    _refuse_left(row, on)
    data = {"organisation": row.organisation.name, "until": on.isoformat(), "reason": row.ended_because}
    record(Entry(WITHDRAW.event, "area", row.area_id, row.area_path, data), actor=actor, at=at)
    return row


def _refuse_alone(path: str, on: date) -> None:
    """Refuse if some place below with households has no body stationed at it or above it."""
    stationed = set(Stationing.objects.filter(Days(on).held()).values_list("area_path", flat=True))
    homes = Household.objects.filter(Days(on).overlap()).filter(below(path)).order_by()
    for home in homes.values_list("area_path", flat=True).distinct():
        if stationed.isdisjoint(path_chain(home)):
            raise Refused(
                "station.last",
                _("A village with households would have no department: station another first."),
            )


def _refuse_left(row: Stationing, on: date) -> None:
    """Refuse while cadres of the body stand beside households there: they are handed over first."""
    others = Stationing.objects.filter(Days(on).held(), organisation=row.organisation).values_list(
        "area_path", flat=True
    )
    elsewhere = Q(pk__in=())
    for path in others:
        elsewhere |= below(path)
    left = Household.objects.filter(
        below(row.area_path), Days(on).overlap(), pairings__helper__organisation=row.organisation
    )
    if left.filter(Days(on).overlap("pairings__"), pairings__role="cadre").exclude(elsewhere).exists():
        raise Refused("station.beside", _("Its cadres stand beside households there: hand those over first."))


def _area(area_id: int, actor: Actor) -> Area:
    area = Area.objects.filter(pk=area_id).first()
    if area is None:
        raise NotFound("area.not_found", _("There is no such area."))
    require_area(actor, area.path)
    return area


def _leadership(leadership_id: int, area: Area) -> Leadership:
    row = Leadership.objects.filter(pk=leadership_id, area=area).first()
    if row is None:
        raise NotFound("leader.not_found", _("There is no such leader."))
    return row


def _end(row: Leadership, on: date, because: str) -> None:
    if on < row.valid_from or not because.strip():
        raise Invalid("leader.end", _("Give a day after it began, and the reason."), field="on")
    row.valid_until, row.ended_because = on, because.strip()
    row.save(update_fields=["valid_until", "ended_because"])
