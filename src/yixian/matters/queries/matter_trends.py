"""诉求走势: matters received and closed week by week, and how many are overdue with each body, as far as one may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Case, Count, F, Q, When
from django.utils import timezone

from yixian.kernel.actors import Actor
from yixian.matters.access import projection_scope, silent
from yixian.matters.models import MatterEscalation
from yixian.registry.models import Organisation

WEEKS = 13


@dataclass(frozen=True, slots=True)
class MatterWeek:
    """Matters received and closed in the week from a Monday on."""

    monday: date
    received: int
    closed: int


@dataclass(frozen=True, slots=True)
class OrganisationMatters:
    """Open matters that a body holds, and those of them of which a limit has passed."""

    organisation: Organisation
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class ClosedInTime:
    """Matters closed in a number of days, and those of them of which no limit was ever missed."""

    closed: int
    in_time: int

    @property
    def per_cent(self) -> int | None:
        """The share in whole per cent; None where nothing was closed."""
        return self.in_time * 100 // self.closed if self.closed else None


def matter_weeks(actor: Actor, *, at: datetime) -> list[MatterWeek]:
    """The last thirteen weeks with the present one, counted in one statement."""
    today = timezone.localdate(at)
    this = today - timedelta(days=today.weekday())
    mondays = [this - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    counted = {}
    for place, monday in enumerate(mondays):
        for name in ("received", "closed"):
            within = Q(
                (f"{name}_at__gte", _midnight(monday)), (f"{name}_at__lt", _midnight(monday + timedelta(7)))
            )
            counted[f"{name}_{place}"] = Count("pk", filter=within)
    since = _midnight(mondays[0])
    rows = projection_scope(actor, at=at).filter(Q(received_at__gte=since) | Q(closed_at__gte=since))
    found = rows.order_by().aggregate(**counted)
    return [
        MatterWeek(monday, found[f"received_{place}"], found[f"closed_{place}"])
        for place, monday in enumerate(mondays)
    ]


def matters_by_organisation(actor: Actor, *, at: datetime) -> list[OrganisationMatters]:
    """Bodies that hold open matters, in their own order: this is no ranking, and no person has a row."""
    held_by = Case(When(silent(at), then=F("offered_to_id")), default=F("holder_id"))
    rows = projection_scope(actor, at=at).filter(is_closed=False).order_by().annotate(held_by=held_by)
    counted = rows.values("held_by").annotate(
        open=Count("pk"), overdue=Count("pk", filter=Q(sort_at__lte=at))
    )
    found = {row["held_by"]: (row["open"], row["overdue"]) for row in counted}
    organisations = Organisation.objects.filter(pk__in=found).order_by("kind", "code")
    return [OrganisationMatters(one, *found[one.pk]) for one in organisations]


def closed_in_time(actor: Actor, *, since: datetime, until: datetime) -> ClosedInTime:
    """Matters closed from a moment until another, and those of which nobody had to be told of a missed limit."""
    missed = MatterEscalation.objects.values("matter_id")
    rows = projection_scope(actor, at=until).filter(closed_at__gte=since, closed_at__lt=until)
    found = rows.order_by().aggregate(closed=Count("pk"), in_time=Count("pk", filter=~Q(pk__in=missed)))
    return ClosedInTime(found["closed"], found["in_time"])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
