"""只增不改: the database itself refuses to change or remove what is only ever added to."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories import make_household
from yixian.compensation.models import (
    AccountCase,
    CaseDecision,
    RunEnd,
    Statement,
    StatementLine,
    StatementProblem,
    StatementRun,
)
from yixian.duty.models import PairingRun, PairingShortage
from yixian.kernel.actors import system_actor
from yixian.kernel.ledger import Entry, record, record_read
from yixian.kernel.ledger_chain import seal_events
from yixian.kernel.models import OutgoingMessage, SendingAttempt
from yixian.policies.models import PackVersion
from yixian.registry.models import Household

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
DAY = date(2026, 3, 1)
NOTHING = "0" * 64

TABLES = [
    "kernel_event",
    "kernel_eventseal",
    "kernel_recordread",
    "kernel_outgoingmessage",
    "kernel_sendingattempt",
    "policies_packversion",
    "compensation_statementrun",
    "compensation_statementline",
    "compensation_statementproblem",
    "compensation_runend",
    "compensation_accountcase",
    "compensation_casedecision",
    "duty_pairingrun",
    "duty_pairingshortage",
]


@pytest.fixture
def one_row_each(db: None) -> None:
    """A row in each table, as the actions would write it."""
    household = make_household()
    actor = system_actor("test")
    record(Entry("household.imported", "household", household.pk), actor=actor, at=AT)
    seal_events(at=AT)
    record_read([household.pk], "page", actor=actor, at=AT)
    message = OutgoingMessage.objects.create(
        channel="sms",
        recipient="13800138000",
        text="x",
        subject_kind="m",
        subject_id=1,
        key="1" * 32,
        asked_at=AT,
    )
    SendingAttempt.objects.create(message=message, at=AT, outcome="sent")
    pack = PackVersion.objects.create(
        pack_id="p", version="1", sha256=NOTHING, content=b"{}", registered_at=AT
    )
    run = StatementRun.objects.create(
        at=AT, on_date=DAY, pack_version=pack, facts_sha256=NOTHING, manifest={}, checked=True
    )
    RunEnd.objects.create(run=run, outcome="finished", at=AT)
    statement, proposed = (_account(household, run, version=number) for number in (1, 2))
    case = AccountCase.objects.create(
        household=household,
        run=run,
        current=statement,
        proposed=proposed,
        loses=True,
        breaks_agreement=False,
        opened_at=AT,
    )
    CaseDecision.objects.create(case=case, outcome="overtaken", at=AT)
    StatementLine.objects.create(
        statement=statement, position=1, line_no="1", rule="item_price", amount_fen=100
    )
    StatementProblem.objects.create(statement=statement, code="no_price", message="no price")
    pairing = PairingRun.objects.create(
        at=AT, on_date=DAY, seed=1, inputs_sha256=NOTHING, proof={}, fairness={}
    )
    PairingShortage.objects.create(
        run=pairing, role="cadre", households=2, helpers=1, places=1, short=1, household_ids=[household.pk]
    )


def _account(household: Household, run: StatementRun, *, version: int) -> Statement:
    """The first version is the current one; the second is of a later run and only proposed."""
    if version > 1:
        run = StatementRun.objects.create(
            at=AT, on_date=DAY, pack_version=run.pack_version, facts_sha256=NOTHING, manifest={}, checked=True
        )
    return Statement.objects.create(
        household=household,
        version=version,
        run=run,
        status="issued",
        cause="first",
        total_fen=100,
        monthly_fen=0,
        yearly_fen=0,
        line_count=1,
        content_sha256=NOTHING,
        on_date=DAY,
        issued_at=AT,
        is_current=version == 1,
    )


@pytest.mark.usefixtures("one_row_each")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_the_database_refuses(table: str, statement: str) -> None:
    before = count(table)
    assert before > 0
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table))
    assert count(table) == before


@pytest.mark.usefixtures("one_row_each")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_not_replaced_either(table: str) -> None:
    if connection.vendor != "sqlite":
        assert (
            connection.vendor == "postgresql"
        )  # which knows no REPLACE; its ON CONFLICT DO UPDATE is an UPDATE
        return
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.usefixtures("one_row_each")
@pytest.mark.parametrize("table", TABLES)
def test_a_program_that_asks_for_no_triggers_of_deletions_replaces_nothing_either(table: str) -> None:
    """The pragma is ours: sqlite3 at a terminal has it off, and changed a row of the ledger without a word."""
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        try:
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        finally:
            cursor.execute("PRAGMA recursive_triggers=ON")


@pytest.mark.sqlite_enough
def test_every_append_only_table_refuses_replacing() -> None:
    """Also by another of its unique values than its key."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = dict(cursor.fetchall())
    guarded = {name.removesuffix("_no_delete") for name in triggers if name.endswith("_no_delete")}
    assert {f"{table}_no_replace" for table in guarded} <= triggers.keys()
    assert '"matter_id" = NEW."matter_id" AND "seq" = NEW."seq"' in triggers["matters_matterevent_no_replace"]


@pytest.mark.parametrize("table", TABLES)
def test_postgresql_also_refuses_to_empty_the_table(table: str) -> None:
    if connection.vendor != "postgresql":
        assert connection.vendor == "sqlite"  # which knows no TRUNCATE
        return
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_other_tables_can_still_be_changed() -> None:
    household = make_household()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_household SET address = 'elsewhere' WHERE id = %s", [household.pk])
    household.refresh_from_db()
    assert household.address == "elsewhere"


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])
