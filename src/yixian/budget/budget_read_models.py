"""概算读模型: read models (DTO) of the budget, in fen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yixian.budget.choices import BudgetStatus
from yixian.registry.models import Area


@dataclass(frozen=True, slots=True)
class BudgetHeadView:
    """科目: a budget head by its code, in two languages, with what the policy notes of it."""

    code: str
    title_zh: str
    title_en: str
    note_zh: str = ""
    note_en: str = ""

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en

    def note(self, lang: str) -> str:
        """The note in ``zh`` or ``en``; "" without one."""
        return self.note_zh if lang == "zh" else self.note_en


@dataclass(frozen=True, slots=True)
class HeadAllocation:
    """What one head holds: as approved, and what decisions beyond it added."""

    budget_head: BudgetHeadView
    approved_fen: int
    added_fen: int

    @property
    def total_fen(self) -> int:
        """All that may be promised under it."""
        return self.approved_fen + self.added_fen


@dataclass(frozen=True, slots=True)
class BudgetAllocation:
    """额度: the budget in force at a place: for which area it holds, and what each head holds."""

    version_id: int
    area: Area
    budget_heads: Mapping[str, HeadAllocation]

    def total(self, budget_head: str) -> int:
        """What may be promised under a head; nothing under one that the budget does not name."""
        return self.budget_heads[budget_head].total_fen if budget_head in self.budget_heads else 0


@dataclass(frozen=True, slots=True)
class BudgetEntry:
    """录入: one document entered, as lists show it, and where it stands on the day asked about."""

    pk: int
    document: str
    kind_label: str
    place: str
    valid_from: date
    proposed_by: str
    status: BudgetStatus
