"""走到户里的读模型: read models (DTO) that outreach's queries hand out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from yixian.outreach.choices import ExplanationState
from yixian.registry.models import Household


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question at an explanation in words: where it went, what was answered, and whether the household confirmed since.

    ``matter_no`` is "" for a question to the policy desk, and for a matter that the reader may not see.
    """

    pk: int
    position: int
    title: str
    words: str
    route: str
    route_label: str
    asked_at: datetime
    by_household: bool
    due_on: date | None
    answered_at: datetime | None
    answer: str
    matter_no: str
    confirmed_at: datetime | None
    on: date

    @property
    def days_over(self) -> int:
        """Days since its last day, while nobody has answered; 0 before."""
        late = self.answered_at is None and self.due_on is not None and self.due_on < self.on
        return (self.on - self.due_on).days if late and self.due_on else 0


@dataclass(frozen=True, slots=True)
class ConfirmedView:
    """What the household said at the end, or why it did not confirm."""

    way: str
    way_label: str
    at: datetime
    strokes: str
    attested_by: str
    why_not: str


@dataclass(frozen=True, slots=True)
class DenialView:
    """What the household says was not so; ``never_held`` where it says that nobody came to explain."""

    at: datetime
    never_held: bool
    words: str


@dataclass(frozen=True, slots=True)
class ExplanationView:
    """An explanation with all that followed. ``is_current``: it is of the account in force."""

    pk: int
    household_id: int
    version: int
    lines: int
    is_current: bool
    on: date
    language_label: str
    by: str
    organisation: str
    recorded_at: datetime
    questions: tuple[QuestionView, ...]
    confirmations: tuple[ConfirmedView, ...]
    objections: tuple[DenialView, ...]

    @property
    def confirmation(self) -> ConfirmedView | None:
        """The latest word on whether it is confirmed; a confirmation stands before a later “not confirmed”."""
        said = [one for one in self.confirmations if one.way != "none"] or list(self.confirmations)
        return said[-1] if said else None

    @property
    def is_confirmed(self) -> bool:
        """Whether the household ever confirmed it."""
        return any(one.way != "none" for one in self.confirmations)

    @property
    def is_denied(self) -> bool:
        """Whether the household says that it never took place."""
        return any(one.never_held for one in self.objections)

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether the household could confirm it, or an answer given since, now."""
        answered = any(one.answered_at and not one.confirmed_at for one in self.questions)
        return self.is_current and not self.is_denied and (not self.is_confirmed or answered)

    @property
    def understood(self) -> int:
        """How many lines nothing was asked about."""
        return self.lines - len({one.position for one in self.questions} - {0})


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """A household in the list: its state, when its account was last explained and by whom, and who stands beside it."""

    household: Household
    state: ExplanationState
    explained_on: date | None
    explained_by: str
    is_denied: bool
    helpers: tuple[str, ...]
