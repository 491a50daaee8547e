"""进展: where a message stands, against a plain telling of the rule."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.sending.conftest import AT
from yixian.kernel.choices import SendingOutcome
from yixian.kernel.sending.delivery_status import delivery_status, outcome_of_failure

MINUTES = [1, 5, 30, 120, 720]


def test_it_is_tried_at_once_and_then_with_growing_waits_and_given_up_at_last() -> None:
    attempts: list[tuple[str, datetime]] = []
    waits = []
    moment = AT
    while (now := delivery_status(AT, attempts)).due_at is not None:
        waits.append((now.due_at - moment) / timedelta(minutes=1))
        moment = now.due_at
        attempts.append((outcome_of_failure(now), moment))
    assert waits == [0, *MINUTES]
    assert [outcome for outcome, _at in attempts] == ["failed"] * 5 + ["given_up"]
    assert now.is_given_up
    assert not now.is_sent


def test_asked_for_again_it_begins_anew() -> None:
    attempts = [("failed", AT)] * 5 + [("given_up", AT)]
    later = AT + timedelta(days=1)
    again = delivery_status(AT, [*attempts, ("again", later)])
    assert (again.failures, again.due_at, again.is_given_up) == (0, later, False)
    assert outcome_of_failure(again) == "failed"


@given(st.lists(st.sampled_from([outcome.value for outcome in SendingOutcome]), max_size=12))
def test_what_was_sent_is_never_sent_again_and_all_else_ends(outcomes: list[str]) -> None:
    """In whatever order two processes noted what they did: sent stays sent, and what is not over has a moment."""
    now = delivery_status(AT, [(outcome, AT) for outcome in outcomes])
    assert now.is_sent == ("sent" in outcomes)
    assert (now.due_at is None) == (now.is_sent or now.is_given_up)
    left = [outcome for outcome in outcomes if outcome in {"given_up", "again"}]
    assert now.is_given_up == (left[-1:] == ["given_up"] and not now.is_sent)
