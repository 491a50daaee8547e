"""表: the shapes of what goes in and comes out. Ids are the county's own numbers, as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

LINES = pa.schema(
    [
        ("household_id", pa.string()),
        ("line_id", pa.string()),  # the item's line number; the rule's id for a household line
        ("rule", pa.string()),
        ("item_code", pa.string()),  # empty for a household line
        ("title_zh", pa.string()),  # the item's name, or the rule's title
        ("title_en", pa.string()),
        ("unit", pa.string()),  # code of the item's unit; empty for a household line
        ("amount_fen", pa.int64()),  # minor units of the pack's currency
        (
            "values",
            pa.string(),
        ),  # JSON, the trace: each name and step of the formula with its exact decimal text
        ("document", pa.string()),
        ("clause", pa.string()),
    ]
)
STATEMENTS = pa.schema(
    [
        ("household_id", pa.string()),
        ("total_fen", pa.int64()),  # null while withheld
        ("lines", pa.int64()),
        ("status", pa.string()),  # issued | withheld
    ]
)
PROBLEMS = pa.schema(
    [("household_id", pa.string()), ("line_id", pa.string()), ("code", pa.string()), ("message", pa.string())]
)
ISSUED = "issued"
WITHHELD = "withheld"


@dataclass(frozen=True)
class Result:
    """账: the lines (of issued households only), one statement a household, the problems, and the manifest."""

    lines: pa.Table
    statements: pa.Table
    problems: pa.Table
    manifest: dict[str, Any]
