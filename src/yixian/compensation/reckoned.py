"""算出的账目: what the engine gave, household by household, with digests by which a change is recognised."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yixian.compensation.choices import StatementStatus
from yixian.engines.entitlements import Result
from yixian.lazy_imports import pa

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """One household's account as reckoned. The sums (fen) are None while it is withheld; then it has no lines."""

    household_no: str
    total_fen: int | None
    monthly_fen: int | None
    yearly_fen: int | None
    lines: list[Row]
    problems: list[Row]
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
    lines, problems = _by_household(result.lines), _by_household(result.problems)
    facts = _facts_digests(households, items)
    return [
        _account(row, lines.get(row["household_id"], []), problems.get(row["household_id"], []), facts)
        for row in result.statements.to_pylist()
    ]


def _account(row: Row, lines: list[Row], problems: list[Row], facts: Mapping[str, str]) -> Account:
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


def _facts_digests(households: pa.Table, items: pa.Table) -> dict[str, str]:
    own = _by_household(items)
    return {
        row["household_id"]: _digest([_plain(row), _plain_rows(own.get(row["household_id"], []))])
        for row in households.to_pylist()
    }


def _by_household(table: pa.Table) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        grouped[row["household_id"]].append(row)
    return grouped


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain_rows(rows: Iterable[Row]) -> list[dict[str, str]]:
    plain = [_plain(row) for row in rows]
    return sorted(plain, key=lambda row: (row.get("line_id", ""), row.get("rule", ""), row.get("code", "")))


def _plain(row: Row) -> dict[str, str]:
    """What a row says, without what it leaves empty; numbers without idle zeros."""
    return {name: _text(value) for name, value in row.items() if value is not None}


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)
