"""计数表: tables of counts as they are before anything is decided about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from yixian.engines.publication.publication_errors import TablesInvalid

TOTAL = ""
"""The member that stands for all rows or all columns. No row or column may be called so."""


@dataclass(frozen=True, slots=True)
class CountTable:
    """How many of the same things lie in each row and column: every thing in exactly one row and one column.

    ``rows`` and ``columns`` are names; ``counts`` holds a count of 0 or more for (row, column), and what is not named
    is 0. ``parents`` names the row above a row (village -> township -> county) for rows that have one; rows above hold
    no counts of their own. ``row_kind`` and ``column_kind`` say what rows and columns are (``township``, ``topic``): two
    tables with the same kind count the same things by it, so that their totals are equal. ``about_people`` says whether a
    column tells something about whoever is counted in it, so that a row with everybody in one column tells it of
    everybody; it is False for columns about the work, as *in time* and *late*.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    counts: Mapping[tuple[str, str], int]
    name: str = "table"
    row_kind: str = "row"
    column_kind: str = "column"
    parents: Mapping[str, str] = field(default_factory=dict)
    about_people: bool = True


class Dimension:
    """One way of dividing what is counted: leaves, the members above them, and the total over all.

    Members that hold the same leaves hold the same numbers, so they are reckoned with once: ``stands_for`` names for every
    member the lowest such member, or `TOTAL` where it holds all. ``members`` are all of them, ``nodes`` those that stand
    for themselves and ``leaves`` the lowest of these.
    """

    def __init__(self, kind: str, leaves: Sequence[str], parents: Mapping[str, str]) -> None:
        """Raises `TablesInvalid` for names that are empty, stand twice, or lie above themselves."""
        self.kind = kind
        self._parents = dict(parents)
        if not leaves or TOTAL in leaves or len(set(leaves)) < len(leaves):
            raise TablesInvalid(f"{kind}: there must be members, each with a name and no name twice")
        lines = {leaf: self._line(leaf) for leaf in leaves}
        above = dict.fromkeys(member for line in lines.values() for member in line[1:])
        if not above.keys().isdisjoint(leaves):
            raise TablesInvalid(f"{kind}: a member above others cannot hold counts of its own")
        self.members = (*leaves, *above)
        if not set(parents) <= set(self.members):
            raise TablesInvalid(f"{kind}: nothing lies below {min(set(parents) - set(self.members))}")
        self.stands_for = _lowest(lines)
        self.nodes = tuple(member for member in self.members if self.stands_for[member] == member)
        self.leaves = tuple(leaf for leaf in leaves if leaf in self.nodes)
        self.chains = {
            leaf: tuple(member for member in line if member in self.nodes) for leaf, line in lines.items()
        }
        """Each leaf and what lies above it, nearest first."""
        self.under = {
            node: tuple(leaf for leaf in self.leaves if node in self.chains[leaf]) for node in self.nodes
        }

    def _line(self, leaf: str) -> tuple[str, ...]:
        line = [leaf]
        while line[-1] in self._parents:
            above = self._parents[line[-1]]
            if above in line or above == TOTAL:
                raise TablesInvalid(f"{self.kind}: {leaf} lies above itself")
            line.append(above)
        return tuple(line)

    def children(self, node: str) -> tuple[str, ...]:
        """The nodes right below a node, or below the total."""
        below = dict.fromkeys(
            chain[at - 1]
            for chain in ((*chain, TOTAL) for chain in self.chains.values())
            for at in range(1, len(chain))
            if chain[at] == node
        )
        return tuple(below)

    def inner(self) -> Iterator[str]:
        """The nodes above others, the total last."""
        yield from (node for node in self.nodes if node not in self.leaves)
        yield TOTAL

    def parts(self, one: str, other: str) -> dict[str, int]:
        """What one more in a leaf and one fewer in another changes: +1 and -1, nothing where both lie below."""
        mine, theirs = self.chains[one], self.chains[other]
        return {node: 1 for node in mine if node not in theirs} | {
            node: -1 for node in theirs if node not in mine
        }

    def outside(self, node: str) -> list[list[str]]:
        """The leaves not below a node, by how near they are: those with the same parent first."""
        chain = self.chains[self.under[node][0]]
        taken, groups = set(self.under[node]), []
        for above in (*chain[chain.index(node) + 1 :], TOTAL):
            within = self.leaves if above == TOTAL else self.under[above]
            groups.append([leaf for leaf in within if leaf not in taken])
            taken.update(within)
        return groups

    def same_as(self, other: Dimension) -> bool:
        """Whether both divide in the same way."""
        return set(self.members) == set(other.members) and self._parents == other._parents


def _lowest(lines: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """For every member the lowest with the same leaves, or the total."""
    below: dict[str, set[str]] = {}
    for leaf, line in lines.items():
        for member in line:
            below.setdefault(member, set()).add(leaf)
    found = {}
    for line in lines.values():
        for member in line:
            same = next(other for other in line if below[other] == below[member])
            found[member] = TOTAL if len(below[member]) == len(lines) else same
    return found
