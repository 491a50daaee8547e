"""The survey's tables."""

from yixian.survey.models.campaign import Campaign, CampaignClosing, SurveyTeam, TeamDay
from yixian.survey.models.field_device import DeviceLastSeen, DeviceRevocation, FieldDevice
from yixian.survey.models.refused_post import RefusedPost
from yixian.survey.models.sheet_submission import (
    SheetAttachment,
    SheetChoice,
    SheetSubmission,
    SubmissionReading,
)
from yixian.survey.models.yard_visit import YardVisit

__all__ = [
    "Campaign",
    "CampaignClosing",
    "DeviceLastSeen",
    "DeviceRevocation",
    "FieldDevice",
    "RefusedPost",
    "SheetAttachment",
    "SheetChoice",
    "SheetSubmission",
    "SubmissionReading",
    "SurveyTeam",
    "TeamDay",
    "YardVisit",
]
