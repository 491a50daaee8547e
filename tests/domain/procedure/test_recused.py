"""回避移走: a matter goes at once to another body, because whoever held it may not; no clock minds, nothing stays offered."""

from __future__ import annotations

from tests.domain.procedure.plain_replay import course, told_of

RECEIVED = "2024-03-04 10:00 received PO"
OFFERED = "2024-03-05 10:00 handover_offered PO > B1: 归你们管 [第3条]"


def test_it_passes_at_once_and_asks_nobody():
    found = course(RECEIVED, "2024-03-06 10:00 recused X > AUDIT", at="2024-03-06 11:00")
    assert found.fault is None
    assert (found.state, found.holder) == ("received", "AUDIT")
    assert [part.organisation for part in found.held] == ["PO", "AUDIT"]


def test_what_was_offered_is_offered_no_more_and_silence_takes_nothing():
    found = course(RECEIVED, OFFERED, "2024-03-06 10:00 recused X > AUDIT", at="2024-03-29 10:00")
    assert (found.holder, found.offered_to) == ("AUDIT", "")


def test_the_clocks_of_the_first_receipt_run_on():
    kept = course(RECEIVED, at="2024-03-10 10:00")
    moved = course(RECEIVED, "2024-03-06 10:00 recused X > AUDIT", at="2024-03-10 10:00")
    for clock in ("register", "overall"):
        assert told_of(moved, clock) == told_of(kept, clock)


def test_it_must_name_the_organisation_that_it_goes_to():
    found = course(RECEIVED, "2024-03-06 10:00 recused X", at="2024-03-06 11:00")
    assert found.fault is not None
    assert found.fault.rule == "needs_to_body"
