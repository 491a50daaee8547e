"""回避的办理步骤: who declares that somebody must not stand beside a household. Actions, pages and the matrix read it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.duty.access import PLANNERS
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.workflow import Step
from yixian.registry.models import Household


def _is_there(household: Household, _actor: Actor, at: datetime) -> None:
    if household.valid_until is not None and household.valid_until <= timezone.localdate(at):
        raise Refused("recusal.household_ended", _("This household was merged with another, or divided."))


DECLARE = Step[Household](
    name="declare",
    event="recusal.declared",
    roles=PLANNERS,
    moment=_is_there,
    asks=("helper", "ground", "degree", "on", "document", "beyond"),
)

STEPS = (DECLARE,)
