"""计数: voices of a county as the rows of the engine of early signals, each household once in a series.

A series is a township or the county, a topic and a clause. A matter that names no household is nobody twice, so it counts as
no household at all; how many there are beside is told in whole tens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from yixian.domain.areas import LEVELS, SEGMENT, AreaLevel, path_at
from yixian.engines.signals import WeeklyCount
from yixian.matters.intake import ClauseKey
from yixian.matters.queries.similar_matters import SimilarMatter
from yixian.working_groups.weeks import week_of

Series = tuple[str, str, str]
"""Area path, topic, and the clause as `clause_text` writes it."""

_SPLIT = "\n"
TENS = 10


@dataclass
class HouseholdTally:
    """听到的: of one series, in which week each household asked first and from which village, and the others by week."""

    households: dict[str, tuple[int, str]] = field(default_factory=dict)
    others: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def between(self, first: int, last: int) -> tuple[set[str], set[str], int]:
        """Households and villages of these weeks, and how many voices without a household, in whole tens."""
        asked = {name: place for name, (week, place) in self.households.items() if first <= week <= last}
        others = sum(count for week, count in self.others.items() if first <= week <= last)
        return set(asked), set(asked.values()), others // TENS * TENS


def tally_households(
    similar_matters: Iterable[SimilarMatter], county_path: str
) -> dict[Series, HouseholdTally]:
    """The voices of a county by series: each in its township's, and in the county's."""
    found: dict[Series, HouseholdTally] = defaultdict(HouseholdTally)
    for similar_matter in similar_matters:
        week, village = week_of(similar_matter.day), path_at(similar_matter.place, AreaLevel.VILLAGE)
        for area in {county_path, _township(similar_matter.place)} - {""}:
            one = found[area, similar_matter.topic, clause_text(similar_matter.clause)]
            if not similar_matter.household:
                one.others[week] += 1
            elif (
                similar_matter.household not in one.households
                or week < one.households[similar_matter.household][0]
            ):
                one.households[similar_matter.household] = week, village
    return dict(found)


def rows(series: dict[Series, HouseholdTally], first_week: int, last_week: int) -> Iterator[WeeklyCount]:
    """What the engine reads. A household that asked before the first week is not asking now."""
    for (area, topic, clause), one in series.items():
        weeks: dict[int, list[str]] = defaultdict(list)
        for week, village in one.households.values():
            if first_week <= week <= last_week:
                weeks[week].append(village)
        for week, villages in weeks.items():
            yield WeeklyCount(area, topic, clause, week, len(villages), frozenset(villages))


def clause_text(key: ClauseKey) -> str:
    """A clause as one text."""
    return _SPLIT.join((key.pack_id, key.document, key.clause))


def clause_key(text: str) -> ClauseKey:
    """The clause again."""
    return ClauseKey(*text.split(_SPLIT))


def _township(path: str) -> str:
    """The township of a place; empty for what lies above one."""
    depth = (LEVELS.index(AreaLevel.TOWNSHIP) + 1) * SEGMENT
    return path[:depth] if len(path) >= depth else ""
