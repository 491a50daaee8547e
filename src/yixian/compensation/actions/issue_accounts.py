"""出账: write what a reckoning found, lot by lot: new versions, proposals that wait for a decision, and nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy, gettext_noop

from yixian.compensation.actions.keep_papers import keep_papers
from yixian.compensation.calculated_accounts import Account
from yixian.compensation.changes import PendingCase, cause_of, pending_case
from yixian.compensation.choices import CaseOutcome, StatementCause
from yixian.compensation.models import (
    AccountCase,
    CaseDecision,
    RunEnd,
    Statement,
    StatementLine,
    StatementProblem,
    StatementRun,
)
from yixian.compensation.queries.agreements import agreed_household_ids
from yixian.domain.money import format_fen
from yixian.engines.entitlements import trace_of
from yixian.engines.entitlements.result_rows import LineRow, ProblemRow
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.job_reports import Reporter
from yixian.kernel.ledger import Entry, record_many
from yixian.registry.models import Household

_BATCH = 500
"""Households in one transaction: other people's writes wait no longer than one lot takes."""

Pair = tuple[Household, Account]


@dataclass(frozen=True, slots=True)
class _New:
    """A version about to be written."""

    household: Household
    account: Account
    current: Statement | None
    cause: StatementCause
    held: PendingCase | None


def issue_accounts(
    run: StatementRun,
    accounts: Sequence[Pair],
    *,
    actor: Actor,
    at: datetime,
    report: Reporter,
    is_correction: bool = False,
) -> None:
    """Issue the accounts that differ from those in force. What this run issued before is recognised and left alone.

    ``is_correction`` names new facts a correction.

    Raises `Refused` if another reckoning overtook this one meanwhile; the lots written until then stay.
    """
    for start in range(0, len(accounts), _BATCH):
        report(gettext_noop("Issuing the accounts"), start, len(accounts))
        with transaction.atomic():
            _require_open(run)
            _issue_batch(run, accounts[start : start + _BATCH], actor, at, is_correction=is_correction)


def _require_open(run: StatementRun) -> None:
    StatementRun.objects.select_for_update().only("pk").get(pk=run.pk)
    if RunEnd.objects.filter(run=run).exists():
        raise Refused("account.run_ended", gettext_lazy("This calculation has ended; recalculate."))


def _issue_batch(
    run: StatementRun, batch: Sequence[Pair], actor: Actor, at: datetime, *, is_correction: bool
) -> None:
    ids = [household.pk for household, _ in batch]
    current = _current(ids)
    cases, agreed = _latest_cases(ids), agreed_household_ids(ids)
    same = [row.pk for household, one in batch if (row := current.get(household.pk)) and _is(row, one)]
    Statement.objects.filter(pk__in=same).update(confirmed_by=run)
    _note_facts(batch, current)
    _overtake_cases(batch, cases, at)
    new = [
        _new(household, account, current.get(household.pk), run, is_agreed=household.pk in agreed)
        for household, account in batch
        if not _is(current.get(household.pk), account)
        and not _stands_proposed(cases.get(household.pk), account)
    ]
    _write(run, [_as_correction(one) for one in new] if is_correction else new, actor, at)


def _note_facts(batch: Sequence[Pair], current: dict[int, Statement]) -> None:
    """With accounts that came out the same from other facts, write down from which."""
    changed = []
    for household, account in batch:
        row = current.get(household.pk)
        if row is None or not _is(row, account):
            continue
        if (row.confirmed_facts_sha256 or row.facts_sha256) != account.facts_sha256:
            row.confirmed_facts_sha256 = account.facts_sha256
            changed.append(row)
    Statement.objects.bulk_update(changed, ["confirmed_facts_sha256"])


def _current(ids: list[int]) -> dict[int, Statement]:
    rows = Statement.objects.select_for_update(of=("self",)).filter(is_current=True, household__in=ids)
    rows = rows.select_related("run", "confirmed_by").defer("run__manifest", "confirmed_by__manifest")
    return {row.household_id: row for row in rows}


def _latest_cases(ids: list[int]) -> dict[int, AccountCase]:
    rows = AccountCase.objects.filter(household__in=ids).select_related("proposed", "decision").order_by("pk")
    return {row.household_id: row for row in rows}


def _is(statement: Statement | None, account: Account) -> bool:
    return statement is not None and statement.content_sha256 == account.sha256


def _outcome(case: AccountCase) -> str:
    """The outcome of a case; empty while it is open."""
    return case.decision.outcome if hasattr(case, "decision") else ""


