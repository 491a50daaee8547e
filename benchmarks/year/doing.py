"""一件一件地办: does each event of the year through duty's actions, finds a way where an action refuses, and watches."""

from __future__ import annotations

import heapq
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from benchmarks.year.course import DAYS, Counts, course_of, moment
from benchmarks.year.remedies import Remedies, by_number
from benchmarks.year.watching import Watch, standing, still_standing
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.actions.ask_another import ask_another
from yixian.duty.actions.begin_service import Service, resume_service
from yixian.duty.actions.sudden_absence import cover_absence, end_absence, report_sudden_absence
from yixian.duty.choices import FOR_GOOD, AbsenceKind, RequestChannel
from yixian.duty.eligibility import Days
from yixian.duty.models import Absence, HelperRequest, Leadership, Pairing
from yixian.inventory.actions.split_household_and_items import split_household_and_items
from yixian.kernel.actors import Actor, household_actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.intervals import in_force
from yixian.policies.queries import duty_rules
from yixian.registry.choices import Gender, HelperKind, Relation
from yixian.registry.models import Helper, Household, HouseholdMember
from yixian.registry.second_person import TwoPersons

_BEYOND = (0, 2, 6, 20)
"""So many places more are asked for, one after the other, before anybody is sent for."""

_TWO = TwoPersons(1, 2, "分户申请书")
"""Who would have proposed and agreed to a division."""

_TRANSFERS = 0.3
_COME_BACK = 0.15
_LEAVES_AFTER = 0.2


