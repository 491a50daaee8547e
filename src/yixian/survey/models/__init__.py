"""The survey's tables."""

from yixian.survey.models.campaign import Campaign, CampaignClosing, SurveyTeam, TeamDay
from yixian.survey.models.field_device import DeviceRevocation, FieldDevice
from yixian.survey.models.sheet_submission import (
    SheetAttachment,
    SheetChoice,
    SheetSubmission,
    SubmissionReading,
)

__all__ = [
    "Campaign",
    "CampaignClosing",
    "DeviceRevocation",
    "FieldDevice",
    "SheetAttachment",
    "SheetChoice",
    "SheetSubmission",
    "SubmissionReading",
    "SurveyTeam",
    "TeamDay",
]
