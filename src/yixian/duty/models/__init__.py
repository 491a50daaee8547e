"""Duty's tables."""

from yixian.duty.models.pairing import Pairing, PairingRun, PairingShortage
from yixian.duty.models.stationing import Stationing

__all__ = ["Pairing", "PairingRun", "PairingShortage", "Stationing"]
