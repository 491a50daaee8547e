"""示范交接: leaves, departures and a transfer announced, somebody suddenly away this morning, requests and recusals.

All of it through the actions that everybody uses, by the demonstration's own users. Those who stand beside the first example
household are left alone, since visitors sign in as them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from yixian.demo.example import examples, first_example
from yixian.demo.sign_ins import CLERK, user_actor
from yixian.domain.areas import AreaLevel, path_at
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.actions.ask_another import ask_another
from yixian.duty.actions.hand_over import take_step
from yixian.duty.actions.recusals import RecusalInput, declare_recusal
from yixian.duty.actions.sudden_absence import report_sudden_absence
from yixian.duty.choices import AbsenceKind, HandoverStepKind, RecusalGround, RequestChannel
from yixian.duty.eligibility import Days
from yixian.duty.helper_search import find_helpers
from yixian.duty.models import Absence, Handover, Leadership, Pairing
from yixian.kernel.actors import Actor, household_actor
from yixian.kernel.errors import Refused
from yixian.kernel.intervals import in_force
from yixian.registry.choices import HelperKind, OrganisationKind
from yixian.registry.models import Helper, Household

_ANNOUNCED = (
    (HelperKind.CADRE, AbsenceKind.LEAVE, 0, 12, "陪家人住院", ""),
    (HelperKind.PARTY_MEMBER, AbsenceKind.LEAVE, 6, 16, "外出培训", ""),
    (HelperKind.CADRE, AbsenceKind.DEPARTURE, 16, None, "退休", "澜组通〔2026〕11号（演示）"),
    (HelperKind.PARTY_MEMBER, AbsenceKind.DEPARTURE, 21, None, "随子女迁居外地", "村党支部记录"),
    (HelperKind.CADRE, AbsenceKind.TRANSFER, 26, None, "调任县水务局", "澜组通〔2026〕12号（演示）"),
)
"""Kind of helper, of absence, the first day and the day of return counted from today, reason, document."""

_BEYOND = (0, 1, 3, 9)
_RECUSALS = ((RecusalGround.INTEREST, None, "与户主合伙经营果园"), (RecusalGround.KIN, 2, "妻子的堂兄弟"))


def are_handovers_announced() -> bool:
    """Whether all of it was done."""
    return Absence.objects.exists()


@transaction.atomic
def change_hands(*, at: datetime) -> None:
    """Do it."""
    clerk, on = user_actor(CLERK, at=at), timezone.localdate(at)
    helpers = {kind: _helpers(kind, on) for kind in HelperKind}
    for number, (kind, absence, first, until, reason, document) in enumerate(_ANNOUNCED):
        days = [None if day is None else on + timedelta(days=day) for day in (first, until)]
        _announce(helpers[kind], absence, days, reason, document, actor=clerk, at=at)
        if number % 2 == 0:
            _go_on(Handover.objects.filter(absence__reason=reason), whole=number == 2, actor=clerk, at=at)
    report_sudden_absence(
        next(helpers[HelperKind.CADRE]).pk, "突发急病，送县医院", actor=clerk, at=_this_morning(at)
    )
    _ask(on, at)
    for (ground, degree, document), kind in zip(_RECUSALS, HelperKind, strict=True):
        row = _pairing_of(next(helpers[kind]), on)
        given = RecusalInput(row.household_id, row.helper_id, ground, on, degree, document, beyond=9)
        declare_recusal(given, actor=clerk, at=at)


def _announce(
    helpers: Iterator[Helper],
    kind: AbsenceKind,
    days: list[date | None],
    reason: str,
    document: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """The next helper whose households somebody else could take, with as few places more as will do."""
    first, until = days
    for helper in helpers:
        for beyond in _BEYOND:
            given = Announcement(helper.pk, kind, first or date.max, until, reason, document, beyond=beyond)
            try:
                announce_absence(given, actor=actor, at=at)
            except Refused:
                continue
            return


def _go_on(handovers, *, whole: bool, actor: Actor, at: datetime) -> None:  # type: ignore[no-untyped-def]
    """Accepted throughout; where ``whole``, households have acknowledged too, all but the last."""
    rows = list(handovers.order_by("pk"))
    on = timezone.localdate(at)
    for number, row in enumerate(rows):
        take_step(row.pk, HandoverStepKind.ACCEPTED, on, "电话确认", actor=actor, at=at)
        if whole and number < len(rows) - 1:
            take_step(row.pk, HandoverStepKind.NOTIFIED, on, "逐户打了电话", actor=actor, at=at)
            own = household_actor(row.household_id)
            take_step(row.pk, HandoverStepKind.ACKNOWLEDGED, on, "", actor=own, at=at)


def _ask(on: date, at: datetime) -> None:
    """One of the examples asked and has somebody else tomorrow; another household waits until somebody has a place."""
    shown = [example.household for example in examples(on)]
    for household, role in _who_can_have_another(shown[1:], on):
        actor = household_actor(household.pk)
        ask_another(household.pk, role, "", RequestChannel.PORTAL, actor=actor, at=at)
        break
    waits = _waits(on, [household.pk for household in shown])
    if waits is not None:
        actor = household_actor(waits.pk)
        ask_another(
            waits.pk, HelperKind.PARTY_MEMBER, "老人听不懂普通话", RequestChannel.PORTAL, actor=actor, at=at
        )


def _who_can_have_another(households: list[Household], on: date) -> Iterator[tuple[Household, HelperKind]]:
    for household in households:
        for row in Pairing.objects.filter(in_force(on), household=household).order_by("role", "pk"):
            days, role = Days(on + timedelta(days=1)), HelperKind(row.role)
            if find_helpers([household], role, days, without={row.helper_id}).found:
                yield household, role


def _waits(on: date, but: list[int]) -> Household | None:
    """A household for which no other party member has a place."""
    rows = Pairing.objects.filter(in_force(on), role=HelperKind.PARTY_MEMBER, valid_until=None)
    rows = (
        rows.exclude(household__in=but).exclude(household__language="cmn").select_related("household__area")
    )
    for row in rows.order_by("household__household_no")[:200]:
        others = find_helpers(
            [row.household], HelperKind.PARTY_MEMBER, Days(on + timedelta(days=1)), without={row.helper_id}
        )
        if others.lacking:
            return row.household
    return None


def _helpers(kind: HelperKind, on: date) -> Iterator[Helper]:
    """Helpers with some households, who lead nowhere and are not those of the examples, one after the other."""
    shown = [example.household.pk for example in examples(on)]
    known = Pairing.objects.filter(in_force(on), household__in=[first_example(on).household.pk, *shown])
    rows = Helper.objects.filter(in_force(on), kind=kind, places__gt=0).exclude(
        organisation__kind=OrganisationKind.COUNTY_LEADERSHIP
    )
    rows = rows.exclude(pk__in=known.values("helper")).exclude(pk__in=Leadership.objects.values("helper"))
    held = Count("pairings", filter=Q(pairings__valid_until=None))
    rows = rows.annotate(held=held).filter(held__gte=2).order_by("-held", "helper_no")
    nearest = _nearest(rows, on)
    others = rows.exclude(pk__in=[helper.pk for helper in nearest])
    return iter([*nearest, *(others[::7] if others.count() > 70 else others)])


def _nearest(rows: QuerySet[Helper], on: date) -> list[Helper]:
    """One colleague of those beside the first example who helps in its township, so that its leads see somebody away."""
    household = first_example(on).household
    township = path_at(household.area_path, AreaLevel.TOWNSHIP)
    organisations = Pairing.objects.filter(in_force(on), household=household).values("helper__organisation")
    near = rows.filter(pairings__area_path__startswith=township, pairings__valid_until=None)
    return list(near.filter(organisation__in=organisations)[:1] or near[:1])


def _pairing_of(helper: Helper, on: date) -> Pairing:
    return helper.pairings.filter(in_force(on), valid_until=None, part="first").order_by("pk")[0]


def _this_morning(at: datetime) -> datetime:
    """Half past seven of the same day, or the moment itself where that is still to come."""
    morning = timezone.make_aware(datetime.combine(timezone.localdate(at), time(7, 30)))
    return min(at, morning)
