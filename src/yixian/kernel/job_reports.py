"""进度汇报: what long work reports to, whoever watches it — a job's page, the terminal, or nobody."""

from __future__ import annotations

from typing import Protocol


class Reporter(Protocol):
    """What long work reports to: the terminal's bar, a job's progress, or nothing."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Say what is being done and how far it is."""


def silent(step: str, done: int, total: int) -> None:
    """A reporter for callers who do not watch."""
