"""取消未生效的任命和派驻: what was planned for a later day is called off before it begins, and who was to end stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.duty.access import require_area
from yixian.duty.leader_steps import CALL_OFF_LEADER, CALL_OFF_STATION
from yixian.duty.models import Leadership, Stationing
from yixian.duty.queries.leaders import is_to_come
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require


@transaction.atomic
def call_off_leader(leadership_id: int, because: str, *, actor: Actor, at: datetime) -> Leadership:
    """Call an appointment off before its day; whoever it was to relieve stays.

    Raises `NotPermitted`, `NotFound`, `Invalid` without a reason, and `Refused` once it has begun or ended.
    """
    require(actor, CALL_OFF_LEADER.roles)
    rows = Leadership.objects.select_for_update(of=("self",)).select_related("helper__person")
    row = rows.filter(pk=leadership_id).first()
    if row is None:
        raise NotFound("leader.not_found", _("There is no such leader."))
    require_area(actor, row.area_path)
    document = row.document
    _end_before_it_begins(row, because, at)
    relieved = Leadership.objects.select_related("helper__person").filter(
        area=row.area_id, kind=row.kind, valid_until=row.valid_from, ended_because=document
    )
    stays = [one.helper.person.name for one in relieved.exclude(pk=row.pk)]
    relieved.exclude(pk=row.pk).update(valid_until=None, ended_because="")
    data = {"helper": row.helper.person.name, "kind": row.kind, "reason": row.ended_because, "stays": stays}
    record(Entry(CALL_OFF_LEADER.event, "area", row.area_id, row.area_path, data), actor=actor, at=at)
    return row


@transaction.atomic
def call_off_station(stationing_id: int, because: str, *, actor: Actor, at: datetime) -> Stationing:
    """Call a stationing off before its day. Raises as `call_off_leader` does."""
    require(actor, CALL_OFF_STATION.roles)
    rows = Stationing.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.filter(pk=stationing_id).first()
    if row is None:
        raise NotFound("station.not_found", _("There is no such stationing."))
    require_area(actor, row.area_path)
    _end_before_it_begins(row, because, at)
    data = {"organisation": row.organisation.name, "reason": row.ended_because}
    record(Entry(CALL_OFF_STATION.event, "area", row.area_id, row.area_path, data), actor=actor, at=at)
    return row


def _end_before_it_begins(row: Leadership | Stationing, because: str, at: datetime) -> None:
    """Let its days be none: it ends on the day on which it was to begin."""
    if not because.strip():
        raise Invalid("leader.because", _("Say why it is called off."), field="because")
    if not is_to_come(row, timezone.localdate(at)):
        raise Refused("leader.begun", _("It has begun, or ended: what has begun is ended with a day."))
    row.valid_until, row.ended_because = row.valid_from, because.strip()
    row.save(update_fields=["valid_until", "ended_because"])
