"""What is handed out about versions of an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in a list. ``current`` says whether it is in force, replaced, or was only proposed."""

    statement_id: int
    version: int
    issued_at: datetime
    cause_label: str
    status_label: str
    validity_label: str
    is_current: bool
    total_fen: int | None
    monthly_fen: int | None
    yearly_fen: int | None
    change: str


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One line in two versions; a sum or a sentence is missing where the line stands in one of them only."""

    title: str
    paid_label: str
    old_sentence: str
    new_sentence: str
    old_fen: int | None
    new_fen: int | None

    @property
    def is_same(self) -> bool:
        """Whether sum and reckoning are alike."""
        return (self.old_fen, self.old_sentence) == (self.new_fen, self.new_sentence)

    @property
    def difference_fen(self) -> int:
        """New less old; a line that is missing counts as nothing."""
        return (self.new_fen or 0) - (self.old_fen or 0)


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """Two versions line by line. ``difference_fen`` is None where one of them is withheld and has no sum."""

    old: VersionRow
    new: VersionRow
    lines: list[ComparedLine]

    @property
    def changed(self) -> list[ComparedLine]:
        """The lines whose sum or reckoning differs, or that stand in one version only."""
        return [line for line in self.lines if not line.is_same]

    @property
    def same(self) -> list[ComparedLine]:
        """The lines that are alike in both."""
        return [line for line in self.lines if line.is_same]

    @property
    def difference_fen(self) -> int | None:
        """The new total less the old one, paid once."""
        if self.old.total_fen is None or self.new.total_fen is None:
            return None
        return self.new.total_fen - self.old.total_fen


@dataclass(frozen=True, slots=True)
class ChangeView:
    """Why a version exists: ``sentence`` says what changed, why, by which document and who decided it."""

    sentence: str
    cause: str
    old_fen: int | None
    new_fen: int | None
    document: str
    proposed_by: str
    approved_by: str
