"""示范诉求的办理: how far the offices of the invented county have come with what people raised."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from yixian.demo.matter_words import (
    ASKED,
    CLAUSE,
    FACTS,
    OFFERED,
    OTHERS,
    PAUSED,
    REASONS,
    REPLIES,
    RETURNED,
    VERDICT_WORDS,
    WAITING,
)
from yixian.domain.areas import SEGMENT
from yixian.kernel.actors import system_actor
from yixian.matters.actions.receive_matter import Receipt
from yixian.matters.choices import (
    DecisionOutcome,
    NotificationChannel,
    ReviewStage,
    Topic,
    Verdict,
)
from yixian.matters.matter_state import NewEvent, record_event
from yixian.matters.models import Matter, MatterDecision, MatterMessage, MatterVerdict
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Organisation

TOWNSHIP = 3 * SEGMENT
"""So much of an area's path names its township."""

WAITING_ONE, DRAGGED_ONE = 3, 5
"""The numbers of the matter that waits for the person, and of the one that is dragged."""

_ACTOR = system_actor("demo")


@dataclass(frozen=True, slots=True)
class Organisations:
    """Who deals with what."""

    petition: Organisation
    bureau: Organisation
    finance: Organisation
    departments: Sequence[Organisation]


def by_day(begun: datetime, days: float) -> datetime:
    """So many days after a moment, drawn together into the hours from nine to five; what was earlier stays earlier."""
    moment = timezone.localtime(begun + timedelta(days=days))
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=9) + (moment - midnight) / 3


def deal_with(receipt: Receipt, organisations: Organisations, number: int, rng: Random, at: datetime) -> None:
    """Take it as far as the days since have let it come; some offices are quick, some push, some drag."""
    matter, holder = receipt.matter, receipt.holder
    dealing = _dealing(matter, organisations, number)
    day = rng.uniform(0.5, 3)
    if dealing != holder:
        if number % 9 == 4:
            other = organisations.departments[(number + 1) % len(organisations.departments)]
            if other not in (holder, dealing):
                let_happen(
                    matter, "handover_offered", holder, day, at, to=other, reason=OFFERED, clause=CLAUSE
                )
                let_happen(matter, "handover_returned", other, day + 3, at, reason=RETURNED)
                day += 3.5
        let_happen(matter, "handover_offered", holder, day, at, to=dealing, reason=OFFERED, clause=CLAUSE)
        day += rng.uniform(0.5, 3)
        let_happen(matter, "handover_accepted", dealing, day, at)
    day += rng.uniform(0.5, 6)
    if not let_happen(matter, "accepted", dealing, day, at):
        return
    if number % 7 == 3:
        let_happen(matter, "waiting_person", dealing, day + 1, at, reason=WAITING, clause=PAUSED)
        if number == WAITING_ONE or not let_happen(matter, "person_answered", dealing, day + 5, at):
            return
    if number == DRAGGED_ONE:
        return
    day += rng.uniform(60, 85) if number % 11 == 5 else rng.uniform(6, 45)
    outcome = (
        DecisionOutcome.SUPPORTED,
        DecisionOutcome.EXPLAINED,
        DecisionOutcome.SUPPORTED,
        DecisionOutcome.NOT_SUPPORTED,
    )[number % 4]
    if not _decided(matter, dealing, outcome, day, at):
        return
    day += rng.uniform(0.1, 2)
    _notified(matter, dealing, day, at, quietly=number % 13 == 6)
    if number % 5 < 3:
        _judged(matter, outcome, day + rng.uniform(1, 12), at, rng)
    if number % 4 != 3:
        let_happen(matter, "closed", dealing, day + 14, at)


def _dealing(matter: Matter, organisations: Organisations, number: int) -> Organisation:
    """Whose business it is: the finance office's, the bureau's, the township's own, or a department's."""
    if OTHERS[number % len(OTHERS)][0] == Topic.PAYMENT:
        return organisations.finance
    if number % 3 == 0:
        return organisations.bureau
    if number % 4 == 2:
        of_township = Organisation.objects.filter(
            kind=OrganisationKind.TOWNSHIP_LEADERSHIP, area__path=matter.area_path[:TOWNSHIP]
        )
        return of_township.order_by("code").first() or organisations.bureau
    return organisations.departments[number % len(organisations.departments)]


def let_happen(
    matter: Matter,
    kind: str,
    organisation: Organisation,
    day: float,
    at: datetime,
    *,
    to: Organisation | None = None,
    reason: str = "",
    clause: str = "",
) -> bool:
    """Let something happen so many days after receipt, unless that is still to come; whether it did."""
    moment = by_day(matter.received_at, day)
    if moment >= at:
        return False
    happening = NewEvent(kind, organisation.pk, to.pk if to else None, reason, clause)
    record_event(matter, happening, actor=_ACTOR, at=moment)
    return True


def _decided(
    matter: Matter, organisation: Organisation, outcome: DecisionOutcome, day: float, at: datetime
) -> bool:
    if not let_happen(matter, "decided", organisation, day, at):
        return False
    MatterDecision.objects.create(
        matter=matter,
        stage=ReviewStage.FIRST,
        organisation=organisation,
        asked=ASKED,
        facts=FACTS,
        reasons=REASONS[outcome.value],
        basis=[["danjiangkou-2009", "D2009-215", "table-rural"]],
        outcome=outcome,
        at=by_day(matter.received_at, day),
    )
    return True


def _notified(matter: Matter, organisation: Organisation, day: float, at: datetime, *, quietly: bool) -> None:
    if not let_happen(matter, "told", organisation, day, at):
        return
    MatterMessage.objects.create(
        matter=matter,
        key=uuid.uuid5(uuid.NAMESPACE_OID, f"demo told {matter.pk}"),
        at=by_day(matter.received_at, day),
        by_person=False,
        organisation=organisation,
        words=REPLIES,
        notified_by=NotificationChannel.PORTAL if quietly else NotificationChannel.VISIT,
    )


def _judged(matter: Matter, outcome: DecisionOutcome, day: float, at: datetime, rng: Random) -> None:
    moment = by_day(matter.received_at, day)
    if moment >= at or not matter.decisions.exists():
        return
    happy = outcome == DecisionOutcome.SUPPORTED or rng.random() < 0.4
    MatterVerdict.objects.create(
        matter=matter,
        verdict=Verdict.RESOLVED if happy else rng.choice((Verdict.PARTLY, Verdict.NOT_RESOLVED)),
        satisfied=rng.choice((4, 5, 5)) if happy else rng.choice((1, 2, 3)),
        words=rng.choice(VERDICT_WORDS),
        at=moment,
    )
