"""可选的东西: what a pack lets one enter, kind by kind, and the rows that a form begins with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yixian.domain.policy import Item
from yixian.engines.entitlements import Pack
from yixian.kernel.languages import language
from yixian.web.item_titles import CATEGORIES, kind_label, kind_of
from yixian.web.portal.calculator.entered import Entered, EnteredRow

Option = tuple[str, str]
"""An item's code and its name."""

COMMON = ("house", "land", "tree")
"""The kinds of things that a form begins with, where the pack has them."""


def groups(pack: Pack) -> list[tuple[str, list[Option]]]:
    """Every item of the pack by the words of its kind, houses first, each kind in the pack's own order."""
    found: dict[str, list[Option]] = {}
    for item in _by_kind(pack):
        found.setdefault(kind_label(kind_of(item.category)), []).append((item.code, item.name(language())))
    return list(found.items())


def alike(pack: Pack, item: Item) -> list[Option]:
    """The items that a row may be changed to without changing its fields: of the same category and unit."""
    return [
        (other.code, other.name(language()))
        for other in pack.items.values()
        if (other.category, other.unit) == (item.category, item.unit)
    ]


def beginning(pack: Pack, on: date) -> Entered:
    """The form as it opens: one empty row for each common kind, or for the pack's first kinds where it has none of them."""
    priced = {price.item_code for price in pack.prices_on(on)}
    first: dict[str, Item] = {}
    for item in sorted(_by_kind(pack), key=lambda item: item.code not in priced):
        first.setdefault(kind_of(item.category), item)
    kinds = [kind for kind in COMMON if kind in first] or list(first)[: len(COMMON)]
    defaults = {
        name: declared.default for name, declared in pack.household_inputs.items() if declared.default
    }
    return Entered(facts=defaults, rows=tuple(EnteredRow(first[kind].code) for kind in kinds))


def _by_kind(pack: Pack) -> Iterator[Item]:
    ranks = list(CATEGORIES)
    known = {kind: rank for rank, kind in enumerate(ranks)}
    yield from sorted(pack.items.values(), key=lambda item: known.get(kind_of(item.category), len(ranks)))
