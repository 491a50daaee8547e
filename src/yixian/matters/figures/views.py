"""数字查询: desks for those who lead and check, the matters behind a figure, and what was published for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.engines.publication import TOTAL, per_cent
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.permission import require
from yixian.kernel.roles import Role
from yixian.matters.access import FIGURE_READERS, matter_scope
from yixian.matters.choices import Topic
from yixian.matters.figures.desks import MEASURES, as_row, desks, measured
from yixian.matters.figures.facts import countable, facts_of
from yixian.matters.figures.formula import Formula, formulas
from yixian.matters.figures.public import KEPT, SATISFIED
from yixian.matters.models import (
    DeskFigures,
    Matter,
    MatterEvent,
    MatterParty,
    MatterStanding,
    PublishedFigures,
)
from yixian.matters.procedures import clockwork, current_edition, offered_kinds
from yixian.matters.queries.board import rows_of
from yixian.matters.rows import RowView
from yixian.registry.models import Body

SPAN = timedelta(days=365)
_NAME = "desks"


@dataclass(frozen=True, slots=True)
class DeskView:
    """一个机构一行. ``counts`` by `MEASURES`; shares in per cent where there is anything to share."""

    body_id: int
    body: str
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
class Desks:
    """机构数字一览: from which day until which moment, and every body that had anything in hand, in the county's order."""

    since: date
    at: datetime
    rows: tuple[DeskView, ...]


@dataclass(frozen=True, slots=True)
class PublicRow:
    """公开数字的一行: one body in one quarter, or all of them; None stands for what is not shown."""

    body: str
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


def work_out_desks(*, at: datetime) -> dict[str, int]:
    """Work the figures of every body out anew, if anything happened since they were. A tick; it tells no counts."""
    standing = DeskFigures.objects.filter(name=_NAME).first()
    today = timezone.localdate(at)
    if standing is not None:
        same_day = timezone.localdate(standing.at) == today
        if same_day and not MatterEvent.objects.filter(at__gt=standing.at).exists():
            return {}
    if not offered_kinds():
        return {}
    since = at - SPAN
    calendar = clockwork(current_edition(at=at).pk, offered_kinds()[0]).known
    found = desks(facts_of(countable(_alive(since)), at=at), calendar, since=since, until=at)
    rows = [as_row(desk) for desk in found.values()]
    DeskFigures.objects.update_or_create(
        name=_NAME, defaults={"since": timezone.localdate(since), "at": at, "rows": rows}
    )
    return {}


def desk_figures(actor: Actor) -> Desks | None:
    """The latest figures of every body; None before they were first worked out. Raises `NotPermitted`."""
    require(actor, FIGURE_READERS | {Role.SYSTEM})
    standing = DeskFigures.objects.filter(name=_NAME).first()
    if standing is None:
        return None
    bodies = Body.objects.in_bulk([row["body"] for row in standing.rows])
    rows = sorted(standing.rows, key=lambda row: bodies[row["body"]].code)
    views = tuple(_desk(row, bodies[row["body"]].label) for row in rows)
    return Desks(standing.since, standing.at, views)


def matters_behind(actor: Actor, body_id: int, measure: str, *, at: datetime) -> tuple[str, list[RowView]]:
    """The matters that make up a figure of a body, as far as the actor may see them, with the body's name.

    Raises `NotFound` for a figure or a body that there is not.
    """
    require(actor, FIGURE_READERS | {Role.SYSTEM})
    body = Body.objects.filter(pk=body_id).first()
    if body is None or measure not in MEASURES:
        raise NotFound("figures.not_found", _("There is no such figure."))
    since = at - SPAN
    touched = MatterParty.objects.filter(body=body_id).values("matter_id")
    rows = countable(_alive(since)).filter(pk__in=touched)
    rows = rows.filter(pk__in=matter_scope(actor, at=at).values("pk"))
    hits = [
        one.matter_id
        for one in facts_of(rows, at=at)
        if (body_id, measure) in measured(one, since=since, until=at)
    ]
    return body.label, rows_of(
        MatterStanding.objects.filter(pk__in=hits).order_by("-received_at", "-pk"), at=at
    )


def published_quarters() -> list[date]:
    """The first days of the quarters that were published, the latest first."""
    return list(PublishedFigures.objects.order_by("-first").values_list("first", flat=True))


def published_figures(first: date) -> PublicFigures:
    """What was published of a quarter. Open to everybody. Raises `NotFound`."""
    row = PublishedFigures.objects.filter(first=first).first()
    if row is None:
        raise NotFound("figures.not_found", _("There is no such figure."))
    formula = next(one for one in formulas() if one.id == row.formula)
    ids = sorted({int(body) for table in row.tables.values() for body in table if body != TOTAL})
    bodies = Body.objects.in_bulk(ids)
    listed = sorted(bodies.values(), key=lambda body: body.code)
    received = row.tables.get("received", {}).get(TOTAL, {})
    return PublicFigures(
        row.first,
        row.until - timedelta(days=1),
        row.at,
        formula,
        tuple(_public(row, str(body.pk), body.label) for body in listed),
        _public(row, TOTAL, ""),
        tuple((str(topic.label), received.get(topic.value)) for topic in Topic if topic.value in received),
    )


def _public(row: PublishedFigures, body: str, label: str) -> PublicRow:
    def cell(table: str, column: str) -> int | None:
        found = row.tables.get(table, {}).get(body)
        if found is None:
            return 0 if table in row.tables else None
        count: int | None = found.get(column)
        return count

    days = row.days.get(body, {})
    return PublicRow(
        body=label,
        received=cell("received", TOTAL),
        decided=cell("decided", TOTAL),
        median_days=days.get("median"),
        p90_days=days.get("p90"),
        missed=cell("decision", "missed"),
        overdue=cell("overdue", TOTAL),
        response=per_cent(cell("answer", KEPT), cell("answer", TOTAL)),
        decided_in_time=per_cent(cell("decision", KEPT), cell("decision", TOTAL)),
        judged=cell("verdicts", TOTAL),
        resolution=per_cent(cell("verdicts", "resolved"), cell("verdicts", TOTAL)),
        satisfaction=per_cent(cell("satisfied", SATISFIED), cell("satisfied", TOTAL)),
    )


def _desk(row: dict[str, Any], label: str) -> DeskView:
    counts = {name: int(row["counts"].get(name, 0)) for name in MEASURES}
    ended = counts["kept"] + counts["missed"]
    return DeskView(
        body_id=row["body"],
        body=label,
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
    return Matter.objects.filter(standing__last_at__gte=since) | Matter.objects.filter(
        standing__is_closed=False
    )
