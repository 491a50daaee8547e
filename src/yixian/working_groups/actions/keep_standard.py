"""维持原标准: one proposes it with reasons and a document, another decides. Everybody who asked is told why, too."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.working_groups.actions.group_steps import begin, take_step, words
from yixian.working_groups.limits import MAX_NUMBER
from yixian.working_groups.models import GroupStep
from yixian.working_groups.steps import DECIDE_KEEPING, KEEP, TAKE_BACK


@transaction.atomic
def propose_keeping(group_id: int, reasons: str, number: str, *, actor: Actor, at: datetime) -> GroupStep:
    """Propose that the standard stays. Raises `Refused` before the checks ended, and while a revision is under way."""
    view, _person = begin(KEEP, group_id, actor=actor, at=at)
    proposed = {"note": words("reasons", reasons), "number": words("number", number, MAX_NUMBER)}
    return take_step(view, KEEP, actor=actor, at=at, **proposed)


@transaction.atomic
def decide_keeping(group_id: int, *, actor: Actor, at: datetime) -> GroupStep:
    """Decide that the standard stays. Raises `Refused` for whoever proposed it, and where it is not proposed."""
    view, _person = begin(DECIDE_KEEPING, group_id, actor=actor, at=at)
    proposed = view.keeping
    if proposed is None:
        raise Refused("group.not_proposed", _("It is not proposed."))
    return take_step(view, DECIDE_KEEPING, actor=actor, at=at, note=proposed.note, number=proposed.number)


@transaction.atomic
def take_back_keeping(group_id: int, reason: str, *, actor: Actor, at: datetime) -> GroupStep:
    """Take the proposal back, or return it: with a reason."""
    view, _person = begin(TAKE_BACK, group_id, actor=actor, at=at)
    return take_step(view, TAKE_BACK, actor=actor, at=at, note=words("reason", reason, 500))
