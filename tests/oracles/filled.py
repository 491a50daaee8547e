"""What an oracle made of one case of answers: the instance that it wrote, and what it refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filled:
    """An instance as a client wrote it, and the answers that it refused: path, =, and why."""

    xml: bytes
    refused: tuple[str, ...]
