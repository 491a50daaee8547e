"""示范工作组: one price is being looked into by the bureau's lead's decision; the households to check were drawn this morning.

The surveyor and the cadre each have forms to fill in. The signal that many voices give stays without a group: opening one
is for whoever looks around.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from yixian.demo.sign_ins import CLERK, LEAD, user_actor
from yixian.inventory.models import InventoryItem
from yixian.kernel.errors import Refused
from yixian.kernel.models import User
from yixian.matters.intake import ClauseKey
from yixian.registry.choices import Zone
from yixian.registry.models import Area
from yixian.working_groups.actions.assign_check import assign_check
from yixian.working_groups.actions.draw_sample import announce_sample, draw_sample
from yixian.working_groups.actions.open_group import Charge, open_by_decision
from yixian.working_groups.models import SampledHousehold, WorkingGroup

_CLAUSE = ClauseKey("danjiangkou-2009", "D2009-215", "table-town")
_ITEM = "house.main.brick_concrete"
_LOOKED_BACK = timedelta(days=60)
_MARGIN = Decimal("0.3")
_SEED_SOURCE = "抽签日福利彩票开奖号码（演示）"
_SEED = "04 09 15 22 27 30 + 11"
_CHECKERS = ("surveyor", "cadre")
_EACH = 3


def group_stands() -> bool:
    """Whether the group was opened, or nobody has a house of this kind that could be looked at."""
    rows = InventoryItem.objects.filter(item_code=_ITEM, valid_until=None, household__zone=Zone.TOWN)
    return WorkingGroup.objects.exists() or not rows.exists()


@transaction.atomic
def open_group(county: Area, *, at: datetime) -> None:
    """Open it, draw the households to check, and give out forms."""
    charge = Charge(
        "集镇砖混房屋单价工作组（演示）",
        "按集镇现在的单价，拆了砖混房能不能重建同样的房子？",
        "Working group on the town price of brick-concrete houses (demonstration)",
        "Does the present town price rebuild the brick-concrete house that is pulled down?",
        prices=((_ITEM, Zone.TOWN.value),),
        basis="移民局党组会议决定（演示）",
        since=timezone.localdate(at - _LOOKED_BACK),
    )
    clerk = user_actor(CLERK, at=at)
    group = open_by_decision(county.pk, _CLAUSE, charge, actor=user_actor(LEAD, at=at), at=at)
    announce_sample(group.pk, _SEED_SOURCE, _MARGIN, actor=clerk, at=at - timedelta(minutes=1))
    drawn = draw_sample(group.pk, _SEED, actor=clerk, at=at)
    waiting = list(drawn.households.order_by("order"))
    for name in _CHECKERS:
        waiting = _give(group, waiting, User.objects.get(username=name), at=at)


def _give(
    group: WorkingGroup, waiting: Iterable[SampledHousehold], user: User, *, at: datetime
) -> list[SampledHousehold]:
    """Give somebody a few forms, but none of a household that is not theirs to check; returns those still to be given."""
    given, left = 0, []
    for one in waiting:
        try:
            if given < _EACH:
                given += assign_check(group.pk, [one.pk], user.pk, actor=user_actor(CLERK, at=at), at=at)
                continue
        except Refused:
            pass
        left.append(one)
    return left
