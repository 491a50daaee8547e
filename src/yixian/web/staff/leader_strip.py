"""领导一览: five shares of the work in reach with their change since a week ago, each leading to the list that explains it.

Figures of places and of work, never of persons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.compensation.queries.progress import account_progress, together
from yixian.duty.queries.coverage_board import counted_in_reach
from yixian.kernel.actors import Actor
from yixian.kernel.roles import LEADER_ROLES
from yixian.matters.queries.matter_trends import closed_in_time
from yixian.visits.queries import visit_weeks
from yixian.web.ui.cells import Text

WEEK = timedelta(days=7)

May = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class StripFigure:
    """One figure: what it is, as shown, of what, and by how much it has changed ("" for not at all).

    ``trend`` is "better", "worse", "same", or "" where a week ago there was nothing to compare with; ``rises`` says which way
    the number went.
    """

    title: Text
    shown: str
    of: str
    change: str
    trend: str
    rises: bool
    href: str


def leader_strip(actor: Actor, *, may: May, at: datetime) -> list[StripFigure]:
    """The figures of a leader, those alone whose list the actor may ask for; none for anybody else."""
    if not actor.has_any(LEADER_ROLES):
        return []
    on = timezone.localdate(at)
    found: list[StripFigure] = []
    if may("agreements:list"):
        found += _accounts(actor, on)
    if may("staff:visits"):
        found.append(_visited(actor, on))
    if may("staff:matters"):
        found.append(_in_time(actor, at))
    if may("staff:duty_uncovered"):
        found.append(_lacking(actor, on))
    return found


def _accounts(actor: Actor, on: date) -> list[StripFigure]:
    now, before = (together(account_progress(actor, on=day)) for day in (on, on - WEEK))
    households = f"{reverse('staff:households')}?account=none"
    return [
        _share(
            gettext_lazy("Accounts calculated"),
            (now.issued, now.households),
            (before.issued, before.households),
            households,
        ),
        _share(
            gettext_lazy("Agreements signed"),
            (now.agreed, now.households),
            (before.agreed, before.households),
            reverse("agreements:list"),
        ),
    ]


def _visited(actor: Actor, on: date) -> StripFigure:
    before, now = visit_weeks(actor, on=on, weeks=2)
    return _share(
        gettext_lazy("Visited as the rule asks"),
        (now.within, now.households),
        (before.within, before.households),
        reverse("staff:visits"),
    )


def _in_time(actor: Actor, at: datetime) -> StripFigure:
    now = closed_in_time(actor, since=at - WEEK, until=at)
    before = closed_in_time(actor, since=at - 2 * WEEK, until=at - WEEK)
    return _share(
        gettext_lazy("Matters closed in time, last seven days"),
        (now.in_time, now.closed),
        (before.in_time, before.closed),
        f"{reverse('staff:matters')}?tab=overdue",
    )


def _lacking(actor: Actor, on: date) -> StripFigure:
    now, before = (
        sum(count for _home, has, count in counted_in_reach(actor, "", day) if not (has.cadre and has.member))
        for day in (on, on - WEEK)
    )
    difference = now - before
    return StripFigure(
        gettext_lazy("Households that lack somebody"),
        f"{now:,}",
        "",
        f"{difference:+,}" if difference else "",
        "worse" if difference > 0 else "better" if difference else "same",
        difference > 0,
        reverse("staff:duty_uncovered"),
    )


def _share(title: Text, now: tuple[int, int], before: tuple[int, int], href: str) -> StripFigure:
    """A share in per cent, rounded down so that all is only said of all, and its change in percentage points."""
    if not now[1]:
        return StripFigure(title, "—", _("none"), "", "", rises=False, href=href)
    tenths = _tenths(now) - _tenths(before) if before[1] else 0
    trend = "better" if tenths > 0 else "worse" if tenths else "same" if before[1] else ""
    change = _("%(points)s points") % {"points": f"{tenths / 10:+.1f}"} if tenths else ""
    shown = f"{_tenths(now) / 10:.1f}%"
    return StripFigure(title, shown, f"{now[0]:,} / {now[1]:,}", change, trend, tenths > 0, href)


def _tenths(part: tuple[int, int]) -> int:
    """Tenths of a per cent."""
    return part[0] * 1000 // part[1]
