"""分配的平算: an amount divided among a household's items to the last coin, and the order of rules that build on others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
Trace = tuple[Any, ...]
"""(minor units, head, document, clause, then the numbers and the choices of the trace, each in the order of its rule)."""
Key = tuple[str, str, str]
"""(rule, household, category of the items)."""
Shares = dict[Key, list[tuple[str, int, Trace]]]
"""Each item's line, the fact by which is divided, and its line as if it had all."""


def divided(shares: Shares) -> Iterator[tuple[Key, list[tuple[str, Trace]]]]:
    """Each item's line with its share; by rule and household, whatever the categories."""
    together: dict[tuple[str, str], list[tuple[str, int, Trace, str]]] = {}
    for (rule, household, category), rows in shares.items():
        together.setdefault((rule, household), []).extend((*row, category) for row in rows)
    for (rule, household), items in together.items():
        amounts = largest_remainders(items[0][2][0], [(line, fact) for line, fact, _told, _of in items])
        for (line, _fact, told, category), amount in zip(items, amounts, strict=True):
            yield (rule, household, category), [(line, (amount, *told[1:]))]


def largest_remainders(whole: int, parts: Sequence[tuple[str, int]]) -> list[int]:
    """Integers that add up to the whole, in proportion to the parts' weights; what is left over goes to the largest
    remainders, and of equal ones to the first name. Where all weights are zero all parts are alike."""
    total = sum(weight for _name, weight in parts)
    weights = [weight if total else 1 for _name, weight in parts]
    of = total or len(parts)
    shares = [abs(whole) * weight // of for weight in weights]
    rests = [abs(whole) * weight % of for weight in weights]
    order = sorted(range(len(parts)), key=lambda place: (-rests[place], parts[place][0]))
    for place in order[: abs(whole) - sum(shares)]:
        shares[place] += 1
    return [-share if whole < 0 else share for share in shares]


def by_dependency(rows: Sequence[T], uses: Callable[[T], tuple[str, Iterable[str]]]) -> list[T]:
    """The rows in an order in which each stands behind those it uses; there is no circle. ``uses``: a row's id and theirs."""
    known = {uses(row)[0]: row for row in rows}
    found: dict[str, T] = {}

    def take(row: T) -> None:
        id_, used = uses(row)
        if id_ not in found:
            for other in used:
                if other in known:
                    take(known[other])
            found[id_] = row

    for row in rows:
        take(row)
    return list(found.values())
