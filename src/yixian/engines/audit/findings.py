"""疑点 (问题): what looks odd about a household's line or sheet, and why, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PHOTO_TWICE: Final = "photo_twice"
CLAIMED_TWICE: Final = "claimed_twice"
AFTER_CUTOFF: Final = "after_cutoff"
OVER_PARCEL: Final = "over_parcel"
DIGITS: Final = "digits"
TOTAL: Final = "total"
KINDS: Final = (PHOTO_TWICE, CLAIMED_TWICE, AFTER_CUTOFF, OVER_PARCEL, DIGITS, TOTAL)


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """A question about a household (of a total: about none) and a line (of a whole sheet: none). ``kind`` is of `KINDS`."""

    household_id: str
    line_id: str
    kind: str
    zh: str
    en: str

    def why(self, lang: str) -> str:
        """In ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What could not be checked, of which kind of question, and what is missing for it."""

    kind: str
    zh: str
    en: str

    def why(self, lang: str) -> str:
        """In ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Findings:
    """The questions of a check, and what it could not check."""

    questions: tuple[Question, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        """Both together."""
        return Findings(self.questions + other.questions, self.unchecked + other.unchecked)
