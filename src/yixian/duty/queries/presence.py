"""在岗条件: what it takes that a pairing covers its household on a day, as filters. `yixian.duty.coverage` checks the same."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from yixian.domain.areas import SEGMENT
from yixian.duty.choices import AbsenceKind, LeadershipKind
from yixian.duty.models import Absence, Leadership, Pairing
from yixian.kernel.intervals import in_force
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper

_TOWNSHIP_LENGTH = 3 * SEGMENT


def present(on: date) -> QuerySet[Pairing]:
    """Pairings in force whose helper is in service and not away.

    The few who are out of service or away are looked up once and left out; to join every pairing's helper costs the
    database twice as much.
    """
    away = Absence.objects.filter(in_force(on)).values("helper_id")
    missing = Helper.objects.filter(~in_force(on) | Q(pk__in=away)).values("pk")
    return Pairing.objects.filter(in_force(on)).exclude(helper_id__in=missing)


def has_present(role: HelperKind, on: date) -> Exists:
    """Of a household: somebody of the role is there on the day."""
    return Exists(present(on).filter(role=role, household=OuterRef("pk")))


def has_lead(role: HelperKind, on: date) -> Exists:
    """Of a household: somebody of the role is suddenly away, so that the township's lead stands in, if there is one
    and they are there themselves."""
    absences = Absence.objects.filter(in_force(on))
    suddenly = absences.filter(kind=AbsenceKind.SUDDEN).values("helper_id")
    leads = Leadership.objects.filter(in_force(on), kind=LeadershipKind.TOWNSHIP_LEAD)
    there = leads.exclude(helper_id__in=absences.values("helper_id")).values("area_path")
    rows = Pairing.objects.filter(in_force(on), role=role, helper_id__in=suddenly, household=OuterRef("pk"))
    return Exists(rows.annotate(township=Substr("area_path", 1, _TOWNSHIP_LENGTH)).filter(township__in=there))
