"""示范诉求: what people of the invented county raised over the last eight months, and how far each is.

Most are of everyday things, in every state that there is: answered in time, dragged, given back, reviewed, judged. Last
week the households of three townships say the same about one price: it is what the county will have to look into.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from yixian.demo.example import first_example
from yixian.demo.matter_words import (
    ABOUT_SOMEBODY,
    ASKED,
    CALLS,
    CLAUSE,
    FACTS,
    OFFERED,
    OTHERS,
    PAUSED,
    PRICE,
    REASONS,
    REPLIES,
    RETURNED,
    VERDICT_WORDS,
    WAITING,
)
from yixian.demo.sign_ins import CLERK, user_actor
from yixian.domain.areas import SEGMENT
from yixian.engines.hotline.hotline_columns import COLUMNS
from yixian.kernel.actors import PUBLIC, Actor, household_actor, system_actor
from yixian.kernel.jobs import run_job
from yixian.matters.actions.receive_matter import Receipt, receive_matter
from yixian.matters.actions.take_list import ask_for_list
from yixian.matters.choices import (
    DecisionOutcome,
    IntakeChannel,
    NotificationChannel,
    ReviewStage,
    Topic,
    Verdict,
)
from yixian.matters.figures.metrics_queries import refresh_metrics
from yixian.matters.figures.quarterly_figures import publish_quarters
from yixian.matters.intake import ClauseKey, Complainant, Subject, Submission
from yixian.matters.matter_state import NewEvent, record_event
from yixian.matters.models import Matter, MatterDecision, MatterMessage, MatterVerdict
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Household, Organisation
from yixian.working_groups.signals.detecting import detect

ITEM = "house.main.earth_timber"
PRICE_CLAUSE = ClauseKey("danjiangkou-2009", "D2009-215", "table-rural")
SAYING_SO = 180
"""At most so many households raise the price, if there are so many with such a house in three townships."""

_TOWNSHIPS = 3
_EVERYDAY = 150
"""At most so many households raise something of everyday life."""

_SHARE = 8
"""In a small county one household in eight raises the price, and one in eight something else."""

_MAX_DAYS_AGO = 240
_OF_TOWNSHIP, _WAITING, _DRAGGED = 2, 3, 5
_AGO = {0: _MAX_DAYS_AGO, _OF_TOWNSHIP: 10, _WAITING: 20, _DRAGGED: 100}
"""Days since these everyday matters, whatever chance says: the oldest, by which whole quarters are told; one that a township
has in hand; one that waits for the person; and one that is dragged beyond its time."""
_ACTOR = system_actor("demo")
_TOWNSHIP = 3 * SEGMENT


@dataclass(frozen=True, slots=True)
class Organisations:
    """Who deals with what."""

    petition: Organisation
    bureau: Organisation
    finance: Organisation
    departments: Sequence[Organisation]


def are_matters_raised() -> bool:
    """Whether anybody has raised anything."""
    return Matter.objects.exists()


def raise_matters(seed: int, *, at: datetime) -> int:
    """Everything that was raised; how many matters there are."""
    rng = Random(f"{seed}:matters")  # noqa: S311 - invented matters, not secrets
    organisations = Organisations(
        Organisation.objects.get(kind=OrganisationKind.PETITION_OFFICE),
        Organisation.objects.get(kind=OrganisationKind.RESETTLEMENT_BUREAU),
        Organisation.objects.get(kind=OrganisationKind.FINANCE_OFFICE),
        list(Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT).order_by("code")[:8]),
    )
    with transaction.atomic():
        for number, household in enumerate(_everyday_households(rng, at)):
            _everyday(household, organisations, number, rng, at)
        for number, household in enumerate(households_saying_so()):
            _same_price(household, organisations, number, rng, at)
        _about_somebody(at)
    _take_hotline_list(at)
    refresh_metrics(at=at)
    publish_quarters(at=at)
    detect(at=at)
    return Matter.objects.count()


def households_saying_so() -> list[Household]:
    """The households of the three townships with the most earth-timber houses, those of each in turn."""
    rows = Household.objects.filter(items__item_code=ITEM, items__valid_until=None, valid_until=None)
    found: dict[str, list[Household]] = {}
    for household in rows.distinct().select_related("area").order_by("household_no"):
        found.setdefault(household.area_path[:_TOWNSHIP], []).append(household)
    most = sorted(found.values(), key=len, reverse=True)[:_TOWNSHIPS]
    wanted = _one_in_eight(SAYING_SO)
    return [household for own in most for household in own[: wanted // len(most)]]


def _one_in_eight(most: int) -> int:
    return min(most, Household.objects.filter(valid_until=None).count() // _SHARE)


def _everyday_households(rng: Random, at: datetime) -> Iterator[Household]:
    """Some of them, and the one that is shown first: that one has something open, too."""
    rows = list(
        Household.objects.filter(valid_until=None).order_by("household_no").values_list("pk", flat=True)
    )
    chosen = rng.sample(rows, _one_in_eight(_EVERYDAY))
    shown = first_example(timezone.localdate(at)).household
    neighbours = Household.objects.filter(
        valid_until=None, area_path__startswith=shown.area_path[:_TOWNSHIP]
    ).exclude(pk=shown.pk)
    chosen[_OF_TOWNSHIP] = neighbours.order_by("household_no").values_list("pk", flat=True)[0]
    for pk in [*chosen, shown.pk]:
        yield Household.objects.select_related("area").get(pk=pk)


def _everyday(
    household: Household, organisations: Organisations, number: int, rng: Random, at: datetime
) -> None:
    """One of the everyday matters, as far as it has come."""
    topic, words = OTHERS[number % len(OTHERS)]
    began = _by_day(at, -_AGO.get(number, rng.uniform(1, _MAX_DAYS_AGO)))
    channel = rng.choice(
        (
            IntakeChannel.CARD,
            IntakeChannel.CARD,
            IntakeChannel.COUNTER,
            IntakeChannel.PHONE,
            IntakeChannel.VISIT,
        )
    )
    receipt = _received(household, words, topic, channel, began, rng)
    _deal_with(receipt, organisations, number, rng, at)


def _same_price(
    household: Household, organisations: Organisations, number: int, rng: Random, at: datetime
) -> None:
    began = _by_day(_last_week(at), rng.uniform(0, 6.9))
    channel = rng.choice(
        (IntakeChannel.CARD, IntakeChannel.VISIT, IntakeChannel.VISIT, IntakeChannel.COUNTER)
    )
    receipt = _received(
        household, PRICE[number % len(PRICE)], Topic.PRICE, channel, began, rng, (PRICE_CLAUSE,)
    )
    days = (at - receipt.matter.received_at).days
    if days > 3 and receipt.holder == organisations.petition:
        _happen(receipt.matter, "forwarded", organisations.petition, 1, at, to=organisations.bureau)
    if days > 5:
        _happen(receipt.matter, "accepted", organisations.bureau, 5, at)


def _by_day(begun: datetime, days: float) -> datetime:
    """So many days after a moment, drawn together into the hours from nine to five; what was earlier stays earlier."""
    moment = timezone.localtime(begun + timedelta(days=days))
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=9) + (moment - midnight) / 3


def _last_week(at: datetime) -> datetime:
    """The beginning of last week: signals are counted by the week."""
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday() + 7)


def _about_somebody(at: datetime) -> None:
    """One about an official, whom nobody in that office learns of."""
    helper = Organisation.objects.filter(kind=OrganisationKind.VILLAGE_COMMITTEE).annotate(
        people=Count("helpers")
    )
    organisation = helper.order_by("-people", "code").first() or Organisation.objects.order_by("pk")[0]
    submission = Submission(
        key=uuid.uuid5(uuid.NAMESPACE_OID, "yixian demo about somebody"),
        words=ABOUT_SOMEBODY,
        topic=Topic.CONDUCT,
        channel=IntakeChannel.PORTAL,
        anonymous=True,
        area_id=organisation.area_id,
        subjects=(Subject(organisation_id=organisation.pk),),
    )
    receive_matter(submission, actor=PUBLIC, at=at - timedelta(days=6))


def _take_hotline_list(at: datetime) -> None:
    """Two calls that the hotline handed over as a list, taken in by the background work that takes in every list."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.zh for column in COLUMNS)
    for number, (name, words, topic) in enumerate(CALLS, 1):
        moment = timezone.localtime(_by_day(at, -number)).strftime("%Y-%m-%d %H:%M")
        writer.writerow((f"LD12345-{number:03}", moment, name, "", "", words, topic))
    job = ask_for_list(text.getvalue().encode(), actor=user_actor("petition", at=at), at=at)
    run_job.call(job.pk)


