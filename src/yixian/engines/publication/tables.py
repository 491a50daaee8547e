"""计数表: tables of counts as they are before anything is decided about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from yixian.engines.publication.errors import TablesInvalid

TOTAL = ""
"""The member that stands for all rows or all columns. No row or column may be called so."""


@dataclass(frozen=True, slots=True)
class Table:
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
    """One way of dividing what is counted: leaves, the members above them, and the total over all."""

    def __init__(self, kind: str, leaves: Sequence[str], parents: Mapping[str, str]) -> None:
        """Raises `TablesInvalid` for names that are empty, stand twice, or lie above themselves."""
        self.kind = kind
        self.leaves = tuple(leaves)
        self.parents = dict(parents)
        if not leaves or TOTAL in leaves or len(set(leaves)) < len(leaves):
            raise TablesInvalid(f"{kind}: there must be members, each with a name and no name twice")
        self.chains = {leaf: self._chain(leaf) for leaf in leaves}
        above = (member for leaf in leaves for member in self.chains[leaf][1:])
        self.nodes = (*self.leaves, *dict.fromkeys(above))
        if set(self.nodes[: len(leaves)]) & set(self.nodes[len(leaves) :]):
            raise TablesInvalid(f"{kind}: a member above others cannot hold counts of its own")
        if not set(parents) <= set(self.nodes):
            raise TablesInvalid(f"{kind}: something above {sorted(set(parents) - set(self.nodes))[0]} only")
        self.under: dict[str, tuple[str, ...]] = {
            node: tuple(leaf for leaf in leaves if node in self.chains[leaf]) for node in self.nodes
        }

    def _chain(self, leaf: str) -> tuple[str, ...]:
        """The leaf and whatever lies above it, the total apart, nearest first."""
        chain = [leaf]
        while chain[-1] in self.parents:
            above = self.parents[chain[-1]]
            if above in chain or above == TOTAL:
                raise TablesInvalid(f"{self.kind}: {leaf} lies above itself")
            chain.append(above)
        return tuple(chain)

    def children(self, node: str) -> tuple[str, ...]:
        """The members right below a node, or below the total."""
        return tuple(member for member in self.nodes if self.parents.get(member, TOTAL) == node)

    def inner(self) -> Iterator[str]:
        """The members above others, the total last."""
        yield from self.nodes[len(self.leaves) :]
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
            near = [
                leaf for leaf in self.leaves if leaf not in taken and (not above or leaf in self.under[above])
            ]
            taken |= set(near)
            groups.append(near)
        return groups

    def same_as(self, other: Dimension) -> bool:
        """Whether both divide in the same way."""
        return set(self.leaves) == set(other.leaves) and self.parents == other.parents
