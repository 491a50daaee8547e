"""语言: which of the product's two languages is being spoken."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language


def language() -> str:
    """The language of the page, the paper or the answer under way, as packs and the register name it: zh or en."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


@dataclass(frozen=True, slots=True)
class InBoth:
    """两种说法: what is said in both languages by whoever knows no language of pages; as text, the one being spoken."""

    zh: str
    en: str

    def __str__(self) -> str:
        """In the language being spoken."""
        return self.zh if language() == "zh" else self.en
