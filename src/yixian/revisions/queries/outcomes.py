"""修订的结果: the reckoning by which a decided revision took effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yixian.compensation.models import StatementRun
from yixian.revisions.choices import RevisionStepKind
from yixian.revisions.models import Revision


@dataclass(frozen=True, slots=True)
class RunOutcomeView:
    """The first reckoning of the whole place under the decided pack."""

    run_id: int
    at: datetime
    is_finished: bool


def revision_run(revision: Revision) -> RunOutcomeView | None:
    """The reckoning that put the revision into the accounts: the one that finished, else one that was begun; or None."""
    packs = revision.steps.filter(kind=RevisionStepKind.DECIDED).values("pack_version")
    runs = StatementRun.objects.filter(pack_version__in=packs, area_path=revision.area.path)
    runs = runs.select_related("end").defer("manifest").order_by("pk")
    found = list(runs)
    finished = [run for run in found if hasattr(run, "end") and run.end.outcome == "finished"]
    begun = [run for run in found if not hasattr(run, "end")]
    for run in (*finished[:1], *begun[-1:]):
        return RunOutcomeView(run.pk, run.at, is_finished=run in finished)
    return None
