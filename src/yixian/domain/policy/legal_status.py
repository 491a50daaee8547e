"""效力: whether a document is in force here on a day — decided, within its own dates, and adopted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yixian.domain.policy.documents import Document
from yixian.domain.policy.periods import Period


class LegalStatus(StrEnum):
    """What a document is on a day."""

    IN_FORCE = "in_force"
    LATER = "later"
    ENDED = "ended"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Force:
    """在一日的效力: what it is, and the interval that says so; ``begin`` is None for what never was in force here."""

    status: LegalStatus
    begin: date | None = None
    end: date | None = None

    @property
    def binds(self) -> bool:
        """Whether it is in force."""
        return self.status == LegalStatus.IN_FORCE


def force_on(on: date, document_versions: Iterable[tuple[Document, Period]]) -> Force:
    """What a document is on a day, from every edition of it with the period in which that edition was adopted.

    Outside every interval the nearest one counts: the last that ended before the day, else the first that begins after it.
    A document that was never decided, or is a draft in the edition adopted on the day, is a draft. One that is decided but
    whose own days no adoption ever met counts as ended, without days: it was never in force here.
    """
    document_versions = list(document_versions)
    if any(not document.is_decided and adopted.holds(on) for document, adopted in document_versions):
        return Force(LegalStatus.DRAFT)
    periods = merged_periods(
        _overlap(document.period, adopted) for document, adopted in document_versions if document.is_decided
    )
    for period in periods:
        if period.holds(on):
            return Force(LegalStatus.IN_FORCE, period.begin, period.end)
    ended = [period for period in periods if period.begin < on]
    if ended:
        return Force(LegalStatus.ENDED, ended[-1].begin, ended[-1].end)
    if periods:
        return Force(LegalStatus.LATER, periods[0].begin, periods[0].end)
    return Force(
        LegalStatus.ENDED
        if any(document.is_decided for document, _adopted in document_versions)
        else LegalStatus.DRAFT
    )


def merged_periods(periods: Iterable[Period]) -> list[Period]:
    """The periods in their order, those that touch or overlap made one; empty ones left out."""
    found: list[Period] = []
    for period in sorted((p for p in periods if not p.is_empty), key=lambda period: period.begin):
        last = found[-1] if found else None
        if last is not None and (last.end is None or period.begin <= last.end):
            found[-1] = Period(last.begin, _later(last.end, period.end))
        else:
            found.append(period)
    return found


def _overlap(one: Period, other: Period) -> Period:
    return Period(max(one.begin, other.begin), _earlier(one.end, other.end))


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((end for end in (one, other) if end is not None), default=None)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
