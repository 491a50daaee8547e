"""What is handed out about a budget, in fen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yixian.registry.models import Area


@dataclass(frozen=True, slots=True)
class Head:
    """科目: a budget head by its code, in two languages."""

    code: str
    title_zh: str
    title_en: str

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en


@dataclass(frozen=True, slots=True)
class HeadRoom:
    """What one head holds: as approved, and what decisions beyond it added."""

    head: Head
    approved_fen: int
    added_fen: int

    @property
    def total_fen(self) -> int:
        """All that may be promised under it."""
        return self.approved_fen + self.added_fen


@dataclass(frozen=True, slots=True)
class Room:
    """额度: the budget in force at a place: for which area it holds, and what each head holds."""

    version_id: int
    area: Area
    heads: Mapping[str, HeadRoom]

    def total(self, head: str) -> int:
        """What may be promised under a head; nothing under one that the budget does not name."""
        return self.heads[head].total_fen if head in self.heads else 0
