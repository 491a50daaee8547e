"""修订的结果: the reckoning by which a decided revision took effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from yixian.compensation.models import StatementRun
from yixian.kernel.actors import Actor
from yixian.registry.access import area_reach
from yixian.revisions.access import READERS
from yixian.revisions.choices import RevisionStepKind
from yixian.revisions.models import Revision, RevisionStep


@dataclass(frozen=True, slots=True)
class RunOutcomeView:
    """The first reckoning of the whole place under the decided pack."""

    run_id: int
    at: datetime
    is_finished: bool


def revision_run(revision: Revision) -> RunOutcomeView | None:
    """The reckoning that put the revision into the accounts: the one that finished, else one that was begun; or None."""
    return revision_runs([revision]).get(revision.pk)


def revision_runs(revisions: Sequence[Revision]) -> dict[int, RunOutcomeView]:
    """The same of several, by the revision's key: one statement for all of them, where their steps are read already."""
    decided = {
        (step.pack_version_id, revision.area.path): revision.pk
        for revision in revisions
        for step in revision.steps.all()
        if step.kind == RevisionStepKind.DECIDED
    }
    if not decided:
        return {}
    runs = StatementRun.objects.filter(pack_version__in={pack for pack, _path in decided})
    found: dict[int, list[StatementRun]] = defaultdict(list)
    for run in runs.select_related("end").defer("manifest").order_by("pk"):
        if (run.pack_version_id, run.area_path) in decided:
            found[decided[run.pack_version_id, run.area_path]].append(run)
    views = {revision: _outcome(runs) for revision, runs in found.items()}
    return {revision: view for revision, view in views.items() if view is not None}


def deciding_revisions(actor: Actor, adoption_ids: Iterable[int]) -> dict[int, int | None]:
    """The revision by which an adoption was decided, by the adoption's key: None for one that the actor does not read, no key
    for what was proposed without one."""
    steps = RevisionStep.objects.filter(kind=RevisionStepKind.DECIDED, adoption__in=list(adoption_ids))
    paths = area_reach(actor.acting_as(READERS))
    return {
        key: revision if any(place.startswith(path) for path in paths) else None
        for key, revision, place in steps.values_list("adoption", "revision", "revision__area__path")
        if key is not None
    }


def _outcome(runs: list[StatementRun]) -> RunOutcomeView | None:
    finished = [run for run in runs if hasattr(run, "end") and run.end.outcome == "finished"]
    begun = [run for run in runs if not hasattr(run, "end")]
    for run in (*finished[:1], *begun[-1:]):
        return RunOutcomeView(run.pk, run.at, is_finished=run in finished)
    return None
