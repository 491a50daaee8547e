"""至今: how many households ask the same by now, in steps of ten beyond what a signal said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yixian.domain.areas import AreaLevel, path_at
from yixian.matters.drafting import ClauseKey
from yixian.matters.queries.voices import Voice, voices
from yixian.working_groups.limits import SMALLEST
from yixian.working_groups.weeks import monday, week_of

STEP = 10


@dataclass(frozen=True, slots=True)
class Stretch:
    """一段: so many households (ten or more) asked first between two days, both counted."""

    first: date
    last: date
    households: int


@dataclass(frozen=True, slots=True)
class Chorus:
    """众声: how many households in how many villages are told of, when they asked, and the others in whole tens.

    ``households`` is 0 and ``stretches`` empty while there are fewer than ten.
    """

    households: int
    villages: int
    others: int
    stretches: tuple[Stretch, ...]

    @property
    def most(self) -> int:
        """The largest stretch, for drawing."""
        return max((one.households for one in self.stretches), default=0)


def chorus(area_path: str, clause: ClauseKey, *, since: date, known: int = 0, topic: str = "") -> Chorus:
    """The households of a place that cite a clause from a day on. ``known`` is what was told of them before.

    They are told of in steps of ten from there, the earliest first, so that what is told at two moments differs by ten or
    not at all. Weeks are put together until each stretch holds ten.
    """
    rows = [one for one in voices(area_path, since=since, clause=clause) if topic in ("", one.topic)]
    return chorus_of(rows, known)


def chorus_of(rows: Iterable[Voice], known: int = 0) -> Chorus:
    """The same of voices at hand, in the order in which they came."""
    asked: dict[str, Voice] = {}
    others = 0
    for voice in rows:
        if voice.household:
            asked.setdefault(voice.household, voice)
        else:
            others += 1
    told = _told(len(asked), known)
    counted = list(asked.values())[:told]
    villages = {path_at(one.place, AreaLevel.VILLAGE) for one in counted}
    return Chorus(told, len(villages), others // STEP * STEP, tuple(_stretches(counted)))


def _told(households: int, known: int) -> int:
    if households < SMALLEST:
        return 0
    if SMALLEST <= known <= households:
        return known + (households - known) // STEP * STEP
    return households // STEP * STEP


def _stretches(counted: list[Voice]) -> list[Stretch]:
    """Weeks from the first to the last, put together until ten have asked; what is left over joins the one before."""
    weeks: dict[int, int] = {}
    for one in counted:
        weeks[week_of(one.day)] = weeks.get(week_of(one.day), 0) + 1
    found: list[list[int]] = []
    begun, gathered = None, 0
    for week in sorted(weeks):
        begun = week if begun is None else begun
        gathered += weeks[week]
        if gathered >= SMALLEST:
            found.append([begun, week, gathered])
            begun, gathered = None, 0
    if gathered and found:
        found[-1][1], found[-1][2] = max(weeks), found[-1][2] + gathered
    return [
        Stretch(monday(first), date.fromordinal(monday(last).toordinal() + 6), households)
        for first, last, households in found
    ]
