"""计数: voices of a county as the rows of the engine of early signals, each household once in a series.

A series is a township or the county, a topic and a clause. A matter that names no household is nobody twice, so it counts as
no household at all; how many there are beside is told in whole tens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from yixian.domain.areas import LEVELS, SEGMENT, AreaLevel, path_at
from yixian.engines.signals import Asked
from yixian.matters.drafting import ClauseKey
from yixian.matters.queries.voices import Voice
from yixian.working_groups.weeks import week_of

Series = tuple[str, str, str]
"""Area path, topic, and the clause as `clause_text` writes it."""

_SPLIT = "\n"
TENS = 10


@dataclass
class Heard:
    """听到的: of one series, in which week each household asked first and from which village, and the others by week."""

    households: dict[str, tuple[int, str]] = field(default_factory=dict)
    others: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def between(self, first: int, last: int) -> tuple[set[str], set[str], int]:
        """Households and villages of these weeks, and how many voices without a household, in whole tens."""
        asked = {name: place for name, (week, place) in self.households.items() if first <= week <= last}
        others = sum(count for week, count in self.others.items() if first <= week <= last)
        return set(asked), set(asked.values()), others // TENS * TENS


def heard(voices: Iterable[Voice], county_path: str) -> dict[Series, Heard]:
    """The voices of a county by series: each in its township's, and in the county's."""
    found: dict[Series, Heard] = defaultdict(Heard)
    for voice in voices:
        week, village = week_of(voice.day), path_at(voice.place, AreaLevel.VILLAGE)
        for area in {county_path, _township(voice.place)} - {""}:
            one = found[area, voice.topic, clause_text(voice.clause)]
            if not voice.household:
                one.others[week] += 1
            elif voice.household not in one.households or week < one.households[voice.household][0]:
                one.households[voice.household] = week, village
    return dict(found)


def rows(series: dict[Series, Heard], first_week: int, last_week: int) -> Iterator[Asked]:
    """What the engine reads. A household that asked before the first week is not asking now."""
    for (area, topic, clause), one in series.items():
        weeks: dict[int, list[str]] = defaultdict(list)
        for week, village in one.households.values():
            if first_week <= week <= last_week:
                weeks[week].append(village)
        for week, villages in weeks.items():
            yield Asked(area, topic, clause, week, len(villages), frozenset(villages))


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
