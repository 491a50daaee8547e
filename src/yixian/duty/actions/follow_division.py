"""分户后的包保: a household that came about by division has a cadre and a party member from its first day on."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop

from yixian.duty.actions.writing import Begin, begin
from yixian.duty.choices import HandoverCause
from yixian.duty.eligibility import Days, Rule, why_not
from yixian.duty.finding import look_for
from yixian.duty.models import Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household

_SAME = gettext_noop("Stood beside your household before it was divided, and stays with you")
_NEAREST = gettext_noop("Beside you since your household was divided; the nearest who had a place")


def follow_division(old: Household, new: Household, *, actor: Actor, at: datetime) -> list[Pairing]:
    """Put helpers beside the new household. Call it in the transaction of the division.

    The helpers of the old household come first, if they may and have a place; else the nearest with a place; else the old
    household's own, beyond their places, because a day without anybody is worse than one household too many.
    """
    days = Days(new.valid_from)
    plans = [plan for role in HelperKind if (plan := _plan(old, new, role, days)) is not None]
    return begin(plans, actor=actor, at=at)


def _plan(old: Household, new: Household, role: HelperKind, days: Days) -> Begin | None:
    beside = Pairing.objects.filter(in_force(days.first), household=old, role=role).order_by("part", "pk")
    full = None
    for pairing in beside.select_related("helper__person", "helper__body", "helper__home_area"):
        broken = why_not(new, pairing.helper, days)
        if not broken:
            return _begin(new, pairing, days)
        if broken == [Rule.NO_PLACES]:
            full = full or pairing
    search = look_for([new], role, days)
    if search.found:
        (one,) = search.found
        return Begin(new, one.helper, one.cost, days, HandoverCause.DIVISION, _NEAREST)
    return _begin(new, full, days) if full else None


def _begin(new: Household, pairing: Pairing, days: Days) -> Begin:
    return Begin(new, pairing.helper, pairing.cost, days, HandoverCause.DIVISION, _SAME)
