"""保护: complementary cell suppression — which cells of linked tables stay hidden, each with a witness of it.

Every small number is hidden. For each hidden number two tables are sought that agree in everything that stays published and
differ by ``width`` in that number; whatever else they differ in is hidden too, and needs its own witness. Where none is
found, less is published: a table without its inside, then without its columns, at last only the total over all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from yixian.engines.publication.moves import Move, exchanges, shifts
from yixian.engines.publication.system import GRAND, Key, System, margin
from yixian.engines.publication.witnesses import Witness

_TOTAL_WEIGHT = 20
"""A total is worth as many cells: everybody looks at totals, and hiding one hides cells beside it."""

_Rank = tuple[int, int, int, int]


@dataclass
class Protection:
    """What is published of a table set, and why it may be. Not to be shown: the witnesses hold true numbers.

    ``detail`` are the tables whose inside is published, ``shown`` the kinds whose totals are, ``hidden`` the numbers left
    out of these, ``proofs`` a witness for each. ``grand`` says whether the total over all is published.
    """

    detail: set[str]
    shown: set[str]
    grand: bool = True
    hidden: set[Key] = field(default_factory=set)
    proofs: dict[Key, Witness] = field(default_factory=dict)

    def keys(self, system: System) -> Iterator[Key]:
        """The numbers that are published or hidden one by one, the total over all apart."""
        return own_keys(system, self.detail, self.shown)


def protect(system: System, minimum: int, width: int) -> Protection:
    """Decide what may be published. Always finds something, if only that nothing may be."""
    shown = set(system.dimensions) - telling_kinds(system)
    detail = {name for name in system.divided() if {d.kind for d in system.kinds(name)} <= shown}
    if 0 < system.values[GRAND] < minimum:
        return Protection(set(), set(), grand=False)
    while True:
        search = _Search(system, Protection(detail, shown), minimum, width)
        failed = search.failed()
        if failed is not None:
            _give_up(system, failed, detail, shown)
            continue
        tight = tight_table(system, search.found, width)
        if tight is None:
            return search.found
        shown.discard(tight)
        detail -= set(system.tables_of(tight))


def telling_kinds(system: System) -> set[str]:
    """Columns about people, several of them, one of which holds everybody there is: their totals would tell it of all."""
    values = system.values
    return {
        table.column_kind
        for name, table in system.tables.items()
        if table.about_people
        for leaves in (system.kinds(name)[1].leaves,)
        if sum(values[margin(table.column_kind, leaf)] > 0 for leaf in leaves) == 1
    }


def revealing_rows(system: System, detail: Iterable[str]) -> Iterator[list[Key]]:
    """Rows with everybody in one of several columns: their zeros, of which one at least must be hidden."""
    for name in sorted(detail):
        rows, columns = system.kinds(name)
        if not system.tables[name].about_people or len(columns.leaves) < 2:
            continue
        for row in rows.nodes:
            cells: list[Key] = [("cell", name, row, column) for column in columns.leaves]
            zeros = [key for key in cells if not system.values[key]]
            if len(zeros) == len(cells) - 1:
                yield zeros


def tight_table(system: System, protection: Protection, width: int) -> str | None:
    """The kind of columns that, with its totals, would tell too much of a table whose inside is withheld; or None.

    What two totals R and C of N say of their crossing is exactly max(0, R + C - N) .. min(R, C) (Fréchet). A hidden total
    counts with the numbers that its witness allows.
    """
    whole = system.values[GRAND]
    for name, table in system.tables.items():
        if name in protection.detail or not {table.row_kind, table.column_kind} <= protection.shown:
            continue
        rows, columns = system.kinds(name)
        across = [possible(system, protection, margin(table.row_kind, row)) for row in rows.nodes]
        along = [possible(system, protection, margin(table.column_kind, column)) for column in columns.nodes]
        if any(
            min(most, much) - max(0, least + little - whole) < width
            for least, most in across
            for little, much in along
            if most and much
        ):
            return table.column_kind
    return None


def possible(system: System, protection: Protection, key: Key) -> tuple[int, int]:
    """The least and the greatest number that a total may be for all that is published, as far as is proven."""
    value = system.values[key]
    witness = protection.proofs.get(key)
    if witness is None:
        return value, value
    low, high = sorted((value + witness.low.get(key, 0), value + witness.high.get(key, 0)))
    return low, high


def own_keys(system: System, detail: set[str], shown: set[str]) -> Iterator[Key]:
    """The totals of some kinds and the cells of some tables."""
    for kind, dimension in system.dimensions.items():
        if kind in shown:
            yield from (margin(kind, node) for node in dimension.nodes)
    for name in system.tables:
        if name in detail:
            rows, columns = system.kinds(name)
            yield from (("cell", name, row, column) for row in rows.nodes for column in columns.nodes)


def _give_up(system: System, failed: Key, detail: set[str], shown: set[str]) -> None:
    """Publish less, so that this number need not be protected."""
    if failed[0] == "cell":
        detail.discard(failed[1])
        return
    inside = [name for name in system.tables_of(failed[1]) if name in detail]
    if inside:
        detail.discard(inside[-1])
    else:
        shown.discard(failed[1])


class _Search:
    """One attempt, with the inside of some tables and the totals of some kinds."""

    def __init__(self, system: System, start: Protection, minimum: int, width: int) -> None:
        self.found = start
        self._system = system
        self._values: Mapping[Key, int] = system.values
        self._minimum = minimum
        self._width = width
        self._revealing = list(revealing_rows(system, start.detail))
        self._covers = {key for zeros in self._revealing for key in zeros}
        """Zeros that may be hidden. All others are published, as everybody would guess them."""

    def failed(self) -> Key | None:
        """The first number for which there is no witness, or None if all is proven."""
        values = self._values
        small = [key for key in self.found.keys(self._system) if 0 < values[key] < self._minimum]
        self.found.hidden.update(small)
        small.sort(key=lambda key: (key[0] == "cell", values[key], key))
        totals = [key for key in small if key[0] != "cell"]
        return self._prove_all(totals) or self._cover_zeros() or self._prove_all(small[len(totals) :])

    def _cover_zeros(self) -> Key | None:
        for zeros in self._revealing:
            if self.found.hidden.isdisjoint(zeros):
                waiting = next((rest for zero in zeros if (rest := self._prove(zero)) is not None), None)
                if waiting is None:
                    return zeros[0]
                failed = self._prove_all(waiting)
                if failed is not None:
                    return failed
        return None

    def _prove_all(self, keys: Iterable[Key]) -> Key | None:
        waiting = list(keys)
        for key in waiting:
            if key not in self.found.proofs:
                more = self._prove(key)
                if more is None:
                    return key
                waiting += more
        return None

    def _prove(self, key: Key) -> list[Key] | None:
        """Find a witness for one number. Returns what it hides that still needs its own; None if there is none."""
        witness = Witness()
        while (need := self._width - witness.room(key)) > 0:
            move = self._best(key, witness, need)
            if move is None:
                return None
            witness.follow(move, witness.slack(move, self._values), need)
        touched = witness.touched()
        self.found.hidden |= touched
        enough = {other for other in touched if witness.room(other) >= self._width}
        for other in enough:
            self.found.proofs.setdefault(other, witness)
        return sorted(touched - enough)

    def _best(self, key: Key, witness: Witness, need: int) -> Move | None:
        """The move that parts the two tables in a number and hides least; totals are hidden only where cells will not do."""
        opened = self.found.hidden | witness.touched()
        for groups in self._moves(key, witness, need, opened):
            best: tuple[_Rank, Move] | None = None
            for group in groups:
                chosen = self._cheapest(group, witness, need, opened)
                if chosen is not None and (best is None or chosen[0] < best[0]):
                    best = chosen
                if best is not None and not best[0][0]:
                    break
            if best is not None:
                return best[1]
        return None

    def _moves(
        self, key: Key, witness: Witness, need: int, opened: set[Key]
    ) -> Iterator[Iterator[list[Move]]]:
        def choose(pieces: list[Move]) -> Move | None:
            best = self._cheapest(pieces, witness, need, opened)
            return None if best is None else best[1]

        system, detail = self._system, self.found.detail
        if key[0] == "cell":
            yield exchanges(system, key)
            for dimension, member in zip(system.kinds(key[1]), key[2:], strict=True):
                yield shifts(system, detail, dimension.kind, member, choose, through=key)
        else:
            yield shifts(system, detail, key[1], key[2], choose)

    def _cheapest(
        self, moves: list[Move], witness: Witness, need: int, opened: set[Key]
    ) -> tuple[_Rank, Move] | None:
        best: tuple[_Rank, Move] | None = None
        for move in moves:
            gain = sum(witness.slack(move, self._values))
            if not gain:
                continue
            more = [key for key in move if key not in opened]
            if any(not self._values[key] and key not in self._covers for key in more):
                continue
            hides = sum(self._values[key] for key in more)
            weight = sum(1 if key[0] == "cell" else _TOTAL_WEIGHT for key in more)
            rank = (0, weight, hides, 0) if gain >= need else (1, -gain, weight, hides)
            if best is None or rank < best[0]:
                best = rank, move
        return best
