"""核算: reckon every household's account from the facts of a day and the pack in force, and issue what changed."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from yixian.compensation.access import require_reckoner
from yixian.compensation.actions.keep_papers import keep_papers
from yixian.compensation.choices import StatementCause, StatementStatus
from yixian.compensation.facts import household_facts, item_facts
from yixian.compensation.models import Statement, StatementLine, StatementProblem, StatementRun
from yixian.domain.money import format_fen
from yixian.engines.entitlements import FactsError, Result, compute, trace_of
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.jobs import Reporter, silent
from yixian.kernel.ledger import Entry, record, record_many
from yixian.policies.models import PackVersion
from yixian.policies.queries import pack_in_force
from yixian.registry.models import Household

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class _Account:
    """One household's account as the engine gave it."""

    household: Household
    total_fen: int | None
    lines: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    sha256: str


def reckon_accounts(
    area_path: str, *, on: date, actor: Actor, at: datetime, report: Reporter = silent
) -> StatementRun:
    """Reckon all households in reach below an area; households whose account did not change keep their version.

    Everything is written in one transaction. Raises `Refused` if no pack is in force there on the day, if there are no
    households, or if the plain-Python checker disagrees with the engine on a single line (then nothing is written).
    """
    require_reckoner(actor)
    found = pack_in_force(area_path, on)
    if found is None:
        raise Refused("account.no_pack", "No policy pack is in force here on this day.")
    version, pack = found
    report(gettext_noop("Gathering the facts"), 0, 4)
    households, items = household_facts(actor, area_path, on=on), item_facts(actor, area_path, on=on)
    if not households.num_rows:
        raise Refused("account.no_households", "There are no households here to reckon for.")
    report(gettext_noop("Reckoning every line, twice"), 1, 4)
    try:
        result = compute(pack, households, items, on)
    except FactsError as error:
        raise Refused(
            "account.facts", "The register does not hold the facts that this policy pack asks for."
        ) from error
    report(gettext_noop("Comparing with the accounts in force"), 2, 4)
    accounts = _accounts(result, version.sha256)
    report(gettext_noop("Issuing the accounts"), 3, 4)
    with transaction.atomic():
        run = StatementRun.objects.create(
            at=at,
            on_date=on,
            area_path=area_path,
            pack_version=version,
            facts_sha256=result.manifest["facts_sha256"],
            manifest=result.manifest,
            checked=True,
            requested_by=actor.label,
        )
        _issue(accounts, run, version, actor, at, report)
        data = {"households": len(accounts), "total": format_fen(result.manifest["total_fen"])}
        record(Entry("accounts.reckoned", "statement_run", run.pk, area_path, data), actor=actor, at=at)
    _keep_facts(run, households, items)
    report(gettext_noop("Issuing the accounts"), 4, 4)
    return run


def _accounts(result: Result, pack_sha256: str) -> list[_Account]:
    lines, problems = _by_household(result.lines), _by_household(result.problems)
    rows = result.statements.to_pylist()
    numbers = [row["household_id"] for row in rows]
    known = Household.objects.in_bulk(numbers, field_name="household_no")
    return [_account(known[row["household_id"]], row, lines, problems, pack_sha256) for row in rows]


def _account(
    household: Household,
    row: dict[str, Any],
    lines: dict[str, list[dict[str, Any]]],
    problems: dict[str, list[dict[str, Any]]],
    pack_sha256: str,
) -> _Account:
    number = row["household_id"]
    issued = row["status"] == StatementStatus.ISSUED
    own_lines = lines.get(number, []) if issued else []
    own_problems = problems.get(number, [])
    content = json.dumps(
        [pack_sha256, own_lines, own_problems], default=str, ensure_ascii=False, sort_keys=True
    )
    return _Account(
        household=household,
        total_fen=row["total_fen"] if issued else None,
        lines=own_lines,
        problems=own_problems,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
    )


