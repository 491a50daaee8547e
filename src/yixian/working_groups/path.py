"""路线: where a working group stands, worked out from its steps and from the revision that it is linked to.

Ten stops, one after the other. A group that keeps the standard passes over the stops at which a new one would be drafted, looked
at and sent. Nothing here asks a database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yixian.revisions.choices import Stage
from yixian.working_groups.choices import Station, StepKind
from yixian.working_groups.models import GroupStep

ORDER = tuple(Station)
_OF_A_NEW_STANDARD = frozenset({Station.DRAFTED, Station.SEEN, Station.SENT, Station.REPLIED})
_IN_FORCE = frozenset({Stage.DECIDED, Stage.ADOPTED})


@dataclass(frozen=True, slots=True)
class Stop:
    """一站: whether it is behind, whether it is passed over, and the step by which it was reached."""

    station: Station
    is_done: bool
    is_skipped: bool
    is_next: bool
    step: GroupStep | None
    at: datetime | None


def stops(steps: Sequence[GroupStep], stage: Stage | None, decided_at: datetime | None) -> tuple[Stop, ...]:
    """The ten stops. ``stage`` is where the linked revision stands, None without one; ``decided_at`` its decision."""
    reached = _reached(steps, stage, decided_at)
    kept = any(step.kind == StepKind.KEPT for step in steps)
    skipped = {one for one in _OF_A_NEW_STANDARD if kept and one not in reached}
    coming = next((one for one in ORDER if one not in reached and one not in skipped), None)
    return tuple(
        Stop(
            station=one,
            is_done=one in reached,
            is_skipped=one in skipped,
            is_next=one == coming,
            step=reached[one][0] if one in reached else None,
            at=reached[one][1] if one in reached else None,
        )
        for one in ORDER
    )


def standing(found: Sequence[Stop]) -> Station:
    """The last stop that is behind with everything before it."""
    behind = Station.OPENED
    for stop in found:
        if not stop.is_done and not stop.is_skipped:
            break
        behind = stop.station if stop.is_done else behind
    return behind


def _reached(
    steps: Sequence[GroupStep], stage: Stage | None, decided_at: datetime | None
) -> dict[Station, tuple[GroupStep | None, datetime]]:
    """The stops that were reached. What was done with a revision that was withdrawn is not behind any more."""
    found: dict[Station, tuple[GroupStep | None, datetime]] = {}
    withdrawn = stage == Stage.WITHDRAWN
    for step in steps:
        station = _BY_STEP.get(StepKind(step.kind))
        if station is None or (withdrawn and station in _OF_A_NEW_STANDARD):
            continue
        if station == Station.DRAFTED:
            for later in (Station.SEEN, Station.SENT, Station.REPLIED):
                found.pop(later, None)
        found[station] = (step, step.at)
    if stage in _IN_FORCE and decided_at is not None and Station.DRAFTED in found:
        found[Station.DECIDED] = (None, decided_at)
    return found


_BY_STEP = {
    StepKind.OPENED: Station.OPENED,
    StepKind.SAMPLED: Station.SAMPLED,
    StepKind.CHECKED: Station.CHECKED,
    StepKind.DRAFTED: Station.DRAFTED,
    StepKind.SEEN: Station.SEEN,
    StepKind.SENT: Station.SENT,
    StepKind.REPLIED: Station.REPLIED,
    StepKind.KEPT: Station.DECIDED,
    StepKind.ANSWERED: Station.ANSWERED,
    StepKind.CLOSED: Station.CLOSED,
}
