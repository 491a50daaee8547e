"""修订的办理步骤: what may be done with a revision, by whom and when. Actions, buttons, pages and the access matrix read it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.workflow import Condition, Step
from yixian.revisions.access import APPROVERS, DRAFTERS
from yixian.revisions.choices import RevisionStage, RevisionStepKind
from yixian.revisions.models import RevisionDraft
from yixian.revisions.revision_read_models import RevisionView


def _at(*stages: RevisionStage) -> Condition[RevisionView]:
    def moment(view: RevisionView, _actor: Actor, _at: datetime) -> None:
        if view.stage not in stages:
            raise Refused("revision.stage", _("This is not the moment for it: the revision has moved on."))

    return moment


def _is_changed(view: RevisionView, _actor: Actor, _at: datetime) -> None:
    if view.draft.sha256 == view.revision.base.sha256:
        raise Refused("revision.unchanged", _("The draft changes nothing yet."))


def _is_compared(view: RevisionView, _actor: Actor, _at: datetime) -> None:
    if view.comparison is None:
        raise Refused("revision.not_compared", _("First see what this draft would change, for everybody."))
    if view.is_outdated:
        raise Refused("revision.outdated", _("The register changed since the comparison; compare again."))


def _by_another(view: RevisionView, actor: Actor, _at: datetime) -> None:
    drafters = RevisionDraft.objects.filter(revision=view.revision).values_list("saved_by_id", flat=True)
    if actor.user_id in {view.revision.begun_by_id, *drafters}:
        raise Refused("revision.own", _("Whoever drafted it cannot approve it."))


def _by_a_second(view: RevisionView, actor: Actor, _at: datetime) -> None:
    if actor.user_id == view.steps[-1].by_id:
        raise Refused("adoption.two_people", _("Another person than the one who proposed it must approve."))


def _by_another_than_the_first(view: RevisionView, actor: Actor, _at: datetime) -> None:
    approvals = [step.by_id for step in view.steps if step.kind == RevisionStepKind.APPROVED]
    if actor.user_id in approvals[-1:]:
        raise Refused(
            "adoption.own", _("Whoever proposed it or approved it first leaves calling it off to another.")
        )


def _before_its_day(view: RevisionView, _actor: Actor, at: datetime) -> None:
    if view.stage != RevisionStage.DECIDED:
        raise Refused("revision.undecided", _("It is not decided yet."))
    if view.revision.valid_from <= timezone.localdate(at):
        raise Refused("revision.in_force", _("Its day has come: it is changed by a further revision only."))


SUBMIT = Step(
    name="submit",
    event=RevisionStepKind.SUBMITTED,
    roles=DRAFTERS,
    moment=_at(RevisionStage.DRAFTING),
    requires=(_is_changed, _is_compared),
)
APPROVE = Step(
    name="approve",
    event=RevisionStepKind.APPROVED,
    roles=APPROVERS,
    moment=_at(RevisionStage.SUBMITTED),
    requires=(_by_another,),
    asks=("evidence",),
)
DECIDE = Step(
    name="decide",
    event=RevisionStepKind.DECIDED,
    roles=APPROVERS,
    moment=_at(RevisionStage.APPROVED),
    requires=(_by_another, _by_a_second),
    asks=("evidence", "number", "decided_on"),
)
RETURN = Step(
    name="return",
    event=RevisionStepKind.RETURNED,
    roles=APPROVERS,
    moment=_at(RevisionStage.SUBMITTED, RevisionStage.APPROVED),
    asks=("reason",),
)
WITHDRAW = Step(
    name="withdraw",
    event=RevisionStepKind.WITHDRAWN,
    roles=DRAFTERS,
    moment=_at(RevisionStage.DRAFTING, RevisionStage.SUBMITTED, RevisionStage.APPROVED),
    asks=("reason",),
)

CALL_OFF = Step(
    name="call_off",
    event=RevisionStepKind.CALLED_OFF,
    roles=APPROVERS,
    moment=_before_its_day,
    requires=(_by_another_than_the_first,),
    asks=("reason", "number"),
)

STEPS = (SUBMIT, APPROVE, DECIDE, RETURN, WITHDRAW, CALL_OFF)
