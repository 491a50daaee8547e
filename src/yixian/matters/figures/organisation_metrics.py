"""推与拖: metrics of hand-offs and delays by organisation, from the record itself. Of citizens there is no figure at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yixian.domain.procedure import UnknownYear, WorkCalendar
from yixian.matters.figures.matter_history import MatterHistory

_DAY = 86_400

MEASURES = (
    "received_first",
    "first_kept",
    "offered",
    "asked",
    "returned",
    "came_back",
    "back_again",
    "held",
    "overdue",
    "missed",
    "kept",
    "paused",
    "extended",
    "reopened",
    "closed",
    "closed_without_contact",
)
"""The counts of a desk, by their stable names: what a figure on the page opens the matters of."""


@dataclass(slots=True)
class OrganisationMetrics:
    """一个机构的数字: counts by `MEASURES`, days in hands (calendar and working, each once a stint), pauses by ground.

    ``measured`` are days that were kept or missed of every limit; ``handed`` how often each matter that it had was handed on
    in its whole life, for the hand-overs a matter.
    """

    organisation: int
    counts: Counter[str] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)
    working_days: list[int] = field(default_factory=list)
    grounds: Counter[str] = field(default_factory=Counter)
    handed: list[int] = field(default_factory=list)


def organisation_metrics(
    facts: Iterable[MatterHistory], calendar: WorkCalendar, *, since: datetime, until: datetime
) -> dict[int, OrganisationMetrics]:
    """Every body's figures from what happened from ``since`` until ``until``; stints count by when they ended, or now."""
    found: dict[int, OrganisationMetrics] = {}
    for one in facts:
        for organisation, measure in measured(one, since=since, until=until):
            _metrics_of(found, organisation).counts[measure] += 1
        _custodies(found, one, calendar, since, until)
        for pause in one.pauses:
            if since <= pause.since < until:
                _metrics_of(found, pause.organisation).grounds[pause.ground] += 1
    return found


def measured(one: MatterHistory, *, since: datetime, until: datetime) -> list[tuple[int, str]]:
    """What one matter adds to which body's counts in a period. What a figure counts and what it opens are this."""

    def inside(moment: datetime | None) -> bool:
        return moment is not None and since <= moment < until

    found: list[tuple[int, str]] = []
    if inside(one.received_at):
        found.append((one.first, "received_first"))
        found += [(one.first, "first_kept")] if one.first_kept else []
    found += [(sender, "offered") for sender, _to, at in one.offers if inside(at)]
    found += [(to, "asked") for _sender, to, at in one.offers if inside(at)]
    found += [(row.by, "returned") for row in one.returned if inside(row.at)]
    found += [(row.to, "came_back") for row in one.returned if inside(row.at)]
    found += [(organisation, "back_again") for pair in one.back_again for organisation in pair]
    held = {
        int(part.organisation)
        for part in one.held
        if part.since < until and inside_custody(part.until, since)
    }
    found += [(organisation, "held") for organisation in sorted(held)]
    for limit in one.limits:
        found += [(limit.organisation, "overdue")] if limit.overdue else []
        if inside(limit.ended_at):
            found.append((limit.organisation, "kept" if limit.kept else "missed"))
    found += [(pause.organisation, "paused") for pause in one.pauses if inside(pause.since)]
    found += [(organisation, "extended") for organisation, at in one.extended if inside(at)]
    found += [(organisation, "reopened") for organisation, at in one.reopened if inside(at)]
    for row in one.closed:
        if inside(row.at):
            found.append((row.organisation, "closed"))
            found += [] if row.with_contact else [(row.organisation, "closed_without_contact")]
    return found


def inside_custody(until: datetime | None, since: datetime) -> bool:
    """Whether a stint reaches into a period that begins at ``since``."""
    return until is None or until > since


def as_row(metrics: OrganisationMetrics) -> dict[str, Any]:
    """A desk as plain JSON."""
    return {
        "organisation": metrics.organisation,
        "counts": {name: metrics.counts[name] for name in MEASURES},
        "median_days": quantile(metrics.days, 50),
        "p90_days": quantile(metrics.days, 90),
        "median_working_days": quantile(metrics.working_days, 50),
        "p90_working_days": quantile(metrics.working_days, 90),
        "hand_overs_median": quantile(metrics.handed, 50),
        "hand_overs_most": max(metrics.handed, default=None),
        "grounds": dict(metrics.grounds.most_common(10)),
    }


def quantile(values: Sequence[int], per_cent: int) -> int | None:
    """A value that occurred, by nearest rank: so many per cent are at most that; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, -(-per_cent * len(ordered) // 100) - 1)]


def _custodies(
    found: dict[int, OrganisationMetrics],
    one: MatterHistory,
    calendar: WorkCalendar,
    since: datetime,
    until: datetime,
) -> None:
    seen: dict[int, int] = defaultdict(int)
    for part in one.held:
        end = part.until or until
        if end <= since or part.since >= until:
            continue
        metrics = _metrics_of(found, int(part.organisation))
        metrics.days.append(int((end - part.since).total_seconds()) // _DAY)
        working = _working_days(calendar, part.since, end)
        if working is not None:
            metrics.working_days.append(working)
        seen[int(part.organisation)] += 1
    for organisation in seen:
        _metrics_of(found, organisation).handed.append(len(one.offers))


def _working_days(calendar: WorkCalendar, since: datetime, until: datetime) -> int | None:
    try:
        return calendar.between(calendar.local_day(since), calendar.local_day(until), working=True)
    except UnknownYear:
        return None


def _metrics_of(found: dict[int, OrganisationMetrics], organisation: int) -> OrganisationMetrics:
    return found.setdefault(organisation, OrganisationMetrics(organisation))