def _by_household(table: pa.Table) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in table.to_pylist():
        grouped[row["household_id"]].append(row)
    return grouped


def _issue(
    accounts: Iterable[_Account],
    run: StatementRun,
    version: PackVersion,
    actor: Actor,
    at: datetime,
    report: Reporter,
) -> None:
    """Write a new version for every account whose content differs from the current one."""
    current = {
        row.household_id: row
        for row in Statement.objects.filter(is_current=True).select_related("run").defer("run__manifest")
    }
    changed = [
        account
        for account in accounts
        if getattr(current.get(account.household.pk), "content_sha256", "") != account.sha256
    ]
    for start in range(0, len(changed), _BATCH):
        report(gettext_noop("Issuing the accounts"), start, len(changed))
        _issue_batch(changed[start : start + _BATCH], current, run, version, actor, at)


def _issue_batch(
    batch: list[_Account],
    current: dict[int, Statement],
    run: StatementRun,
    version: PackVersion,
    actor: Actor,
    at: datetime,
) -> None:
    old = [current[account.household.pk] for account in batch if account.household.pk in current]
    Statement.objects.filter(pk__in=[row.pk for row in old]).update(is_current=False)
    statements = Statement.objects.bulk_create(
        [_statement(account, current.get(account.household.pk), run, version, at) for account in batch]
    )
    keep_papers(statements)
    pairs = list(zip(batch, statements, strict=True))
    StatementLine.objects.bulk_create(
        [
            _line(line, position, row)
            for account, row in pairs
            for position, line in enumerate(account.lines, 1)
        ],
        batch_size=2000,
    )
    StatementProblem.objects.bulk_create(
        [_problem(problem, row) for account, row in pairs for problem in account.problems]
    )
    record_many([_told(account, row) for account, row in pairs], actor=actor, at=at)


def _statement(
    account: _Account, old: Statement | None, run: StatementRun, version: PackVersion, at: datetime
) -> Statement:
    if old is None:
        cause = StatementCause.FIRST
    elif old.run.pack_version_id != version.pk:
        cause = StatementCause.NEW_POLICY
    else:
        cause = StatementCause.NEW_FACTS
    return Statement(
        household=account.household,
        area_path=account.household.area_path,
        version=old.version + 1 if old else 1,
        run=run,
        status=StatementStatus.WITHHELD if account.total_fen is None else StatementStatus.ISSUED,
        cause=cause,
        total_fen=account.total_fen,
        line_count=len(account.lines),
        content_sha256=account.sha256,
        on_date=run.on_date,
        issued_at=at,
        supersedes=old,
    )


def _line(line: dict[str, Any], position: int, statement: Statement) -> StatementLine:
    return StatementLine(
        statement=statement,
        position=position,
        line_no=line["line_id"],
        rule=line["rule"],
        item_code=line["item_code"] or "",
        trace=trace_of(line),
        amount_fen=line["amount_fen"],
        document=line["document"],
        clause=line["clause"],
    )


def _problem(problem: dict[str, Any], statement: Statement) -> StatementProblem:
    return StatementProblem(
        statement=statement,
        line_no=problem["line_id"] or "",
        code=problem["code"],
        message=problem["message"][:300],
    )


def _told(account: _Account, statement: Statement) -> Entry:
    kind = "statement.withheld" if account.total_fen is None else "statement.issued"
    data: dict[str, Any] = {"version": statement.version}
    if account.total_fen is not None:
        data["total"] = format_fen(account.total_fen)
    return Entry(kind, "household", account.household.pk, account.household.area_path, data)


def _keep_facts(run: StatementRun, households: pa.Table, items: pa.Table) -> None:
    """Keep the very tables that were reckoned from, so that an auditor can reckon them again with plain files."""
    folder = settings.MEDIA_ROOT / "runs" / str(run.pk)
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(households, folder / "households.parquet")
    pq.write_table(items, folder / "items.parquet")
