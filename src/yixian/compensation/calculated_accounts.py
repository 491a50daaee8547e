"""算出的账目: what the engine gave, household by household, with digests by which a change is recognised."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from yixian.compensation.choices import StatementStatus
from yixian.engines.entitlements import Result
from yixian.engines.entitlements.result_rows import LineRow, ProblemRow, StatementRow
from yixian.lazy_imports import pa

Row = TypeVar("Row", LineRow, ProblemRow)


@dataclass(frozen=True, slots=True)
class Account:
    """One household's account as reckoned. The sums (fen) are None while it is withheld; then it has no lines."""

    household_no: str
    total_fen: int | None
    monthly_fen: int | None
    yearly_fen: int | None
    lines: list[LineRow]
    problems: list[ProblemRow]
    sha256: str
    facts_sha256: str

    @property
    def status(self) -> StatementStatus:
        """Issued, or withheld."""
        return StatementStatus.WITHHELD if self.total_fen is None else StatementStatus.ISSUED

    @property
    def sums(self) -> tuple[int, int, int] | None:
        """What is paid once, monthly and yearly, in fen; None while withheld."""
        if self.total_fen is None or self.monthly_fen is None or self.yearly_fen is None:
            return None
        return self.total_fen, self.monthly_fen, self.yearly_fen


def accounts_of(result: Result, households: pa.Table, items: pa.Table) -> list[Account]:
    """The accounts in the order of the households' table.

    Digests hold what was reckoned and from what, not how wide the tables' columns are: another pack may keep more names
    and more digits without a single account changing.
    """
    lines: dict[str, list[LineRow]] = _by_household(result.lines)
    problems: dict[str, list[ProblemRow]] = _by_household(result.problems)
    facts = facts_digests(households, items)
    return [
        _account(row, lines.get(row["household_id"], []), problems.get(row["household_id"], []), facts)
        for row in _statements(result)
    ]


def _statements(result: Result) -> list[StatementRow]:
    rows: list[StatementRow] = result.statements.to_pylist()
    return rows


def _account(
    row: StatementRow, lines: list[LineRow], problems: list[ProblemRow], facts: Mapping[str, str]
) -> Account:
    issued = row["status"] == StatementStatus.ISSUED
    own = lines if issued else []
    return Account(
        household_no=row["household_id"],
        total_fen=row["total_fen"] if issued else None,
        monthly_fen=row["monthly_fen"] if issued else None,
        yearly_fen=row["yearly_fen"] if issued else None,
        lines=own,
        problems=problems,
        sha256=_digest([_plain_rows(own), _plain_rows(problems)]),
        facts_sha256=facts[row["household_id"]],
    )


def facts_digests(households: pa.Table, items: pa.Table) -> dict[str, str]:
    """Household number → digest of the household's own row and of its items', as the tables have them."""
    own: dict[str, list[dict[str, object]]] = defaultdict(list)
    for item in items.to_pylist():
        own[item["household_id"]].append(item)
    return {
        row["household_id"]: _digest([_plain(row), _plain_rows(own.get(row["household_id"], []))])
        for row in households.to_pylist()
    }


def _by_household(table: pa.Table) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        grouped[row["household_id"]].append(row)
    return grouped


def _digest(content: list[object]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain_rows(rows: Iterable[Mapping[str, object]]) -> list[dict[str, str]]:
    plain = [_plain(row) for row in rows]
    return sorted(plain, key=lambda row: (row.get("line_id", ""), row.get("rule", ""), row.get("code", "")))


def _plain(row: Mapping[str, object]) -> dict[str, str]:
    """What a row says, without what it leaves empty; numbers without idle zeros."""
    return {name: _text(value) for name, value in row.items() if value is not None}


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)
