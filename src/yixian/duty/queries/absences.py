"""离岗查询: who is away or is going to be, in the actor's reach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.duty.choices import FOR_GOOD, AbsenceKind
from yixian.duty.duty_read_models import AbsenceView
from yixian.duty.models import Absence, Handover, Pairing
from yixian.duty.queries.handovers import unfinished
from yixian.duty.queries.presence import present
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.errors import NotFound
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.kernel.prepared import prepared
from yixian.policies.queries import duty_rules
from yixian.registry.access import below, household_scope, reaching
from yixian.registry.models import Household

_SEALED = ("helper__work_phone", "helper__person__id_number", "helper__person__phone")


def absences(actor: Actor, *, on: date, at: datetime, area_path: str = "") -> list[AbsenceView]:
    """Those who are away on a day or later, and those who left in the last thirty days; the next to come first.

    Only those who stood beside a household in reach.
    """
    month_ago, today = on - timedelta(days=30), timezone.localdate(at)
    return _views(_lately(on, month_ago, today, grants=reaching(actor), area_path=area_path), at)


@prepared
def _lately(
    on: date, month_ago: date, today: date, *, grants: tuple[Grant, ...], area_path: str
) -> QuerySet[Absence]:
    recent = Q(kind__in=FOR_GOOD, valid_from__gt=month_ago)
    rows = _in_reach(Actor("", grants=grants)).exclude(valid_until=F("valid_from"))
    rows = rows.filter(Q(valid_until=None, kind=AbsenceKind.SUDDEN) | Q(valid_until__gt=on) | recent)
    if area_path:
        rows = rows.filter(Exists(_pairings_of_helper().filter(below(area_path))))
    return _with_counts(rows.order_by("valid_from", "pk"), today)


def count_unsolved(actor: Actor, *, on: date) -> int:
    """How many are suddenly away, on a day or later, for whom nobody stands in yet; of those that `absences` shows."""
    return _unsolved(reaching(actor), on)


@memoised(Absence, Pairing, Household)
def _unsolved(grants: tuple[Grant, ...], on: date) -> int:
    lasting = Q(valid_until=None) | Q(valid_until__gt=on)
    rows = _in_reach(Actor("", grants=grants)).filter(lasting, kind=AbsenceKind.SUDDEN, covered_at=None)
    return rows.count()


def get_absence(actor: Actor, absence_id: int, *, at: datetime) -> AbsenceView:
    """One absence. Raises `NotFound` out of reach."""
    found = _views(_with_counts(_in_reach(actor).filter(pk=absence_id), timezone.localdate(at)), at)
    if not found:
        raise NotFound("absence.not_found", _("There is no such absence."))
    return found[0]


def left_with_lead(actor: Actor, absence_id: int, *, on: date) -> list[Household]:
    """The households in reach that have nobody but the township's lead in place of somebody suddenly away."""
    absence = _in_reach(actor).filter(pk=absence_id, kind=AbsenceKind.SUDDEN).filter(in_force(on)).first()
    if absence is None:
        return []
    rows = Pairing.objects.filter(in_force(on), in_force(on, "household__"), helper=absence.helper_id)
    rows = rows.filter(household__in=household_scope(actor))
    others = present(on).filter(household=OuterRef("household"), role=OuterRef("role"))
    left = rows.exclude(Exists(others)).select_related("household__area", "household__head")
    return [row.household for row in left.order_by("household__household_no")]


def _in_reach(actor: Actor) -> QuerySet[Absence]:
    return Absence.objects.filter(Exists(_pairings_of_helper().filter(household__in=household_scope(actor))))


def _pairings_of_helper() -> QuerySet[Pairing]:
    """Every pairing, past ones too, of an absence's helper: looked up for the few absences, not gathered for all helpers."""
    return Pairing.objects.filter(helper=OuterRef("helper_id"))


def _with_counts(rows: QuerySet[Absence], today: date) -> QuerySet[Absence]:
    """What `_view` shows of an absence, and nothing that stands sealed."""
    rows = rows.select_related("helper__person", "helper__organisation__area", "to_organisation")
    return rows.defer(*_SEALED).annotate(beside=_households(), still_open=_open_handovers(today))


def _views(rows: Iterable[Absence], at: datetime) -> list[AbsenceView]:
    hours: dict[tuple[str, date], int] = {}
    return [_view(row, hours, at) for row in rows]


def _households() -> Coalesce:
    """How many households the helper stood beside when the absence began."""
    ended_later = Q(valid_until=None) | Q(valid_until__gte=OuterRef("valid_from"))
    beside = Pairing.objects.filter(
        ended_later, helper=OuterRef("helper"), valid_from__lte=OuterRef("valid_from")
    )
    return _counted(beside, "helper", "household")


def _open_handovers(today: date) -> Coalesce:
    """How many hand-overs of the absence are neither done nor called off."""
    rows = Handover.objects.filter(unfinished(today), absence=OuterRef("pk"))
    return _counted(rows, "absence", "pk")


def _counted(rows: QuerySet[Any], by: str, of: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(count=Count(of, distinct=True)).values("count")
    return Coalesce(Subquery(counted), 0)


def _view(row: Any, hours: dict[tuple[str, date], int], at: datetime) -> AbsenceView:
    helper = row.helper
    allowed = _hours_allowed(row, hours)
    return AbsenceView(
        absence_id=row.pk,
        helper_id=helper.pk,
        name=helper.person.name,
        role_label=helper.get_kind_display(),
        organisation_name=helper.organisation.label,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        reason=row.reason,
        document=row.document,
        noticed_at=row.noticed_at,
        covered_at=row.covered_at,
        households=row.beside,
        open_handovers=row.still_open,
        late=_late(row, allowed, at),
        organisation_id=helper.organisation_id,
        to_organisation_name=row.to_organisation.label if row.to_organisation else "",
        hours=_hours(row, at),
        hours_allowed=allowed,
    )


def _hours(row: Absence, at: datetime) -> int | None:
    """Whole hours for which the households had only the township's lead, so far."""
    if row.noticed_at is None:
        return None
    return int(((row.covered_at or at) - row.noticed_at).total_seconds() // 3600)


def _hours_allowed(row: Absence, known: dict[tuple[str, date], int]) -> int | None:
    """How long the county's rule lets the lead stand in; asked once for each place and day."""
    if row.noticed_at is None:
        return None
    asked = row.helper.organisation.area.path, row.valid_from
    if asked not in known:
        known[asked] = duty_rules(*asked).sudden_absence_hours
    return known[asked]


def _late(row: Absence, allowed: int | None, at: datetime) -> bool:
    if row.noticed_at is None or row.covered_at is not None or allowed is None:
        return False
    return (at - row.noticed_at).total_seconds() > allowed * 3600
