"""政策包: a whole pack in memory. It is made by `yixian.engines.entitlements.load_pack` and never changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from yixian.domain.money import Currency
from yixian.domain.policy.declared import Input, Item
from yixian.domain.policy.documents import DECIDED, Document
from yixian.domain.policy.duty_rules import DutyRules
from yixian.domain.policy.periods import Period
from yixian.domain.policy.survey import Survey
from yixian.domain.policy.units import UNITS, Unit
from yixian.domain.policy.vocabulary import Thing, Vocabulary

ITEMS = "items"
HOUSEHOLDS = "households"
ZONE, KEY_STROKE = "zone", "/"
"""By which a factor's key may be found, as by a choice; what stands between the parts of a key."""
ALL = "all"
"""In place of a category in a rule's totals: all of them (where no category is called so)."""
COUNT, SUM, LEAST, MOST = "count", "sum", "least", "most"
"""What may be taken over a household's items."""
ONCE, MONTHLY, YEARLY = "once", "monthly", "yearly"
"""How often a line is paid; only what is paid once adds up to a household's total."""
FACTOR_SCALE = 6
"""Factors are kept with six decimals."""


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
class Undecided:
    """未定: a time in which deliberately no price is decided for an item in a zone ("" is every zone)."""

    item_code: str
    zone: str
    period: Period


@dataclass(frozen=True, slots=True)
class Factor:
    """系数: a decided number that is no price: an index, a growth rate, an area per head. ``key`` is "" or a choice's key."""

    name: str
    key: str
    valid_from: date
    valid_until: date | None
    value: Decimal
    document: str
    clause: str

    @property
    def period(self) -> Period:
        """From when until when it is in force."""
        return Period(self.valid_from, self.valid_until)


@dataclass(frozen=True, slots=True)
class FactorUse:
    """Which factor a rule uses, and by which declared choices, or the `ZONE`, its key is found (none where it has no key)."""

    factor: str
    by: tuple[str, ...]

    def key(self, given: Mapping[str, Any]) -> str:
        """The key under which the factor stands: what was chosen, joined by a stroke. Raises KeyError."""
        return KEY_STROKE.join(str(given[name]) for name in self.by)


@dataclass(frozen=True, slots=True)
class Measure:
    """计数: what a rule counts where it gives no money, e.g. production-resettlement persons, with so many decimals."""

    name: str
    unit: str
    decimals: int


@dataclass(frozen=True, slots=True)
class OverItems:
    """汇总: one number of all of a household's items: the ``sum``, ``least`` or ``most`` of a fact, or their ``count``.

    ``categories`` and ``items`` (codes) limit which items; empty means all. Of no items it is zero.
    """

    take: str
    fact: str
    categories: tuple[str, ...]
    items: tuple[str, ...]

    def takes(self, item: Item) -> bool:
        """Whether an item of the pack is one of them."""
        return (not self.categories or item.category in self.categories) and (
            not self.items or item.code in self.items
        )


@dataclass(frozen=True, slots=True)
class BudgetHead:
    """概算科目: a head of the budget (Order 471, Art. 16), and the item categories and household rules that fall under it.

    A note says what its sums hold, or why nothing stands under it.
    """

    code: str
    title_zh: str
    title_en: str
    categories: tuple[str, ...]
    rules: tuple[str, ...]
    note_zh: str = ""
    note_en: str = ""

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en

    def note(self, lang: str) -> str:
        """The note in ``zh`` or ``en``; "" without one."""
        return self.note_zh if lang == "zh" else self.note_en


