"""现场办公读模型: read models (DTO) of sessions on the spot and of what was decided there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from yixian.outreach.choices import DecisionState
from yixian.outreach.models import OnSiteCorrection, OnSiteDecision, OnSiteDecisionStep, OnSiteSession


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision with what followed.

    ``session`` is the version of its session that holds, ``due_on`` the latest day that was set; ``mine`` and ``closable``
    say whether the actor acts for its body, and answers for its place.
    """

    decision: OnSiteDecision
    session: OnSiteSession
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

    ``participants`` are bodies, as (id, name), each with how many people. ``holding`` is the key of the version that holds,
    ``corrections`` say what put which version right, the first one first. ``is_recorder`` says whether the actor writes down
    sessions there.
    """

    session: OnSiteSession
    leaders: tuple[str, ...]
    participants: tuple[tuple[tuple[int, str], int], ...]
    speakers: tuple[str, ...]
    raised: tuple[Any, ...]
    decisions: tuple[DecisionView, ...]
    denied: int
    objections: tuple[str, ...]
    holding: int = 0
    corrections: tuple[OnSiteCorrection, ...] = ()
    is_recorder: bool = False

    @property
    def may_correct(self) -> bool:
        """Whether the actor may put this version right: it holds, and they write down sessions there."""
        return self.is_recorder and self.holding == self.session.pk


@dataclass(frozen=True, slots=True)
class OwnSessionView:
    """A session at a household's place, as the household sees it, with what it said of it itself."""

    session: OnSiteSession
    leaders: tuple[str, ...]
    decisions: tuple[PublicDecision, ...]
    objections: tuple[Any, ...]
