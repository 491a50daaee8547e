"""台账链: an event that is changed, removed or slipped in is found, also by somebody who may do anything in the database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from yixian.kernel.actors import system_actor
from yixian.kernel.ledger import Entry, record
from yixian.kernel.ledger_chain import seal_events, verify_chain
from yixian.kernel.models import Event

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def head() -> str:
    """Five events, sealed; the digest that was written down."""
    Event.objects.count()
    for number in range(5):
        entry = Entry("household.imported", "household", number, "000001", {"户": number})
        record(entry, actor=system_actor("test"), at=AT)
    assert seal_events(at=AT) == {"sealed": 5}
    return verify_chain().head


def unguarded(statement: str) -> None:
    """What somebody does who owns the tables."""
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            where = "" if connection.vendor == "sqlite" else " ON kernel_event"
            cursor.execute(f"DROP TRIGGER IF EXISTS kernel_event_no_{verb}{where}")
        cursor.execute(statement)


def test_an_untouched_ledger_holds_and_grows(head: str) -> None:
    record(Entry("household.imported", "household", 9), actor=system_actor("test"), at=AT)
    assert verify_chain(head).unsealed == 1
    assert seal_events(at=AT) == {"sealed": 1}
    assert seal_events(at=AT) == {"sealed": 0}
    report = verify_chain(head)
    assert (report.links, report.broken_at, report.unsealed, report.knows) == (6, None, 0, True)
    assert not verify_chain("1" * 64).knows


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_event SET actor_label = 'user:somebody-else' WHERE id = %s",
        "UPDATE kernel_event SET data = '{}' WHERE id = %s",
        "DELETE FROM kernel_event WHERE id = %s",
    ],
)
def test_what_was_changed_is_named(head: str, statement: str) -> None:
    third = Event.objects.order_by("pk")[2].pk
    unguarded(statement % third)
    report = verify_chain(head)
    assert (report.broken_at, report.links) == (third, 2)
