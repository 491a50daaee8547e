"""公开数字: figures of a quarter that is over, published once and never changed, with small cells hidden safely.

Every table counts what happened in the quarter, each thing on its own day: nothing cumulative, so that there is no difference to
take between two quarters (`yixian.engines.publication`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from yixian.engines.publication import TOTAL, CountTable, Period, PublishedTable, days_taken, publish
from yixian.kernel.errors import Refused
from yixian.matters.choices import LinkKind, Topic, Verdict
from yixian.matters.figures.formula import Formula, formula_on
from yixian.matters.figures.matter_history import MatterHistory, countable, histories_of
from yixian.matters.models import Matter, MatterLink, MatterVerdict, PublishedFigures

KEPT, MISSED = "kept", "missed"
SATISFIED, BETWEEN, DISSATISFIED = "satisfied", "between", "dissatisfied"
_DAY = 86_400


@dataclass(slots=True)
class Counts:
    """What happened in a quarter, by body and column; ``days`` are those from receipt to first decision, by body."""

    received: Counter[tuple[str, str]] = field(default_factory=Counter)
    answer: Counter[tuple[str, str]] = field(default_factory=Counter)
    decision: Counter[tuple[str, str]] = field(default_factory=Counter)
    decided: Counter[tuple[str, str]] = field(default_factory=Counter)
    overdue: Counter[tuple[str, str]] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    satisfied: Counter[tuple[str, str]] = field(default_factory=Counter)
    days: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def publish_quarters(*, at: datetime) -> dict[str, int]:
    """Publish every quarter that is over and was not published, from the first matter's on. A tick. ``failed`` says how many
    records could not be followed and are in no figure, if there are any.
    """
    first = Matter.objects.order_by("received_at").values_list("received_at", flat=True).first()
    if first is None:
        return {"published": 0}
    today, published = timezone.localdate(at), 0
    unfollowed: list[str] = []
    quarter = quarter_of(timezone.localdate(first))
    while quarter.until <= today:
        if not PublishedFigures.objects.filter(first=quarter.first).exists():
            try:
                publish_quarter(quarter, at=at, unfollowed=unfollowed)
            except Refused:
                break
            published += 1
        quarter = quarter_of(quarter.until)
    failed = len(set(unfollowed))
    return {"published": published} | ({"failed": failed} if failed else {})


@transaction.atomic
def publish_quarter(
    quarter: Period, *, at: datetime, unfollowed: list[str] | None = None
) -> PublishedFigures:
    """Publish one quarter for ever. Raises `Refused` where no formula held when it began."""
    formula = formula_on(quarter.first)
    since, until = _moment(quarter.first), _moment(quarter.until)
    rows = countable(Matter.objects.filter(received_at__lt=until)).exclude(pk__in=_later_ones())
    counts = counted(histories_of(rows, at=until, unfollowed=unfollowed), formula, since, until)
    _count_verdicts(counts, rows, formula, since, until)
    tables, days = safe(counts)
    found, _made = PublishedFigures.objects.get_or_create(
        first=quarter.first,
        defaults={"until": quarter.until, "formula": formula.id, "tables": tables, "days": days, "at": at},
    )
    return found


def quarter_of(day: date) -> Period:
    """The quarter that a day lies in."""
    month = (day.month - 1) // 3 * 3 + 1
    after = date(day.year + (month == 10), (month + 2) % 12 + 1, 1)
    return Period(date(day.year, month, 1), after)


def counted(facts: Iterable[MatterHistory], formula: Formula, since: datetime, until: datetime) -> Counts:
    """What happened in the quarter, from the facts as of its end."""
    counts = Counts()
    for one in facts:
        if since <= one.received_at < until:
            counts.received[str(one.first), one.topic] += 1
        for limit in one.limits:
            if limit.ended_at is None or not since <= limit.ended_at < until:
                continue
            column = KEPT if limit.kept else MISSED
            if formula.answer.get(limit.procedure) == limit.id:
                counts.answer[str(limit.organisation), column] += 1
            if formula.decision.get(limit.procedure) == limit.id:
                counts.decision[str(limit.organisation), column] += 1
        for organisation in {limit.organisation for limit in one.limits if limit.overdue}:
            counts.overdue[str(organisation), "overdue"] += 1
        if one.decided and since <= one.decided[0][1] < until:
            organisation, moment = one.decided[0]
            counts.decided[str(organisation), "decided"] += 1
            counts.days[str(organisation)].append(int((moment - one.received_at).total_seconds()) // _DAY)
    return counts


def safe(counts: Counts) -> tuple[dict[str, Any], dict[str, Any]]:
    """The tables as they may be shown, and the days beside the counts that are shown; both plain JSON."""
    sets = (
        [_table("received", counts.received, Topic.values)],
        [_table("answer", counts.answer, (KEPT, MISSED), about_people=False)],
        [_table("decision", counts.decision, (KEPT, MISSED), about_people=False)],
        [_table("decided", counts.decided, ("decided",), about_people=False)],
        [_table("overdue", counts.overdue, ("overdue",), about_people=False)],
        [
            _table("verdicts", counts.verdicts, Verdict.values),
            _table("satisfied", counts.satisfied, (SATISFIED, BETWEEN, DISSATISFIED)),
        ],
    )
    shown: dict[str, Any] = {}
    for tables in sets:
        whole = [table for table in tables if table is not None]
        for published in publish(whole) if len(whole) == len(tables) else ():
            shown[published.name] = _plain(published)
    return shown, _days(counts, shown.get("decided", {}))


def _table(
    name: str, counts: Mapping[tuple[str, str], int], columns: Sequence[str], *, about_people: bool = True
) -> CountTable | None:
    """A table, its rows the bodies that there is anything of; None where there is nothing at all."""
    organisations = sorted({organisation for organisation, _column in counts}, key=int)
    if not organisations:
        return None
    kind = "judged_organisation" if name in {"verdicts", "satisfied"} else f"{name}_body"
    return CountTable(organisations, list(columns), counts, name, kind, name, about_people=about_people)


def _plain(table: PublishedTable) -> dict[str, dict[str, int | None]]:
    found: dict[str, dict[str, int | None]] = defaultdict(dict)
    for (row, column), count in table.cells.items():
        found[row][column] = count
    return dict(found)


def _days(counts: Counts, decided: Mapping[str, Mapping[str, int | None]]) -> dict[str, Any]:
    """Median and ninth decile of each body and of all, where the count beside them is shown and not small."""
    everybody = [one for days in counts.days.values() for one in days]
    found = {}
    for organisation, days in {**counts.days, TOTAL: everybody}.items():
        taken = days_taken(days, decided.get(organisation, {}).get(TOTAL))
        if taken is not None:
            found[organisation] = {"median": taken.median, "p90": taken.p90}
    return found


def _count_verdicts(counts: Counts, rows: Any, formula: Formula, since: datetime, until: datetime) -> None:
    """The latest of what each person said in the quarter, with the body that decided last before."""
    latest: dict[int, MatterVerdict] = {}
    said = MatterVerdict.objects.filter(matter__in=rows, at__gte=since, at__lt=until).order_by("pk")
    for row in said.select_related("matter"):
        latest[row.matter_id] = row
    for row in latest.values():
        decision = row.matter.decisions.filter(at__lte=row.at).order_by("-pk").first()
        if decision is None:
            continue
        organisation = str(decision.organisation_id)
        counts.verdicts[organisation, row.verdict] += 1
        counts.satisfied[organisation, _grade(row.satisfied, formula)] += 1


def _grade(satisfied: int, formula: Formula) -> str:
    if satisfied >= formula.satisfied_from:
        return SATISFIED
    return DISSATISFIED if satisfied <= formula.dissatisfied_until else BETWEEN


def _later_ones() -> set[int]:
    """Of matters that people confirmed to be the same, all but the earliest."""
    rows = MatterLink.objects.filter(kind=LinkKind.SAME).select_related("matter", "other")
    return {
        max((row.matter, row.other), key=lambda matter: (matter.received_at, matter.pk)).pk for row in rows
    }


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
