"""现场办公读模型: read models (DTO) of sessions on the spot and of what was decided there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from yixian.outreach.choices import DecisionState
from yixian.outreach.models import OnSiteCorrection, OnSiteDecision, OnSiteDecisionStep, OnSiteSession


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision with what followed. ``due_on`` is the latest day that was set; ``mine`` and ``closable`` say whether the actor
    acts for its body, and answers for its place."""

    decision: OnSiteDecision
    state: DecisionState
    due_on: date
    steps: tuple[OnSiteDecisionStep, ...]
    mine: bool
    closable: bool
    on: date

    @property
    def days_over(self) -> int:
        """Days since its day, while nobody has said what became of it."""
        return (self.on - self.due_on).days if self.state == DecisionState.OVERDUE else 0


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """A decision as everybody reads it: no villager, and no words of what followed."""

    on: date
    place: str
    words: str
    organisation: str
    due_on: date
    state: DecisionState


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in a list."""

    session: OnSiteSession
    leaders: tuple[str, ...]
    decisions: int
    waiting: int
    overdue: int
    denied: int


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session whole: leaders with their bodies, who took part, who spoke and agreed, what was raised and decided.

    ``holding`` is the key of the version that holds, ``corrections`` say what put which version right, the first one first.
    """

    session: OnSiteSession
    leaders: tuple[str, ...]
    participants: tuple[tuple[str, int], ...]
    speakers: tuple[str, ...]
    raised: tuple[Any, ...]
    decisions: tuple[DecisionView, ...]
    denied: int
    objections: tuple[str, ...]
    holding: int = 0
    corrections: tuple[OnSiteCorrection, ...] = ()
    may_correct: bool = False


@dataclass(frozen=True, slots=True)
class OwnSessionView:
    """A session at a household's place, as the household sees it, with what it said of it itself."""

    session: OnSiteSession
    leaders: tuple[str, ...]
    decisions: tuple[PublicDecision, ...]
    objections: tuple[Any, ...]
