"""破绽: one way in which a solution is not what it claims to be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breach:
    """``key`` is stable and translatable, ``role`` may be empty, ``subject`` is the id concerned (or empty)."""

    key: str
    role: str
    subject: str
    message: str
