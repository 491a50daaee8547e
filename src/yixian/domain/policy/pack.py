"""政策包: a whole pack in memory. It is made by `yixian.engines.entitlements.load_pack` and never changes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yixian.domain.money import Currency
from yixian.domain.policy.documents import Document
from yixian.domain.policy.periods import Period

ITEMS = "items"
HOUSEHOLDS = "households"


@dataclass(frozen=True, slots=True)
class Input:
    """输入: a declared fact about a household or an item: its range is inclusive, its ``scale`` the decimals it may have."""

    name: str
    title_zh: str
    title_en: str
    unit: str
    low: Decimal
    high: Decimal
    scale: int


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


@dataclass(frozen=True, slots=True)
class Price:
    """单价: major currency units per unit of an item, in a zone ("" is every zone), from a day until (not including) another."""

    item_code: str
    zone: str
    unit: str
    valid_from: date
    valid_until: date | None
    amount: Decimal
    document: str
    clause: str

    @property
    def period(self) -> Period:
        """From when until when it is in force."""
        return Period(self.valid_from, self.valid_until)

    def in_force(self, on: date) -> bool:
        """Whether the interval holds the day."""
        return self.period.holds(on)


@dataclass(frozen=True, slots=True)
class Rule:
    """规则: a dated formula.

    ``applies_to`` is ``items`` (one line an item that has a price; ``categories`` limits it, empty means all) or
    ``households`` (one line a household). ``prices`` names item codes whose price in the household's zone the formula
    may use, ``totals`` names categories whose item lines it may use as a sum. ``steps`` are named formulas reckoned first,
    in their order; each may use the ones before it and stands in the line's trace. ``keep_zero`` says whether a household
    line of nothing is written. ``words_*`` tell the line to a villager, with ``{names}`` filled from the line's trace.
    """

    id: str
    title_zh: str
    title_en: str
    applies_to: str
    categories: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    document: str
    clause: str
    prices: dict[str, str]
    totals: dict[str, str]
    steps: dict[str, str]
    formula: str
    keep_zero: bool
    words_zh: str
    words_en: str

    @property
    def period(self) -> Period:
        """From when until when it is in force."""
        return Period(self.valid_from, self.valid_until)

    def in_force(self, on: date) -> bool:
        """Whether the interval holds the day."""
        return self.period.holds(on)

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en

    def words(self, lang: str) -> str:
        """The sentence's pattern in ``zh`` or ``en``."""
        return self.words_zh if lang == "zh" else self.words_en


@dataclass(frozen=True)
class Pack:
    """政策包. ``sha256`` is the hash of the canonical form, and its identity."""

    id: str
    version: str
    title_zh: str
    title_en: str
    jurisdiction: str
    currency: Currency
    zones: dict[str, tuple[str, str]]
    household_inputs: dict[str, Input]
    item_inputs: dict[str, Input]
    documents: dict[str, Document]
    items: dict[str, Item]
    prices: tuple[Price, ...]
    rules: tuple[Rule, ...]
    sources: dict[str, str]
    sha256: str

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en

    def price_on(self, item_code: str, zone: str, on: date) -> Price | None:
        """The price of an item in a zone decided for a day: the zone's own, else the one for every zone, else None."""
        found = [
            price
            for price in self.prices
            if price.item_code == item_code and price.zone in {zone, ""} and self._is_decided(price, on)
        ]
        return max(found, key=lambda price: price.zone != "", default=None)

    def prices_on(self, on: date) -> list[Price]:
        """All prices decided for a day: in force themselves, and by a decided document in force."""
        return [price for price in self.prices if self._is_decided(price, on)]

    def rules_on(self, on: date) -> list[Rule]:
        """All rules decided for a day; a rule without a document rests on the document of the price it uses."""
        return [
            rule
            for rule in self.rules
            if rule.in_force(on) and (not rule.document or self.documents[rule.document].in_force(on))
        ]

    def _is_decided(self, price: Price, on: date) -> bool:
        return price.in_force(on) and self.documents[price.document].in_force(on)

    def canonical(self) -> bytes:
        """The pack's files as one JSON document with sorted keys: what its hash is taken of, and what is kept of it."""
        return canonical_form(self.sources)


def canonical_form(sources: dict[str, str]) -> bytes:
    """The canonical bytes of a pack's files (name → text with plain line ends)."""
    return json.dumps(sources, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def identity(sources: dict[str, str]) -> str:
    """The SHA-256 of the canonical form, in hexadecimal: the pack's identity."""
    return hashlib.sha256(canonical_form(sources)).hexdigest()
