"""工作组查询: groups of places in reach, where each stands, and what it decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.permission import require
from yixian.kernel.result_sets import Order, ResultSet
from yixian.matters.citations import cited_clauses
from yixian.matters.intake import ClauseKey
from yixian.matters.matter_read_models import CitedView
from yixian.matters.queries.similar_matters import count_to_answer
from yixian.registry.queries.areas import reached_areas
from yixian.revisions.choices import RevisionStage, RevisionStepKind
from yixian.revisions.models import Revision
from yixian.revisions.queries import current_draft, revision_view, stage_of
from yixian.revisions.revision_read_models import RevisionView
from yixian.working_groups.access import READERS
from yixian.working_groups.choices import GroupStage, GroupStepKind
from yixian.working_groups.models import (
    GroupMember,
    GroupStep,
    Sample,
    SampledHousehold,
    Signal,
    WorkingGroup,
)
from yixian.working_groups.workflow import StageProgress, current_stage, stage_progress


@dataclass(frozen=True, slots=True)
class Decision:
    """决定: by which document, of which day, what came of it. ``kept`` says that the standard stays; then ``reasons`` says why.

    ``in_force_from`` is the day from which a new standard holds; None where it is kept.
    """

    kept: bool
    number: str
    decided_on: date
    at: datetime
    reasons: str
    in_force_from: date | None
    is_adopted: bool


@dataclass(frozen=True)
class GroupView:
    """A group with where it stands; what only some steps and pages ask for is read when they do."""

    group: WorkingGroup
    steps: tuple[GroupStep, ...]
    progress: tuple[StageProgress, ...]
    here: GroupStage
    revision: Revision | None
    stage: RevisionStage | None
    decision: Decision | None

    @property
    def coming(self) -> StageProgress | None:
        """The next stop; None once it is closed."""
        return next((one for one in self.progress if one.is_next), None)

    @property
    def keeping(self) -> GroupStep | None:
        """The proposal to keep the standard, while it waits for a second person."""
        last = next((one for one in reversed(self.steps) if one.kind in _KEEPING), None)
        return last if last is not None and last.kind == GroupStepKind.KEEP_PROPOSED else None

    @property
    def sample(self) -> Sample | None:
        """Its sample, once that is announced."""
        return getattr(self.group, "sample", None)

    @property
    def is_drawn(self) -> bool:
        """Whether the sample is drawn."""
        return self.sample is not None and hasattr(self.sample, "draw")

    @cached_property
    def has_open_checks(self) -> bool:
        """Whether a drawn household has neither a result nor a reason why there is none."""
        return SampledHousehold.objects.filter(draw__sample__group=self.group, result=None).exists()

    @cached_property
    def report_numbers(self) -> list[int]:
        """The numbers of the report's versions, the latest first."""
        return list(self.group.reports.order_by("-number").values_list("number", flat=True))

    @cached_property
    def effects(self) -> RevisionView | None:
        """What the linked revision would do, as far as it was compared."""
        return None if self.revision is None else revision_view(self.revision)

    @cached_property
    def linkable(self) -> list[Revision]:
        """Revisions of its place that are under way and belong to no other group."""
        others = GroupStep.objects.filter(kind=GroupStepKind.DRAFTED).exclude(group=self.group)
        rows = Revision.objects.filter(area_id=self.group.area_id).exclude(pk__in=others.values("revision"))
        found = rows.defer("base__content").select_related("base").prefetch_related("steps").order_by("-pk")
        return [one for one in found if stage_of(one) in _UNDER_WAY]

    def has(self, group_stage: GroupStage) -> bool:
        """Whether a stop is behind."""
        return any(one.group_stage == group_stage and one.is_done for one in self.progress)


_UNDER_WAY = frozenset({RevisionStage.DRAFTING, RevisionStage.SUBMITTED, RevisionStage.APPROVED})
_KEEPING = frozenset({GroupStepKind.KEEP_PROPOSED, GroupStepKind.KEEP_TAKEN_BACK, GroupStepKind.KEPT})


def groups(actor: Actor) -> QuerySet[WorkingGroup]:
    """Groups of places in reach, the latest first."""
    require(actor, READERS)
    return _whole(WorkingGroup.objects.filter(area__in=reached_areas(actor).values("pk")))