@dataclass(frozen=True, slots=True)
class Rule:
    """规则: a dated formula. Rules of one id are the versions of one rule, whose periods follow each other.

    ``applies_to`` is ``items`` (one line an item that has a price; ``categories`` limits it, empty means all) or
    ``households`` (one line a household), and either may use ``over_items``, numbers of all of a household's items.
    ``prices`` names item codes whose price in the household's zone the formula may use, ``totals`` names categories
    whose item lines it may use as a sum, ``sums`` names measures of item rules whose sum over the household it may use,
    ``factors`` decided numbers, ``lines`` other rules for households, whose line it may use. With a ``share``, a fact of
    items, the formula's amount is one for the household and divided among its items by that fact. ``steps`` are named
    formulas reckoned first, in their order; each may use the ones before it and stands in the line's trace. A rule with a
    ``measure`` counts and gives no money. ``paid`` is once, monthly or yearly, ``first`` and ``last`` are formulas of the
    days from which and through which it is. ``keep_zero`` says whether a household line of nothing is written.
    ``words_*`` tell the line to a villager, with ``{names}`` filled from the line's trace.
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
    factors: dict[str, FactorUse] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    measure: Measure | None = None
    paid: str = ONCE
    over_items: dict[str, OverItems] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    lines: dict[str, str] = field(default_factory=dict)
    share: str = ""

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
    """政策包. ``sha256`` is the hash of the canonical form, and its identity.

    ``status`` is decided, or draft: a draft pack may cite draft documents and is reckoned with in a what-if only.
    """

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
    factors: tuple[Factor, ...] = ()
    budget_heads: dict[str, BudgetHead] = field(default_factory=dict)
    status: str = DECIDED
    duty: tuple[DutyRules, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    units: dict[str, Unit] = field(default_factory=lambda: dict(UNITS))
    definitions: dict[str, str] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    survey: Survey = field(default_factory=Survey)

    def __hash__(self) -> int:
        """By its identity, so that what is worked out from a pack can be remembered for it."""
        return hash(self.sha256)

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en

    def price_on(self, item_code: str, zone: str, on: date) -> Price | None:
        """The price of an item in a zone decided for a day, None if none is.

        A zone that says something of its own for the day, also that nothing is decided, is not asked about every zone.
        """
        rows: tuple[Price | Undecided, ...] = (*self.prices, *self.undecided)
        said = [row for row in rows if row.item_code == item_code and row.period.holds(on)]
        own = [row for row in said if row.zone == zone] or [row for row in said if not row.zone]
        return next((row for row in own if isinstance(row, Price) and self._is_decided(row, on)), None)

    @property
    def rule_ids(self) -> list[str]:
        """The ids of the rules in their order, each once: a rule may have several dated versions."""
        return list(dict.fromkeys(rule.id for rule in self.rules))

    def rule_on(self, rule_id: str, on: date) -> Rule:
        """The version of a rule that holds on a day. Raises `LookupError` where none does."""
        for rule in self.rules:
            if rule.id == rule_id and rule.in_force(on):
                return rule
        raise LookupError(f"{self.id} {self.version} has no rule {rule_id} on {on}.")

    def prices_on(self, on: date) -> list[Price]:
        """All prices decided for a day: in force themselves, and by a decided document in force."""
        return [price for price in self.prices if self._is_decided(price, on)]

    def factor_on(self, name: str, key: str, on: date) -> Factor | None:
        """The factor decided for a day under a key; None if none is."""
        return next(
            (
                factor
                for factor in self.factors
                if factor.name == name and factor.key == key and self._is_decided(factor, on)
            ),
            None,
        )

    def duty_on(self, on: date) -> DutyRules | None:
        """What is asked of those who stand beside households, as decided for a day; None if nothing is."""
        return next((rules for rules in self.duty if self._is_decided(rules, on)), None)

    def budget_head_of(self, rule_id: str, item_code: str) -> str:
        """The code of the budget head that a line falls under: its rule's own, else its item's category's; "" if none."""
        category = self.items[item_code].category if item_code in self.items else ""
        of_category = ""
        for head in self.budget_heads.values():
            if rule_id in head.rules:
                return head.code
            if category in head.categories:
                of_category = head.code
        return of_category

    def rules_on(self, on: date) -> list[Rule]:
        """All rules decided for a day; a rule without a document rests on the document of the price it uses."""
        return [
            rule
            for rule in self.rules
            if rule.in_force(on) and (not rule.document or self.documents[rule.document].in_force(on))
        ]

    def _is_decided(self, decided: Price | Factor | DutyRules, on: date) -> bool:
        return decided.period.holds(on) and self.documents[decided.document].in_force(on)

    def items_called(self, thing: Thing) -> frozenset[str]:
        """The codes of the items that a name of the vocabulary may stand for."""
        of_categories = {item.code for item in self.items.values() if item.category in thing.categories}
        return frozenset(thing.items) | of_categories

    @property
    def is_draft(self) -> bool:
        """Whether it is not decided yet."""
        return self.status != DECIDED

    def as_if_decided(self) -> Pack:
        """The same pack with its drafts taken for decided: for a what-if, and for nothing else."""
        documents = {key: replace(document, status=DECIDED) for key, document in self.documents.items()}
        return replace(self, documents=documents, status=DECIDED)

    def canonical(self) -> bytes:
        """The pack's files as one JSON document with sorted keys: what its hash is taken of, and what is kept of it."""
        return canonical_form(self.sources)


def canonical_form(sources: dict[str, str]) -> bytes:
    """The canonical bytes of a pack's files (name → text with plain line ends)."""
    return json.dumps(sources, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def identity(sources: dict[str, str]) -> str:
    """The SHA-256 of the canonical form, in hexadecimal: the pack's identity."""
    return hashlib.sha256(canonical_form(sources)).hexdigest()
