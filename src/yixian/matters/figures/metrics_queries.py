"""数字查询: desks for those who lead and check, the matters behind a figure, and what was published for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.engines.publication import TOTAL, per_cent
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.permission import require
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.roles import Role
from yixian.matters.access import FIGURE_READERS, matter_scope
from yixian.matters.choices import Topic
from yixian.matters.figures.formula import Formula, formulas
from yixian.matters.figures.matter_history import countable, histories_of
from yixian.matters.figures.organisation_metrics import MEASURES, as_row, measured, organisation_metrics
from yixian.matters.figures.quarterly_figures import KEPT, SATISFIED
from yixian.matters.matter_read_models import MatterRow
from yixian.matters.models import (
    Matter,
    MatterEvent,
    MatterParty,
    MatterProjection,
    MetricsSnapshot,
    PublishedFigures,
)
from yixian.matters.procedures import current_version, effective_procedure, offered_kinds
from yixian.matters.queries.matter_board import orders_at, rows_of
from yixian.registry.models import Organisation

SPAN = timedelta(days=365)
_NAME = "metrics_rows"


@dataclass(frozen=True, slots=True)
class OrganisationMetricsView:
    """一个机构一行. ``counts`` by `MEASURES`; shares in per cent where there is anything to share."""

    organisation_id: int
    organisation: str
    counts: dict[str, int]
    median_days: int | None
    p90_days: int | None
    median_working_days: int | None
    p90_working_days: int | None
    hand_overs_median: int | None
    hand_overs_most: int | None
    grounds: dict[str, int]
    first_kept: Decimal | None
    in_time: Decimal | None


@dataclass(frozen=True, slots=True)
class MetricsPage:
    """机构数字一览: from which day until which moment, and every body that had anything in hand, in the county's order."""

    since: date
    at: datetime
    rows: tuple[OrganisationMetricsView, ...]


@dataclass(frozen=True, slots=True)
class PublicRow:
    """公开数字的一行: one body in one quarter, or all of them; None stands for what is not shown."""

    organisation: str
    received: int | None
    decided: int | None
    median_days: int | None
    p90_days: int | None
    missed: int | None
    overdue: int | None
    response: Decimal | None
    decided_in_time: Decimal | None
    judged: int | None
    resolution: Decimal | None
    satisfaction: Decimal | None
    of_nothing: frozenset[str] = frozenset()
    """Which rates and days are missing only because there was nothing to count."""

    @property
    def has_numbers(self) -> bool:
        """Whether any of its numbers may be shown and is more than nothing."""
        shown = (self.received, self.decided, self.median_days, self.overdue, self.response, self.resolution)
        return any(shown)


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """一个季度的公开数字."""

    first: date
    last: date
    published_at: datetime
    formula: Formula
    rows: tuple[PublicRow, ...]
    whole: PublicRow
    topics: tuple[tuple[str, int | None], ...]

    @property
    def with_numbers(self) -> list[PublicRow]:
        """The bodies of which something may be shown."""
        return [row for row in self.rows if row.has_numbers]

    @property
    def without_numbers(self) -> int:
        """How many bodies have so few matters that nothing of theirs is shown."""
        return len(self.rows) - len(self.with_numbers)


def refresh_metrics(*, at: datetime) -> dict[str, int]:
    """Work the figures of every body out anew, if anything happened since they were. A tick; of counts it tells only how many
    records could not be followed and are in no figure."""
    state = MetricsSnapshot.objects.filter(name=_NAME).first()
    today = timezone.localdate(at)
    if state is not None:
        same_day = timezone.localdate(state.at) == today
        if same_day and not MatterEvent.objects.filter(at__gt=state.at).exists():
            return {}
    if not offered_kinds():
        return {}
    since = at - SPAN
    calendar = effective_procedure(current_version(at=at).pk, offered_kinds()[0]).known
    unfollowed: list[str] = []
    facts = histories_of(countable(_alive(since)), at=at, unfollowed=unfollowed)
    found = organisation_metrics(facts, calendar, since=since, until=at)
    rows = [as_row(metrics) for metrics in found.values()]
    MetricsSnapshot.objects.update_or_create(
        name=_NAME, defaults={"since": timezone.localdate(since), "at": at, "rows": rows}
    )
    return {"failed": len(unfollowed)}


def metrics_page(actor: Actor) -> MetricsPage | None:
    """The latest figures of every body; None before they were first worked out. Raises `NotPermitted`."""
    require(actor, FIGURE_READERS | {Role.SYSTEM})
    state = MetricsSnapshot.objects.filter(name=_NAME).first()
    if state is None:
        return None
    organisations = Organisation.objects.in_bulk([row["organisation"] for row in state.rows])
    rows = sorted(state.rows, key=lambda row: organisations[row["organisation"]].code)
    views = tuple(_metrics_view(row, organisations[row["organisation"]].label) for row in rows)
    return MetricsPage(state.since, state.at, views)


