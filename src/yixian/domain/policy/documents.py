"""文件与条款: what was decided, by whom, from which day, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from yixian.domain.policy.periods import Period

DECIDED = "decided"
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Clause:
    """条款: one clause in both languages, and where somebody wrote it, what it means in plain words.

    The plain words explain; only the clause's own words bind.
    """

    id: str
    zh: str
    en: str
    plain_zh: str = ""
    plain_en: str = ""

    def text(self, lang: str) -> str:
        """The clause in ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en

    def plain(self, lang: str) -> str:
        """The plain words in ``zh`` or ``en``; empty where nobody wrote any."""
        return self.plain_zh if lang == "zh" else self.plain_en


@dataclass(frozen=True, slots=True)
class Document:
    """文件: one document. ``valid_from``/``valid_until`` bound its being in force, half-open.

    ``source`` is where it was read, in English, and ``source_zh`` the same in Chinese where somebody wrote it.
    """

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
    source_zh: str = ""

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
