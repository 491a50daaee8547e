"""公布: tables as they may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yixian.engines.publication.count_tables import TOTAL, CountTable
from yixian.engines.publication.proof import faults
from yixian.engines.publication.protecting import Protection, protect
from yixian.engines.publication.publication_errors import ProofFailed
from yixian.engines.publication.system import GRAND, Key, System

MINIMUM = 10
"""Fewer than so many are not shown."""

WIDTH = 10
"""How wide the span of numbers is, at least, that a hidden one may be: whoever guesses its middle may be wrong by five."""


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table as it may be shown: a count or None (hidden) for every row and column, `TOTAL` among both.

    ``rows`` and ``columns`` are the members in order, those above others last, `TOTAL` at the end of each.
    """

    name: str
    row_kind: str
    column_kind: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int | None]


def publish(
    tables: Sequence[CountTable], *, minimum: int = MINIMUM, width: int = WIDTH
) -> tuple[PublishedTable, ...]:
    """The tables as they may be shown, all at once: what one hides, no other tells.

    All tables count the same things at the same time, each whole. Numbers from 1 to ``minimum`` - 1 are hidden, and as many
    others as it takes for every hidden number to have ``width`` between the least and the greatest it can be for
    somebody who knows all that is published and that nothing is negative. Zeros are shown, but for one in a row that
    has everybody in a single column. The order of the tables counts where not all can be shown: the last gives way.

    Raises `TablesInvalid`; ValueError unless 1 <= width <= minimum; `ProofFailed` if the engine contradicts itself.
    """
    if not 1 <= width <= minimum:
        raise ValueError(f"the width must be from 1 to the minimum of {minimum}, not {width}")
    system = System(tables)
    protection = protect(system, minimum, width)
    wrong = faults(system, protection, minimum, width)
    if wrong:
        raise ProofFailed(f"{len(wrong)} faults; first: {wrong[0]}")
    return tuple(_shown(system, protection, table) for table in tables)


def _shown(system: System, protection: Protection, table: CountTable) -> PublishedTable:
    across, along = system.kinds(table.name)
    rows, columns = (*across.members, TOTAL), (*along.members, TOTAL)

    def cell(row: str, column: str) -> int | None:
        shown = _number(system, protection, system.key(table.name, row, column))
        beside = (system.key(table.name, row, TOTAL), system.key(table.name, TOTAL, column))
        empty = shown is None and any(_number(system, protection, key) == 0 for key in beside)
        return 0 if empty else shown

    cells = {(row, column): cell(row, column) for row in rows for column in columns}
    return PublishedTable(table.name, table.row_kind, table.column_kind, rows, columns, cells)


def _number(system: System, protection: Protection, key: Key) -> int | None:
    published = protection.detail if key[0] == "cell" else protection.shown
    shown = protection.grand if key == GRAND else key[1] in published
    return system.values[key] if shown and key not in protection.hidden else None
