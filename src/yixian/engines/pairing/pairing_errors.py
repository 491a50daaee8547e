"""错误: what the pairing engine refuses, each with a stable key, the place it was found, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.engines.pairing.breaches import Breach

HEADER = -1
"""The row of a fault that concerns the columns themselves."""


@dataclass(frozen=True, slots=True)
class PairingFault:
    """One bad value handed in.

    ``table`` is ``households``, ``helpers``, ``eligible``, ``previous`` or ``possible``; ``row`` counts from 0
    (``HEADER`` for the columns), so
    a file's line is ``row + 2``. ``key`` is stable and translatable; ``message`` says what is wrong and what to do.
    """

    table: str
    row: int
    column: str
    value: str
    key: str
    message: str


class PairingError(Exception):
    """Base of all refusals of this engine."""

    key = "pairing"


class InputInvalid(PairingError):
    """Some rows are bad: all of them are named in ``faults``, and nothing was solved."""

    key = "pairing.input_invalid"

    def __init__(self, faults: list[PairingFault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.table, fault.row, fault.column))
        first = self.faults[0]
        super().__init__(f"{len(faults)} bad values; first: {first.table} row {first.row}: {first.message}")


class UnknownId(PairingError):
    """There is no such household or helper; ``kind`` and ``id`` say which was asked for."""

    key = "pairing.unknown_id"

    def __init__(self, kind: str, wanted: str) -> None:
        self.kind, self.id = kind, wanted
        super().__init__(f"there is no {kind} {wanted}")


class CostsTooLarge(PairingError):
    """Costs of this size cannot be added exactly in 64 bits: state them in a coarser unit."""

    key = "pairing.costs_too_large"


class ProofFailed(PairingError):
    """The separate proof refused the solver's own answer: a defect of the engine, never of the data."""

    key = "pairing.proof_failed"

    def __init__(self, breaches: list[Breach]) -> None:
        self.breaches = breaches
        super().__init__(f"the solution does not prove itself: {breaches[0].message}")
