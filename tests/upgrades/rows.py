"""留存的几行: a few rows of every kind that no later version may change. Made in an opened home without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tests.factories import make_group, make_household
from yixian.cli.product import prepare_tables
from yixian.compensation.models import RunEnd, Statement, StatementLine, StatementRun
from yixian.kernel.actors import system_actor
from yixian.kernel.ledger import Entry, record, record_read
from yixian.kernel.models import User
from yixian.kernel.search import index
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackVersion
from yixian.registry.models import Household

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)
PACK = Path(__file__).resolve().parents[2] / "packs" / "tuoba"


def make() -> None:
    """Three households of a village group, one with an account, in the ledger, read once and found by their heads."""
    prepare_tables()
    User.objects.create_user(username="clerk", password="gorge-river-terrace-9")
    group = make_group()
    households = [make_household(group, head, others=2) for head in ("李土生", "王家贵", "杨秀英")]
    actor = system_actor("setup")
    pack = register_pack(PACK, actor=actor, at=AT)
    for household in households:
        record(Entry("household.imported", "household", household.pk), actor=actor, at=AT)
    record_read([households[0].pk], "page", actor=actor, at=AT)
    _account(households[0], pack)
    index(("household", household.pk, household.area_path, household.head.name) for household in households)


def _account(household: Household, pack: PackVersion) -> None:
    run = StatementRun.objects.create(
        at=AT, on_date=DAY, pack_version=pack, facts_sha256="0" * 64, manifest={}, checked=True
    )
    RunEnd.objects.create(run=run, outcome="finished", at=AT)
    statement = Statement.objects.create(
        household=household,
        version=1,
        run=run,
        status="issued",
        cause="first",
        total_fen=12_345_600,
        monthly_fen=0,
        yearly_fen=0,
        line_count=1,
        content_sha256="0" * 64,
        on_date=DAY,
        issued_at=AT,
        is_current=True,
    )
    StatementLine.objects.create(
        statement=statement, position=1, line_no="1", rule="item_price", amount_fen=12_345_600
    )
