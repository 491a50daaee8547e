"""挪动: changes of a table that nobody can see who knows only what is published.

An *exchange* adds one to (a, e) and (b, f) and takes one from (a, f) and (b, e): no total changes. A *shift* moves one thing
from b to a, in every table that counts by it: the two totals change and no other. With rows in tiers the tiers between
change too. A move is the list of numbers it changes, by +1 or -1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from yixian.engines.publication.count_tables import TOTAL, Dimension
from yixian.engines.publication.system import Key, System, margin

Move = dict[Key, int]
Choice = Callable[[list[Move]], Move | None]
"""Takes the best of some pieces of a move, or none."""


def exchanges(system: System, key: Key) -> Iterator[list[Move]]:
    """The exchanges that add one to a cell, in groups: those that stay nearest in the tiers of the rows first."""
    _, name, row, column = key
    rows, columns = system.kinds(name)
    for near in rows.outside(row):
        yield [
            {
                ("cell", name, x, y): sign * way
                for x, sign in rows.parts(a, b).items()
                for y, way in columns.parts(e, f).items()
            }
            for a, b in product(rows.under[row], near)
            for e, f in product(columns.under[column], _others(columns, column))
        ]


def shifts(
    system: System, detail: set[str], kind: str, member: str, choose: Choice, through: Key | None = None
) -> Iterator[list[Move]]:
    """The shifts that add one to a member's total, nearest first. ``choose`` takes the cells of each table apart.

    With ``through``, only those that add one to that cell as well.
    """
    dimension = system.dimensions[kind]
    for near in dimension.outside(member):
        group = []
        for a, b in product(dimension.under[member], near):
            parts = dimension.parts(a, b)
            move: Move | None = {margin(kind, x): sign for x, sign in parts.items()}
            for name in system.tables_of(kind):
                if move is not None and name in detail:
                    only = through if through is not None and through[1] == name else None
                    piece = choose(_pieces(system, name, kind, parts, only))
                    move = None if piece is None else move | piece
            if move is not None:
                group.append(move)
        yield group


def _pieces(system: System, name: str, kind: str, parts: dict[str, int], through: Key | None) -> list[Move]:
    """The ways in which one table can take part in a shift: one for each leaf of its other kind."""
    rows, columns = system.kinds(name)
    by_row = rows.kind == kind
    beside = columns if by_row else rows
    wanted = beside.leaves
    if through is not None:
        wanted = beside.under[through[3] if by_row else through[2]]
    return [
        {
            ("cell", name, *((x, y) if by_row else (y, x))): sign
            for x, sign in parts.items()
            for y in beside.chains[leaf]
        }
        for leaf in wanted
    ]


def _others(dimension: Dimension, node: str) -> list[str]:
    return [leaf for near in dimension.outside(node) for leaf in near] if node != TOTAL else []
