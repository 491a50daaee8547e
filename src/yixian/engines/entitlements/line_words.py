"""账目行的词: what a line's rule and its item's place in the tariff say of it, as columns of dictionaries.

Queries give numbers; the words that go with them are looked up here, which is quicker than to carry them through a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from yixian.domain.policy import Pack
from yixian.domain.policy.pack import MONTHLY, ONCE, YEARLY
from yixian.engines.entitlements.numbering import PLACE, RULE
from yixian.engines.entitlements.result_tables import COUNTED
from yixian.engines.entitlements.rules_typing import TypedRule
from yixian.engines.entitlements.tariff import TariffRow
from yixian.lazy_imports import np, pa

_BY_ITEM = "\0"
"""In place of a rule's own word: that of the item."""

Codes: TypeAlias = "np.ndarray[Any, Any]"


class LineWords:
    """The words of one pack on one day. Columns: ``category`` (null for a household line), and those of `line_columns` that are
    texts but for the ids."""

    def __init__(self, pack: Pack, rules: Iterable[TypedRule], tariff: Sequence[TariffRow]) -> None:
        of_day = {rule.rule.id: rule for rule in rules}
        self._width = len(tariff) + 1  # the last place, which is also -1, is that of no item
        self._columns: dict[str, tuple[pa.Array, Codes]] = {}
        budget_heads = {rule: head.code for head in pack.budget_heads.values() for rule in head.rules}
        for name, words in _lists(pack).items():
            of_items = _coded([*(row.words.get(name) for row in tariff), None], words)
            own = [_own_word(name, of_day.get(rule.id), budget_heads) for rule in pack.rules]
            by_item = np.array([word == _BY_ITEM for word in own], bool)
            of_rules = _coded([None if word == _BY_ITEM else word for word in own], words)
            codes = np.where(by_item[:, None], of_items[None, :], of_rules[:, None])
            self._columns[name] = pa.array(words, pa.string()), codes.astype(of_items.dtype).ravel()

    def added_to(self, lines: pa.Table) -> pa.Table:
        """Lines with `RULE` (the rule's place in the pack) and `PLACE` (the item's in the tariff, or -1), and their words."""
        place = lines.column(PLACE).to_numpy()
        at = lines.column(RULE).to_numpy() * self._width + np.where(place < 0, self._width - 1, place)
        added = {name: _dictionary(codes[at], words) for name, (words, codes) in self._columns.items()}
        columns: Mapping[str, Any] = dict(zip(lines.column_names, lines.columns, strict=True))
        return pa.table({**columns, **added})


def _lists(pack: Pack) -> dict[str, list[str]]:
    """Every word of each column, in the order of the pack."""
    words: dict[str, Iterable[str]] = {
        "category": (item.category for item in pack.items.values()),
        "rule": (rule.id for rule in pack.rules),
        "item_code": pack.items,
        "unit": sorted(pack.units),
        "paid": (ONCE, MONTHLY, YEARLY, COUNTED),
        "head": pack.budget_heads,
        "document": pack.documents,
        "clause": (clause for document in pack.documents.values() for clause in document.clauses),
    }
    return {name: list(dict.fromkeys(values)) or [""] for name, values in words.items()}


def _own_word(name: str, typed: TypedRule | None, budget_heads: Mapping[str, str]) -> str | None:
    """A rule's own word for its lines, if it does not take that of the item; a household line has no item."""
    if typed is None:
        return None
    rule = typed.rule
    otherwise = _BY_ITEM if typed.for_items else None
    own: dict[str, Callable[[], str | None]] = {
        "rule": lambda: rule.id,
        "unit": lambda: rule.measure.unit if rule.measure else otherwise,
        "paid": lambda: COUNTED if rule.measure else rule.paid,
        "head": lambda: budget_heads.get(rule.id, otherwise),
        "document": lambda: rule.document or otherwise,
        "clause": lambda: rule.clause if rule.document else otherwise,
    }
    return own[name]() if name in own else otherwise


def _coded(words: Sequence[str | None], among: Sequence[str]) -> Codes:
    """Each word's place in a list; where there is none, the length of the list."""
    known = {word: place for place, word in enumerate(among)}
    kind = next(kind for kind in (np.uint8, np.uint16, np.uint32) if len(among) <= np.iinfo(kind).max)
    return np.array([len(among) if word is None else known[word] for word in words], kind)


def _dictionary(codes: Codes, words: pa.Array) -> pa.DictionaryArray:
    missing = codes == len(words)
    indices = pa.array(codes, mask=missing) if missing.any() else pa.array(codes)
    return pa.DictionaryArray.from_arrays(indices, words)
