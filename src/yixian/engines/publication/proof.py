"""证明: what is about to be published, checked again by code that did not choose it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from yixian.engines.publication.protecting import Protection, revealing_rows, telling_kinds, tight_table
from yixian.engines.publication.system import GRAND, Key, Relation, System
from yixian.engines.publication.witnesses import Witness


def faults(system: System, protection: Protection, minimum: int, width: int) -> list[str]:
    """Every way in which a protection does not hold; an empty list means that it does.

    It holds if everything small is hidden, and for every hidden number there are two tables that satisfy all relations,
    equal the true one in whatever is published, hold no negative number and no zero that is not one, and differ by
    ``width`` in that number.
    """
    return list(_faults(system, protection, minimum, width))


def _faults(system: System, protection: Protection, minimum: int, width: int) -> Iterator[str]:
    values, hidden = system.values, protection.hidden
    if protection.grand and 0 < values[GRAND] < minimum:
        yield "the total over all is small and published"
    for key in protection.keys(system):
        if 0 < values[key] < minimum and key not in hidden:
            yield f"{key} is small and published"
    for kind in sorted(telling_kinds(system) & protection.shown):
        yield f"the totals by {kind} tell of everybody"
    for zeros in revealing_rows(system, protection.detail):
        if hidden.isdisjoint(zeros):
            yield f"{zeros[0]}: the zeros beside it tell of everybody in the row"
    for key in sorted(hidden):
        witness = protection.proofs.get(key)
        if witness is None or witness.room(key) < width:
            yield f"{key} is hidden and may be told to within {width}"
    if tight_table(system, protection, width) is not None:
        yield "the totals tell too much of a table that is withheld"
    relations = _by_key(system, protection)
    seen: set[int] = set()
    for witness in protection.proofs.values():
        if id(witness) not in seen:
            seen.add(id(witness))
            yield from _witness_faults(witness, values, hidden, relations)


def _witness_faults(
    witness: Witness, values: Mapping[Key, int], hidden: set[Key], relations: dict[Key, list[Relation]]
) -> Iterator[str]:
    for change in (witness.low, witness.high):
        for key, more in change.items():
            if more and key not in hidden:
                yield f"{key} is published, and a witness changes it"
            if values[key] + more < min(values[key], 1):
                yield f"{key} would be emptied by a witness"
            for whole, parts in relations.get(key, ()):
                if change.get(whole, 0) != sum(change.get(part, 0) for part in parts):
                    yield f"{whole} is not the sum of its parts in a witness"


def _by_key(system: System, protection: Protection) -> dict[Key, list[Relation]]:
    found: dict[Key, list[Relation]] = defaultdict(list)
    for relation in system.relations(protection.detail, protection.shown):
        for key in (relation[0], *relation[1]):
            found[key].append(relation)
    return found
