"""接替: put somebody else beside the households of a helper who is away. Only duty's actions call this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_noop

from yixian.duty.actions.writing import Begin, begin, end, end_stand_ins
from yixian.duty.choices import FOR_GOOD, AbsenceKind, HandoverCause, PairingPart
from yixian.duty.eligibility import Days, why_not
from yixian.duty.eligibility.offers import away
from yixian.duty.finding import Found, look_for
from yixian.duty.models import Absence, Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

_LEAVES = gettext_noop("Takes over from a helper who leaves; the nearest who had a place")
_STANDS_IN = gettext_noop("Stands in while your helper is away; the nearest who had a place")
_STAYS = gettext_noop("Stood in for your helper, who left, and stays with you")
_GONE = gettext_noop("Left this work")
_FOLLOWED = gettext_noop("A successor has taken over")

_CAUSES = {
    AbsenceKind.LEAVE: HandoverCause.LEAVE,
    AbsenceKind.SUDDEN: HandoverCause.SUDDEN,
    AbsenceKind.TRANSFER: HandoverCause.LEAVING,
    AbsenceKind.DEPARTURE: HandoverCause.LEAVING,
}


@dataclass(frozen=True, slots=True)
class Lacking:
    """A household for which nobody was found in a role."""

    household: Household
    role: HelperKind


@dataclass(slots=True)
class Plan:
    """What an absence leads to: who begins beside whom, who is left without, and what keeps it so in sentences."""

    absence: Absence
    begun: list[Pairing] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Left:
    """A pairing whose helper is away, and the plan that it belongs to."""

    plan: Plan
    pairing: Pairing


_Key = tuple[Days, bool, HelperKind]
"""The days of a group, whether they are for good, and the role."""


def pairings_on(helper: Helper, days: Days) -> list[Pairing]:
    """The pairings in which a helper stands beside living households on any of these days."""
    rows = Pairing.objects.filter(days.overlap(), days.overlap("household__"), helper=helper)
    return list(
        rows.select_related(
            "household__area", "household__head", "household__host_area", "helper__person", "stands_in_for"
        ).order_by("household__area_path", "household__household_no", "pk")
