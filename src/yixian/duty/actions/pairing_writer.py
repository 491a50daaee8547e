"""写入结对: begin and end pairings, with the event and the hand-over that belong to it. Only duty's actions call this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_noop

from yixian.duty.choices import HandoverCause, PairingPart
from yixian.duty.eligibility import Days
from yixian.duty.models import Absence, Handover, HelperRequest, Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.ledger import Entry, record_many
from yixian.registry.models import Helper, Household

RESPONSIBLE_NOW = gettext_noop("Is responsible for your household now")


@dataclass(frozen=True, slots=True)
class Begin:
    """A pairing to begin, in whose place it comes and why. ``because`` is a message id that the household reads."""

    household: Household
    helper: Helper
    cost: int
    days: Days
    cause: HandoverCause
    because: str
    part: PairingPart = PairingPart.FIRST
    replaces: Pairing | None = None
    stands_in_for: Pairing | None = None
    absence: Absence | None = None
    request: HelperRequest | None = None


def begin(plans: Iterable[Begin], *, actor: Actor, at: datetime) -> list[Pairing]:
    """Write these pairings with their events, and a hand-over where somebody stood beside the household before."""
    made, entries = [], []
    plans = list(plans)
    for plan in plans:
        if plan.part == PairingPart.FIRST:
            end_backup(plan.household, plan.helper, plan.days.first, actor=actor, at=at)
        household, helper = plan.household, plan.helper
        pairing = Pairing.objects.create(
            household=household,
            helper=helper,
            role=helper.kind,
            part=plan.part,
            stands_in_for=plan.stands_in_for,
            area_path=household.area_path,
            cost=plan.cost,
            valid_from=plan.days.first,
            valid_until=plan.days.until,
            began_because=plan.because,
        )
        if plan.cause != HandoverCause.LACKING:
            _hand_over(plan, pairing, at)
        data = {
            "helper": helper.person.name,
            "role": helper.kind,
            "part": plan.part.value,
            "from": plan.days.first.isoformat(),
        }
        entries.append(Entry("pairing.began", "household", household.pk, household.area_path, data))
        made.append(pairing)
    record_many(entries, actor=actor, at=at)
    return made


def end_backup(household: Household, helper: Helper, on: date, *, actor: Actor, at: datetime) -> None:
    """A backup who becomes responsible is a backup no more."""
    rows = Pairing.objects.filter(
        household=household, helper=helper, part=PairingPart.BACKUP, valid_until=None
    )
    end(rows.select_related("helper__person"), on, RESPONSIBLE_NOW, actor=actor, at=at)


def _hand_over(plan: Begin, pairing: Pairing, at: datetime) -> None:
    Handover.objects.create(
        household=plan.household,
        role=pairing.role,
        area_path=pairing.area_path,
        cause=plan.cause,
        from_helper=plan.replaces.helper if plan.replaces else None,
        pairing=pairing,
        absence=plan.absence,
        request=plan.request,
        effective_on=pairing.valid_from,
        announced_at=at,
    )


def end_stand_ins(pairings: Iterable[Pairing], on: date, because: str, *, actor: Actor, at: datetime) -> None:
    """End whoever stands in for these pairings, or was announced to, from a day on."""
    rows = Pairing.objects.filter(Days(on).overlap(), stands_in_for__in=list(pairings))
    end(rows.select_related("helper__person"), on, because, actor=actor, at=at)


def end(pairings: Iterable[Pairing], on: date, because: str, *, actor: Actor, at: datetime) -> None:
    """End these pairings on a day; one that would begin later is called off. One that has ended by then is left alone."""
    entries = []
    for pairing in pairings:
        last = max(on, pairing.valid_from)
        if pairing.valid_until is not None and pairing.valid_until <= last:
            continue
        pairing.valid_until = last
        pairing.ended_because = because
        pairing.save(update_fields=["valid_until", "ended_because"])
        data = {"helper": pairing.helper.person.name, "role": pairing.role, "until": last.isoformat()}
        entries.append(Entry("pairing.ended", "household", pairing.household_id, pairing.area_path, data))
    record_many(entries, actor=actor, at=at)
