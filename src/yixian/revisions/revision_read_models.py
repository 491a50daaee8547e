"""修订的读模型: revisions as pages and steps read them."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.revisions.choices import RevisionStage, RevisionStepKind
from yixian.revisions.models import Revision, RevisionComparison, RevisionDraft, RevisionStep


@dataclass(frozen=True, slots=True)
class ListedRevision:
    """A revision in a list, and where it stands."""

    revision: Revision
    stage: RevisionStage


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A revision with where it stands. ``is_outdated`` says that the register changed since the comparison."""

    revision: Revision
    stage: RevisionStage
    draft: RevisionDraft
    steps: list[RevisionStep]
    comparison: RevisionComparison | None
    is_outdated: bool

    @property
    def first_approval(self) -> RevisionStep | None:
        """The first of the two approvals, while it counts."""
        return self.steps[-1] if self.stage == RevisionStage.APPROVED else None

    @property
    def decision(self) -> RevisionStep | None:
        """The step that decided it."""
        return next((step for step in self.steps if step.kind == RevisionStepKind.DECIDED), None)
