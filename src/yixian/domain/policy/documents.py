"""文件与条款: what was decided, by whom, from which day, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from yixian.domain.policy.periods import Period

DECIDED = "decided"
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Clause:
    """条款: one clause in both languages."""

    id: str
    zh: str
    en: str

    def text(self, lang: str) -> str:
        """The clause in ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Document:
    """文件: one document. ``valid_from``/``valid_until`` bound its being in force, half-open; ``source`` is where it was read."""

    id: str
    number: str
    issuer: str
    title_zh: str
    title_en: str
    status: str
    decided_on: date | None
    valid_from: date
    valid_until: date | None
    superseded_by: str
    source: str
    clauses: dict[str, Clause] = field(default_factory=dict)

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en

    @property
    def is_decided(self) -> bool:
        """Whether it binds; a draft never does."""
        return self.status == DECIDED

    @property
    def period(self) -> Period:
        """From when until when it is in force."""
        return Period(self.valid_from, self.valid_until)

    def in_force(self, on: date) -> bool:
        """Whether it is decided and its interval holds the day."""
        return self.is_decided and self.period.holds(on)
