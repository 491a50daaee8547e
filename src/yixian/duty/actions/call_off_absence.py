"""取消离岗: an announced absence that has not begun is called off — the hand-overs are undone, and places are free again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.duty.absence_steps import CALL_OFF
from yixian.duty.access import require_households
from yixian.duty.actions.pairing_writer import RESPONSIBLE_NOW, end
from yixian.duty.actions.substitutes import FOLLOWED, GONE
from yixian.duty.choices import FOR_GOOD, AbsenceKind, PairingPart
from yixian.duty.eligibility import Days
from yixian.duty.models import Absence, Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record, record_many
from yixian.kernel.models import Event
from yixian.kernel.permission import require
from yixian.registry.models import Helper

_STAYS = gettext_noop("Your helper stays after all")
_MAX_NAMED = 5


@transaction.atomic
def call_off_absence(absence_id: int, reason: str, *, actor: Actor, at: datetime) -> Absence:
    """Let an announced absence not happen: who would have taken over is called off, and who ended for it goes on as before.

    Raises `NotPermitted`, `NotFound` out of reach, `Invalid` without a reason, and `Refused` once it has begun, or where another
    change since rests on it, with the numbers of those households.
    """
    require(actor, CALL_OFF.roles)
    rows = Absence.objects.select_for_update(of=("self",)).select_related(
        "helper__organisation__area", "helper__person"
    )
    absence = rows.filter(pk=absence_id).first()
    if absence is None:
        raise NotFound("absence.not_found", _("There is no such absence."))
    CALL_OFF.moment(absence, actor, at)
    if not reason.strip():
        raise Invalid("absence.reason", _("Say why."), field="reason")
    taking_over, ended = _taking_over(absence), _ended_for(absence)
    require_households(actor, {row.household_id for row in [*taking_over, *ended]})
    _require_nothing_rests_on(absence, taking_over, ended)
    end(taking_over, absence.valid_from, _STAYS, actor=actor, at=at)
    _resume([*ended, *_backups_of(taking_over, absence.valid_from)], actor, at)
    if absence.kind == AbsenceKind.DEPARTURE:
        Helper.objects.filter(pk=absence.helper_id).update(valid_until=_service_until(absence))
    absence.valid_until = absence.valid_from
    absence.save(update_fields=["valid_until"])
    data = {"from": absence.valid_from.isoformat(), "reason": reason.strip(), "households": len(taking_over)}
    path = absence.helper.organisation.area.path
    record(Entry(CALL_OFF.event, "helper", absence.helper_id, path, data), actor=actor, at=at)
    return absence


def _taking_over(absence: Absence) -> list[Pairing]:
    """The pairings that the absence leads to and that were not called off since, whoever was chosen in the end."""
    rows = Pairing.objects.filter(handover__absence=absence).exclude(valid_until=F("valid_from"))
    return list(rows.select_related("helper__person", "household"))


def _ended_for(absence: Absence) -> list[Pairing]:
    """The helper's own pairings that end for it, and those of whoever stood in for them."""
    if absence.kind not in FOR_GOOD:
        return []
    first = absence.valid_from
    own = Pairing.objects.filter(helper=absence.helper, ended_because=GONE, valid_until__gte=first)
    stood_in = Pairing.objects.filter(stands_in_for__in=own, ended_because=FOLLOWED, valid_until__gte=first)
    related = ("helper__person", "household", "handover__absence")
    return [*own.select_related(*related), *stood_in.select_related(*related)]


def _backups_of(taking_over: Iterable[Pairing], first: date) -> list[Pairing]:
    """Backups that ended because they would have become responsible."""
    found: list[Pairing] = []
    for row in taking_over:
        rows = Pairing.objects.filter(
            household=row.household_id,
            helper=row.helper_id,
            part=PairingPart.BACKUP,
            ended_because=RESPONSIBLE_NOW,
            valid_until__gte=first,
        )
        found += rows.select_related("helper__person", "household")[:1]
    return found


def _require_nothing_rests_on(
    absence: Absence, taking_over: Collection[Pairing], ended: Collection[Pairing]
) -> None:
    """Nobody else was put into these places since, by another absence, a request or a recusal."""
    known = {row.pk for row in [*taking_over, *ended]}
    days = Days(absence.valid_from, absence.valid_until)
    numbers = []
    for row in taking_over:
        others = Pairing.objects.filter(days.overlap(), household=row.household_id, role=row.role)
        same = others.filter(part=row.part).exclude(pk__in=known).exclude(helper=absence.helper_id)
        if row.part != PairingPart.BACKUP and same.exists():
            numbers.append(row.household.household_no)
    if numbers:
        raise Refused(
            "absence.rests",
            _(
                "Since then another change rests on it: %(households)s. Undo that first, or announce a new one."
            ),
            households=", ".join(sorted(set(numbers))[:_MAX_NAMED]),
        )


def _resume(pairings: Iterable[Pairing], actor: Actor, at: datetime) -> None:
    """Let them go on as they would have: for good, or a stand-in until who they stand in for is back."""
    entries = []
    for row in pairings:
        handover = getattr(row, "handover", None)
        until = handover.absence.valid_until if handover is not None and handover.absence else None
        row.valid_until = until if row.part == PairingPart.STAND_IN else None
        row.ended_because = ""
        row.save(update_fields=["valid_until", "ended_because"])
        data = {"helper": row.helper.person.name, "role": row.role}
        entries.append(Entry("pairing.resumed", "household", row.household_id, row.area_path, data))
    record_many(entries, actor=actor, at=at)


def _service_until(absence: Absence) -> date | None:
    """The last day of service that stood before the departure was announced, as its event says."""
    rows = Event.objects.filter(kind="absence.announced", subject_kind="helper", subject_id=absence.helper_id)
    event = rows.filter(data__absence=absence.pk).first()
    until = event.data.get("service_until") if event else None
    return date.fromisoformat(until) if until else None
