"""挂乡驻村的办理步骤: what may be changed about who stands with a place, and by whom. Actions, pages and the matrix read it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel
from yixian.duty.access import PLANNERS
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.workflow import Condition, Step
from yixian.registry.models import Area


def _at(*levels: AreaLevel) -> Condition[Area]:
    def moment(area: Area, _actor: Actor, _at: datetime) -> None:
        if area.level not in levels:
            raise Refused("leader.level", _("This is not done for a place of this kind."))

    return moment


_AT_TOWNSHIPS = _at(AreaLevel.TOWNSHIP)
_BELOW_COUNTIES = _at(AreaLevel.TOWNSHIP, AreaLevel.VILLAGE, AreaLevel.GROUP)

APPOINT = Step(
    name="appoint",
    event="leader.appointed",
    roles=PLANNERS,
    moment=_AT_TOWNSHIPS,
    asks=("helper", "kind", "on", "document", "relieves"),
)
RELIEVE = Step(
    name="relieve", event="leader.relieved", roles=PLANNERS, moment=_AT_TOWNSHIPS, asks=("on", "because")
)
STATION = Step(
    name="station",
    event="station.began",
    roles=PLANNERS,
    moment=_BELOW_COUNTIES,
    asks=("organisation", "on", "document"),
)
WITHDRAW = Step(
    name="withdraw", event="station.ended", roles=PLANNERS, moment=_BELOW_COUNTIES, asks=("on", "because")
)

CALL_OFF_LEADER = Step(
    name="call_off_leader",
    event="leader.called_off",
    roles=PLANNERS,
    moment=_AT_TOWNSHIPS,
    asks=("because",),
)
CALL_OFF_STATION = Step(
    name="call_off_station",
    event="station.called_off",
    roles=PLANNERS,
    moment=_BELOW_COUNTIES,
    asks=("because",),
)

STEPS = (APPOINT, RELIEVE, STATION, WITHDRAW, CALL_OFF_LEADER, CALL_OFF_STATION)
