"""路线: the workflow of a working group — its stage, derived from its steps and from the linked revision.

Ten stops, one after the other. A group that keeps the standard passes over the stops at which a new one would be drafted, looked
at and sent. Nothing here asks a database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yixian.revisions.choices import RevisionStage
from yixian.working_groups.choices import GroupStage, GroupStepKind
from yixian.working_groups.models import GroupStep

ORDER = tuple(GroupStage)
_OF_A_NEW_STANDARD = frozenset({GroupStage.DRAFTED, GroupStage.SEEN, GroupStage.SENT, GroupStage.REPLIED})
_IN_FORCE = frozenset({RevisionStage.DECIDED, RevisionStage.ADOPTED})


@dataclass(frozen=True, slots=True)
class StageProgress:
    """一站: whether it is behind, whether it is passed over, and the step by which it was reached."""

    group_stage: GroupStage
    is_done: bool
    is_skipped: bool
    is_next: bool
    step: GroupStep | None
    at: datetime | None


def stage_progress(
    steps: Sequence[GroupStep], stage: RevisionStage | None, decided_at: datetime | None
) -> tuple[StageProgress, ...]:
    """The ten stops. ``stage`` is where the linked revision stands, None without one; ``decided_at`` its decision."""
    reached = _stages_reached(steps, stage, decided_at)
    kept = any(step.kind == GroupStepKind.KEPT for step in steps)
    skipped = {one for one in _OF_A_NEW_STANDARD if kept and one not in reached}
    coming = next((one for one in ORDER if one not in reached and one not in skipped), None)
    return tuple(
        StageProgress(
            group_stage=one,
            is_done=one in reached,
            is_skipped=one in skipped,
            is_next=one == coming,
            step=reached[one][0] if one in reached else None,
            at=reached[one][1] if one in reached else None,
        )
        for one in ORDER
    )


def current_stage(found: Sequence[StageProgress]) -> GroupStage:
    """The last stop that is behind with everything before it."""
    behind = GroupStage.OPENED
    for stop in found:
        if not stop.is_done and not stop.is_skipped:
            break
        behind = stop.group_stage if stop.is_done else behind
    return behind


def _stages_reached(
    steps: Sequence[GroupStep], stage: RevisionStage | None, decided_at: datetime | None
) -> dict[GroupStage, tuple[GroupStep | None, datetime]]:
    """The stops that were reached. What was done with a revision that was withdrawn is not behind any more."""
    found: dict[GroupStage, tuple[GroupStep | None, datetime]] = {}
    withdrawn = stage in {RevisionStage.WITHDRAWN, RevisionStage.CALLED_OFF}
    for step in steps:
        group_stage = _BY_STEP.get(GroupStepKind(step.kind))
        if group_stage is None or (withdrawn and group_stage in _OF_A_NEW_STANDARD):
            continue
        if group_stage == GroupStage.DRAFTED:
            for later in (GroupStage.SEEN, GroupStage.SENT, GroupStage.REPLIED):
                found.pop(later, None)
        found[group_stage] = (step, step.at)
    if stage in _IN_FORCE and decided_at is not None and GroupStage.DRAFTED in found:
        found[GroupStage.DECIDED] = (None, decided_at)
    return found


_BY_STEP = {
    GroupStepKind.OPENED: GroupStage.OPENED,
    GroupStepKind.SAMPLED: GroupStage.SAMPLED,
    GroupStepKind.CHECKED: GroupStage.CHECKED,
    GroupStepKind.DRAFTED: GroupStage.DRAFTED,
    GroupStepKind.SEEN: GroupStage.SEEN,
    GroupStepKind.SENT: GroupStage.SENT,
    GroupStepKind.REPLIED: GroupStage.REPLIED,
    GroupStepKind.KEPT: GroupStage.DECIDED,
    GroupStepKind.ANSWERED: GroupStage.ANSWERED,
    GroupStepKind.CLOSED: GroupStage.CLOSED,
}
