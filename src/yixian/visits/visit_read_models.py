"""走访读模型: read models (DTO) of visits and promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from yixian.registry.models import Household
from yixian.visits.choices import AcknowledgementWay
from yixian.visits.limits import SOON_DAYS
from yixian.visits.promise_state import FAILED, WAITING, PromiseState
from yixian.visits.promising.decided import ClauseChoice


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """What one side said became of a promise."""

    outcome: str
    outcome_label: str
    said_by: str
    said_by_label: str
    on: date
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise in words, with its state on the day asked about, and what either side said, in order."""

    pk: int
    visit_id: int
    text: str
    kind: str
    kind_label: str
    by: str
    made_on: date
    due_on: date
    state: PromiseState
    clause: ClauseChoice | None
    said: tuple[OutcomeView, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has said yet what became of it."""
        return self.state in WAITING

    @property
    def has_failed(self) -> bool:
        """Whether the household was promised it and does not have it."""
        return self.state in FAILED

    @property
    def household_says(self) -> str:
        """The household's latest word, "" for none."""
        return next((row.outcome for row in reversed(self.said) if row.said_by == "household"), "")


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photograph by its id and size."""

    pk: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """What the household says was not so."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class ConfirmationView:
    """Whether and how the household confirmed a version; ``strokes`` is SVG path data."""

    way: str
    way_label: str
    at: datetime
    strokes: str
    why_not: str

    @property
    def is_confirmed(self) -> bool:
        """Whether it confirmed it."""
        return self.way != AcknowledgementWay.NONE


@dataclass(frozen=True, slots=True)
class VersionView:
    """An earlier version of what was written down, and why it was corrected."""

    on: date
    recorded_at: datetime
    said: str
    present: tuple[str, ...]
    corrected_because: str


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit as it stands now, with what belongs to it, and the versions before."""

    pk: int
    household_id: int
    on: date
    begun: time | None
    kind: str
    kind_label: str
    by: str
    organisation: str
    recorded_by_id: int
    recorded_at: datetime
    present: tuple[str, ...]
    said: str
    photos: tuple[PhotoView, ...]
    promises: tuple[PromiseView, ...]
    confirmation: ConfirmationView | None
    objections: tuple[ObjectionView, ...]
    earlier: tuple[VersionView, ...]

    @property
    def is_confirmed(self) -> bool:
        """Whether the household confirmed what stands there."""
        return self.confirmation is not None and self.confirmation.is_confirmed


@dataclass(frozen=True, slots=True)
class Due:
    """A household's visits and promises in figures, for lists: nothing of what was said.

    ``visit_due_on`` is the last day by which the rule asks for a visit. ``next_due_on`` is the earliest day of a promise of
    which nobody has said what became.
    """

    last_on: date | None
    visit_due_on: date
    open: int
    overdue: int
    broken: int
    next_due_on: date | None

    def days_since(self, on: date) -> int | None:
        """Days since the last visit; None if there was none."""
        return None if self.last_on is None else (on - self.last_on).days

    def is_late(self, on: date) -> bool:
        """Whether the rule's day for a visit is over."""
        return self.visit_due_on < on


@dataclass(frozen=True, slots=True)
class MyHousehold:
    """One household in the list of somebody who stands beside it."""

    household: Household
    phone: str
    due: Due
    total_fen: int | None
    has_account: bool
    account_changed_on: date | None

    def urgency(self, on: date) -> tuple[int, date, str]:
        """The order of the list: overdue promises, promises due within a week, then visits by the day they are due.

        Never visited comes before visited. Nothing else counts, so that what a household says can never move it.
        """
        promised = self.due.next_due_on
        if self.due.overdue and promised:
            return 0, promised, self.household.household_no
        if promised is not None and (promised - on).days <= SOON_DAYS:
            return 1, promised, self.household.household_no
        return (2 if self.due.last_on is None else 3), self.due.visit_due_on, self.household.household_no


@dataclass(frozen=True, slots=True)
class VisitFigures:
    """走访数字: one township, or one body's own people: households, visits against the rule, promises.

    ``median_days`` is the middle of the days since the last visit among those visited at all; None if none was.
    """

    label: str
    households: int
    within: int
    never: int
    median_days: float | None
    open: int
    overdue: int
    broken: int
    every_days: int = 0

    @property
    def per_cent(self) -> int | None:
        """The share visited within the rule, in whole per cent, rounded down; None where there is no household."""
        return 100 * self.within // self.households if self.households else None