def _received(
    household: Household,
    words: str,
    topic: Topic,
    channel: IntakeChannel,
    began: datetime,
    rng: Random,
    clauses: tuple[ClauseKey, ...] = (),
) -> Receipt:
    submission = Submission(
        key=uuid.UUID(int=rng.getrandbits(128)),
        words=words,
        topic=topic,
        channel=channel,
        people=(Complainant(household_id=household.pk),),
        clauses=clauses,
        shared=rng.random() < 0.7,
        read_back=channel != IntakeChannel.CARD,
    )
    return receive_matter(submission, actor=_taken_down_by(household, channel), at=began)


def _taken_down_by(household: Household, channel: IntakeChannel) -> Actor:
    """As they are signed in today: in the past that is told here nobody had a sign-in yet."""
    if channel == IntakeChannel.CARD:
        return household_actor(household.pk)
    return user_actor("petition" if channel != IntakeChannel.VISIT else CLERK, at=timezone.now())


def _deal_with(
    receipt: Receipt, organisations: Organisations, number: int, rng: Random, at: datetime
) -> None:
    """Take it as far as the days since have let it come; some offices are quick, some push, some drag."""
    matter, holder = receipt.matter, receipt.holder
    dealing = _dealing(matter, organisations, number)
    day = rng.uniform(0.5, 3)
    if dealing != holder:
        if number % 9 == 4:
            other = organisations.departments[(number + 1) % len(organisations.departments)]
            if other not in (holder, dealing):
                _happen(matter, "handover_offered", holder, day, at, to=other, reason=OFFERED, clause=CLAUSE)
                _happen(matter, "handover_returned", other, day + 3, at, reason=RETURNED)
                day += 3.5
        _happen(matter, "handover_offered", holder, day, at, to=dealing, reason=OFFERED, clause=CLAUSE)
        day += rng.uniform(0.5, 3)
        _happen(matter, "handover_accepted", dealing, day, at)
    day += rng.uniform(0.5, 6)
    if not _happen(matter, "accepted", dealing, day, at):
        return
    if number % 7 == 3:
        _happen(matter, "waiting_person", dealing, day + 1, at, reason=WAITING, clause=PAUSED)
        if number == _WAITING or not _happen(matter, "person_answered", dealing, day + 5, at):
            return
    if number == _DRAGGED:
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
        _happen(matter, "closed", dealing, day + 14, at)


