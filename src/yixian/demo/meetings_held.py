"""示范宣讲会: policy explained in the first example's village — who was absent, who was told afterwards, what was asked."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from yixian.demo.example import first_example
from yixian.demo.sign_ins import CLERK, user_actor
from yixian.domain.areas import AreaLevel, path_at
from yixian.outreach.actions.hold_meeting import (
    HandsDraft,
    MeetingDraft,
    enter_attendance,
    hold_meeting,
    note_reached,
)
from yixian.outreach.models import PolicyMeeting
from yixian.outreach.queries.policy_meetings import topics_to_choose
from yixian.registry.choices import Language
from yixian.registry.models import Area

_DAYS_AGO = 9
_EVERY = 4
"""Every fourth household was absent."""

_ASKED = (
    HandsDraft("房屋补偿按哪一天的单价算？（演示）", "按补偿单价表生效那天的单价。（演示）", 31, 4),
    HandsDraft("蓄水后剩在岸上的地还能种吗？（演示）", "", 12, 19),
)


def are_meetings_held() -> bool:
    """Whether policy was ever explained at a meeting."""
    return PolicyMeeting.objects.exists()


@transaction.atomic
def hold_meetings(*, at: datetime) -> None:
    """One meeting with its sheet in the example's village, and one in its township whose sheet is not entered yet."""
    clerk, on = user_actor(CLERK, at=at), timezone.localdate(at)
    household = first_example(on).household
    topics = tuple(
        (pack, document)
        for pack, _bar, document in (key.partition("|") for key, _title in topics_to_choose(on)[:2])
    )
    village, township = (
        Area.objects.get(path=path_at(household.area_path, level))
        for level in (AreaLevel.VILLAGE, AreaLevel.TOWNSHIP)
    )
    for area, ago, asked in ((village, _DAYS_AGO, _ASKED), (township, 1, ())):
        draft = MeetingDraft(
            area_id=area.pk,
            on=on - timedelta(days=ago),
            place="村委会院坝",
            topics=topics,
            languages=(Language.MANDARIN, Language.YI),
            questions=asked,
            key=uuid.uuid4(),
        )
        hold_meeting(draft, actor=clerk, at=at)
    first = PolicyMeeting.objects.get(area=village)
    invited = list(first.invitations.order_by("pk").values_list("household_id", flat=True))
    absent = [*invited[1::_EVERY], household.pk]
    enter_attendance(first.pk, absent, "", actor=clerk, at=at)
    note_reached(first.pk, household.pk, on, None, actor=user_actor("cadre", at=at), at=at)