def group_list(actor: Actor) -> ResultSet[GroupView]:
    """The same to be listed, each with where it stands: by name, place or day of opening."""
    orders: dict[str, Order] = {
        "name": ("title_zh",),
        "area": ("area__path",),
        "opened": ("opened_at",),
    }
    return ResultSet(groups(actor), orders, lambda rows: [group_view(row) for row in rows])


def members_of(group: WorkingGroup) -> list[GroupMember]:
    """Who belongs to a group, with their names, in the order in which they came."""
    return list(group.members.select_related("user", "helper__person", "organisation").order_by("pk"))


def every_group() -> QuerySet[WorkingGroup]:
    """Every group, the latest first: that it works, and at which stop it stands, is public."""
    return _whole(WorkingGroup.objects.all())


def get_group(actor: Actor, group_id: int) -> WorkingGroup:
    """One group. Raises `NotFound` outside of the actor's reach."""
    row = groups(actor).filter(pk=group_id).first()
    if row is None:
        raise NotFound("group.not_found", _("There is no such working group."))
    return row


def group_view(group: WorkingGroup) -> GroupView:
    """A group with where it stands."""
    steps = tuple(sorted(group.steps.all(), key=lambda one: one.pk))
    revision = linked_revision(steps)
    stage = stage_of(revision) if revision is not None else None
    decision = decision_of(steps, revision, stage)
    found = stage_progress(steps, stage, decision.at if decision else None)
    return GroupView(group, steps, found, current_stage(found), revision, stage, decision)


def linked_revision(steps: tuple[GroupStep, ...]) -> Revision | None:
    """The revision that was linked last."""
    return next((one.revision for one in reversed(steps) if one.kind == GroupStepKind.DRAFTED), None)


def decision_of(
    steps: tuple[GroupStep, ...], revision: Revision | None, stage: RevisionStage | None
) -> Decision | None:
    """What was decided: to keep the standard, or by the revision."""
    kept = next((one for one in steps if one.kind == GroupStepKind.KEPT), None)
    if kept is not None:
        day = timezone.localdate(kept.at)
        return Decision(
            kept=True,
            number=kept.number,
            decided_on=day,
            at=kept.at,
            reasons=kept.note,
            in_force_from=None,
            is_adopted=True,
        )
    if revision is None or stage not in {RevisionStage.DECIDED, RevisionStage.ADOPTED}:
        return None
    step = next(one for one in revision.steps.all() if one.kind == RevisionStepKind.DECIDED)
    return Decision(
        kept=False,
        number=step.number,
        decided_on=step.decided_on or timezone.localdate(step.at),
        at=step.at,
        reasons=revision.reason,
        in_force_from=revision.valid_from,
        is_adopted=stage == RevisionStage.ADOPTED,
    )


def clause_of(group: WorkingGroup) -> CitedView:
    """The clause that a group looks into, in words."""
    return cited_clauses([(group.pack_id, group.document, group.clause)])[0]


def key_of(group: WorkingGroup) -> ClauseKey:
    """The clause's ids."""
    return ClauseKey(group.pack_id, group.document, group.clause)


def key_of_signal(signal: Signal) -> ClauseKey:
    """The ids of a signal's clause."""
    return ClauseKey(signal.pack_id, signal.document, signal.clause)


def to_answer_count(view: GroupView, *, at: datetime) -> int:
    """How many matters cite the clause in the group's place, from its first day to the decision or until a moment."""
    group = view.group
    until = view.decision.at if view.decision else at
    return count_to_answer(group.area_path, key_of(group), since=group.since, until=until)


def price_keys(group: WorkingGroup) -> list[tuple[str, str]]:
    """The (item, zone) pairs that the group looks into."""
    return [(code, zone) for code, zone in group.prices]


def _whole(rows: QuerySet[WorkingGroup]) -> QuerySet[WorkingGroup]:
    rows = rows.select_related("area", "signal", "opened_by").prefetch_related(
        "steps__by", "steps__revision__steps", "steps__revision__area"
    )
    return rows.order_by("-opened_at", "-pk")


def is_seen_as_drafted(view: GroupView) -> bool:
    """Whether the effects that were looked at last are those of the present draft."""
    last = next((one for one in reversed(view.steps) if one.kind == GroupStepKind.SEEN), None)
    if view.revision is None or last is None or last.comparison is None:
        return False
    return last.comparison.draft_id == current_draft(view.revision).pk
