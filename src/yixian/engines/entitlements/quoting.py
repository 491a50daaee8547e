"""引文: texts as they stand in SQL."""

from __future__ import annotations


def sql_text(value: str) -> str:
    """A SQL text literal."""
    return "'" + value.replace("'", "''") + "'"