@dataclass(slots=True)
class Year:
    """A year of one county, from a day on. ``seconds``: how long each event took, by kind; ``done``: how many there were."""

    area_path: str
    first: date
    actor: Actor
    rng: Random
    watch: Watch = field(default_factory=Watch)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    done: Counter[str] = field(default_factory=Counter)
    remedies: Remedies = field(init=False)
    _queue: list[tuple[datetime, int, str, Callable[[datetime], set[int]]]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.remedies = Remedies(self.actor, self.rng)

    @property
    def until(self) -> date:
        """The first day after the year."""
        return self.first + timedelta(days=DAYS)

    def run(self, counts: Counts) -> None:
        """Do everything, what follows from an event at its own time."""
        for at, kind in course_of(counts, self.first, self.rng):
            self._plan(at, kind, getattr(self, f"_{kind}"))
        after = standing(self.first)
        while self._queue:
            at, _number, kind, do = heapq.heappop(self._queue)
            today = timezone.localdate(at)
            before = still_standing(after, today)
            begun = time.perf_counter()
            named = do(at)
            self.seconds[kind].append(time.perf_counter() - begun)
            self.done[kind] += 1
            after = standing(today)
            self.watch.compare(f"{kind} on {today}", before, after, named)

    def _plan(self, at: datetime, kind: str, do: Callable[[datetime], set[int]]) -> None:
        heapq.heappush(self._queue, (at, next(self._numbers), kind, do))

    # what happens; each returns the households it names

    def _departures(self, at: datetime) -> set[int]:
        """Somebody leaves for good or for other work, announced as the rules ask."""
        helper = self._somebody(at)
        kind = AbsenceKind.TRANSFER if self.rng.random() < _TRANSFERS else AbsenceKind.DEPARTURE
        return self._announce(helper, kind, at, self._notice(at), None)

    def _leaves(self, at: datetime) -> set[int]:
        helper = self._somebody(at)
        first = timezone.localdate(at) + timedelta(days=self.rng.randrange(2, 25))
        return self._announce(
            helper, AbsenceKind.LEAVE, at, first, first + timedelta(days=self.rng.randrange(3, 25))
        )

    def _arrivals(self, at: datetime) -> set[int]:
        """Somebody new where somebody left, or one of those who were transferred comes back."""
        today = timezone.localdate(at)
        asked = set(self._open_requests().values_list("household_id", flat=True))
        gone = Absence.objects.filter(kind__in=FOR_GOOD, valid_until=None, valid_from__lt=today)
        gone = gone.select_related("helper__organisation", "helper__home_area").order_by("pk")
        left = gone[self.rng.randrange(gone.count())].helper if gone.exists() else self._somebody(at)
        if gone.filter(helper=left, kind=AbsenceKind.TRANSFER).exists() and self.rng.random() < _COME_BACK:
            service = Service(
                left.organisation_id,
                today,
                left.places,
                "归队通知",
                left.home_area_id,
                left.languages,
                lon=left.lon,
                lat=left.lat,
            )
            resume_service(left.pk, service, actor=self.actor, at=at)
        else:
            gender = self.rng.choice(list(Gender))
            self.remedies.send(HelperKind(left.kind), left.organisation, left.home_area, gender, at=at)
        return asked

    def _splits(self, at: datetime) -> set[int]:
        """A grown child takes a household of their own; both helpers follow in the same transaction."""
        today = timezone.localdate(at)
        rows = Household.objects.filter(in_force(today), area_path__startswith=self.area_path)
        rows = rows.annotate(size=Count("members", filter=Q(members__valid_until=None))).filter(size__gte=3)
        household = rows.order_by("pk")[self.rng.randrange(rows.count())]
        members = HouseholdMember.objects.filter(household=household, valid_until=None)
        leaves = members.exclude(relation=Relation.HEAD).order_by("-pk")[0]
        made = split_household_and_items(
            household.pk,
            f"{household.household_no}-{next(self._numbers)}",
            {leaves.person_id: Relation.HEAD},
            [],
            reason="另立门户",
            on=today,
            by=_TWO,
            actor=self.actor,
            at=at,
        )
        return {made.new.pk}

    def _sudden(self, at: datetime) -> set[int]:
        """Somebody is suddenly away; the lead stands in until others are confirmed, within the hours of the rules."""
        today = timezone.localdate(at)
        helper = self._somebody(at)
        absence = report_sudden_absence(helper.pk, "突然住院", actor=self.actor, at=at)
        hours = duty_rules(self.area_path, today).sudden_absence_hours
        later = at + timedelta(minutes=self.rng.randrange(30, hours * 60 - 60))
        self._plan(later, "covers", lambda moment_: self._cover(absence, moment_))
        return set()

    def _requests(self, at: datetime) -> set[int]:
        """A household asks for another helper, with a reason where it has used the free one."""
        today = timezone.localdate(at)
        rows = Household.objects.filter(in_force(today), area_path__startswith=self.area_path)
        rows = rows.exclude(pk__in=self._open_requests().values("household_id")).order_by("pk")
        household = rows[self.rng.randrange(rows.count())]
        role = self.rng.choice(list(HelperKind))
        actor = household_actor(household.pk)
        try:
            ask_another(household.pk, role, "", RequestChannel.PORTAL, actor=actor, at=at)
        except Invalid:
            ask_another(household.pk, role, "不合适", RequestChannel.PORTAL, actor=actor, at=at)
        return {household.pk}

    # what follows

    def _cover(self, absence: Absence, at: datetime) -> set[int]:
        """Confirm stand-ins, then plan whether they come back or leave after all."""
        today = timezone.localdate(at)
        named = self._beside(absence.helper_id, today)
        self._find_stand_ins(absence, at)
        if self.rng.random() < _LEAVES_AFTER:
            self._plan(at + timedelta(days=5), "gives up", lambda later: self._gives_up(absence, later))
        else:
            back = moment(today + timedelta(days=self.rng.randrange(3, 30)), 8 * 60)
            self._plan(back, "returns", lambda later: self._comes_back(absence, later))
        return named | self._settled_now(at)

    def _find_stand_ins(self, absence: Absence, at: datetime) -> None:
        for _round in range(2):
            for beyond in _BEYOND:
                plan = cover_absence(absence.pk, beyond=beyond, actor=self.actor, at=at)
                if not plan.lacking:
                    return
            for role in HelperKind:
                lacking = [row.household for row in plan.lacking if row.role == role]
                self.remedies.send_for(lacking, role, at=at)
        raise _nobody(absence.helper)

    def _comes_back(self, absence: Absence, at: datetime) -> set[int]:
        today = timezone.localdate(at)
        named = self._beside(absence.helper_id, today)
        named |= set(Pairing.objects.filter(handover__absence=absence).values_list("household_id", flat=True))
        end_absence(absence.pk, today, actor=self.actor, at=at)
        return named

    def _gives_up(self, absence: Absence, at: datetime) -> set[int]:
        return self._announce(absence.helper, AbsenceKind.DEPARTURE, at, self._notice(at), None)

    def _announce(
        self, helper: Helper, kind: AbsenceKind, at: datetime, first: date, until: date | None
    ) -> set[int]:
        """Announce it; where places do not do, ask for more of them; where nobody can, send for somebody."""
        named = self._beside(helper.pk, first)
        for _round in range(2):
            for beyond in _BEYOND:
                given = Announcement(helper.pk, kind, first, until, "另有安排", "文件", beyond=beyond)
                try:
                    announce_absence(given, actor=self.actor, at=at)
                except Refused as refused:
                    if refused.key != "absence.nobody":
                        raise
                    numbers = refused.params["households"]
                else:
                    return named | self._settled_now(at)
            self.remedies.send_for(by_number(numbers), HelperKind(helper.kind), at=at)
        raise _nobody(helper)

    # whom

    def _somebody(self, at: datetime) -> Helper:
        """Somebody who stands beside households, is there, leads nowhere, and is not announced to leave or be away."""
        today = timezone.localdate(at)
        rows = Helper.objects.filter(
            Days(today).held(), places__gt=0, pk__in=Pairing.objects.filter(in_force(today)).values("helper")
        )
        rows = rows.exclude(pk__in=Absence.objects.filter(Days(today).overlap()).values("helper"))
        rows = rows.exclude(pk__in=Leadership.objects.filter(valid_until=None).values("helper"))
        return rows.order_by("pk")[self.rng.randrange(rows.count())]

    def _notice(self, at: datetime) -> date:
        today = timezone.localdate(at)
        days = duty_rules(self.area_path, today).announce_days
        return today + timedelta(days=days + self.rng.randrange(20))

    def _beside(self, helper_id: int, day: date) -> set[int]:
        """The households a helper stands beside on a day or later, whoever else was announced there included."""
        rows = Pairing.objects.filter(Days(day).overlap(), helper=helper_id)
        return set(rows.values_list("household_id", flat=True))

    def _open_requests(self) -> QuerySet[HelperRequest]:
        return HelperRequest.objects.filter(settled_at=None, withdrawn_at=None)

    def _settled_now(self, at: datetime) -> set[int]:
        """Households whose open request was settled by somebody who was sent for."""
        return set(HelperRequest.objects.filter(settled_at=at).values_list("household_id", flat=True))


def _nobody(helper: Helper) -> Refused:
    return Refused("year.nobody", f"Nobody could be found in place of {helper.helper_no}.")
