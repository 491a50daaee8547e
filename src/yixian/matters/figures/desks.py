"""推与拖: pushing and dragging per body, from the record itself. Of citizens there is no figure here at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yixian.domain.procedure import UnknownYear, WorkCalendar
from yixian.matters.figures.facts import Facts

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
class Desk:
    """一个机构的数字: counts by `MEASURES`, days in hands (calendar and working, each once a stint), pauses by ground.

    ``measured`` are days that were kept or missed of every limit; ``handed`` how often each matter that it had was handed on
    in its whole life, for the hand-overs a matter.
    """

    body: int
    counts: Counter[str] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)
    working_days: list[int] = field(default_factory=list)
    grounds: Counter[str] = field(default_factory=Counter)
    handed: list[int] = field(default_factory=list)


def desks(
    facts: Iterable[Facts], calendar: WorkCalendar, *, since: datetime, until: datetime
) -> dict[int, Desk]:
    """Every body's figures from what happened from ``since`` until ``until``; stints count by when they ended, or now."""
    found: dict[int, Desk] = {}
    for one in facts:
        for body, measure in measured(one, since=since, until=until):
            _desk(found, body).counts[measure] += 1
        _stints(found, one, calendar, since, until)
        for pause in one.pauses:
            if since <= pause.since < until:
                _desk(found, pause.body).grounds[pause.ground] += 1
    return found


def measured(one: Facts, *, since: datetime, until: datetime) -> list[tuple[int, str]]:
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
    found += [(body, "back_again") for pair in one.back_again for body in pair]
    held = {int(part.body) for part in one.held if part.since < until and inside_stint(part.until, since)}
    found += [(body, "held") for body in sorted(held)]
    for limit in one.limits:
        found += [(limit.body, "overdue")] if limit.overdue else []
        if inside(limit.ended_at):
            found.append((limit.body, "kept" if limit.kept else "missed"))
    found += [(pause.body, "paused") for pause in one.pauses if inside(pause.since)]
    found += [(body, "extended") for body, at in one.extended if inside(at)]
    found += [(body, "reopened") for body, at in one.reopened if inside(at)]
    for row in one.closed:
        if inside(row.at):
            found.append((row.body, "closed"))
            found += [] if row.with_contact else [(row.body, "closed_without_contact")]
    return found


def inside_stint(until: datetime | None, since: datetime) -> bool:
    """Whether a stint reaches into a period that begins at ``since``."""
    return until is None or until > since


def as_row(desk: Desk) -> dict[str, Any]:
    """A desk as plain JSON."""
    return {
        "body": desk.body,
        "counts": {name: desk.counts[name] for name in MEASURES},
        "median_days": quantile(desk.days, 50),
        "p90_days": quantile(desk.days, 90),
        "median_working_days": quantile(desk.working_days, 50),
        "p90_working_days": quantile(desk.working_days, 90),
        "hand_overs_median": quantile(desk.handed, 50),
        "hand_overs_most": max(desk.handed, default=None),
        "grounds": dict(desk.grounds.most_common(10)),
    }


def quantile(values: Sequence[int], per_cent: int) -> int | None:
    """A value that occurred, by nearest rank: so many per cent are at most that; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, -(-per_cent * len(ordered) // 100) - 1)]


def _stints(
    found: dict[int, Desk], one: Facts, calendar: WorkCalendar, since: datetime, until: datetime
) -> None:
    seen: dict[int, int] = defaultdict(int)
    for part in one.held:
        end = part.until or until
        if end <= since or part.since >= until:
            continue
        desk = _desk(found, int(part.body))
        desk.days.append(int((end - part.since).total_seconds()) // _DAY)
        working = _working_days(calendar, part.since, end)
        if working is not None:
            desk.working_days.append(working)
        seen[int(part.body)] += 1
    for body in seen:
        _desk(found, body).handed.append(len(one.offers))


def _working_days(calendar: WorkCalendar, since: datetime, until: datetime) -> int | None:
    try:
        return calendar.between(calendar.local_day(since), calendar.local_day(until), working=True)
    except UnknownYear:
        return None


def _desk(found: dict[int, Desk], body: int) -> Desk:
    return found.setdefault(body, Desk(body))