def _dealing(matter: Matter, organisations: Organisations, number: int) -> Organisation:
    """Whose business it is: the finance office's, the bureau's, the township's own, or a department's."""
    if OTHERS[number % len(OTHERS)][0] == Topic.PAYMENT:
        return organisations.finance
    if number % 3 == 0:
        return organisations.bureau
    if number % 4 == 2:
        of_township = Organisation.objects.filter(
            kind=OrganisationKind.TOWNSHIP_LEADERSHIP, area__path=matter.area_path[:_TOWNSHIP]
        )
        return of_township.order_by("code").first() or organisations.bureau
    return organisations.departments[number % len(organisations.departments)]


def _happen(
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
    moment = _by_day(matter.received_at, day)
    if moment >= at:
        return False
    happening = NewEvent(kind, organisation.pk, to.pk if to else None, reason, clause)
    record_event(matter, happening, actor=_ACTOR, at=moment)
    return True


def _decided(
    matter: Matter, organisation: Organisation, outcome: DecisionOutcome, day: float, at: datetime
) -> bool:
    if not _happen(matter, "decided", organisation, day, at):
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
        at=_by_day(matter.received_at, day),
    )
    return True


def _notified(matter: Matter, organisation: Organisation, day: float, at: datetime, *, quietly: bool) -> None:
    if not _happen(matter, "told", organisation, day, at):
        return
    MatterMessage.objects.create(
        matter=matter,
        key=uuid.uuid5(uuid.NAMESPACE_OID, f"demo told {matter.pk}"),
        at=_by_day(matter.received_at, day),
        by_person=False,
        organisation=organisation,
        words=REPLIES,
        notified_by=NotificationChannel.PORTAL if quietly else NotificationChannel.VISIT,
    )


def _judged(matter: Matter, outcome: DecisionOutcome, day: float, at: datetime, rng: Random) -> None:
    moment = _by_day(matter.received_at, day)
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
