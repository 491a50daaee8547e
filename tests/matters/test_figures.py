"""数字: pushing and dragging are found where they were planted and nowhere else; what is published gives nobody away."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.utils import timezone

from tests.engines.publication.attacker import Attacker
from tests.matters.lives import live, live_many
from tests.matters.place import AT, Place, days
from yixian.engines.publication import PublishedTable
from yixian.kernel.errors import NotFound, NotPermitted
from yixian.matters.choices import DecisionOutcome, LinkKind, ReviewStage, Topic, Verdict
from yixian.matters.figures import metrics_queries
from yixian.matters.figures.metrics_queries import (
    matters_behind,
    measured_organisation,
    metrics_page,
    published_figures,
    published_quarters,
    refresh_metrics,
)
from yixian.matters.figures.organisation_metrics import quantile
from yixian.matters.figures.quarterly_figures import Counts, publish_quarters, quarter_of, safe
from yixian.matters.models import (
    Matter,
    MatterDecision,
    MatterLink,
    MatterMessage,
    MatterSubject,
    MatterVerdict,
    MetricsSnapshot,
    PublishedFigures,
)

pytestmark = pytest.mark.django_db


def bounced(place: Place, at: datetime) -> Matter:
    """Pushed to and fro: the petition office offered it, the water office gave it back twice."""
    petition, water, land = (place.organisations[name] for name in ("petition", "water", "land"))
    return live(
        place.near,
        at,
        [
            (0, "received", None, petition),
            (1, "handover_offered", petition, water),
            (2, "handover_returned", water, None),
            (3, "handover_offered", petition, land),
            (4, "handover_returned", land, None),
            (5, "assigned", place.organisations["leadership"], water),
        ],
    )


def dealt_with(place: Place, at: datetime, *, talked: bool = True) -> Matter:
    petition = place.organisations["petition"]
    matter = live(
        place.near,
        at,
        [
            (0, "received", None, petition),
            (1, "accepted", petition, None),
            (10, "decided", petition, None),
            (11, "told", petition, None),
            (12, "closed", petition, None),
        ],
    )
    MatterMessage.objects.create(
        matter=matter,
        key=matter.key,
        at=at + timedelta(days=11),
        by_person=False,
        organisation=petition,
        words="告知",
        notified_by="visit" if talked else "portal",
    )
    return matter


def test_planted_pushing_is_found_and_nothing_else(place: Place) -> None:
    for number in range(3):
        bounced(place, days(number))
    for number in range(4):
        dealt_with(place, days(number), talked=number > 0)
    refresh_metrics(at=days(120))
    figures = {row.organisation: row for row in metrics_page(place.actor("auditor")).rows}
    petition, water = figures["两河县信访局"], figures["两河县水利局"]
    assert petition.counts["received_first"] == 7
    assert petition.counts["first_kept"] == 4
    assert petition.counts["offered"] == 6
    assert petition.counts["came_back"] == 6
    assert petition.counts["closed"] == 4
    assert petition.counts["closed_without_contact"] == 1
    assert water.counts["returned"] == 3
    assert water.counts["asked"] == 3
    assert (
        water.counts["overdue"] == 6
    )  # of each, to say whether it is accepted, at the latest and by whom was named
    assert petition.first_kept == 57
    assert water.median_days == 120 - 1 - 5 or water.median_days in range(112, 116)


def test_a_figure_opens_exactly_the_matters_it_counts(place: Place) -> None:
    planted = {bounced(place, days(number)).number for number in range(3)}
    dealt_with(place, AT)
    refresh_metrics(at=days(120))
    auditor = place.actor("auditor")
    for row in metrics_page(auditor).rows:
        for measure, count in row.counts.items():
            rows = matters_behind(auditor, row.organisation_id, measure, at=days(120))
            distinct = len({one.number for one in rows.window(0, 100)})
            assert distinct == rows.count()
            assert distinct <= count
            assert bool(distinct) == bool(count), (row.organisation, measure)
    water = place.organisations["water"].pk
    returned = matters_behind(auditor, water, "returned", at=days(120)).window(0, 100)
    assert {row.number for row in returned} == planted
    assert measured_organisation(auditor, water, "returned") == "两河县水利局"
    with pytest.raises(NotFound):
        measured_organisation(auditor, water, "by_person")


def test_a_matter_about_somebody_in_office_is_in_no_figure(place: Place) -> None:
    dealt_with(place, AT)
    refresh_metrics(at=days(120))
    before = MetricsSnapshot.objects.get().rows
    about = dealt_with(place, AT)
    MatterSubject.objects.create(matter=about, organisation=place.organisations["water"], named_at=AT)
    MetricsSnapshot.objects.all().delete()
    refresh_metrics(at=days(120))
    assert MetricsSnapshot.objects.get().rows == before


def test_who_may_read_figures(place: Place) -> None:
    for name in ("clerk", "cadre", "surveyor", "admin", "finance"):
        with pytest.raises(NotPermitted):
            metrics_page(place.actor(name))
    assert metrics_page(place.actor("lead")) is None


@pytest.mark.parametrize(
    ("values", "median", "ninth"),
    [
        ([], None, None),
        ([3], 3, 3),
        ([2, 1], 1, 2),
        ([3, 1, 2], 2, 3),
        (range(1, 11), 5, 9),
        (range(1, 12), 6, 10),
    ],
)
def test_days_are_those_of_the_nearest_rank(values: list[int], median: int | None, ninth: int | None) -> None:
    assert (quantile(values, 50), quantile(values, 90)) == (median, ninth)


def test_quarters() -> None:
    assert quarter_of(date(2026, 2, 28)) == quarter_of(date(2026, 1, 1))
    assert (quarter_of(date(2026, 11, 3)).first, quarter_of(date(2026, 11, 3)).until) == (
        date(2026, 10, 1),
        date(2027, 1, 1),
    )


def test_a_quarter_is_published_once_and_never_changed(place: Place) -> None:
    start = datetime(2026, 1, 5, 2, tzinfo=UTC)
    for number in range(24):
        matter = dealt_with(place, start + timedelta(hours=number))
        MatterDecision.objects.create(
            matter=matter,
            stage=ReviewStage.FIRST,
            organisation=place.organisations["petition"],
            asked="请求",
            facts="事实",
            reasons="理由",
            outcome=DecisionOutcome.EXPLAINED,
            at=start + timedelta(days=10, hours=number),
        )
        MatterVerdict.objects.create(
            matter=matter,
            verdict=Verdict.RESOLVED if number < 13 else Verdict.NOT_RESOLVED,
            satisfied=5 if number < 13 else 1,
            at=start + timedelta(days=20),
        )
    assert publish_quarters(at=datetime(2026, 3, 31, 2, tzinfo=UTC)) == {"published": 0}
    assert publish_quarters(at=datetime(2026, 4, 1, 2, tzinfo=UTC)) == {"published": 1}
    shown = published_figures(date(2026, 1, 1))
    assert shown.whole.received == 24
    assert (shown.whole.median_days, shown.whole.p90_days) == (10, 10)
    assert shown.whole.decided_in_time == 100
    assert shown.whole.resolution == (Fraction(1300, 24) * 10).__round__() / Fraction(10)
    assert shown.rows[0].satisfaction == shown.whole.satisfaction
    before = PublishedFigures.objects.values().get()
    dealt_with(place, start)
    assert publish_quarters(at=datetime(2026, 4, 9, 2, tzinfo=UTC)) == {"published": 0}
    assert PublishedFigures.objects.values().get() == before
    assert published_quarters() == [date(2026, 1, 1)]
    with pytest.raises(Exception, match="append-only"):
        PublishedFigures.objects.update(formula="2")


def test_small_numbers_are_not_shown(place: Place) -> None:
    dealt_with(place, datetime(2026, 1, 5, 2, tzinfo=UTC))
    publish_quarters(at=datetime(2026, 4, 1, 2, tzinfo=UTC))
    shown = published_figures(date(2026, 1, 1))
    assert shown.whole.received is None
    assert shown.whole.median_days is None
    assert shown.rows[0].decided is None


def test_what_was_confirmed_to_be_the_same_counts_once(place: Place) -> None:
    start = datetime(2026, 1, 5, 2, tzinfo=UTC)
    rows = [dealt_with(place, start + timedelta(hours=number)) for number in range(12)]
    MatterLink.objects.create(matter=rows[3], other=rows[0], kind=LinkKind.SAME, at=start)
    publish_quarters(at=datetime(2026, 4, 1, 2, tzinfo=UTC))
    assert published_figures(date(2026, 1, 1)).whole.received == 11


@pytest.mark.sqlite_enough
@pytest.mark.proof(cases=12, slice=2)
def test_an_attacker_with_linear_programming_finds_no_hidden_number(cases: Iterator[int]) -> None:
    """Over every table of four quarters: whatever is hidden may be any of at least ten numbers."""
    for seed in cases:
        chance = random.Random(seed)
        attacked = Attacker(
            [tables for _quarter in range(4) for tables in published_sets(random_counts(chance))], {}
        )
        assert attacked.found_within(10) == [], seed
        assert list(attacked.hidden())


def published_sets(counts: Counts) -> list[list[PublishedTable]]:
    """The tables as a reader of the page has them; those that count the same things together."""
    tables, _days = safe(counts)
    judged = [
        as_published(name, tables[name], "judged") for name in ("verdicts", "satisfied") if name in tables
    ]
    others = [
        [as_published(name, rows, name)]
        for name, rows in tables.items()
        if name not in {"verdicts", "satisfied"}
    ]
    return [*others, judged] if judged else others


def as_published(name: str, rows: dict[str, dict[str, int | None]], kind: str) -> PublishedTable:
    cells = {(row, column): count for row, found in rows.items() for column, count in found.items()}
    columns = tuple(next(iter(rows.values())))
    return PublishedTable(name, kind, name, tuple(rows), columns, cells)


def random_counts(chance: random.Random) -> Counts:
    counts = Counts()
    for organisation in range(1, chance.randint(2, 9)):
        for topic in Topic.values:
            counts.received[str(organisation), topic] = chance.choice([0, 0, 1, 3, 9, 12, 40])
        for column in ("kept", "missed"):
            counts.answer[str(organisation), column] = chance.choice([0, 2, 9, 11, 60])
            counts.decision[str(organisation), column] = chance.choice([0, 1, 10, 33])
        counts.decided[str(organisation), "decided"] = chance.choice([0, 4, 10, 25])
        counts.days[str(organisation)] = [
            chance.randint(1, 90) for _each in range(counts.decided[str(organisation), "decided"])
        ]
        total = 0
        for verdict in Verdict.values:
            counts.verdicts[str(organisation), verdict] = chance.choice([0, 2, 8, 15])
            total += counts.verdicts[str(organisation), verdict]
        first = chance.randint(0, total)
        counts.satisfied[str(organisation), "satisfied"] = first
        counts.satisfied[str(organisation), "dissatisfied"] = total - first
    return counts


def test_the_formula_says_what_it_leaves_out() -> None:
    for formula in metrics_queries.formulas():
        for name in ("response", "decided", "resolution", "satisfaction", "exclusions"):
            assert formula.text(name, "zh")
            assert formula.text(name, "en")
        assert (
            set(formula.answer)
            == set(formula.decision)
            == {"cn-petition-2022", "ess10-grievance", "cn-disclosure-2019"}
        )
    assert timezone.localtime(AT).date() >= metrics_queries.formulas()[0].valid_from
    assert Counter(one.id for one in metrics_queries.formulas()).most_common(1)[0][1] == 1


def test_many_lives_are_followed_like_one(place: Place) -> None:
    """A stint ends where the next begins: the days in hands of all bodies are the matters' ages."""
    petition, water = place.organisations["petition"], place.organisations["water"]
    lives = [
        (
            days(number % 5),
            [
                (0, "received", None, petition),
                (1, "handover_offered", petition, water),
                (3, "handover_accepted", water, None),
            ],
            Topic.LAND,
            {},
        )
        for number in range(30)
    ]
    live_many(place.near, lives)
    refresh_metrics(at=days(50))
    figures = {row.organisation: row for row in metrics_page(place.actor("county")).rows}
    assert figures["两河县信访局"].median_days == 3
    assert figures["两河县水利局"].median_days in {44, 45}
    assert figures["两河县水利局"].hand_overs_most == 1
