"""执行修订: reckon every account again under what was decided; cut off, it goes on where it stopped."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.compensation.actions.calculate_accounts import calculate_accounts, resume_run
from yixian.compensation.models import StatementRun
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.job_reports import Reporter, silent
from yixian.kernel.permission import require_person
from yixian.revisions.access import DRAFTERS
from yixian.revisions.choices import RevisionStage
from yixian.revisions.queries import get_revision, revision_run, stage_of


def adopt_revision(
    revision_id: int, *, actor: Actor, at: datetime, report: Reporter = silent
) -> StatementRun:
    """Reckon all accounts of the revision's place, from its day on. A reckoning that was cut off is gone on with.

    Raises `Refused` before the decision, before the day, and when it is done.
    """
    require_person(actor, DRAFTERS)
    revision = get_revision(actor, revision_id)
    stage = stage_of(revision)
    if stage == RevisionStage.ADOPTED:
        raise Refused("revision.adopted", _("Every account has been calculated under it."))
    if stage != RevisionStage.DECIDED:
        raise Refused("revision.undecided", _("It is not decided yet."))
    today = timezone.localdate(at)
    if today < revision.valid_from:
        raise Refused("revision.early", _("It does not hold yet on this day."))
    begun = revision_run(revision)
    if begun is not None:
        return resume_run(begun.run_id, actor=actor, at=at, report=report)
    return calculate_accounts(revision.area.path, on=today, actor=actor, at=at, report=report)
