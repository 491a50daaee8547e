"""宣讲会读模型: read models (DTO) of policy meetings and of whom they reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from yixian.outreach.choices import MeetingReach
from yixian.outreach.models import PolicyMeeting
from yixian.registry.models import Household


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list: topics and languages in words; of those invited, how many were there, told afterwards, or neither."""

    meeting: PolicyMeeting
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    invited: int
    attended: int
    reached: int
    missing: int
    is_entered: bool


@dataclass(frozen=True, slots=True)
class InvitedView:
    """An invited household with whether the meeting reached it, and by whom afterwards."""

    household: Household
    reach: MeetingReach
    reached_on: date | None
    reached_by: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting whole."""

    row: MeetingRow
    households: tuple[InvitedView, ...]
    questions: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class DocumentReach:
    """Of the households of a village: how many heard of a document at a meeting, afterwards, or not yet."""

    village: str
    document: str
    households: int
    attended: int
    reached: int
    missing: int


@dataclass(frozen=True, slots=True)
class OwnMeeting:
    """A meeting to which a household was invited, as it sees it."""

    meeting: PolicyMeeting
    topics: tuple[str, ...]
    reach: MeetingReach
    reached_on: date | None
    reached_by: str