def measured_organisation(actor: Actor, organisation_id: int, measure: str) -> str:
    """The body of a figure. Raises `NotFound` for a figure or a body that there is not."""
    require(actor, FIGURE_READERS | {Role.SYSTEM})
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None or measure not in MEASURES:
        raise NotFound("figures.not_found", _("There is no such figure."))
    return organisation.label


def matters_behind(actor: Actor, organisation_id: int, measure: str, *, at: datetime) -> ResultSet[MatterRow]:
    """The matters that make up a figure of a body, as far as the actor may see them; none for what there is not."""
    require(actor, FIGURE_READERS | {Role.SYSTEM})
    since = at - SPAN
    touched = MatterParty.objects.filter(organisation=organisation_id).values("matter_id")
    rows = countable(_alive(since)).filter(pk__in=touched)
    rows = rows.filter(pk__in=matter_scope(actor, at=at).values("pk"))
    hits = [
        one.matter_id
        for one in histories_of(rows, at=at)
        if (organisation_id, measure) in measured(one, since=since, until=at)
    ]
    found = MatterProjection.objects.filter(pk__in=hits).order_by("-received_at", "-pk")
    return ResultSet(found, orders_at(at), partial(rows_of, at=at))


def published_quarters() -> list[date]:
    """The first days of the quarters that were published, the latest first."""
    return list(PublishedFigures.objects.order_by("-first").values_list("first", flat=True))


def published_figures(first: date) -> PublicFigures:
    """What was published of a quarter. Open to everybody. Raises `NotFound`."""
    row = PublishedFigures.objects.filter(first=first).first()
    if row is None:
        raise NotFound("figures.not_found", _("There is no such figure."))
    formula = next(one for one in formulas() if one.id == row.formula)
    ids = sorted(
        {
            int(organisation)
            for table in row.tables.values()
            for organisation in table
            if organisation != TOTAL
        }
    )
    organisations = Organisation.objects.in_bulk(ids)
    listed = sorted(organisations.values(), key=lambda organisation: organisation.code)
    received = row.tables.get("received", {}).get(TOTAL, {})
    return PublicFigures(
        row.first,
        row.until - timedelta(days=1),
        row.at,
        formula,
        tuple(_public(row, str(organisation.pk), organisation.label) for organisation in listed),
        _public(row, TOTAL, ""),
        tuple((str(topic.label), received.get(topic.value)) for topic in Topic if topic.value in received),
    )


def _public(row: PublishedFigures, organisation: str, label: str) -> PublicRow:
    def cell(table: str, column: str) -> int | None:
        found = row.tables.get(table, {}).get(organisation)
        if found is None:
            return 0 if table in row.tables else None
        count: int | None = found.get(column)
        return count

    days = row.days.get(organisation, {})
    counted = {
        "median_days": cell("decided", TOTAL),
        "p90_days": cell("decided", TOTAL),
        "response": cell("answer", TOTAL),
        "decided_in_time": cell("decision", TOTAL),
        "resolution": cell("verdicts", TOTAL),
        "satisfaction": cell("satisfied", TOTAL),
    }
    return PublicRow(
        organisation=label,
        received=cell("received", TOTAL),
        decided=cell("decided", TOTAL),
        median_days=days.get("median"),
        p90_days=days.get("p90"),
        missed=cell("decision", "missed"),
        overdue=cell("overdue", TOTAL),
        response=per_cent(cell("answer", KEPT), counted["response"]),
        decided_in_time=per_cent(cell("decision", KEPT), counted["decided_in_time"]),
        judged=cell("verdicts", TOTAL),
        resolution=per_cent(cell("verdicts", "resolved"), counted["resolution"]),
        satisfaction=per_cent(cell("satisfied", SATISFIED), counted["satisfaction"]),
        of_nothing=frozenset(name for name, count in counted.items() if count == 0),
    )


def _metrics_view(row: dict[str, Any], label: str) -> OrganisationMetricsView:
    counts = {name: int(row["counts"].get(name, 0)) for name in MEASURES}
    ended = counts["kept"] + counts["missed"]
    return OrganisationMetricsView(
        organisation_id=row["organisation"],
        organisation=label,
        counts=counts,
        median_days=row["median_days"],
        p90_days=row["p90_days"],
        median_working_days=row["median_working_days"],
        p90_working_days=row["p90_working_days"],
        hand_overs_median=row["hand_overs_median"],
        hand_overs_most=row["hand_overs_most"],
        grounds=row["grounds"],
        first_kept=_share(counts["first_kept"], counts["received_first"]),
        in_time=_share(counts["kept"], ended),
    )


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(Decimal(1)) if whole else None


def _alive(since: datetime) -> Any:
    """Matters that somebody had in hand in the span."""
    return Matter.objects.filter(projection__last_at__gte=since) | Matter.objects.filter(
        projection__is_closed=False
    )
