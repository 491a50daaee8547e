"""结果行: the rows of a result's tables as plain data, for whoever stores them.

A line has further columns, one for each name and step of its formula: `trace_of` picks them out.
"""

from __future__ import annotations

from typing import TypedDict


class StatementRow(TypedDict):
    """A household's account: its status (``issued`` or ``withheld``) and its sums in fen."""

    household_id: str
    status: str
    total_fen: int
    monthly_fen: int
    yearly_fen: int


class LineRow(TypedDict):
    """One line of an account, in fen. ``line_id`` is the item's, or the rule's id where it is the household's."""

    household_id: str
    line_id: str
    rule: str
    item_code: str | None
    paid: str
    head: str | None
    amount_fen: int
    document: str
    clause: str


class ProblemRow(TypedDict):
    """Why an account is withheld; ``line_id`` is None where it is about the household."""

    household_id: str
    line_id: str | None
    code: str
    message: str
