"""Duty's tables."""

from yixian.duty.models.absence import Absence
from yixian.duty.models.handover import Handover, HandoverStep
from yixian.duty.models.pairing import Pairing, PairingRun, PairingShortage
from yixian.duty.models.recusal import HelperRequest, Recusal
from yixian.duty.models.stationing import Leadership, Stationing

__all__ = [
    "Absence",
    "Handover",
    "HandoverStep",
    "HelperRequest",
    "Leadership",
    "Pairing",
    "PairingRun",
    "PairingShortage",
    "Recusal",
    "Stationing",
]
