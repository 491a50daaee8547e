"""挂乡领导与乡镇负责人: every township has a leader of the county and a lead of its own, appointed from their bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yixian.domain.areas import AreaLevel
from yixian.duty.actions.appoint_leaders import Appointment, appoint_leader
from yixian.duty.choices import LeadershipKind
from yixian.duty.models import Leadership, Stationing
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Area, Helper

_DOCUMENT = "澜委发〔2024〕3号（演示）"


def are_leaders_appointed() -> bool:
    """Whether every township has its lead."""
    leads = Leadership.objects.filter(kind=LeadershipKind.TOWNSHIP_LEAD, valid_until=None)
    townships = Area.objects.filter(level=AreaLevel.TOWNSHIP)
    return not townships.exclude(pk__in=leads.values("area_id")).exists()


@transaction.atomic
def appoint_leaders(*, actor: Actor, at: datetime) -> None:
    """Appoint both for every township: the county's leaders by turns, the township's first secretary."""
    on = timezone.localdate(at)
    for given in _appointments(on):
        appoint_leader(given, actor=actor, at=at)


def _appointments(on: date) -> Iterator[Appointment]:
    """The county's leaders share the townships of their body among them."""
    stands: Counter[int] = Counter()
    for area in Area.objects.filter(level=AreaLevel.TOWNSHIP).order_by("path"):
        of_county = list(_helpers(OrganisationKind.COUNTY_LEADERSHIP, area, on))
        leader = min(of_county, key=lambda helper: stands[helper.pk], default=None)
        lead = _helpers(OrganisationKind.TOWNSHIP_LEADERSHIP, area, on).first()
        for kind, helper in zip(LeadershipKind, (leader, lead), strict=True):
            stand = Leadership.objects.filter(in_force(on), area=area, kind=kind)
            if helper is not None and not stand.exists():
                stands[helper.pk] += 1
                yield Appointment(helper.pk, area.pk, kind, on, _DOCUMENT)


def _helpers(kind: OrganisationKind, area: Area, on: date):  # type: ignore[no-untyped-def]
    """Those of the bodies of a kind that are stationed at the township, the first first."""
    organisations = Stationing.objects.filter(in_force(on), area=area, organisation__kind=kind).values(
        "organisation_id"
    )
    return Helper.objects.filter(in_force(on), organisation_id__in=organisations).order_by("helper_no")
