"""盲复量: sheets that are measured again by others, drawn from a public seed, and what their agreement proves.

What is drawn names the household and who may not go there, but no measure: who measures again must not know the first one.
The seed is made public before the draw (a lottery's numbers of a day to come), so that anybody can draw again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from yixian.engines.audit.surveyed import SurveyedSheet
from yixian.engines.sampling import draw, faultless, most_wrong

DRAWN_COLUMNS = ("place", "instance", "household_id", "sheet", "not_by")


@dataclass(frozen=True, slots=True)
class Remeasurement:
    """The sheets drawn of a survey, in the order of the draw."""

    population: int
    drawn: tuple[SurveyedSheet, ...]

    def most_wrong(self, found: int, *, confidence: Decimal = Decimal("0.95")) -> int:
        """How many sheets of the whole survey may be wrong at most, if so many of the drawn are found wrong."""
        return most_wrong(self.population, len(self.drawn), found, confidence=confidence)

    def rows(self) -> list[tuple[str, ...]]:
        """The rows of `DRAWN_COLUMNS`; ``not_by`` are the first measurer and the second."""
        return [
            (
                str(place),
                one.instance,
                one.household_id,
                one.sheet_id,
                "; ".join(filter(None, (one.measurer, one.second))),
            )
            for place, one in enumerate(self.drawn, 1)
        ]


def draw_remeasurement(sheets: Sequence[SurveyedSheet], number: int, seed: str) -> Remeasurement:
    """So many sheets, drawn by SHA-256 of seed and instance. Raises ValueError for more than there are, or no seed."""
    by_instance = {one.instance: one for one in sheets}
    drawn = draw(by_instance, number, seed)
    return Remeasurement(len(sheets), tuple(by_instance[instance] for instance in drawn))


def enough_sheets(sheets: Sequence[SurveyedSheet], share: Decimal) -> int:
    """How many must be drawn so that, if none is wrong, no more than a share of all is (95 %)."""
    return faultless(len(sheets), share)
