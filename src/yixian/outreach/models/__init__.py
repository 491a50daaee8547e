"""Tables of outreach."""

from yixian.outreach.models.explanation import (
    Explanation,
    ExplanationConfirmation,
    ExplanationObjection,
    ExplanationQuestion,
)
from yixian.outreach.models.on_site import (
    OnSiteDecision,
    OnSiteDecisionStep,
    OnSiteObjection,
    OnSiteSession,
    RaisedPoint,
    SessionLeader,
    SessionParticipant,
    SessionSpeaker,
)

__all__ = [
    "Explanation",
    "ExplanationConfirmation",
    "ExplanationObjection",
    "ExplanationQuestion",
    "OnSiteDecision",
    "OnSiteDecisionStep",
    "OnSiteObjection",
    "OnSiteSession",
    "RaisedPoint",
    "SessionLeader",
    "SessionParticipant",
    "SessionSpeaker",
]
