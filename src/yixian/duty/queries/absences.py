"""离岗查询: who is away or is going to be, in the actor's reach."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from yixian.duty.choices import FOR_GOOD, AbsenceKind, HandoverStepKind
from yixian.duty.coverage import Sudden, sudden_absences
from yixian.duty.models import Absence, Handover, Pairing
from yixian.duty.rows import AbsenceView
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.policies.queries import duty_rules
from yixian.registry.access import household_scope


def absences(actor: Actor, *, on: date, at: datetime, area_path: str = "") -> list[AbsenceView]:
    """Those who are away on a day or later, and those who left in the last thirty days; the next to come first.

    Only those who stood beside a household in reach.
    """
    recent = Q(kind__in=FOR_GOOD, valid_from__gt=date.fromordinal(on.toordinal() - 30))
    rows = _in_reach(actor).filter(
        Q(valid_until=None, kind=AbsenceKind.SUDDEN) | Q(valid_until__gt=on) | recent
    )
    if area_path:
        rows = rows.filter(pk__in=rows.filter(helper__pairings__area_path__startswith=area_path).values("pk"))
    return _views(rows.order_by("valid_from", "pk"), at)


def get_absence(actor: Actor, absence_id: int, *, at: datetime) -> AbsenceView:
    """One absence. Raises `NotFound` out of reach."""
    found = _views(_in_reach(actor).filter(pk=absence_id), at)
    if not found:
        raise NotFound("absence.not_found", "There is no such absence.")
    return found[0]


def sudden_in_reach(actor: Actor, first: date, until: date) -> list[Sudden]:
    """Every sudden absence noticed in [first, until), with how long its households had only the township's lead."""
    known = set(_in_reach(actor).values_list("pk", flat=True))
    return [row for row in sudden_absences(first, until) if row.absence_id in known]


def _in_reach(actor: Actor) -> QuerySet[Absence]:
    beside = Pairing.objects.filter(household__in=household_scope(actor)).values("helper_id")
    return Absence.objects.filter(helper_id__in=beside)


def _views(rows: QuerySet[Absence], at: datetime) -> list[AbsenceView]:
    rows = rows.select_related("helper__person", "helper__body__area")
    ids = [row.pk for row in rows]
    done = Q(steps__kind=HandoverStepKind.ACKNOWLEDGED)
    counted = Handover.objects.filter(absence_id__in=ids).order_by().values("absence_id")
    all_of = dict(counted.annotate(count=Count("pk", distinct=True)).values_list("absence_id", "count"))
    done_of = dict(
        counted.filter(done).annotate(count=Count("pk", distinct=True)).values_list("absence_id", "count")
    )
    return [_view(row, all_of.get(row.pk, 0), done_of.get(row.pk, 0), at) for row in rows]


def _view(row: Absence, handovers: int, done: int, at: datetime) -> AbsenceView:
    helper = row.helper
    beside = Pairing.objects.filter(helper=helper, valid_from__lte=row.valid_from).filter(
        Q(valid_until=None) | Q(valid_until__gte=row.valid_from)
    )
    return AbsenceView(
        absence_id=row.pk,
        helper_id=helper.pk,
        name=helper.person.name,
        role_label=helper.get_kind_display(),
        body_name=helper.body.label,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        reason=row.reason,
        document=row.document,
        noticed_at=row.noticed_at,
        covered_at=row.covered_at,
        households=beside.values("household").distinct().count(),
        open_handovers=handovers - done,
        late=_late(row, at),
    )


def _late(row: Absence, at: datetime) -> bool:
    if row.noticed_at is None or row.covered_at is not None:
        return False
    hours = duty_rules(row.helper.body.area.path, row.valid_from).sudden_absence_hours
    return (at - row.noticed_at).total_seconds() > hours * 3600
