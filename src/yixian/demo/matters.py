"""示范诉求: what people of the invented county raised over the last eight months, and how far each is.

Most are of everyday things, in every state that there is: answered in time, dragged, given back, reviewed, judged. Last
week the households of three townships say the same about one price: it is what the county will have to look into.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from yixian.demo.example import first_example
from yixian.demo.matter_handling import (
    DRAGGED_ONE,
    TOWNSHIP,
    WAITING_ONE,
    Organisations,
    by_day,
    deal_with,
    let_happen,
)
from yixian.demo.matter_words import (
    ABOUT_SOMEBODY,
    CALLS,
    OTHERS,
    PRICE,
)
from yixian.demo.sign_ins import CLERK, user_actor
from yixian.engines.hotline.hotline_columns import COLUMNS
from yixian.kernel.actors import PUBLIC, Actor, household_actor
from yixian.kernel.jobs import run_job
from yixian.matters.actions.receive_mail import take_mail
from yixian.matters.actions.receive_matter import Receipt, receive_matter
from yixian.matters.actions.take_list import ask_for_list
from yixian.matters.choices import (
    IntakeChannel,
    Topic,
)
from yixian.matters.figures.metrics_queries import refresh_metrics
from yixian.matters.figures.quarterly_figures import publish_quarters
from yixian.matters.intake import ClauseKey, Complainant, Subject, Submission
from yixian.matters.models import Matter
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
_OF_TOWNSHIP = 2
_AGO = {0: _MAX_DAYS_AGO, _OF_TOWNSHIP: 10, WAITING_ONE: 20, DRAGGED_ONE: 100}
"""Days since these everyday matters, whatever chance says: the oldest, by which whole quarters are told; one that a township
has in hand; one that waits for the person; and one that is dragged beyond its time."""


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
    take_mail(_AWAY.encode(), at=at)
    refresh_metrics(at=at)
    publish_quarters(at=at)
    detect(at=at)
    return Matter.objects.count()


_AWAY = (
    "From: wang@example.com\r\nSubject: 自动回复: 您的来信\r\nMessage-ID: <1@example.com>\r\n\r\n我正在休假。"
)
"""A mail that no person wrote, for the list of those that were refused."""


def households_saying_so() -> list[Household]:
    """The households of the three townships with the most earth-timber houses, those of each in turn."""
    rows = Household.objects.filter(items__item_code=ITEM, items__valid_until=None, valid_until=None)
    found: dict[str, list[Household]] = {}
    for household in rows.distinct().select_related("area").order_by("household_no"):
        found.setdefault(household.area_path[:TOWNSHIP], []).append(household)
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
        valid_until=None, area_path__startswith=shown.area_path[:TOWNSHIP]
    ).exclude(pk=shown.pk)
    chosen[_OF_TOWNSHIP] = neighbours.order_by("household_no").values_list("pk", flat=True)[0]
    for pk in [*chosen, shown.pk]:
        yield Household.objects.select_related("area").get(pk=pk)


def _everyday(
    household: Household, organisations: Organisations, number: int, rng: Random, at: datetime
) -> None:
    """One of the everyday matters, as far as it has come."""
    topic, words = OTHERS[number % len(OTHERS)]
    began = by_day(at, -_AGO.get(number, rng.uniform(1, _MAX_DAYS_AGO)))
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
    deal_with(receipt, organisations, number, rng, at)


def _same_price(
    household: Household, organisations: Organisations, number: int, rng: Random, at: datetime
) -> None:
    began = by_day(_last_week(at), rng.uniform(0, 6.9))
    channel = rng.choice(
        (IntakeChannel.CARD, IntakeChannel.VISIT, IntakeChannel.VISIT, IntakeChannel.COUNTER)
    )
    receipt = _received(
        household, PRICE[number % len(PRICE)], Topic.PRICE, channel, began, rng, (PRICE_CLAUSE,)
    )
    days = (at - receipt.matter.received_at).days
    if days > 3 and receipt.holder == organisations.petition:
        let_happen(receipt.matter, "forwarded", organisations.petition, 1, at, to=organisations.bureau)
    if days > 5:
        let_happen(receipt.matter, "accepted", organisations.bureau, 5, at)


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
        moment = timezone.localtime(by_day(at, -number)).strftime("%Y-%m-%d %H:%M")
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
