"""接下来: where we move, when, and when the money comes, as far as anybody has said it; the agreement's next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yixian.kernel.languages import language
from yixian.policies.replies import Part, parts_on

_ASKED_FIRST = ("destination", "moving_day", "payment_day")
"""The first things that every villager asks, by their subjects."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that comes: what it is and what is said of it. ``words`` is "" where nobody has said anything."""

    title: str
    words: str
    said_by: str
    said_on: date | None


def coming(area_path: str, on: date) -> list[Coming]:
    """What is said to each of the first questions at an area on a day."""
    return [_coming(part) for part in parts_on(_ASKED_FIRST, area_path, on)]


def _coming(part: Part) -> Coming:
    lang, said = language(), part.not_decided
    if said is not None:
        return Coming(part.title(lang), said.words(lang), said.by(lang), said.said_on)
    words = " ".join(clause.clause.plain(lang) or clause.clause.text(lang) for clause in part.clauses)
    return Coming(part.title(lang), words, "", None)
