"""突发离岗: somebody is suddenly away. The township's lead stands in from that moment, until others are confirmed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.duty.absence_steps import COVER, END
from yixian.duty.access import COVERERS, require_households
from yixian.duty.actions.pairing_writer import end
from yixian.duty.actions.substitutes import Plan, assign_substitutes, pairings_on
from yixian.duty.choices import AbsenceKind
from yixian.duty.eligibility import Days
from yixian.duty.models import Absence, Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.intervals import in_force
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.registry.models import Helper

_BACK = gettext_noop("Your helper is back")


@transaction.atomic
def report_sudden_absence(helper_id: int, reason: str, *, actor: Actor, at: datetime) -> Absence:
    """Note that a helper is away from this moment. Nobody stands in yet but the township's lead: `cover_absence` does the rest.

    Raises `NotPermitted`, `NotFound` for a helper whose households are not all in reach, `Invalid` without a reason, and
    `Refused` if they are known to be away.
    """
    require(actor, COVERERS)
    today = timezone.localdate(at)
    helper = Helper.objects.select_related("organisation__area", "person").filter(pk=helper_id).first()
    if helper is None:
        raise NotFound("helper.not_found", _("There is no such helper."))
    require_households(actor, {row.household_id for row in pairings_on(helper, Days(today))})
    if not reason.strip():
        raise Invalid("absence.reason", _("Say why."), field="reason")
    if Absence.objects.filter(in_force(today), helper=helper).exists():
        raise Refused(
            "absence.twice",
            _("%(helper)s: announced to be away on these days already."),
            helper=f"{helper.person.name} {helper.helper_no}",
        )
    absence = Absence.objects.create(
        helper=helper,
        kind=AbsenceKind.SUDDEN,
        valid_from=today,
        reason=reason.strip(),
        noticed_at=at,
        announced_by_id=actor.user_id,
        announced_at=at,
    )
    data = {"kind": AbsenceKind.SUDDEN.value, "from": today.isoformat(), "reason": absence.reason}
    record(
        Entry("absence.noticed", "helper", helper.pk, helper.organisation.area.path, data), actor=actor, at=at
    )
    return absence


@transaction.atomic
def cover_absence(absence_id: int, *, beyond: int = 0, actor: Actor, at: datetime) -> Plan:
    """Give the households of somebody suddenly away a stand-in from today on.

    Whoever can be helped is helped; the plan lists those left to the township's lead, and the absence counts as covered
    once there are none. Raises `NotPermitted`, `NotFound`, and `Refused` for an absence that is not sudden or is covered.
    """
    require(actor, COVER.roles)
    absence = (
        Absence.objects.select_for_update()
        .select_related("helper__organisation__area")
        .filter(pk=absence_id)
        .first()
    )
    if absence is None or absence.kind != AbsenceKind.SUDDEN:
        raise NotFound("absence.not_found", _("There is no such absence."))
    today = timezone.localdate(at)
    pairings = pairings_on(absence.helper, Days(today, absence.valid_until))
    require_households(actor, {row.household_id for row in pairings})
    COVER.moment(absence, actor, at)
    plan = assign_substitutes(_from(absence, today), pairings, beyond=beyond, actor=actor, at=at)
    if not plan.lacking:
        Absence.objects.filter(pk=absence.pk).update(covered_at=at)
        data = {"households": len(plan.begun)}
        entry = Entry(COVER.event, "helper", absence.helper_id, absence.helper.organisation.area.path, data)
        record(entry, actor=actor, at=at)
    return plan


@transaction.atomic
def end_absence(absence_id: int, on: date, *, actor: Actor, at: datetime) -> Absence:
    """Note that somebody is back from a day on; who stood in for them ends on that day.

    Raises `NotPermitted`, `NotFound`, `Refused` for one who left for good or is back already, and `Invalid` for a day
    before the absence began.
    """
    require(actor, END.roles)
    absence = (
        Absence.objects.select_for_update()
        .select_related("helper__organisation__area")
        .filter(pk=absence_id)
        .first()
    )
    if absence is None:
        raise NotFound("absence.not_found", _("There is no such absence."))
    require_households(actor, {row.household_id for row in pairings_on(absence.helper, Days(on))})
    END.moment(absence, actor, at)
    if absence.valid_until is not None and absence.valid_until <= on:
        raise Refused("absence.back", _("They are back by then already."), field="on")
    if on < absence.valid_from:
        raise Invalid("absence.back", _("The day lies before the absence began."), field="on")
    absence.valid_until = on
    absence.covered_at = absence.covered_at or (at if absence.noticed_at else None)
    absence.save(update_fields=["valid_until", "covered_at"])
    stand_ins = Pairing.objects.filter(Days(on).overlap(), handover__absence=absence)
    end(stand_ins.select_related("helper__person"), on, _BACK, actor=actor, at=at)
    data = {"until": on.isoformat()}
    record(
        Entry(END.event, "helper", absence.helper_id, absence.helper.organisation.area.path, data),
        actor=actor,
        at=at,
    )
    return absence


def _from(absence: Absence, today: date) -> Absence:
    """The absence as of today: nobody can stand in for days that are over. Not saved."""
    absence.valid_from = max(absence.valid_from, today)
    return absence
