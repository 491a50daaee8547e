"""调查进度: of each village how many households are measured, what came on each day, and which team is where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yixian.domain.areas import AreaLevel, path_at
from yixian.kernel.intervals import in_force
from yixian.registry.access import below
from yixian.registry.models import Area, Household
from yixian.survey.choices import SheetStatus
from yixian.survey.models import Campaign, TeamDay
from yixian.survey.sheet_lists import NOT_TAKEN, sheet_keys


@dataclass(frozen=True, slots=True)
class VillageProgress:
    """A village of a campaign: its households with a sheet that is taken, those with one that waits, and the others."""

    name: str
    path: str
    households: int
    measured: int
    waiting: int

    @property
    def missing(self) -> int:
        """Households of which nothing has come."""
        return self.households - self.measured - self.waiting


@dataclass(frozen=True, slots=True)
class DayProgress:
    """The sheets of a day, by what has become of them; ``other`` are those that were corrected or not chosen."""

    on: date
    taken: int
    waiting: int
    other: int


def village_progress(campaign: Campaign, *, on: date) -> list[VillageProgress]:
    """The villages of a campaign in the order of places; who reads it reaches the campaign."""
    rows = Household.objects.filter(below(campaign.area.path), in_force(on))
    households = dict(rows.values_list("household_no", "area_path"))
    villages = Area.objects.filter(below(campaign.area.path, "path"), level=AreaLevel.VILLAGE)
    keys = sheet_keys(campaign.pk)
    measured = {key.household_no for key in keys if key.status == SheetStatus.TAKEN}
    waiting = {key.household_no for key in keys if key.status in NOT_TAKEN} - measured

    def counted(numbers: set[str]) -> Counter[str]:
        return Counter(path_at(households[no], AreaLevel.VILLAGE) for no in numbers if no in households)

    every, done, open_ = counted(set(households)), counted(measured), counted(waiting)
    return [
        VillageProgress(area.label, area.path, every[area.path], done[area.path], open_[area.path])
        for area in villages.order_by("path")
    ]


def day_progress(campaign: Campaign) -> list[DayProgress]:
    """The days on which sheets came, in their order."""
    days: dict[date, Counter[SheetStatus]] = {}
    for key in sheet_keys(campaign.pk):
        days.setdefault(timezone.localdate(key.received_at), Counter())[key.status] += 1
    return [
        DayProgress(
            on,
            counted[SheetStatus.TAKEN],
            sum(counted[status] for status in NOT_TAKEN),
            counted[SheetStatus.CORRECTED] + counted[SheetStatus.NOT_CHOSEN],
        )
        for on, counted in sorted(days.items())
    ]


def team_days(campaign: Campaign) -> list[TeamDay]:
    """Which team is in which village on which day, the next ones last."""
    rows = TeamDay.objects.filter(team__campaign=campaign).select_related("team", "village")
    return list(rows.order_by("on", "team__name", "pk"))
