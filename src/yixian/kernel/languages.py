"""语言: which of the product's two languages is being spoken."""

from __future__ import annotations

from django.utils.translation import get_language


def language() -> str:
    """The language of the page, the paper or the answer under way, as packs and the register name it: zh or en."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"
