"""双语名称: what bears a Chinese name and perhaps an English one."""

from __future__ import annotations

from typing import Any

from yixian.kernel.languages import language


class NamedInTwoLanguages:
    """A place or a body. ``name`` is what it is called in law; ``name_en`` may be empty."""

    name: Any
    name_en: Any

    def name_in(self, lang: str) -> str:
        """The name for readers of ``zh`` or ``en``; the Chinese one where the register has no English one."""
        return _name_in(lang, self.name, self.name_en)

    @property
    def label(self) -> str:
        """The name in the language being spoken: what pages, papers and tables show."""
        return self.name_in(language())


def label_of(name: str, name_en: str) -> str:
    """The same of two names that were read without their place or body."""
    return _name_in(language(), name, name_en)


def _name_in(lang: str, name: Any, name_en: Any) -> str:
    return str(name_en or name) if lang == "en" else str(name)
