"""结束核查: once every drawn household was checked, or it is written down why not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.group_steps import group_in_reach, require_after, take_step
from yixian.working_groups.choices import GroupStage, GroupStepKind
from yixian.working_groups.models import GroupStep, SampledHousehold


@transaction.atomic
def close_checks(group_id: int, *, actor: Actor, at: datetime) -> GroupStep:
    """End the checks. Raises `Refused` while a drawn household has neither a result nor a reason, or once they ended."""
    view, _person = group_in_reach(group_id, actor=actor, roles=OPENERS)
    require_after(view, GroupStage.SAMPLED)
    if view.has(GroupStage.CHECKED):
        raise Refused("check.ended", _("The checks have ended."))
    if SampledHousehold.objects.filter(draw__sample__group=view.group, result=None).exists():
        raise Refused(
            "check.open", _("Some drawn households have neither a result nor a reason why there is none.")
        )
    return take_step(view, GroupStepKind.CHECKED, actor=actor, at=at)
