"""维持原标准: one proposes it with reasons and a document, another decides. Everybody who asked is told why, too."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.revisions.choices import RevisionStage
from yixian.working_groups.access import DECIDERS, OPENERS
from yixian.working_groups.actions.group_steps import (
    group_in_reach,
    require_after,
    require_undecided,
    take_step,
    words,
)
from yixian.working_groups.choices import GroupStage, GroupStepKind
from yixian.working_groups.limits import MAX_NUMBER
from yixian.working_groups.models import GroupStep


@transaction.atomic
def propose_keeping(group_id: int, reasons: str, number: str, *, actor: Actor, at: datetime) -> GroupStep:
    """Propose that the standard stays. Raises `Refused` before the checks ended, and while a revision is under way."""
    view, _person = group_in_reach(group_id, actor=actor, roles=OPENERS | DECIDERS)
    require_after(view, GroupStage.CHECKED)
    require_undecided(view)
    if view.keeping is not None:
        raise Refused("group.keeping", _("Keeping the standard is proposed: that is to be decided first."))
    if view.revision is not None and view.stage != RevisionStage.WITHDRAWN:
        raise Refused("group.drafted", _("A revision is under way for this group."))
    told = {"note": words("reasons", reasons), "number": words("number", number, MAX_NUMBER)}
    return take_step(view, GroupStepKind.KEEP_PROPOSED, actor=actor, at=at, **told)


@transaction.atomic
def decide_keeping(group_id: int, *, actor: Actor, at: datetime) -> GroupStep:
    """Decide that the standard stays. Raises `Refused` for whoever proposed it, and where it is not proposed."""
    view, person = group_in_reach(group_id, actor=actor, roles=DECIDERS)
    require_undecided(view)
    proposed = view.keeping
    if proposed is None:
        raise Refused("group.not_proposed", _("It is not proposed."))
    if proposed.by_id == person:
        raise Refused("adoption.two_people", _("Another person than the one who proposed it must approve."))
    return take_step(view, GroupStepKind.KEPT, actor=actor, at=at, note=proposed.note, number=proposed.number)


@transaction.atomic
def take_back_keeping(group_id: int, reason: str, *, actor: Actor, at: datetime) -> GroupStep:
    """Take the proposal back, or return it: with a reason."""
    view, _person = group_in_reach(group_id, actor=actor, roles=OPENERS | DECIDERS)
    require_undecided(view)
    if view.keeping is None:
        raise Refused("group.not_proposed", _("It is not proposed."))
    return take_step(
        view, GroupStepKind.KEEP_TAKEN_BACK, actor=actor, at=at, note=words("reason", reason, 500)
    )
