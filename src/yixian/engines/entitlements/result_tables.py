"""表: the shapes of what comes out. Ids are the county's own numbers, as text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from yixian.lazy_imports import pa


@cache
def line_columns() -> pa.Schema:
    """Columns of every line. After these come the choices and the numbers it was reckoned from, each in a column of its own
    (`yixian.engines.entitlements.traces`), null where the line's rule does not use it.
    """
    return pa.schema(
        [
            ("household_id", pa.string()),
            ("line_id", pa.string()),  # the item's line number; the rule's id for a household line
            ("rule", pa.string()),
            ("item_code", pa.string()),  # null for a household line
            ("unit", pa.string()),  # of the item, or of what is counted; null for a household's money
            ("paid", pa.string()),  # once | monthly | yearly | counted (a count, no money)
            ("head", pa.string()),  # budget head; null where the pack has none
            ("amount_fen", pa.int64()),  # minor units of the pack's currency; 0 where counted
            ("document", pa.string()),
            ("clause", pa.string()),
        ]
    )


@cache
def statement_columns() -> pa.Schema:
    """Columns of the statements, one a household."""
    return pa.schema(
        [
            ("household_id", pa.string()),
            ("total_fen", pa.int64()),  # what is paid once; null while withheld, like the next two
            ("monthly_fen", pa.int64()),
            ("yearly_fen", pa.int64()),
            ("lines", pa.int64()),
            ("status", pa.string()),  # issued | withheld
        ]
    )


@cache
def problem_columns() -> pa.Schema:
    """Columns of the problems."""
    return pa.schema(
        [
            ("household_id", pa.string()),
            ("line_id", pa.string()),
            ("code", pa.string()),
            ("message", pa.string()),
        ]
    )


COUNTED = "counted"
ISSUED = "issued"
WITHHELD = "withheld"


@dataclass(frozen=True)
class Result:
    """账: the lines (of issued households only), one statement a household, the problems, and the manifest."""

    lines: pa.Table
    statements: pa.Table
    problems: pa.Table
    manifest: dict[str, Any]
