"""Tables of matters."""

from yixian.matters.models.correspondence import IdentityOpening, MailTaken, MatterMessage, MatterReading
from yixian.matters.models.decision import (
    MatterDecision,
    MatterExtension,
    MatterMeeting,
    MatterVerdict,
    RemedyDone,
)
from yixian.matters.models.event import MatterEscalation, MatterEvent, MatterParty, MatterProjection
from yixian.matters.models.formal_paper import FormalPaper, FormalStep, PaperNumber
from yixian.matters.models.matter import (
    Matter,
    MatterClause,
    MatterFile,
    MatterLink,
    MatterPerson,
    MatterSorting,
    MatterSubject,
    MatterText,
)
from yixian.matters.models.metrics import MetricsSnapshot, PublishedFigures
from yixian.matters.models.procedure import CalendarVersion, ProcedureVersion
from yixian.matters.models.supervision import SupervisionOrder, SupervisionStep

__all__ = [
    "CalendarVersion",
    "FormalPaper",
    "FormalStep",
    "IdentityOpening",
    "MailTaken",
    "Matter",
    "MatterClause",
    "MatterDecision",
    "MatterEscalation",
    "MatterEvent",
    "MatterExtension",
    "MatterFile",
    "MatterLink",
    "MatterMeeting",
    "MatterMessage",
    "MatterParty",
    "MatterPerson",
    "MatterProjection",
    "MatterReading",
    "MatterSorting",
    "MatterSubject",
    "MatterText",
    "MatterVerdict",
    "MetricsSnapshot",
    "PaperNumber",
    "ProcedureVersion",
    "PublishedFigures",
    "RemedyDone",
    "SupervisionOrder",
    "SupervisionStep",
]