def _stands_proposed(case: AccountCase | None, account: Account) -> bool:
    """Whether this very account waits for a decision, or was decided against: it is not proposed a second time."""
    return case is not None and _outcome(case) in {"", CaseOutcome.KEEP} and _is(case.proposed, account)


def _overtake_cases(batch: Sequence[Pair], cases: dict[int, AccountCase], at: datetime) -> None:
    """End the open cases whose proposal is no longer what the reckoning gives."""
    CaseDecision.objects.bulk_create(
        [
            CaseDecision(case=case, outcome=CaseOutcome.OVERTAKEN, at=at)
            for household, account in batch
            if (case := cases.get(household.pk)) and not _outcome(case) and not _is(case.proposed, account)
        ]
    )


def _new(
    household: Household, account: Account, current: Statement | None, run: StatementRun, *, is_agreed: bool
) -> _New:
    cause = cause_of(current, account, run.pack_version_id)
    return _New(
        household, account, current, cause, pending_case(current, account, cause, is_agreed=is_agreed)
    )


def _as_correction(one: _New) -> _New:
    return replace(one, cause=StatementCause.CORRECTION) if one.cause == StatementCause.NEW_FACTS else one


def _write(run: StatementRun, new: list[_New], actor: Actor, at: datetime) -> None:
    ids = [one.household.pk for one in new]
    counted = Statement.objects.filter(household__in=ids).values_list("household").annotate(Max("version"))
    latest = dict(counted.order_by())
    replaced = [one.current.pk for one in new if one.current and not one.held]
    Statement.objects.filter(pk__in=replaced).update(is_current=False)
    statements = Statement.objects.bulk_create(
        [_statement(one, latest.get(one.household.pk, 0) + 1, run, at) for one in new]
    )
    keep_papers(statements)
    pairs = list(zip(new, statements, strict=True))
    _write_lines(pairs)
    AccountCase.objects.bulk_create([_case(one, row, run, at) for one, row in pairs if one.held])
    record_many([_event_data(one, row) for one, row in pairs], actor=actor, at=at)


def _write_lines(pairs: list[tuple[_New, Statement]]) -> None:
    StatementLine.objects.bulk_create(
        [
            _line(line, position, row)
            for one, row in pairs
            for position, line in enumerate(one.account.lines, 1)
        ],
        batch_size=2000,
    )
    StatementProblem.objects.bulk_create(
        [_problem(problem, row) for one, row in pairs for problem in one.account.problems]
    )


def _statement(one: _New, version: int, run: StatementRun, at: datetime) -> Statement:
    account = one.account
    return Statement(
        household=one.household,
        area_path=one.household.area_path,
        version=version,
        run=run,
        status=account.status,
        cause=one.cause,
        total_fen=account.total_fen,
        monthly_fen=account.monthly_fen,
        yearly_fen=account.yearly_fen,
        line_count=len(account.lines),
        content_sha256=account.sha256,
        facts_sha256=account.facts_sha256,
        on_date=run.on_date,
        issued_at=at,
        supersedes=one.current,
        confirmed_by=run,
        is_current=one.held is None,
    )


def _line(line: LineRow, position: int, statement: Statement) -> StatementLine:
    return StatementLine(
        statement=statement,
        position=position,
        line_no=line["line_id"],
        rule=line["rule"],
        item_code=line["item_code"] or "",
        trace=trace_of(line),
        amount_fen=line["amount_fen"],
        paid=line["paid"],
        budget_head=line["head"] or "",
        document=line["document"],
        clause=line["clause"],
    )


def _problem(problem: ProblemRow, statement: Statement) -> StatementProblem:
    return StatementProblem(
        statement=statement,
        line_no=problem["line_id"] or "",
        code=problem["code"],
        message=problem["message"][:300],
    )


def _case(one: _New, proposed: Statement, run: StatementRun, at: datetime) -> AccountCase:
    if one.current is None or one.held is None:
        raise ValueError("a case stands between two accounts")
    return AccountCase(
        household=one.household,
        area_path=one.household.area_path,
        run=run,
        current=one.current,
        proposed=proposed,
        loses=one.held.loses,
        breaks_agreement=one.held.breaks_agreement,
        opened_at=at,
    )


def _event_data(one: _New, statement: Statement) -> Entry:
    data: dict[str, Any] = {"version": statement.version}
    if statement.total_fen is not None:
        data["total"] = format_fen(statement.total_fen)
    return Entry(_kind(one), "household", one.household.pk, one.household.area_path, data)


def _kind(one: _New) -> str:
    if one.held:
        return "statement.proposed"
    return "statement.withheld" if one.account.total_fen is None else "statement.issued"
