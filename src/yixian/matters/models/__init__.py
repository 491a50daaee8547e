"""Tables of matters."""

from yixian.matters.models.decision import (
    MatterDecision,
    MatterExtension,
    MatterMeeting,
    MatterVerdict,
    RemedyDone,
)
from yixian.matters.models.event import MatterEscalation, MatterEvent, MatterParty, MatterStanding
from yixian.matters.models.figures import DeskFigures, PublishedFigures
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
from yixian.matters.models.procedure import ProcedureEdition
from yixian.matters.models.reading import IdentityOpening, MatterMessage, MatterReading

__all__ = [
    "DeskFigures",
    "IdentityOpening",
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
    "MatterReading",
    "MatterSorting",
    "MatterStanding",
    "MatterSubject",
    "MatterText",
    "MatterVerdict",
    "ProcedureEdition",
    "PublishedFigures",
    "RemedyDone",
]
