"""Tables of outreach."""

from yixian.outreach.models.explanation import (
    Explanation,
    ExplanationConfirmation,
    ExplanationObjection,
    ExplanationQuestion,
)
from yixian.outreach.models.on_site import (
    OnSiteCorrection,
    OnSiteDecision,
    OnSiteDecisionStep,
    OnSiteObjection,
    OnSiteSession,
    RaisedPoint,
    SessionLeader,
    SessionParticipant,
    SessionSpeaker,
)
from yixian.outreach.models.policy_meeting import (
    MeetingAbsence,
    MeetingAttendance,
    MeetingInvitation,
    MeetingLanguage,
    MeetingObjection,
    MeetingQuestion,
    MeetingTopic,
    PolicyMeeting,
    ReachedAfterwards,
)
from yixian.outreach.models.reading_request import ReadingRequest

__all__ = [
    "Explanation",
    "ExplanationConfirmation",
    "ExplanationObjection",
    "ExplanationQuestion",
    "MeetingAbsence",
    "MeetingAttendance",
    "MeetingInvitation",
    "MeetingLanguage",
    "MeetingObjection",
    "MeetingQuestion",
    "MeetingTopic",
    "OnSiteCorrection",
    "OnSiteDecision",
    "OnSiteDecisionStep",
    "OnSiteObjection",
    "OnSiteSession",
    "PolicyMeeting",
    "RaisedPoint",
    "ReachedAfterwards",
    "ReadingRequest",
    "SessionLeader",
    "SessionParticipant",
    "SessionSpeaker",
]
