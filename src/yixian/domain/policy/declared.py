"""事实与指标: what a pack declares before it prices anything — the facts it asks for, and the things a survey may find."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from yixian.domain.policy.day_numbers import day_text


@dataclass(frozen=True, slots=True)
class Input:
    """输入: a declared fact about a household or an item.

    A number has an inclusive range and ``scale`` decimals at most; a day is a whole number written as YYYY-MM-DD;
    a choice has ``choices`` (key → Chinese, English) and no range. ``default`` stands where a cell is empty; without one
    the fact must be given. ``categories`` limits an item's fact to items of these categories (empty: all items have it).
    """

    name: str
    title_zh: str
    title_en: str
    unit: str
    low: Decimal
    high: Decimal
    scale: int
    default: str = ""
    categories: tuple[str, ...] = ()
    choices: dict[str, tuple[str, str]] = field(default_factory=dict)
    is_day: bool = False

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en

    @property
    def is_number(self) -> bool:
        """Whether it is neither a choice nor a day."""
        return not self.choices and not self.is_day

    def limit_text(self, limit: Decimal) -> str:
        """One of its limits as it is written."""
        return day_text(int(limit)) if self.is_day else f"{limit:f}"

    def choice(self, key: str, lang: str) -> str:
        """One of its choices in ``zh`` or ``en``."""
        return self.choices[key][lang != "zh"]

    def is_of(self, category: str) -> bool:
        """Whether items of a category have it."""
        return not self.categories or category in self.categories


@dataclass(frozen=True, slots=True)
class Item:
    """指标: something that can be surveyed and priced. ``unit`` is a code: m2, m3, mu, each, tree, set."""

    code: str
    category: str
    name_zh: str
    name_en: str
    unit: str
    parent: str

    def name(self, lang: str) -> str:
        """The name in ``zh`` or ``en``."""
        return self.name_zh if lang == "zh" else self.name_en
