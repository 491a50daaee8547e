"""示范现场办公: leaders in two townships — what was raised and decided, carried out, reported and closed.

All on the day on which the leaders of the demonstration were appointed: before it none led there.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from yixian.demo.example import first_example
from yixian.demo.sign_ins import CLERK, user_actor
from yixian.domain.areas import AreaLevel, path_at
from yixian.duty.models import Leadership
from yixian.kernel.actors import household_actor
from yixian.kernel.intervals import in_force
from yixian.matters.access import organisations_of
from yixian.outreach.actions.follow_decision import close_decision, object_to_session, report_done
from yixian.outreach.actions.record_on_site import record_on_site
from yixian.outreach.models import OnSiteDecision, OnSiteSession
from yixian.outreach.on_site_draft import DecisionDraft, OnSiteDraft, PointDraft
from yixian.registry.models import Area, Household

_POINTS = (
    PointDraft("进村的路雨天过不了车，老人看病不方便。（演示）"),
    PointDraft("集镇安置点的水压不够，三楼上不了水。（演示）", settled=True),
)
_DECIDED = ("七日内把进村路塌方段清通，路面垫平。（演示）", "把安置点水压检测一遍，结果贴出来。（演示）")
_DONE = "塌方段已清通，垫了碎石，班车恢复通行。（演示）"


def are_sessions_held() -> bool:
    """Whether any leader was on the spot."""
    return OnSiteSession.objects.exists()


@transaction.atomic
def hold_sessions(*, at: datetime) -> None:
    """A session in the first example's township and one elsewhere; of their decisions one is closed, one waits for a leader."""
    on, clerk = timezone.localdate(at), user_actor(CLERK, at=at)
    household = first_example(on).household
    here = Area.objects.get(path=path_at(household.area_path, AreaLevel.TOWNSHIP))
    elsewhere = Area.objects.filter(level=AreaLevel.TOWNSHIP).exclude(pk=here.pk).order_by("path").first()
    bureau = min(organisations_of(clerk, at=at))
    department = min(organisations_of(user_actor("department", at=at), at=at))
    for area, owners in ((elsewhere, (bureau, department)), (here, (department, bureau))):
        if area is not None:
            record_on_site(_draft(area, on, owners), actor=clerk, at=at)
    first, *_others, last = OnSiteDecision.objects.order_by("pk")
    for decision in (first, last):
        report_done(decision.pk, _DONE, actor=clerk, at=at)
    close_decision(first.pk, "", actor=user_actor("county", at=at), at=at)
    _deny(household, at)


def _draft(area: Area, day: date, owners: tuple[int, int]) -> OnSiteDraft:
    leaders = Leadership.objects.filter(in_force(day), area_path=area.path).order_by("pk")
    return OnSiteDraft(
        area_id=area.pk,
        on=day,
        place="村委会院坝",
        leaders=frozenset(leaders.values_list("helper_id", flat=True)[:2]),
        households=23,
        villagers=41,
        participants=tuple((owner, 3) for owner in owners),
        raised=_POINTS,
        decisions=tuple(
            DecisionDraft(words, owner, day + timedelta(days=7 * number))
            for number, (words, owner) in enumerate(zip(_DECIDED, owners, strict=True), 1)
        ),
        names_nobody=True,
        key=uuid.uuid4(),
    )


def _deny(household: Household, at: datetime) -> None:
    """The household that is shown first says that the latest one was not so."""
    latest = OnSiteSession.objects.latest("pk")
    words, family = "那天只到了村口。（演示）", household_actor(household.pk)
    object_to_session(latest.pk, words, never_held=False, actor=family, household_id=household.pk, at=at)
